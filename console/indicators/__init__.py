"""The figures of the three boards."""
