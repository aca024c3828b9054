"""Map files in the window: read, drawn over what stands, taken in."""
