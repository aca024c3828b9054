"""Every action of the workflow, done by keys alone; whatever is typed stays text, markup too."""

import shlex
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console.cli import arguments
from console.desk.command import Command
from console.desk.desk import Desk
from console.workflow import actions
from tests.database_fixtures import Database, report
from tests.gui.desktop import Desktop, desktop, tap, type_text, until, words
from tests.journeys.command_line import incident_words
from tests.journeys.roads import LEGAL, Road
from ui.dialogs.chosen import ChoiceField, ChoicesField, SetField
from ui.dialogs.field import Field
from ui.dialogs.form import Form
from ui.dialogs.verdict import VerdictField
from ui.steps import INLINE

Key, PLAIN = Qt.Key, Qt.TextFormat.PlainText
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
CENTRES = {"--centre 130123101": "130123101"}
TYPED = {"2026-11-23T18:00": "23:59", "是": "yes"}  # as an operator writes it; a chip by its value
SAID = frozenset({"text", "reason", "note", "reference"})  # options that take anybody's words
HOSTILE = '<b>粗</b><img src="x">&amp;{0} %s'
MOST_TABS = 60


def options(step: str) -> dict[str, list[str]]:
    """Return the words of each option of ``step`` ("dispatch --unit 城管局 --with 公安局 消防救援大队")."""
    found: dict[str, list[str]] = {}
    for word in shlex.split(step)[1:]:
        if word.startswith("--"):
            found[word.removeprefix("--")] = []
        else:
            name = next(reversed(found))
            found[name].append(HOSTILE if name in SAID else TYPED.get(word, word))
    return found


def command(step: str, number: int) -> Command:
    """Return ``step`` as the command line would send it."""
    action, *words = shlex.split(step)
    given = incident_words().parse_args(["incident", action, str(number), *words])
    args, content = arguments.told(given, actions()[action])
    return Command(action, number, args, content=content)


async def reach(form: Form, target: QWidget) -> None:
    """Go by Tab until ``target``, or what is in it, has the cursor."""
    for _ in range(MOST_TABS):
        focus = QApplication.focusWidget()
        if focus is target or (focus is not None and target.isAncestorOf(focus)):
            return
        tap(Key.Key_Tab)
    raise AssertionError(f"{form.action}: Tab never comes to {target}")


async def fill(form: Form, field: Field, words: list[str]) -> None:
    """Give ``field`` what it asks for."""
    chips = field.verdict if isinstance(field, VerdictField) else field
    if isinstance(chips, SetField) and words[0] in chips.chips:
        await reach(form, chips.chips[words[0]])
        tap(Key.Key_Space)
        return
    await reach(form, field.line if isinstance(field, VerdictField) else field)
    for word in [words[0]] if len(words) == 1 else words:
        type_text(QApplication.focusWidget() or field, word)
        if isinstance(field, ChoiceField | ChoicesField):
            await until(QApplication.activePopupWidget)
            tap(Key.Key_Return)


async def perform(desk: Desktop, step: str) -> None:
    """Do ``step`` on the open case by keys."""
    action = actions()[step.split(maxsplit=1)[0]]
    await desk.press(action.shortcut)
    asked = options(step)
    if action.key in INLINE:
        await until(desk.case.composer.edit.hasFocus)
        type_text(desk.case.composer.edit, asked["text"][0])
        tap(Key.Key_Return)
        return
    if not asked:
        if action.options and (form := desk.open_form()):
            await desk.submit(form)
        return
    form = await until(desk.open_form)
    assert form.action == action.key
    form.activateWindow()
    await until(form.isActiveWindow)
    for name, said in asked.items():
        await fill(form, form.fields[name], said)
    await desk.submit(form)


async def told_more(desk: Desktop, seen: int) -> None:
    """Wait until the story of the open case has more than ``seen`` entries."""
    await until(lambda: desk.case.file is not None and len(desk.case.file.timeline) > seen)


async def walk(desk: Desktop, duty: Desk, road: Road, photo: Path) -> None:
    """Lead a new case to where ``road`` begins, go its step by keys, and see it in the timeline."""
    centre = {"centre": road.report[-1]}
    number, other = await report(duty, **centre), await report(duty, **centre)
    *before, last = [*road.before, road.step]
    by_keys = [last] if road.action != "undo" else [before.pop(), "undo"]
    for step in before:
        await duty.perform(command(step.format(other=other, photo=photo), number))
    await until(lambda: other in desk.console.board)
    await desk.open(number) if number in desk.console.board else desk.page.open(number)
    await desk.shown(number)
    for step in by_keys:
        seen = len(desk.case.file.timeline) if desk.case.file else 0
        await perform(desk, step.format(other=other, photo=photo))
        await told_more(desk, seen)
    await desk.shown(number, road.ends)
    assert desk.case.file is not None
    assert desk.case.file.timeline[-1]["action"] == road.action
    if SAID & options(road.step).keys():
        assert HOSTILE in "".join(words(desk.case)), "the story tells it as it was typed"
    rich = [
        one.text()
        for one in desk.window.findChildren(QLabel)
        if one.textFormat() != PLAIN and "粗" in one.text()
    ]
    assert rich == []


async def test_every_action_is_done_by_keys_alone(database: Database, duty: Desk, tmp_path: Path) -> None:
    await database.add("县坐席", "seat", "130123")
    await database.add("县值班长", "seat supervisor", "130123")
    photo = tmp_path / "现场.png"
    photo.write_bytes(PNG)
    async with desktop(database, tmp_path, size=(1280, 720)) as desk:
        await desk.furnished()
        for road in LEGAL:
            try:
                await walk(desk, duty, road, photo)
            except (AssertionError, KeyError) as error:
                raise AssertionError(
                    f"{road.action}: {error or 'nothing happened'}: {desk.notice}"
                ) from error
    assert {road.action for road in LEGAL} | {"report"} == set(actions())
