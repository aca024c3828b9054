"""Rows of a file in batches, as the database's staging tables take them; bad ones are named and left out."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from console.errors import BadInput, Problem
from console.geography.datum import to_wgs84
from console.intake.columns import bind, columns
from console.intake.hygiene import excerpt, label
from console.intake.mapping import Choice, applied
from console.intake.registry.cells import Cells
from console.intake.registry.source import Survey
from console.intake.report import Fault
from console.intake.table import Record, Table
from console.intake.values import value
from console.language import say

SIZE: Final = 10_000  # rows: a sixth of a second in the database, which holds no feed back
STAGED: Final[dict[str, dict[str, str]]] = {
    # kind: columns of the file by their names in the staging table, in its order
    "houses": {
        "code": "code",
        "use": "use",
        "address": "address",
        "grid": "grid_code",
        "raw_lon": "lon",
        "raw_lat": "lat",
        "datum": "datum",
        "confirmed": "confirmed",
        "gone": "gone",
    },
    "households": {"code": "code", "house": "house_code", "confirmed": "confirmed", "gone": "gone"},
    "residents": {
        "code": "code",
        "kind": "kind",
        "name": "name",
        "birth_year": "birth_year",
        "alone": "alone",
        "phone": "phone",
        "household": "household_code",
        "grid": "grid_code",
        "confirmed": "confirmed",
        "gone": "gone",
    },
}
HALF_TURN: Final = 180.0
POINTS: Final = ("lon", "lat")  # follow the columns of a kind that has them
PLACING: Final = frozenset({*POINTS, "datum"})


@dataclass(slots=True)
class Batch:
    """``rows`` for the staging table, line first; ``read`` of the file, ``repeated`` of them said again."""

    read: int
    rows: list[tuple[Any, ...]]
    faults: list[Fault] = field(default_factory=list)
    repeated: int = 0


class Batches:
    """The rows of one file of ``kind``, whose heading is ``head``."""

    def __init__(self, kind: str, head: Survey, choice: Choice) -> None:
        """Bind the columns as ``choice`` and the headings say; BadInput where they are wrong."""
        named = applied(Table(head.columns, [], ""), kind, choice)
        bound, spare = bind(named, kind)
        self._kind, self._width = kind, len(head.columns)
        place = {heading: at for at, heading in enumerate(head.columns)}
        self._places = {
            key: place[choice.headings.get(key, heading)]
            for key, heading in bound.items()
            if key not in choice.constants
        }
        wanted = columns(kind)
        self._readers = {key: Cells(wanted[key]) for key in self._places}
        self._constants = {key: value(text, wanted[key]) for key, text in choice.constants.items()}
        self.unsaid = 0  # points of which nobody says the datum
        self.remarks = [say("intake.remark.ignored", columns=_listed(spare))] if spare else []
        self._first: dict[str, tuple[Any, ...]] = {}
        self.staged = ("line", *STAGED[kind], *(POINTS if "raw_lon" in STAGED[kind] else ()))

    @property
    def code_at(self) -> int:
        """Return where in a row its code stands."""
        return self._places["code"]

    def of(self, records: Iterator[Record], survey: Survey) -> Iterator[Batch]:
        """Yield batches of ``records`` until there are no more."""
        while taken := list(itertools.islice(records, SIZE)):
            yield self._batch(taken, survey)

    def _batch(self, records: Sequence[Record], survey: Survey) -> Batch:
        batch = Batch(len(records), [])
        whole = [record for record in records if self._fits(record, batch)]
        lines = [line for line, _ in whole]
        read = self._read([cells for _, cells in whole])
        bad = self._bad(lines, read, batch)
        told: list[Sequence[Any]] = [read[key] for key in STAGED[self._kind].values()]
        if not PLACING.isdisjoint((*self._places, *self._constants)):
            told = self._placed(lines, told, bad, batch)
        elif "raw_lon" in STAGED[self._kind]:
            told += [[None] * len(lines)] * len(POINTS)
        rows = zip(lines, *told, strict=True)
        batch.rows = [row for at, row in enumerate(rows) if at not in bad] if bad else list(rows)
        self._once(batch, survey)
        return batch

    def _fits(self, record: Record, batch: Batch) -> bool:
        line, cells = record
        if len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            reason = say("errors.row_width", cells=len(cells), columns=self._width)
            batch.faults.append(Fault(line, reason))
            return False
        return True

    def _read(self, rows: Sequence[Sequence[str]]) -> dict[str, Sequence[Any]]:
        """Return the values by column; what the file does not have is None, and nobody lives alone."""
        width = self._width
        if set(map(len, rows)) - {width}:
            rows = [[*row[:width], *[""] * (width - len(row))] for row in rows]
        texts = list(zip(*rows, strict=True)) if rows else [()] * width
        read: dict[str, Sequence[Any]] = {key: [found] * len(rows) for key, found in self._constants.items()}
        for key, at in self._places.items():
            read[key] = self._readers[key].read(texts[at])
        for key in columns(self._kind):
            if key not in read:
                read[key] = [False if key == "alone" else None] * len(rows)
        return read

    def _bad(self, lines: Sequence[int], read: dict[str, Sequence[Any]], batch: Batch) -> set[int]:
        """Name the rows in which a cell is wrong, each by its first, and return their places."""
        bad: dict[int, Problem] = {}
        for key, reader in self._readers.items():
            if reader.faulty:
                for at, found in enumerate(read[key]):
                    if isinstance(found, Problem):
                        bad.setdefault(at, found)
        batch.faults += [Fault(lines[at], problem.sentence) for at, problem in bad.items()]
        return set(bad)

    def _placed(
        self, lines: Sequence[int], told: list[Sequence[Any]], bad: set[int], batch: Batch
    ) -> list[Sequence[Any]]:
        """Add each point in WGS-84; half a point is wrong, and one that lies nowhere on earth."""
        at = list(STAGED[self._kind])
        lon, lat, datum = (list(told[at.index(name)]) for name in ("raw_lon", "raw_lat", "datum"))
        for row, pair in enumerate(zip(lon, lat, strict=True)):
            if row not in bad and (fault := _misplaced(*pair)):
                bad.add(row)
                batch.faults.append(Fault(lines[row], fault))
        known = [row for row in range(len(lon)) if row not in bad and lon[row] is not None]
        given = {row: datum[row] for row in known}
        self.unsaid += sum(name in (None, "unknown") for name in given.values())
        plain: list[tuple[Any, Any, Any]] = [(None, None, None)] * len(lon)
        for name in set(given.values()):
            rows = [row for row in known if given[row] == name]
            meant = "WGS-84" if name in (None, "unknown") else name
            pairs = to_wgs84(np.array([lon[r] for r in rows]), np.array([lat[r] for r in rows]), meant)
            for row, x, y in zip(rows, *(one.tolist() for one in pairs), strict=True):
                plain[row] = (x, y, meant)
        told[at.index("datum")] = [one[2] for one in plain]
        return [*told, [one[0] for one in plain], [one[1] for one in plain]]

    def _once(self, batch: Batch, survey: Survey) -> None:
        """Leave out rows that say again what another of the file said, and refuse those that say otherwise.

        The survey knows the cells that come twice; a code may also be written in two ways in one batch.
        """
        if not survey.twice and len({row[1] for row in batch.rows}) == len(batch.rows):
            return
        rows: list[tuple[Any, ...]] = []
        here: dict[str, tuple[Any, ...]] = {}
        for row in batch.rows:
            first = self._first if hash(row[1]) in survey.twice else here
            known = first.setdefault(row[1], row)
            if known is row:
                rows.append(row)
            elif known[1:] == row[1:]:
                batch.repeated += 1
            else:
                reason = BadInput("row_twice", label=label("code"), line=known[0]).sentence
                batch.faults.append(Fault(row[0], reason))
        batch.rows = rows


def _misplaced(lon: float | None, lat: float | None) -> str:
    """Return why there can be no such point; "" where there can, or where none is given."""
    if lon is None or lat is None:
        return "" if lon is lat else say("errors.row_half_point")
    if abs(lon) <= HALF_TURN and abs(lat) <= HALF_TURN / 2:
        return ""
    swapped = abs(lat) <= HALF_TURN and abs(lon) <= HALF_TURN / 2
    return say("errors.row_swapped_point" if swapped else "errors.row_no_point", lon=lon, lat=lat)


def _listed(words: Iterable[str]) -> str:
    return say("intake.comma").join(map(excerpt, words))
