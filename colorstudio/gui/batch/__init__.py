"""Many photos in the window: the strip under the canvas, colouring and exporting all of them."""
