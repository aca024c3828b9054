"""From facts in the database to the board of open incidents."""
