"""Colorization networks: architectures, weights, hints, colour distributions."""
