"""The dispatch page: queue, map and case at work together."""
