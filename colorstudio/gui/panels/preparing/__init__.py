"""What is done to a photo before it is coloured: cropping, straightening, levels."""
