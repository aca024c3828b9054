"""The real cases, restated: what they were, and who handles them in the sample county."""

from dataclasses import dataclass
from functools import cache

import resources


@dataclass(frozen=True, slots=True)
class RealCase:
    """A case that a newspaper reported; ``first`` and ``place`` are its own, kept as its source."""

    first: str
    place: str
    channel: str
    code: str
    title: str
    unit: str
    co_handlers: tuple[str, ...]
    handled_by: str
    outcome: str
    guided: bool


@cache
def real_cases() -> tuple[RealCase, ...]:
    """Return all of them, in the order of their table."""
    return tuple(
        RealCase(
            row["first"],
            row["from"],
            _CHANNELS.get(row["channel"], row["channel"]),
            row["class"],
            row["title"],
            row["unit"],
            (row["with"],) if "with" in row else (),
            row["handled_by"],
            row["outcome"],
            row.get("guided", False),
        )
        for row in resources.table("sample/real_cases.toml")["case"]
    )


def by_title(title: str) -> RealCase | None:
    """Return the real case that was reported under ``title``."""
    return next((case for case in real_cases() if case.title == title), None)


_CHANNELS = {"dedicated_grid": "grid_worker"}  # a dedicated grid's worker reports like any other
