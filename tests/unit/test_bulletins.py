"""A bulletin is written from its text alone: the same bytes each time, whatever its words try to be."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from console import language
from console.bulletins import charts, pages, sentences, words
from console.bulletins.bulletin import Bulletin, plain
from console.bulletins.marks import Path, Words
from console.bulletins.paper import FOOT, HEIGHT, Paper
from console.indicators.indicator import BOARDS, board_name, indicators
from console.indicators.places import placed
from console.indicators.standing import Standing, Unit
from console.language import say
from tests.unit.bulletin_facts import STEPS, board, bulletin, figure


def test_an_empty_county_says_so() -> None:
    told = bulletin(board("incidents", [figure("received", 0) | {"numerator": 0}, figure("closing", None)]))
    assert list(sentences.summary(told)) == [say("bulletins.blank")]
    assert placed(told.boards["incidents"]) == []
    (page,) = pages.drawn(told)
    assert board_name("incidents") not in {mark.text for mark in page if isinstance(mark, Words)}
    quiet = [figure("received", 0), figure("open", 7), figure("overdue", 2)]
    assert list(sentences.summary(bulletin(board("incidents", quiet, ("甲",))))) == [
        say("bulletins.quiet", open="7", overdue="2")
    ]


def test_pages_are_torn_below_their_heads() -> None:
    """A table that goes on overleaf says again what its columns are; nothing stands below the foot."""
    told = bulletin(board("incidents", [figure("received", 9)] * 60, tuple("甲乙丙丁")))
    drawn = pages.drawn(told)
    heads = [[mark.text for mark in page if isinstance(mark, Words)].count("构成") for page in drawn]
    assert heads[:2] == [1, 1]
    assert max(mark.at[1] + mark.tall for page in drawn for mark in page if isinstance(mark, Words)) < HEIGHT
    foot = [mark.text for mark in drawn[-1] if isinstance(mark, Words)][-1]
    assert foot.split("    ")[:3] == ["〔2026〕11号", "正定县", words.period(told)], (
        "a loose page is known again"
    )
    draft = [mark.text for mark in pages.drawn(replace(told, digest=""))[0] if isinstance(mark, Words)]
    assert sum(say("bulletins.draft") in text for text in draft) == len(("head", "foot"))
    assert not any(told.issued_by in text for text in draft), "nobody has issued it"


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_every_change_says_to_what_and_has_room(tongue: str) -> None:
    """Ten per cent of a rate, on a tile and in the table: shorter where there is little room, never cut."""
    language.use(tongue)
    fallen = figure("closing", 0.9) | {"denominator": 10, "before": 1.0, "change": -0.1}
    drawn = pages.drawn(bulletin(board("incidents", [fallen])))
    told = [mark.text for page in drawn for mark in page if isinstance(mark, Words)]
    language.use("zh")
    changes = [text for text in told if "↓" in text and "（" not in text and "(" not in text]
    assert len(changes) == len(("tile", "table"))
    assert all({"zh": "较前", "en": "vs "}[tongue] in text and "…" not in text for text in changes), changes


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_a_table_tells_changes_in_full_where_what_they_are_of_leaves_room(tongue: str) -> None:
    """A rate, a length of time and a count in one wording, read without colours."""
    language.use(tongue)
    rate = figure("closing", 0.9) | {"numerator": 90, "denominator": 100, "before": 1.0, "change": -0.1}
    span = figure("to_close", 90_000) | {"p90": 180_000, "before": 81_060, "change": 8_940}
    count = figure("closed", 90) | {"before": 122, "change": -32}
    told = bulletin(board("incidents", [rate, span, count]))
    drawn = [mark.text for page in pages.drawn(told) for mark in page if isinstance(mark, Words)]
    full = [words.changed(told, key) for key in ("closing", "to_close", "closed")]
    language.use("zh")
    assert set(full) <= set(drawn)
    assert all({"zh": "转差", "en": "worse"}[tongue] in one for one in full)


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_what_a_figure_is_taken_of_is_never_cut(tongue: str) -> None:
    """A city's numbers in every figure: where words have no room beside them, the two numbers stand alone."""
    of = {"numerator": 128_540, "denominator": 131_200}
    facts = [board(key, [figure(one.key, 0.9) | of for one in indicators().values() if one.board == key])
             for key in BOARDS]  # fmt: skip
    language.use(tongue)
    drawn = pages.drawn(bulletin(*facts))
    language.use("zh")
    told = [mark.text for page in drawn for mark in page if isinstance(mark, Words)]
    assert sum("131,200" in text for text in told) > 20
    assert not [text for text in told if "…" in text]


