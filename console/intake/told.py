"""What a caller's words say by themselves: the title of a report."""

import re

import resources

LONGEST = 40  # characters of a title that a list still shows whole

_CLAUSES = re.compile(r"[,，。;；!！?？、\n]+")
_PHONE = re.compile(r"\d[\d\s-]{6,}")


def title(said: str) -> str:
    """Return the first clause of ``said`` that tells a matter: no greeting, no name, no telephone number."""
    clauses = [clause.strip() for clause in _CLAUSES.split(said[: 20 * LONGEST])]
    matter = (bare for clause in clauses if (bare := _bare(clause)))
    return next(matter, next((clause for clause in clauses if clause), ""))[:LONGEST]


def _bare(clause: str) -> str:
    """Return ``clause`` without what leads to the matter; "" where that is all there is."""
    words = resources.table("told.toml")
    if _PHONE.search(clause) or clause.startswith(tuple(words["presenting"])):
        return ""
    for lead in words["leading"]:
        clause = clause.removeprefix(lead).strip()
    return clause
