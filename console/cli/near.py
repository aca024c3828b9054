"""What somebody may have meant by a name that nothing bears: the nearest ones go with the refusal."""

import difflib
from collections.abc import Iterable
from typing import Final, NamedTuple

from console.cli.session import Session
from console.errors import Problem

MOST: Final = 3
ALIKE: Final = 0.5  # of difflib's ratio: one wrong character of two still counts
LONGEST: Final = 60  # characters of a name that are compared


class Names(NamedTuple):
    """Where the names of a kind are, and under which fact a refusal carries what was typed.

    ``query`` returns (what to type, what it is called): typed may resemble either.
    """

    fact: str
    query: str


UNITS: Final = Names(
    "unit",
    "SELECT o.name, x.called FROM gridseat.organisation AS o, unnest(ARRAY[o.name, o.alias]) AS x(called) "
    "WHERE x.called IS NOT NULL",
)
KINDS: Final = {
    "no_such_class": Names(
        "class",
        "SELECT c.code, x.called FROM gridseat.catalogue_class AS c, "
        "unnest(ARRAY[c.code, split_part(c.code, '/', 2)]) AS x(called)",
    ),
    "no_such_unit": UNITS,
    "no_such_person": Names(
        "person",
        "SELECT p.login, x.called FROM desk.people() AS p, unnest(ARRAY[p.login, p.name]) AS x(called) "
        "WHERE NOT p.disabled",
    ),
}


async def guided(problem: Problem, session: Session) -> Problem:
    """Return ``problem`` with the names that may have been meant, where there are any."""
    names = KINDS.get(problem.code)
    typed = problem.facts.get(names.fact) if names is not None else None
    if names is None or not typed:
        return problem
    try:
        rows = await session.fetch(names.query)
    except Problem:
        return problem  # what was wrong first is what is told
    meant = nearest(str(typed), ((row[0], row[1]) for row in rows))
    return type(problem)(problem.code, **problem.facts, meant=meant) if meant else problem


def nearest(typed: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Return what to type instead of ``typed``, the likeliest first, each once."""
    known: dict[str, list[str]] = {}
    for to_type, called in names:
        known.setdefault(called[:LONGEST].lower(), []).append(to_type)
    found = difflib.get_close_matches(typed[:LONGEST].lower(), known, n=MOST, cutoff=ALIKE)
    return list(dict.fromkeys(name for called in found for name in known[called]))[:MOST]
