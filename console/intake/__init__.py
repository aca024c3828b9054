"""What comes in: texts cleaned, files read into rows, places found in the tree."""
