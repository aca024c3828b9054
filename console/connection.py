"""An open connection to the database, typed."""

from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]  # the class takes a parameter in its stubs alone
else:
    Connection = asyncpg.Connection

__all__ = ["Connection"]
