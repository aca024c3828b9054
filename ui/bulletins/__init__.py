"""Bulletins in the window: what will be issued, page by page, and what was."""
