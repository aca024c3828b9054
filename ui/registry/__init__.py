"""People and houses in the window: the month's spot checks and the visits to make."""
