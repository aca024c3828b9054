"""The command bar: an action in one typed line."""
