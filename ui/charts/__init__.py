"""Charts of the boards and the wall."""
