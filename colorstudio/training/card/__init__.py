"""The model card: `README.md` beside the weights, its facts written from the files beside it."""
