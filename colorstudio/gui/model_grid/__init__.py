"""One photo as several models colour it, side by side."""
