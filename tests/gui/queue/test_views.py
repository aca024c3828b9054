"""A list that is looked at every day has a name and a key."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from console.desk.views import Views
from console.feed.board_view import Sort
from tests.gui.queue.stage import board_of, row, settle
from ui.naming import Naming
from ui.queue.filters import Condition
from ui.queue.panel import QueuePanel
from ui.queue.views import ViewsButton

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def naming(panel: QueuePanel, qtbot: QtBot) -> Naming:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in panel.findChildren(Naming)))
    return next(one for one in panel.findChildren(Naming) if one.isVisible())


def menu(button: ViewsButton) -> QMenu:
    found = button.menu()
    assert isinstance(found, QMenu)
    found.aboutToShow.emit()
    return found


def entries(button: ViewsButton) -> list[str]:
    return [action.text() for action in menu(button).actions() if action.data() is not None]


def test_a_list_is_kept_under_a_name_and_shown_again_by_its_key(
    panel: QueuePanel, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[str] = []
    panel.noticed.connect(told.append)
    board_of(panel).apply([row(70, status="accepted", title="积水")])
    button = panel.offer_views(Views(tmp_path))
    assert button.text() == "全部 ▾"
    QTest.keyClick(panel.list, Key.Key_3, CONTROL)
    assert (len(panel.view), button.text()) == (1, "待派遣 ▾")
    QTest.keyClick(menu(button), Key.Key_4, CONTROL)  # as the open menu says
    assert button.text() == "全部 ▾"
    panel.set_conditions([Condition("unit", "城管局"), Condition("status", "handling", refused=True)])
    panel.search.show_text("积水")
    panel.filters.set_text("积水")
    panel.arrange.arrangement.order_by(Sort("number", descending=True))
    panel.arrange.arrangement.group_by("unit")
    assert button.text() == "视图 ▾"
    QTest.keyClick(panel.list, Key.Key_S, CONTROL | SHIFT)
    asked = naming(panel, qtbot)
    QTest.keyClick(asked.line, Key.Key_Return)
    assert "1 到 40 个字" in asked.error.text()
    asked.line.setText("夜班 & 积水")
    QTest.keyClick(asked.line, Key.Key_Return)
    assert told[-1] == "已保存视图“夜班 & 积水”，按键 Ctrl+5"
    panel.arrange.arrangement.group_by("")
    QTest.keyClick(panel.list, Key.Key_4, CONTROL)
    assert len(panel.view) == 67
    QTest.keyClick(panel.list, Key.Key_5, CONTROL)
    assert (len(panel.view), panel.search.text()) == (1, "积水")
    assert (panel.view.sort, panel.list.lines.column) == (Sort("number", descending=True), "unit")
    QTest.keyClick(panel.list, Key.Key_9, CONTROL)
    assert "Ctrl+9" in told[-1]


def test_own_views_are_renamed_and_deleted_by_keys_and_torn_ones_told(
    panel: QueuePanel, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[str] = []
    panel.noticed.connect(told.append)
    views = Views(tmp_path)
    views.save("夜班", {"text": "积水"})
    (tmp_path / "torn.json").write_text("{")
    button = panel.offer_views(views)
    button.tell_broken()
    assert "torn.json" in told[0]
    opened = menu(button)
    opened.setActiveAction(opened.actions()[4])
    QTest.keyClick(opened, Key.Key_F2)
    asked = naming(panel, qtbot)
    asked.line.setText("大夜班")
    QTest.keyClick(asked.line, Key.Key_Return)
    settle()
    assert entries(button)[-1] == "大夜班\tCtrl+5"
    opened.setActiveAction(opened.actions()[4])
    QTest.keyClick(opened, Key.Key_Delete)
    assert len(entries(button)) == 4
    assert told[-1] == "已删除视图“大夜班”"


def test_a_view_from_elsewhere_shows_what_it_can(panel: QueuePanel) -> None:
    strange = [{"facet": "weather"}, 7, {"facet": "grade", "value": "BLUE"}]
    panel.show_state({"conditions": [*strange, {"facet": "unit", "value": "城管局"}], "sort": ["nothing"]})
    state = panel.view_state()
    assert state["conditions"] == [{"facet": "unit", "value": "城管局", "refused": False}]
    assert (state["sort"], state["text"]) == ("due", "")
    panel.show_state({"conditions": 3, "text": "9"})
    assert (panel.filters.text, len(panel.filters.conditions)) == ("9", 0)
