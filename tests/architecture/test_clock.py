"""Server time is the only time: rules ask ``desk.now()``, never the machine for its day or moment."""

import re

from tests.architecture.house import ROOT, files, name

OTHER_CLOCKS = re.compile(
    r"\b(?:current_(?:date|time\w*)|localtime\w*)\b|(?<!desk\.)\bnow\(\)", re.IGNORECASE
)


def test_rules_know_one_clock() -> None:
    rules = [path for path in files(".sql") if path.is_relative_to(ROOT / "models" / "sql")]
    found = {name(path): OTHER_CLOCKS.findall(path.read_text(encoding="utf-8")) for path in rules}
    assert rules
    assert {where: clocks for where, clocks in found.items() if clocks} == {}
