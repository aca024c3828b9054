"""From typed rows into the database: what is there already stays, what cannot go in is named."""
