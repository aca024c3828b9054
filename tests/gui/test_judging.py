"""Checks and follow-ups: a verdict is chosen, and only what can be answered is asked."""

import json
from functools import partial
from pathlib import Path

import pytest

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import Desktop, at_case, desktop, type_text, until
from ui import steps
from ui.dialogs.chosen import SetField
from ui.dialogs.form import Form
from ui.dialogs.verdict import VerdictField
from ui.language import language

DISPUTE, STREET = "矛盾纠纷/邻里", "街面秩序/游商"


def is_next(desk: Desktop, step: str) -> bool:
    return desk.case.file is not None and steps.main_step(desk.case.file.incident) == step


def verdict(form: Form) -> VerdictField:
    field = form.fields["result"]
    assert isinstance(field, VerdictField)
    return field


@pytest.mark.parametrize(
    ("chip", "typed", "result", "failed"),
    [
        ("不合格", "仍有积水", "不合格：仍有积水", True),
        ("合格", "", "合格", None),
        ("", "没见到人", "没见到人", None),
    ],
)
async def test_a_check_says_passed_or_failed_or_anything(
    database: Database, duty: Desk, tmp_path: Path, chip: str, typed: str, result: str, *, failed: bool | None
) -> None:
    async with at_case(database, tmp_path, duty, "accept", "dispatch", "acknowledge") as desk:
        await act(duty, "feedback", desk.number, text="已办")
        await desk.shown(desk.number, "handled")
        form = await desk.form("Shift+V")
        if chip:
            verdict(form).verdict.chips[chip].click()
        type_text(verdict(form).line, typed)
        await desk.submit(form)
    facts = json.loads(
        await database.owner.fetchval("SELECT facts::text FROM gridseat.timeline WHERE action = 'check'")
    )
    assert (facts["result"], facts.get("failed")) == (result, failed)


async def test_a_verdict_is_read_in_the_spoken_language(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty, "accept", "dispatch", "acknowledge") as desk:
        await act(duty, "feedback", desk.number, text="已办")
        await act(duty, "check", desk.number, result="不合格")
        language.use("en")
        await until(lambda: "result: Failed" in " ".join(desk.case.timeline.words()))


async def test_what_failed_its_check_is_sent_back_next(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    async with at_case(database, tmp_path, duty, "accept", "dispatch", "acknowledge") as desk:
        await act(duty, "feedback", desk.number, text="已办")
        for result, step in (("不合格", "rework"), ("合格", "verify")):
            await act(duty, "check", desk.number, result=result)
            await until(partial(is_next, desk, step))


async def closed(duty: Desk, kind: str) -> int:
    number = await report(duty, **{"class": kind})
    await act(duty, "answer", number, text="已告知")
    return number


async def test_only_a_dispute_is_asked_whether_its_agreement_is_kept(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    street, dispute = await closed(duty, STREET), await closed(duty, DISPUTE)
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        for number, asked in ((street, False), (dispute, True)):
            desk.page.open(number)
            await desk.shown(number)
            form = await desk.form("H")
            assert ("kept" in form.fields) is asked
            form.reject()
            await until(lambda: desk.open_form() is None)


async def test_whoever_was_not_reached_has_answered_nothing(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await closed(duty, DISPUTE)
    async with desktop(database, tmp_path) as desk:
        await desk.furnished()
        desk.page.open(number)
        await desk.shown(number)
        form = await desk.form("H")
        fields = {name: one for name, one in form.fields.items() if isinstance(one, SetField)}
        fields["solved"].chips["yes"].click()
        fields["contacted"].chips["no"].click()
        others = [fields[name] for name in ("solved", "satisfied", "kept")]
        assert not any(one.isEnabled() or one.draft() for one in others)
        fields["contacted"].chips["yes"].click()
        assert all(one.isEnabled() for one in others)
        fields["contacted"].chips["no"].click()
        await desk.submit(form)
        await until(lambda: "回访" in [step.told.title for step in desk.case.timeline.steps])
