"""Choosing a colour: small widgets that show a colour and say which one the user wants."""
