"""One file an architecture. `registry` maps a model's description to one of them."""
