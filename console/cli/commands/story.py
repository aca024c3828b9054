"""The timeline of an incident in words: units by name, keys by their labels."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from console.amounts import Amount, format_limit
from console.cli.session import Session
from console.cli.table import label, line, table
from console.cli.words import worded
from console.language import knows, say
from console.spoken import action_label, promises, status_label
from models.vocabulary import Clock

NUMBERS: Final = ("main", "report", "other", "handover")
ANSWERS: Final = ("contacted", "solved", "satisfied", "kept", "agreement")
NAMES: Final = """
    SELECT code, coalesce(alias, name) AS name FROM gridseat.organisation WHERE code = ANY ($1)
    UNION ALL SELECT code, name FROM gridseat.grid WHERE code = ANY ($1)
"""

Entry = dict[str, Any]


async def names(session: Session, entries: Sequence[Entry]) -> dict[str, str]:
    """Return the name of each unit that the entries' facts name by its code."""
    facts = [entry["facts"] for entry in entries]
    named = [fact.get(key) for fact in facts for key in ("unit", "to")]
    codes = {
        str(code) for code in [*named, *(one for fact in facts for one in fact.get("with") or [])] if code
    }
    rows = await session.fetch(NAMES, sorted(codes)) if codes else []
    return {row["code"]: row["name"] for row in rows}


def told(entries: Sequence[Entry], names: dict[str, str]) -> str:
    """Return the entries as a table."""
    headings = [label(name) for name in ("seq", "at", "actor", "action", "to", "said")]
    return table(headings, [list(_cells(entry, names)) for entry in entries])


def _cells(entry: Entry, names: dict[str, str]) -> Iterator[object]:
    behalf = entry["behalf"]
    yield entry["seq"]
    yield entry["at"]
    yield say("cli.behalf", actor=entry["actor"], unit=behalf) if behalf else entry["actor"]
    yield action_label(entry["action"])
    yield "" if entry["to"] == entry["from"] else status_label(entry["to"])
    said = [entry["reason"], *_facts(entry, names), *entry["texts"].values()]
    yield say("intake.semicolon").join(line(text) for text in said if text)


def _facts(entry: Entry, names: dict[str, str]) -> Iterator[str]:
    """Yield what the entry's facts say: where to, with whom, how long, what was granted or answered."""
    facts = entry["facts"]
    for key in ("unit", "to"):
        if facts.get(key):
            yield names.get(str(facts[key]), str(facts[key]))
    if facts.get("with"):
        called = say("intake.comma").join(names.get(one, one) for one in facts["with"])
        yield say("case.story.with", units=called)
    if facts.get("seconds"):
        amount = format_limit(Amount(facts["seconds"], Clock(facts.get("clock", "working"))))
        yield say("case.story.limit", amount=amount)
    for key in NUMBERS:
        if facts.get(key):
            yield say(f"case.story.{key}", **{key: facts[key]})
    yield from promises(facts)
    yield from _judged(entry["action"], facts)


def _judged(action: str, facts: dict[str, Any]) -> Iterator[str]:
    if facts.get("asked") and "granted" in facts:
        key = "case.story.granted" if facts["granted"] else "case.story.refused"
        yield say(key, asked=action_label(facts["asked"]))
    if facts.get("undone"):
        yield say("case.story.undone", undone=action_label(facts["undone"]))
    if facts.get("card"):
        yield str(worded("colour", facts["card"]))
    if facts.get("member"):
        yield say("case.story.member", member=facts["member"])
    if facts.get("attachment"):
        yield say("case.story.file", file=line(facts["attachment"]["name"]))
    for key in ANSWERS:
        if facts.get(key):
            yield say(f"case.story.{key}", value=say(f"case.story.{facts[key]}"))
    if facts.get("result"):
        key = f"case.confirmed.{facts['result']}"
        yield say(key) if action == "confirm" and knows(key) else str(facts["result"])
    if action == "close" and facts.get("outcome"):
        yield str(worded("outcome", facts["outcome"]))
