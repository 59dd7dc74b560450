"""Propagation of chroma along the luminance: Levin, Lischinski & Weiss 2004, and its residual form."""
