"""Scores in the window: peers by rank, how each score is reckoned, the weights and their history."""
