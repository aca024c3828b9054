"""The layers of the map: which are shown, the panel that says so, and what fills them."""
