"""Typed faces of libraries that ship no types: one file each, the only places that import them."""
