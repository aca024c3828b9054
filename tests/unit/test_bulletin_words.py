"""What a bulletin says: each figure in one way, wherever it stands, and nothing that it cannot know."""

from console import language
from console.bulletins import pages, sentences, words
from console.bulletins.marks import Words
from console.indicators.indicator import BOARDS, indicators
from console.language import say
from tests.unit.bulletin_facts import board, bulletin, figure


def test_a_share_of_few_cases_is_told_by_its_two_numbers_in_a_sentence() -> None:
    """Two of three, against nothing; a share of none is not told."""
    few = figure("closing", 2 / 3) | {"numerator": 2, "denominator": 3, "before": 0.5, "before_of": 8}
    many = figure("on_time", 0.9) | {"denominator": 10, "before": 1.0, "change": -0.1}
    told = bulletin(board("incidents", [figure("received", 3), few, many, figure("rework", None)]))
    assert list(sentences.summary(told))[1] == (
        "办结率 66.7 %（已办结 2 / 应结 3）、按时率 90.0 %（较前 7 天 ↓ 10.0 个百分点 转差）。"
    )


def test_a_department_is_not_told_of_places() -> None:
    """It has neither grids nor people nor daily work: rows of dashes would say that it did nothing."""
    facts = [board(key, [figure(one.key, 9) for one in indicators().values() if one.board == key])
             for key in BOARDS]  # fmt: skip
    county = bulletin(*facts)
    for one in facts:
        one["organisation"]["level"] = "department"
    told = bulletin(*facts)
    assert set(county.boards) == set(BOARDS)
    assert set(told.boards) == {"incidents", "operations"}
    assert [one.key for one, _ in told.board("operations")] == ["claimed", "prompt", "acknowledged"]
    assert told.board("incidents") == county.board("incidents")


def test_what_was_of_few_before_is_told_apart() -> None:
    """Nine of ten are enough: it is what they would be held against that is not."""
    share = figure("closing", 0.9) | {"denominator": 10, "before": 0.5, "before_of": 2, "change": 0.4}
    told = bulletin(board("incidents", [figure("received", 9), share]))
    assert words.changed(told, "closing") == "此前不足 5 例"
    assert "办结率 90.0 %（已办结 9 / 应结 10）。" in sentences.summary(told)


def test_a_period_that_runs_says_so_and_up_to_when() -> None:
    one = board("incidents", [figure("received", 9)])
    over, running = bulletin(one), bulletin(one | {"at": "2026-11-22T10:20:00+08:00"})
    told = [
        {mark.text for page in pages.drawn(which) for mark in page if isinstance(mark, Words)}
        for which in (over, running)
    ]
    days = "2026年11月16日至2026年11月22日"
    assert [days in told[0], f"{days} 10:20，尚未结束" in told[1]] == [True, True]
    assert ["以期末为准" in words.as_of(over), "以印发时为准" in words.as_of(running)] == [True, True]


def test_a_line_of_shares_is_called_as_its_figure_is() -> None:
    facts = board("incidents", [figure("on_time", 0.9)])
    line = {"key": "on_time", "values": [0.5] * 7, "of": [9] * 7}
    facts["series"] = [{"key": "shares", "kind": "trend", "labels": [], "lines": [line]}]
    drawn = [mark.text for page in pages.drawn(bulletin(facts)) for mark in page if isinstance(mark, Words)]
    assert "按时" not in drawn
    assert drawn.count(indicators()["on_time"].name) == len(("tile", "table", "legend"))


def test_what_is_kept_back_and_what_is_of_the_time_of_issue_says_so() -> None:
    told = bulletin(board("people-houses", [figure("registered", None), figure("houses", 9)]),
                    board("incidents", [figure("open", 1)]))  # fmt: skip
    drawn = [mark.text for page in pages.drawn(told) for mark in page if isinstance(mark, Words)]
    assert {"不公布", say("bulletins.untold"), "印发时", "1 件"} <= set(drawn)
    language.use("en")
    one = words.value(*told.board("incidents")[0])
    language.use("zh")
    assert one == "1 case"
