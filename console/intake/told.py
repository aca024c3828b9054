"""What a caller's words say by themselves: the title of a report, who calls, and the words for everybody."""

import re
from functools import cache

import resources
from console.errors import BadInput
from console.intake import persons

LONGEST = 40  # characters of a title that a list still shows whole

_CLAUSES = re.compile(r"[,，。;；!！?？、\n]+")
_DIGITS = re.compile(r"\d[\d\s-]{6,}")
_PHONE = re.compile(
    r"(?<![\d.])(?:(?:\+|00)?86[ -]?)?(?:1[3-9]\d(?:[ -]?\d){8}|0\d{2,3}[ -]?[2-9]\d{6,7})(?![\d.]\d|\d)"
)  # mobile or with its area: shorter ones may be anything


def title(said: str) -> str:
    """Return the first clause of ``said`` that tells a matter: no greeting, no name, no telephone number.

    One that says only where is followed by the next.
    """
    clauses = [clause.strip() for clause in _CLAUSES.split(said[: 20 * LONGEST])]
    matter = (bare for clause in clauses if (bare := _bare(clause)))
    first = next(matter, next((clause for clause in clauses if clause), ""))
    then = next(matter, "") if first.endswith(tuple(resources.table("told.toml")["placing"])) else ""
    return _cut(f"{first}，{then}" if then else first)


def placed(said: str) -> str:
    """Return ``said`` without what callers say before a place: 我要反映恒山社区… becomes 恒山社区…."""
    return _before_places().sub(r"\1", said[: 20 * LONGEST])


def phone(said: str) -> str:
    """Return the first telephone number in ``said``, in the form in which it is kept; "" for none."""
    return next((number for found in _PHONE.finditer(said) if (number := _number(found[0]))), "")


def name(said: str) -> str:
    """Return what the caller is called where ``said`` presents them (我是王建国, 免贵姓王); "" for nobody."""
    return next((found["name"] for found in _presented().finditer(said) if _is_name(found)), "")


def for_everybody(said: str, phone: str, name: str) -> str:
    """Return ``said`` with the caller's ``phone`` and ``name`` masked: 138****2751, 王**."""

    def hidden(found: re.Match[str]) -> str:
        same = found["name"] == name and _is_name(found)
        return found["lead"] + persons.masked("name", name) if same else found[0]

    bare = _PHONE.sub(
        lambda found: persons.masked("phone", phone) if _number(found[0]) == phone else found[0], said
    )
    return _presented().sub(hidden, bare)


def _number(written: str) -> str:
    try:
        return persons.phone(written)
    except BadInput:
        return ""


def _is_name(found: re.Match[str]) -> bool:
    """Tell a name from a village or a trade; a family's name alone is one after 姓."""
    places = tuple(resources.table("told.toml")["no_names"])
    return not found["name"].endswith(places) and (
        len(found["name"]) > 1 or found["lead"].rstrip()[-1:] == "姓"
    )


@cache
def _presented() -> re.Pattern[str]:
    words = resources.table("told.toml")
    lead, two, after = ("|".join(words[key]) for key in ("naming", "families_of_two", "after_name"))
    family = f"(?:{two}|[{words['families']}])"
    return re.compile(rf"(?P<lead>(?:{lead}) ?)(?P<name>{family}[\u4e00-\u9fff]{{0,2}}?)(?=$|[\W\d]|{after})")


@cache
def _before_places() -> re.Pattern[str]:
    words = resources.table("told.toml")
    leads = "|".join(sorted([*words["leading"], *words["asking"]], key=len, reverse=True))
    return re.compile(rf"(^|[,，。;；!！?？、\n])\s*(?:(?:{leads})[\s,，。!！?？、]*)+")


def _cut(text: str) -> str:
    """Return what of ``text`` a title bears; a word of letters is not cut in two."""
    split = text[LONGEST - 1 : LONGEST + 1]
    cut = text[:LONGEST]
    return cut.rpartition(" ")[0] or cut if len(split) > 1 and split.isascii() and split.isalnum() else cut


def _bare(clause: str) -> str:
    """Return ``clause`` without what leads to the matter; "" where that is all there is."""
    words = resources.table("told.toml")
    if _DIGITS.search(clause) or clause.startswith(tuple(words["presenting"])):
        return ""
    for lead in words["leading"]:
        clause = clause.removeprefix(lead).strip()
    return clause
