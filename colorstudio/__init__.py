"""Color Studio: colours black-and-white photographs, on your own machine."""

__version__ = "0.1.0"
