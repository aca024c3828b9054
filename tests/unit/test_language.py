"""How sentences say numbers: counts in groups of three digits, names of things bare."""

from console.errors import BadInput, Refused
from console.language import counted, say


def test_counts_are_grouped_and_numbers_of_cases_are_not() -> None:
    assert say("bulk.title", action="派遣", count=40_000) == "派遣 40,000 件"
    assert say("queue.count_of", shown=999, total=1_000) == "999 件 · 共 1,000"
    assert say("bulk.one", number=41_076, title="井盖") == "41076 井盖"
    assert counted(1_234_567) == "1,234,567"


def test_so_are_those_of_errors() -> None:
    said = BadInput("text_too_long", label="内容", limit=3_000).sentence
    assert "3,000" in said
    assert "4102" in BadInput("not_found", number=4_102).sentence


def test_a_fact_may_be_called_as_the_errors_own_code_is() -> None:
    refusal = Refused("registry_unknown", code="130123")
    assert (refusal.code, refusal.facts) == ("registry_unknown", {"code": "130123"})
