"""Notices: what is said to the person at this seat, without taking the keys or covering what is in hand."""
