"""Where things are: datums, projection, and a map engine of numpy that needs no screen."""
