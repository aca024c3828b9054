"""Panels that a person arranges round the queue."""
