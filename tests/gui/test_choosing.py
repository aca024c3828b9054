"""Choosing by keys in a hurry: the open list only chooses, the closed one submits, nothing is guessed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.errors import BadInput
from console.workflow import Option
from tests.gui.desktop import tap, type_text
from ui.dialogs.chosen import CaseField, ChoiceField, ChoicesField, SetField
from ui.dialogs.field import Field
from ui.dialogs.offers import ChoiceLine
from ui.directory import Choice

UNITS = [
    Choice("D02", "城管局", "城市管理局", "城管局 cgj d02 城市管理局"),
    Choice("D01", "公安局", "县公安局", "公安局 gaj d01 县公安局"),
    Choice("201", "李家庄村", "南楼乡", "李家庄村 ljzc 201 李家庄村民委员会 南楼乡 nlx"),
    Choice("305", "李家庄村", "新安镇", "李家庄村 ljzc 305 李家庄村民委员会 新安镇 xaz"),
]
CASES = [Choice("1041", "1041", "路口积水", "1041 路口积水")]
Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def placed(page: QWidget, *fields: Field) -> list[None]:
    """Put ``fields`` on ``page``; return what grows with each submission of the first."""
    submitted: list[None] = []
    layout = page.layout()
    assert layout is not None
    for field in fields:
        layout.addWidget(field)
        field.show()
    fields[0].submitted.connect(lambda: submitted.append(None))
    fields[0].setFocus()
    return submitted


def unit() -> ChoiceField:
    return ChoiceField(Option("unit", "unit", required=True), ChoiceLine(lambda: UNITS), "")


def test_enter_in_the_open_list_chooses_and_only_then_submits(page: QWidget) -> None:
    field = unit()
    submitted = placed(page, field)
    QTest.keyClicks(field.line, "ga")
    assert [one.label for one in field.line.offered] == ["公安局"]
    tap(Key.Key_Return)
    assert (field.line.text(), field.args(), submitted) == ("公安局", {"unit": "D01"}, [])
    assert not field.line.offered
    tap(Key.Key_Return)
    assert len(submitted) == 1


def test_arrows_mark_another_and_leave_the_line_alone(page: QWidget) -> None:
    field = unit()
    submitted = placed(page, field)
    type_text(field, "局")
    tap(Key.Key_Down)
    assert field.line.text() == "局"
    tap(Key.Key_Return)
    assert (field.args(), submitted) == ({"unit": "D01"}, [])


def test_tab_takes_the_first_and_goes_on(page: QWidget) -> None:
    field, after = unit(), unit()
    placed(page, field, after)
    type_text(field, "城")
    tap(Key.Key_Tab)
    assert field.args() == {"unit": "D02"}
    assert after.line.hasFocus()
    tap(Key.Key_Tab)
    assert not after.args()  # nothing was typed, nothing is taken


def test_escape_closes_the_list_and_down_opens_all(page: QWidget) -> None:
    field = unit()
    placed(page, field)
    type_text(field, "城管")
    tap(Key.Key_Escape)
    assert not field.line.offered
    assert field.line.text() == "城管"
    tap(Key.Key_Down)
    tap(Key.Key_Return)
    tap(Key.Key_Down)
    assert len(field.line.offered) == len(UNITS)


def test_what_was_chosen_among_namesakes_is_kept_and_shows_its_place(page: QWidget) -> None:
    field = unit()
    placed(page, field)
    type_text(field, "李家庄村")
    with pytest.raises(BadInput, match="201"):
        field.args()
    tap(Key.Key_Down)
    tap(Key.Key_Return)
    assert (field.line.text(), field.args()) == ("李家庄村 新安镇", {"unit": "305"})
    again = unit()
    again.restore(field.draft())
    assert (again.line.text(), again.args()) == ("李家庄村 新安镇", {"unit": "305"})
    type_text(field, "x")  # it is another text now
    assert field.args() == {"unit": "李家庄村 新安镇x"}


def test_ctrl_enter_goes_on_with_what_is_written(page: QWidget) -> None:
    field = unit()
    submitted = placed(page, field)
    type_text(field, "公安局")
    tap(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (len(submitted), field.args()) == (1, {"unit": "D01"})


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
def test_several_are_added_one_by_one(page: QWidget, key: Qt.Key) -> None:
    field = ChoicesField(Option("with", "units", required=False), lambda: UNITS)
    submitted = placed(page, field)
    for text in ("cgj", "gaj", "cgj"):
        field.setFocus()
        QTest.keyClicks(field.line, text)
        tap(key)
    assert (field.args(), field.line.text(), submitted) == ({"with": ["D02", "D01"]}, "", [])
    field.setFocus()
    tap(Key.Key_Return)
    assert len(submitted) == 1
    again = ChoicesField(Option("with", "units", required=False), lambda: UNITS)
    again.restore(field.draft())
    assert again.args() == field.args()


def test_digits_are_that_number_and_no_longer_one(page: QWidget) -> None:
    field = CaseField(Option("into", "number", required=True), lambda: CASES)
    placed(page, field)
    type_text(field, "104")
    assert [one.value for one in field.line.offered] == ["104", "1041"]
    tap(Key.Key_Return)
    assert field.args() == {"into": "104"}
    assert field.told.text() == ""
    field.line.clear()
    type_text(field, "积水")
    tap(Key.Key_Return)
    assert (field.args(), field.told.text()) == ({"into": "1041"}, "路口积水")


def test_enter_chooses_a_chip_and_then_submits(page: QWidget) -> None:
    field = SetField(Option("card", "card", required=True), {"yellow": "黄牌", "red": "红牌"})
    submitted = placed(page, field)
    tap(Key.Key_Right)
    tap(Key.Key_Return)
    assert (field.args(), submitted) == ({"card": "red"}, [])
    tap(Key.Key_Return)
    assert len(submitted) == 1
