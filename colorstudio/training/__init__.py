"""Training of the networks on a folder of photos. Used by the command line only."""
