"""Organisations of a file made one tree with those already known: parents first, orphans out, no circles."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from console.errors import BadInput
from console.intake.report import Fault
from console.intake.rows import OrganisationRow, Parsed
from console.language import say

_RANKS = {"province": 0, "city": 1, "county": 2, "township": 3, "community": 4}


class Known(NamedTuple):
    """An organisation that the database holds already."""

    level: str
    parent_code: str


def arrange(parsed: Parsed, known: Mapping[str, Known]) -> Parsed:
    """Return ``parsed`` with its rows parents first and orphans named; a circle refuses the whole file."""
    rows: dict[str, OrganisationRow] = {row.code: row for row in parsed.rows}
    _refuse_circles(rows, known)
    levels = {code: one.level for code, one in known.items()}
    kept: list[OrganisationRow] = []
    errors = list(parsed.errors)
    for row in _parents_first(rows):
        reason = _objection(row, levels)
        if reason:
            errors.append(Fault(row.line, reason))
            continue
        levels[row.code] = row.level
        kept.append(row)
    return replace(parsed, rows=kept, errors=sorted(errors))


def _objection(row: OrganisationRow, levels: Mapping[str, str]) -> str:
    if not row.parent_code:
        return ""
    parent = levels.get(row.parent_code)
    if parent is None:
        return say("errors.row_orphan", parent=row.parent_code)
    beside = row.level == "department"
    if (parent == "department" and not beside) or (not beside and _RANKS[parent] >= _RANKS[row.level]):
        return say("errors.row_level", child=row.level, parent=parent)
    return ""


def _parents_first(rows: Mapping[str, OrganisationRow]) -> Iterator[OrganisationRow]:
    children: dict[str, list[OrganisationRow]] = defaultdict(list)
    waiting: deque[OrganisationRow] = deque()
    for row in rows.values():
        (children[row.parent_code] if row.parent_code in rows else waiting).append(row)
    while waiting:
        row = waiting.popleft()
        yield row
        waiting.extend(children[row.code])


def _refuse_circles(rows: Mapping[str, OrganisationRow], known: Mapping[str, Known]) -> None:
    parents = {code: one.parent_code for code, one in known.items()}
    parents.update({code: row.parent_code for code, row in rows.items()})
    safe: set[str] = {""}
    for start in rows:
        path: dict[str, None] = {}
        code = start
        while code not in safe and code in parents:
            if code in path:
                circle = list(path)[list(path).index(code) :]
                raise BadInput("tree_cycle", codes=" → ".join([*circle[:8], code]))
            path[code] = None
            code = parents[code]
        safe.update(path)
