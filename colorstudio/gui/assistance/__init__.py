"""What helps people find their way: preferences, shortcuts, the cheat sheet, the first tour."""
