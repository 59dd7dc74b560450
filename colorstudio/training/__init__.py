"""Training of the networks on a folder of photos, and their evaluation. Used by the command line only."""
