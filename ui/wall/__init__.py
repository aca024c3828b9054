"""The wall: pages that are read from metres away, in turn, for weeks."""
