"""The panels of the window: the case, its story, notices, the wall."""
