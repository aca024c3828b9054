"""The sample county, its history and the simulator that plays it."""
