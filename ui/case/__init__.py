"""One case in full: its facts, limits, files and story, and the steps that it offers."""