def test_the_last_step_is_dotted_while_it_runs_and_one_alone_is_neither_first_nor_most() -> None:
    flow = {"key": "flow", "kind": "trend", "labels": []}
    one = board("incidents", [figure("received", 9)], ("甲",))
    one["series"].append(flow | {"lines": [{"key": "received", "values": [9, 9, 9, 9, 9, 9, 1]}]})
    dotted = []
    for at in ("2026-11-22T10:00:00+08:00", STEPS[-1]):
        told = bulletin(one | {"at": at})
        lines = [mark for page in pages.drawn(told) for mark in page if isinstance(mark, Path)]
        dotted.append(sum(line.dotted for line in lines))
        assert words.listed(told.boards["incidents"], 9) == ([], [])
        assert not any("最多" in sentence for sentence in sentences.summary(told))
    assert dotted == [1, 0]


def test_a_short_first_week_is_dotted_on_paper() -> None:
    weeks = [f"2026-10-{day:02}T00:00:00+08:00" for day in (1, 4, 11, 18, 25)]
    one = board("incidents", [figure("received", 9)], ("甲",))
    flow = {
        "key": "flow",
        "kind": "trend",
        "labels": [],
        "lines": [{"key": "received", "values": [3, 9, 9, 9]}],
    }
    dotted = []
    for edges in (weeks, weeks[1:]):
        steps = {"step": "week", "edges": edges, "at": weeks[-1]}
        flow["lines"] = [{"key": "received", "values": [9] * (len(edges) - 1)}]
        told = bulletin(one | steps | {"series": [flow]})
        dotted.append([mark.dotted for page in pages.drawn(told) for mark in page if isinstance(mark, Path)])
    assert list(map(sum, dotted)) == [1, 0]


def test_few_cases_take_no_place() -> None:
    told = bulletin(board("incidents", [figure("received", 9)], ("甲", "乙", "丙", "丁")))
    assert [(place, row.name) for place, row in placed(told.boards["incidents"])] == [
        *((1, name) for name in "甲乙丙"),
        (None, "丁"),  # 4 of them
    ]
    assert words.number(told) == "〔2026〕11号"


def ranked_by(*shares: float) -> dict[str, Any]:
    """Return a board whose ranking has an organisation of ten cases for each share."""
    rows = [
        {
            "code": str(at),
            "name": f"镇{at}",
            "value": share,
            "numerator": round(10 * share),
            "denominator": 10,
        }
        for at, share in enumerate(shares, 1)
    ]
    figures = [figure("received", 9), figure("closing", 0.9)]
    return board("incidents", figures) | {"ranking": {"figure": "closing", "rows": rows}}


@pytest.mark.parametrize(
    ("shares", "first", "last"),
    [
        ((1, 0.9, 0.8, 0.7), "镇1 100.0 %、镇2 90.0 %", "镇3 80.0 %、镇4 70.0 %"),
        ((1, 0.9, 0.9, 0.9, 0.8), "镇1 100.0 %", "镇5 80.0 %"),
        ((1, 1, 1, 1, 0.9), "并列的 4 个机构 100.0 %", "镇5 90.0 %"),
        ((1, 0.9, 0.9, 0.9, 0.9), "镇1 100.0 %", "并列的 4 个机构 90.0 %"),
        ((1, 1, 0, 0), "镇1 100.0 %、镇2 100.0 %", "镇3 0.0 %、镇4 0.0 %"),
    ],
)  # fmt: skip
def test_nobody_stands_last_who_is_as_good_as_the_first(
    shares: tuple[float, ...], first: str, last: str
) -> None:
    told = list(sentences.summary(bulletin(ranked_by(*shares))))
    assert say("bulletins.ranked", figure="办结率", first=first, last=last) in told


def test_all_alike_are_said_to_be_so_and_share_their_place() -> None:
    told = bulletin(ranked_by(1, 1, 1, 1))
    assert "办结率：参加排名的 4 个机构均为 100.0 %。" in list(sentences.summary(told))
    assert [place for place, _ in placed(told.boards["incidents"])] == [1] * 4
    some = bulletin(ranked_by(1, 0.9, 0.9, 0.8)).boards["incidents"]
    assert [place for place, _ in placed(some)] == [1, 2, 2, 4]


def bottoms(told: Bulletin) -> list[float]:
    """Return how far down each page is written, above its foot."""
    ends = []
    for page in pages.drawn(told):
        written = [mark for mark in page if isinstance(mark, Words)][:-1]
        ends.append(max(mark.at[1] + mark.tall for mark in written))
    return ends


