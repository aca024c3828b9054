"""The sample county's cases as they are drawn: what, when, how often; the same for the same seed."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest

import resources
from console import catalogue
from console.demo import cases, history, material
from console.demo.county import County, build
from console.demo.dice import Dice
from console.demo.directory import BEIJING, Directory, Kind, Known, Limit, Node
from console.demo.people import names
from console.demo.reporters import Reporters
from console.demo.told import COLUMNS, Rows, no_rows
from console.demo.worktime import WorkTime
from models.vocabulary import Channel

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def county() -> County:
    return build()


@pytest.fixture(scope="module")
def who(county: County) -> Directory:
    """Return a directory with ids of our own and a calendar that knows no day: such limits stay open."""
    codes = [row.code for row in county.organisations]
    nodes = {code: Node(n, n, None) for n, code in enumerate(codes, 1)}
    persons = {row.login: n for n, row in enumerate(county.operators, 1)} | {"duty": 998, "系统": 999}
    kinds = {
        row["code"]: Kind(n, row["priority"], row["amount"], row["clock"])
        for n, row in enumerate(catalogue.classes(), 1)
    }
    limits = {
        row["stage"]: Limit(row["continuous_when"], row["working_amount"], row["continuous_amount"])
        for row in catalogue.stages()[0]
    }
    grids = {row.code: n for n, row in enumerate(county.grids, 1)}
    return Directory(county, WorkTime(1, [], [], [], []), Known(nodes, grids, persons, kinds, limits))


def rows_of(who: Directory, seed: int, count: int = 400) -> Rows:
    plan = history.Plan(TODAY, seed, 1001, count, 40)
    rows = no_rows()
    for day, first, some in history.shares(plan):
        for life in history.day_lives(plan, who, Reporters.invent(seed), day, first, some):
            life.book.pour(rows)
    return rows


def test_seats_decide_about_nine_of_ten_reports_within_a_minute(who: Directory) -> None:
    clocks = [dict(zip(COLUMNS["clock"], row, strict=True)) for row in rows_of(who, 1, 600)["clock"]]
    spent = [clock["stopped_at"] - clock["started_at"] for clock in clocks if clock["stage"] == "accept"]
    prompt = sum(time <= timedelta(seconds=60) for time in spent) / len(spent)
    assert 0.84 < prompt < 0.95
    assert len(set(spent)) > 40


class TestTables:
    def test_every_class_of_the_catalogue_has_its_matters(self) -> None:
        assert {row.code for row in material.matters()} == {row["code"] for row in catalogue.classes()}

    def test_every_unit_is_a_department_or_the_grid(self) -> None:
        known = {row["aliases"][0] for row in resources.table("sample/departments.toml")["departments"]} | {
            "grid"
        }
        assert {row.unit for row in material.matters()} <= known
        assert {unit for case in cases.real_cases() for unit in (case.unit, *case.co_handlers)} <= known

    def test_no_title_is_longer_than_a_case_may_have(self) -> None:
        assert all(len(title) <= 40 for row in material.matters() for title in row.titles)

    def test_there_are_twenty_two_real_cases_and_one_is_the_visitors(self) -> None:
        guided = [case for case in cases.real_cases() if case.guided]
        assert len(cases.real_cases()) == 22
        assert [case.title for case in guided] == [resources.table("sample/today.toml")["guided"]["title"]]
        assert {case.channel for case in cases.real_cases()} <= set(Channel)
        assert {case.code for case in cases.real_cases()} <= {row["code"] for row in catalogue.classes()}

    def test_winter_has_its_snow_and_summer_its_storms(self) -> None:
        def drawn(month: int) -> Counter[str]:
            dice = Dice(1, month)
            return Counter(material.of_month(month).draw(dice).code for _ in range(4000))

        january, july = drawn(1), drawn(7)
        assert january["突发事件/积雪"] > 0 == july["突发事件/积雪"]
        assert july["突发事件/积水"] > 2 * january["突发事件/积水"]
        assert july["市容环境/露天烧烤"] > 3 * january["市容环境/露天烧烤"]


class TestPlan:
    def test_the_days_share_all_cases(self) -> None:
        plan = history.Plan(TODAY, 1, 1001, 40_000, 396)
        found = history.shares(plan)
        assert sum(count for _, _, count in found) == 40_000
        assert found[0][0] == TODAY - timedelta(days=396)
        assert found[-1][0] == TODAY - timedelta(days=1)
        assert [first for _, first, _ in found] == [
            1001 + sum(count for _, _, count in found[:n]) for n in range(len(found))
        ]
        assert min(count for _, _, count in found) > 40

    def test_it_survives_being_noted(self) -> None:
        plan = history.Plan(TODAY, 1, 1001, 40_000, 396, 800)
        assert history.Plan.from_json(plan.as_json()) == plan


class TestLives:
    def test_the_same_seed_tells_the_same(self, who: Directory) -> None:
        assert rows_of(who, 1) == rows_of(who, 1)
        assert rows_of(who, 1) != rows_of(who, 2)

    def test_all_are_over_before_today(self, who: Directory) -> None:
        midnight = datetime.combine(TODAY, datetime.min.time(), BEIJING)
        rows = named(rows_of(who, 1), "state")
        assert max(row["changed_at"] for row in rows) < midnight
        last = {row["number"]: row["status"] for row in rows}
        assert set(last.values()) <= {"closed", "rejected", "cancelled"}
        assert sorted(last) == list(range(1001, 1401))

    def test_every_ending_comes_up_and_most_are_short(self, who: Directory) -> None:
        told = rows_of(who, 3, 3000)
        rows = named(told, "state")
        ends = Counter({row["number"]: row["outcome"] for row in rows}.values())
        assert set(ends) == {"at_once", "answered", "done", "rejected", "referred", "withdrawn", "forced"}
        assert ends["at_once"] + ends["answered"] > 0.55 * 3000
        acted = Counter(row["action"] for row in named(told, "entry"))
        assert acted.keys() >= {
            "return",
            "arrive",
            "rework",
            "reopen",
            "extend",
            "remind",
            "urge",
            "check",
            "follow-up",
            "card",
        }

    def test_time_never_runs_backwards(self, who: Directory) -> None:
        before: dict[int, datetime] = {}
        for row in named(rows_of(who, 1), "entry"):
            assert row["at"] >= before.get(row["number"], row["at"])
            before[row["number"]] = row["at"]

    def test_reporters_are_nobody(self) -> None:
        people = [Reporters.invent(1).one(Dice(n)) for n in range(200)]
        named_ones = [one for one in people if one]
        assert 20 < len(named_ones) < 100
        assert all(one["phone"].startswith("199-0000-") for one in named_ones)
        assert next(names(2)) in Reporters.invent(1).names


def named(rows: Rows, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table with the names of their columns."""
    return [dict(zip(COLUMNS[table], row, strict=True)) for row in rows[table]]
