"""An open connection, as the database's part of the console calls it."""

from console.connection import Connection

__all__ = ["Connection"]