def test_pages_are_full_and_rankings_whole() -> None:
    """What a page has left goes to its charts and rankings; no ranking goes on overleaf."""
    crowded = ranked_by(*(1 - at / 100 for at in range(20)))
    crowded["figures"] = [figure("received", 9)] * 26
    lists = {"kind": "bars", "labels": [{"zh": f"渠道{n}", "en": "", "figure": None} for n in range(10)]}
    flow = {"key": "flow", "kind": "trend", "labels": []}
    steps = [{"key": "received", "values": [9, 8, 7, 6, 5, 4, 3]}]
    bars = [{"key": "received", "values": [*range(10)]}]
    crowded["series"] = [
        *(flow | {"lines": steps} for _ in range(2)),
        *(lists | {"key": "channel", "lines": bars} for _ in range(2)),
    ]
    told = bulletin(crowded, board("operations", [figure("received", 9)] * 30))
    assert min(bottoms(told)[:-1]) > FOOT - 15
    assert max(bottoms(told)) <= FOOT + 1
    names = [{mark.text for mark in page if isinstance(mark, Words)} for page in pages.drawn(told)]
    assert [len({f"镇{n}" for n in range(1, 21)} & page) for page in names if "镇1" in page] == [20]


def standing(*places: int | None) -> Standing:
    units = tuple(Unit(f"局{at}", f"D{at}", place, 90.0, "A", 9, ()) for at, place in enumerate(places))
    at = datetime.fromisoformat(STEPS[0])
    return Standing("department", at, at, 1.0, "", {}, units)


@pytest.mark.parametrize(
    ("places", "shown"), [((1, 2, None), True), ((None, None), False), ((1,), False), ((), False)]
)
def test_scores_name_units_where_one_stands_before_another(
    places: tuple[int | None, ...], *, shown: bool
) -> None:
    told = replace(bulletin(), scores=(standing(*places),))
    drawn = {mark.text for page in pages.drawn(told) for mark in page if isinstance(mark, Words)}
    assert ("局0" in drawn, words.group(told.scores[0]) in drawn) == (shown, shown)


def test_lists_of_long_names_stand_alone() -> None:
    """Two lists stand beside each other where their names have room, below each other where they have not."""
    bars = [{"key": "received", "values": [3, 2]}]
    for name, columns in (("城管局", 2), ("名" * 12, 1)):
        marks = [{"zh": f"{name}{n}", "en": "", "figure": None} for n in range(2)]
        one = {"key": "units", "kind": "bars", "labels": marks, "lines": bars}
        told = bulletin(board("incidents", [figure("received", 9)]) | {"series": [one, one]})
        drawn = [mark for page in pages.drawn(told) for mark in page if isinstance(mark, Words)]
        places = [mark.at for mark in drawn if mark.text == f"{name}0"]
        assert (len({x for x, _ in places}), len({y for _, y in places})) == (columns, 3 - columns)


def test_long_names_of_columns_are_written_whole() -> None:
    names = ("Sanitation", "Environment", "Public facilities", "Street order", *("Works" for _ in range(7)))
    told = bulletin(board("incidents", [figure("received", 9)], names))
    drawn = {mark.text for page in pages.drawn(told) for mark in page if isinstance(mark, Words)}
    assert {"Environment", "Public", "facilities", "Street", "order"} <= drawn


def test_lines_break_where_chinese_may() -> None:
    told = bulletin()
    paper = Paper("", "", told.issued_at, "")
    lines = list(paper.wrapped("本期接报，12345 hotline 三件。" * 3 + "x" * 200, 10, 40))
    assert all(paper.width(line, 10) <= 40.5 for line in lines)
    assert not [line for line in lines if line[:1] in "，。"]
    assert "".join(lines).replace(" ", "") == ("本期接报，12345hotline三件。" * 3 + "x" * 200)
    assert list(paper.wrapped("", 10, 40)) == [""]
    torn = [
        line
        for wide in range(8, 40)
        for line in paper.wrapped("（较前一月 ↑ 0.3 个百分点 转差）。", 10, wide)
    ]
    assert not [line for line in torn if line.endswith("转")], "a verdict is one word"
    assert plain("a\u202eb\tcd", 4) == "a b…"


@pytest.mark.parametrize(
    ("value", "top"),
    [(0, 1), (0.3, 1), (1, 1), (7, 8), (2, 4), (10, 12), (104, 120), (160, 160), (99_999, 100_000)],
)
def test_an_axis_ends_at_a_round_number(value: float, top: float) -> None:
    assert charts.ceiling(value) == top
