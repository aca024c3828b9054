"""The replay: a page of its own that shows a past moment, marked as such everywhere."""
