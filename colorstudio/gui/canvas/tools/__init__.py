"""Canvas tools: what the pointer does on the photo."""
