"""Megabytes of rows over a slow line: fetched some at a time, each with the connection's own limit."""

from typing import Final

import asyncpg

from console.connection import Connection

ROWS: Final = 1000  # of grids: some hundred kilobytes


async def fetched(raw: Connection, question: str, *values: object) -> list[asyncpg.Record]:
    """Return every row that ``question`` has."""
    found: list[asyncpg.Record] = []
    async with raw.transaction(readonly=True):
        cursor = await raw.cursor(question, *values)
        while rows := await cursor.fetch(ROWS):
            found += rows
    return found
