"""The queue: open incidents as a list that never moves under the hand."""
