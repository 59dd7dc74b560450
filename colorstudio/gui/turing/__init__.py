"""The Turing test in the window: setting up, the questions, the results."""
