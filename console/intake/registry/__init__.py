"""Files of people and houses: millions of rows, never held at once, checked whole before any goes in."""
