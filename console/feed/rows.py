"""From a row of the database's board view to a Row of ours."""

from math import nan
from typing import Any

import asyncpg

from console.feed.board_row import Row

EMPTY = {name: Row._field_defaults.get(name) for name in Row._fields}


def read_row(record: asyncpg.Record) -> Row:
    """Return ``record`` as a Row: null instants become NaN, null names ""."""
    return Row(**{name: _value(record[name], EMPTY[name]) for name in Row._fields})


def _value(value: Any, empty: object) -> Any:  # noqa: ANN401  a column may be anything
    if value is not None:
        return value
    return nan if isinstance(empty, float) else "" if empty is None else empty
