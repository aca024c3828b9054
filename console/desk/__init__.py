"""Actions: what a person means, carried to the database and answered."""
