"""Typed rows of each kind. Bad rows are named by line and reason, the good ones go on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from console.errors import BadInput, Problem
from console.intake.columns import bind, columns
from console.intake.geometry import drawn
from console.intake.hygiene import excerpt, label, left_out
from console.intake.report import Fault
from console.intake.table import Row, Table
from console.intake.values import Spans, value
from console.language import say


@dataclass(frozen=True, slots=True)
class _Lined:
    line: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class OrganisationRow(_Lined):
    """A node of the tree; ``level`` is a word of models.vocabulary.Level, ``parent_code`` "" at the root."""

    code: str
    name: str
    level: str
    parent_code: str


@dataclass(frozen=True, slots=True)
class GridRow(_Lined):
    """A grid; ``shape`` is a WKB multipolygon in degrees of ``datum``, longitude first."""

    code: str
    name: str
    kind: str
    organisation_code: str
    shape: bytes
    datum: str = "unknown"


@dataclass(frozen=True, slots=True)
class OutlineRow(_Lined):
    """The area of the organisation ``code``; ``shape`` as that of a grid."""

    code: str
    shape: bytes
    datum: str = "unknown"


@dataclass(frozen=True, slots=True)
class ResourceRow(_Lined):
    """What stands at a point: ``shape``, well-known binary in degrees of ``datum``."""

    code: str
    name: str
    kind: str
    organisation_code: str
    shape: bytes
    datum: str = "unknown"
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StaffRow(_Lined):
    """A person of a grid or an organisation; one of the two codes may be ""."""

    code: str
    name: str
    kind: str
    grid_code: str = ""
    organisation_code: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ShiftRow(_Lined):
    """A turn of duty of ``person`` (a login) at or for a centre; both instants aware."""

    person: str
    centre_code: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class CalendarRow(_Lined):
    """A day that the week does not explain; ``kind`` working or holiday, ``spans`` () for the usual ones."""

    date: date
    kind: str
    name: str = ""
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class CatalogueRow(_Lined):
    """A type of the catalogue; ``limit`` as 30m, 4h, 5d, 2u."""

    class_: str
    type: str
    priority: int
    limit: str
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class ResponsibilityRow(_Lined):
    """Which unit answers for a class; ``type`` "" for the whole class, ``centre`` "" for the importer's."""

    class_: str
    unit: str
    type: str = ""
    role: str = "lead"
    centre: str = ""


