"""Alembic's entry: the caller hands over an open connection whose role is the owner's."""

from alembic import context

from models.base import SCHEMA, Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table_schema=SCHEMA,
    include_schemas=True,
)
with context.begin_transaction():
    context.run_migrations()
