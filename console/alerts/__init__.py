"""What has to be heard and seen at a seat: who is concerned, what is new, and when it sounds."""
