"""Grids looked at closely, and what stands around a place."""
