"""How close colours come to the truth, on photos whose colours are known, by the published protocols."""
