"""Reaching a PostgreSQL: our own or a centre's; setting it up."""
