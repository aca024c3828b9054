"""Every entry that the database can write has its words, in both languages."""

import re

import pytest

import resources
from console.language import LANGUAGES
from console.spoken import action_label, outcome_label
from console.workflow import actions
from ui.case.story import tell
from ui.language import language

SQL = "\n".join(path.read_text() for path in resources.path("../models/sql").glob("*.sql"))
OF_THE_SERVER = {"erased", "claim-ended", "resumed", "card", "due-known", "due-changed", "imported"}
OUTCOMES = {
    "done",
    "at_once",
    "answered",
    "referred",
    "rejected",
    "withdrawn",
    "cancelled",
    "forced",
    "imported",
}


def found(*patterns: str) -> set[str]:
    return {word for pattern in patterns for word in re.findall(pattern, SQL)}


def test_the_lists_here_are_what_the_rules_write() -> None:
    settled = r"settle_as\(\w+, '([a-z-]+)'"
    assert found(settled, r"action\.key := '([a-z-]+)'", r"past_entry\([^']*'([a-z-]+)'") - set(
        actions()
    ) == (OF_THE_SERVER)
    ends = r"(?:THEN|ELSE) '(\w+)'(?= (?:ELSE|END\)))"
    ended = re.search(r"step_end\(t, CASE.*", SQL)
    assert ended is not None
    named = set(re.findall(ends, ended.group()))
    assert found(r"step_end\(t, '(\w+)'", r"\.outcome := '(\w+)'") | named == OUTCOMES


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_entry_has_a_title_and_every_end_a_name(tongue: str) -> None:
    language.use(tongue)
    silent = [key for key in {*actions(), *OF_THE_SERVER} if action_label(key) == key]
    assert silent == []
    assert [key for key in OUTCOMES if outcome_label(key) == key] == []


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_entry_can_be_told(tongue: str) -> None:
    language.use(tongue)
    for key in {*actions(), *OF_THE_SERVER}:
        told = tell({**ENTRY, "action": key})
        assert told.title.startswith(action_label(key))
        assert "case." not in "".join(told.lines)


@pytest.mark.parametrize(
    ("tongue", "urgent", "named"),
    [
        ("zh", "因“聚众”定为优先级 1", "知悉人 林悦、周宁"),
        ("en", "priority 1 because of the word '聚众'", "made known to 林悦, 周宁"),
    ],
)
def test_an_entry_says_why_it_is_urgent_and_who_was_told(tongue: str, urgent: str, named: str) -> None:
    language.use(tongue)
    facts = {"urgent_by": "聚众", "named": ["lin", "zhou"], "named_names": ["林悦", "周宁"]}
    told = " ".join(tell({**ENTRY, "action": "report", "facts": facts}).lines)
    assert urgent in told
    assert named in told


@pytest.mark.parametrize(
    ("tongue", "lines"),
    [
        ("zh", ["渠道：12345 热线", "申请：延期", "所撤销的：第 3 条", "已处置：是", "坐标：114.5、38.1"]),
        ("en", ["Channel: Hotline 12345", "Asks for: Extend", "Takes back: entry 3", "Already handled: yes"]),
    ],
)
def test_an_opened_entry_says_what_is_kept_in_words_of_the_desk(tongue: str, lines: list[str]) -> None:
    language.use(tongue)
    facts = {"channel": "hotline", "asks": "extend", "undoes": 3, "handled": True, "point": [114.5, 38.1]}
    inner = {"taken_from": 6, "seconds": 7200, "clock": "working", "unit_id": 9, "named": ["zhou"]}
    told = tell({**ENTRY, "action": "report", "facts": facts | inner}).details
    assert {*lines} <= {*told}
    kept = len(facts) + len(("entry", "command", "chain"))
    assert len(told) == kept


ENTRY = {
    "seq": 1,
    "round": 1,
    "command_id": "00000000-0000-0000-0000-000000000001",
    "at": "2026-11-20T10:00:00+08:00",
    "actor": "duty",
    "centre": "正定县",
    "behalf": None,
    "from_status": "verified",
    "to_status": "closed",
    "reason": "重复",
    "texts": {"text": None, "note": "已说明", "handled_by": "城管局", "outcome": "已修好"},
    "facts": {"outcome": "done", "asked": "extend", "granted": True, "card": "red", "undone": "dispatch"},
}