@dataclass(frozen=True, slots=True)
class IncidentRow(_Lined):
    """A past incident; ``category`` is class/type, ``reported_at`` aware, ``id`` may be ""."""

    reported_at: datetime
    place: str
    channel: str
    category: str
    title: str
    handled_by: str
    outcome: str
    id: str = ""

    @property
    def fingerprint(self) -> str:
        """Return what the row is known again by: its id, else its content (hex digest)."""
        if self.id:
            return self.id
        content = (self.place, self.channel, self.category, self.title, self.handled_by, self.outcome)
        instant = f"{self.reported_at.timestamp():.0f}"
        return sha256("\x1f".join((instant, *content)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PlainRow(_Lined):
    """A row of a kind that needs no type of its own: its values by column, as resources/columns.toml says."""

    facts: Mapping[str, Any]


AnyRow = (
    OrganisationRow
    | GridRow
    | OutlineRow
    | ResourceRow
    | StaffRow
    | ShiftRow
    | CalendarRow
    | CatalogueRow
    | ResponsibilityRow
    | IncidentRow
    | PlainRow
)
Progress = Callable[[int, int], None]  # done, total

AREAS = frozenset({"grids", "outlines"})

_Shape = tuple[Callable[..., AnyRow], Callable[[Any], str], tuple[str, ...]]
_ROWS: dict[str, _Shape] = {
    # kind: its row, what it is known by, the columns that make that up
    "organisations": (OrganisationRow, lambda row: row.code, ("code",)),
    "grids": (GridRow, lambda row: row.code, ("code",)),
    "outlines": (OutlineRow, lambda row: row.code, ("code",)),
    "resources": (
        ResourceRow,
        lambda row: f"{row.organisation_code}/{row.code}",
        ("organisation_code", "code"),
    ),
    "staff": (StaffRow, lambda row: row.code, ("code",)),
    "roster": (
        ShiftRow,
        lambda row: f"{row.person}/{row.centre_code}/{row.starts.timestamp():.0f}",
        ("person", "centre_code", "starts"),
    ),
    "calendar": (CalendarRow, lambda row: row.date.isoformat(), ("date",)),
    "catalogue": (CatalogueRow, lambda row: f"{row.class_}/{row.type}", ("class", "type")),
    "responsibilities": (
        ResponsibilityRow,
        lambda row: f"{row.class_}/{row.type}/{row.unit}/{row.centre}",
        ("class", "type", "unit", "centre"),
    ),
    "incidents": (IncidentRow, lambda row: row.fingerprint, ("id",)),
}


def _shape(kind: str) -> _Shape:
    if kind in _ROWS:
        return _ROWS[kind]
    known = tuple(key for key, column in columns(kind).items() if column.known)
    told_by = lambda row: "\x1f".join(str(row.facts[key]) for key in known)  # noqa: E731  beside the others
    return lambda line, **facts: PlainRow(line, facts), told_by, known


_EVERY = 1000  # rows between two signs of progress


@dataclass(slots=True)
class Parsed:
    """The good rows of a file in its order; ``repeated`` counts rows that stood there twice."""

    kind: str
    read: int
    rows: list[Any] = field(default_factory=list)
    repeated: int = 0
    errors: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)


def parse(table: Table, kind: str, progress: Progress | None = None) -> Parsed:
    """Return the rows of ``table`` as ``kind``; BadInput for wrong columns, where nothing may go in."""
    if kind in AREAS and not table.shaped:
        raise BadInput("shapes_missing")
    headings, spare = bind(table, kind)
    parsed = Parsed(kind, read=len(table.rows))
    parsed.remarks += [Fault(0, note) for note in table.notes]
    if spare:
        unused = say("intake.comma").join(map(excerpt, spare))
        parsed.remarks.append(Fault(0, say("intake.remark.ignored", columns=unused)))
    seen: dict[str, AnyRow] = {}
    for count, row in enumerate(table.rows):
        if progress and count % _EVERY == 0:
            progress(count, len(table.rows))
        _take(row, headings, parsed, seen, table.datum)
    if progress:
        progress(len(table.rows), len(table.rows))
    return parsed


def _take(row: Row, headings: dict[str, str], parsed: Parsed, seen: dict[str, AnyRow], datum: str) -> None:
    _, identity, _ = _shape(parsed.kind)
    code = excerpt(row.cells.get(headings.get("code", ""), "").strip())
    try:
        typed = _typed(row, headings, parsed.kind, datum)
        known = seen.setdefault(identity(typed), typed)
        _refuse_other_content(known, typed, parsed.kind)
    except Problem as problem:
        parsed.errors.append(Fault(row.line, problem.sentence, code))
        return
    if known is not typed:
        parsed.repeated += 1
        parsed.remarks.append(Fault(row.line, say("intake.remark.again", line=known.line), code))
        return
    parsed.rows.append(typed)
    if row.remark:
        parsed.remarks.append(Fault(row.line, row.remark, code))
    unseen = sum(left_out(row.cells.get(heading, "")) for heading in headings.values())
    if unseen:
        parsed.remarks.append(Fault(row.line, say("intake.remark.unseen", count=unseen), code))


def _typed(row: Row, headings: dict[str, str], kind: str, datum: str) -> AnyRow:
    if row.trouble:
        raise _Trouble(row.trouble)
    facts = dict(_values(row, headings, kind))
    if kind == "staff" and not (facts.get("grid_code") or facts.get("organisation_code")):
        raise BadInput("row_homeless")
    if kind in AREAS or kind == "resources":
        facts["shape"] = drawn(row.shape, facts, area=kind in AREAS)
        if datum and facts.get("datum", "unknown") == "unknown":
            facts["datum"] = datum
    return _shape(kind)[0](line=row.line, **facts)


def _values(row: Row, headings: dict[str, str], kind: str) -> Iterator[tuple[str, Any]]:
    for key, column in columns(kind).items():
        if key in headings:
            name = "class_" if key == "class" else key
            yield name, value(row.cells.get(headings[key], ""), column)


def _refuse_other_content(known: AnyRow, typed: AnyRow, kind: str) -> None:
    if known != typed:
        names = say("intake.comma").join(label(key) for key in _shape(kind)[2])
        raise BadInput("row_twice", label=names, line=known.line)


class _Trouble(BadInput):
    """What the reader already said about a row."""

    def __init__(self, said: str) -> None:
        super().__init__("row_trouble")
        self._said = said

    @property
    def sentence(self) -> str:
        """Return the reader's words."""
        return self._said
