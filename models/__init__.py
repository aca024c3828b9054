"""The data: mappings, vocabulary, migrations and the database's own rules."""
