"""The picture on the screen. The only place where (row, col) becomes (x, y)."""
