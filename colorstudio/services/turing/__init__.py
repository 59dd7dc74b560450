"""The Turing test: can people tell coloured photos from true ones, and which colours look most natural?"""
