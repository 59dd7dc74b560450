"""The window. The only package that may import PySide6; the command line imports it lazily."""
