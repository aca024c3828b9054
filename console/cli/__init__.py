"""The command line: how words become one command, and an answer words. The commands stand in ``commands``."""
