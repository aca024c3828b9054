"""From a row of the database's board view to a Row of ours."""

from math import nan
from operator import itemgetter
from typing import Final

import asyncpg

from console.feed.board_row import Row

VALUES: Final = itemgetter(*Row._fields)


def _empty(default: object) -> object:
    return nan if isinstance(default, float) else "" if default is None else default


EMPTY: Final = [_empty(Row._field_defaults.get(name)) for name in Row._fields]


def read_row(record: asyncpg.Record) -> Row:
    """Return ``record`` as a Row: null instants become NaN, null names ""."""
    told = zip(VALUES(record), EMPTY, strict=True)  # ten thousand at once: no call for each value
    return Row._make(empty if value is None else value for value, empty in told)
