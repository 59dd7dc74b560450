"""The document (inputs only), its edits, and turning it into a picture. Knows no window."""
