"""What the command line and the window share: loaded networks, colouring, export, batches."""
