"""An entry of a timeline in words: what was done, by whom, why, and what it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from console.language import knows, say
from console.spoken import action_label, outcome_label, promises, status_label
from ui.case.details import details
from ui.casefile import Entry
from ui.moments import amount, epoch
from ui.texts import paragraph, too_long

SYSTEM = "系统"  # the database's own name for what time alone does
GREETED = ("text", "note")  # of the texts; the reporter and the phone stand among the facts
RECORDED = ("handled_by", "outcome")  # of an imported past


BRIEF = 160  # characters of a line before the step is opened
TALK = frozenset({"note", "call", "remind", "follow-up", "instruct", "urge"})
OF_THE_SYSTEM = frozenset(
    {"reveal", "claim", "release", "claim-ended", "erased"}
)  # housekeeping, by whomever
FILTERS = ("all", "flow", "talk", "files", "system")


def kinds(entry: Entry) -> frozenset[str]:
    """Return the filters that ``entry`` passes."""
    found = {"all"}
    if entry["facts"].get("attachment"):
        found.add("files")
    if entry["action"] in TALK:
        found.add("talk")
    elif entry["actor"] == SYSTEM or entry["action"] in OF_THE_SYSTEM:
        found.add("system")
    elif entry["action"] != "attach":
        found.add("flow")
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Told:
    """One step of the story; ``moved`` where the case went on to another stage.

    ``lines`` are short, ``whole`` the same as long as a label bears; ``texts`` those that are longer still.
    ``details`` are shown when the step is opened.
    """

    seq: int
    at: float
    title: str
    lines: tuple[str, ...]
    moved: bool
    whole: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def tell(entry: Entry, *, holds: bool = True) -> Told:
    """Return ``entry`` in the spoken language; ``holds``: the chain bears it out."""
    moved = entry["to_status"] != entry["from_status"]
    title = action_label(entry["action"])
    if moved and entry["from_status"]:
        title = f"{title} → {status_label(entry['to_status'])}"
    whole = tuple(line for line in (*_facts(entry), *_words(entry), _who(entry)) if line)
    at = epoch(entry["at"]) or 0.0
    lines = tuple(_short(line) for line in whole)
    texts = tuple(text for text in (entry["reason"], *entry["texts"].values()) if text and too_long(text))
    return Told(entry["seq"], at, title, lines, moved, whole, tuple(details(entry, at, holds=holds)), texts)


def _short(line: str) -> str:
    return line if len(line) <= BRIEF else f"{line[:BRIEF]}…"


def _who(entry: Entry) -> str:
    if entry["behalf"]:
        return say("case.story.behalf", **{key: entry[key] for key in ("actor", "centre", "behalf")})
    if entry["actor"] == SYSTEM:
        return say("case.story.system")
    if not entry["centre"]:
        return str(entry["actor"])
    return say("case.story.by", actor=entry["actor"], centre=entry["centre"])


def _words(entry: Entry) -> Iterator[str]:
    if entry["reason"]:
        yield say("case.story.reason", reason=paragraph(entry["reason"]))
    for key in GREETED:
        if key in entry["texts"]:
            text = entry["texts"][key]
            yield say("case.story.erased_text") if text is None else paragraph(text)
    for key in RECORDED:
        if entry["texts"].get(key):
            yield say(f"case.story.{key}", text=paragraph(entry["texts"][key]))


def _facts(entry: Entry) -> Iterator[str]:
    facts = entry["facts"]
    told = [
        say(f"case.story.{key}", **{key: paragraph(str(name))})
        for key in SIMPLE
        if (name := _name(facts, key))
    ]
    if unit := _name(facts, "unit"):
        told += [say(f"case.story.{UNITS[entry['action']]}", unit=unit)] if entry["action"] in UNITS else []
    if together := _name(facts, "with"):
        told.append(say("case.story.with", units=say("case.list").join(together)))
    if facts.get("seconds"):
        told.append(say("case.story.limit", amount=amount(facts["seconds"], facts.get("clock", "working"))))
    if named := facts.get("named_names"):
        told.append(say("case.story.named", names=say("case.list").join(named)))
    told += [*promises(facts), *_judged(entry["action"], facts)]
    yield say("case.comma").join(told)


def _name(facts: dict[str, Any], key: str) -> Any:  # noqa: ANN401  a name, or several
    """Return what ``key`` names, in words where the database knows them, else as it was typed."""
    return facts.get(NAMES.get(key, "")) or facts.get(key)


def _judged(action: str, facts: dict[str, Any]) -> Iterator[str]:
    """Yield what was asked, granted, drawn, answered or attached."""
    if facts.get("asked") and "granted" in facts:
        key = "case.story.granted" if facts["granted"] else "case.story.refused"
        yield say(key, asked=action_label(facts["asked"]))
    if facts.get("card"):
        yield say(f"case.card.{facts['card']}")
    if facts.get("undone"):
        yield say("case.story.undone", undone=action_label(facts["undone"]))
    if facts.get("attachment"):
        yield say("case.story.file", file=paragraph(facts["attachment"]["name"]))
    if action == "classify" and facts.get("class"):
        yield say("case.story.class", **{"class": facts["class"], "priority": facts.get("priority", "")})
    for key in ANSWERS:
        if facts.get(key):
            yield say(f"case.story.{key}", value=say(f"case.story.{facts[key]}"))
    if action == "close" and facts.get("outcome"):
        yield outcome_label(facts["outcome"])
    if facts.get("result"):
        key = f"{RESULTS.get(action)}.{facts['result']}"
        result = say(key) if knows(key) else paragraph(str(facts["result"]))
        yield say("case.story.result", result=result)


SIMPLE = ("urgent_by", "main", "report", "other", "handover", "to", "reference", "member")
NAMES = {"unit": "unit_name", "with": "with_names", "to": "to_name", "member": "member_name"}
RESULTS = {"confirm": "case.confirmed", "check": "dialogs.value.check-result"}  # those that are listed
UNITS = {"dispatch": "unit", "designate": "unit", "return": "proposed"}  # what an entry's unit is to it
ANSWERS = ("contacted", "solved", "satisfied", "kept", "agreement")
