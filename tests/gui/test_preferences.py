"""Preferences by key: what they change at once, what they keep, and what they refuse."""

import os
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from console.language import say
from console.settings import Settings
from tests.database_fixtures import Database
from tests.gui.desktop import Desktop, desktop, gone, until, words
from ui.dialogs.preferences import PreferencesDialog
from ui.preferences import SCALE, preferences, set_scale
from ui.theme import theme

CHOSEN: dict[str, object] = {"scale": 150, "language": "en", "density": "roomy", "reduced_motion": True}


async def opened(desk: Desktop) -> PreferencesDialog:
    await desk.press("Ctrl+,")
    return await until(
        lambda: next((one for one in desk.window.findChildren(PreferencesDialog) if one.isVisible()), None)
    )


async def save(dialog: PreferencesDialog) -> None:
    dialog.activateWindow()
    await until(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def choose(dialog: PreferencesDialog, name: str, value: object) -> None:
    control = dialog.asked[name].control
    if isinstance(control, QComboBox):
        control.setCurrentIndex(control.findData(value))
    elif isinstance(control, QCheckBox):
        control.setChecked(bool(value))
    else:
        assert isinstance(control, QLineEdit)
        control.setText(str(value))


async def test_preferences_are_asked_for_told_and_kept(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# mine\ntheme = "dark"\n', encoding="utf-8")
    monkeypatch.setenv("GRIDSEAT_VOLUME", "30")
    preferences.start(Settings(state=tmp_path, theme="dark"), file)
    async with desktop(database, tmp_path) as desk:
        dialog = await opened(desk)
        volume = dialog.asked["volume"]
        assert not volume.control.isEnabled()
        assert "GRIDSEAT_VOLUME" in volume.note.text()

        choose(dialog, "scale", 400)
        choose(dialog, "theme", "light")
        await save(dialog)
        assert dialog.asked["scale"].note.text() == say("errors.setting_number", least="100", most="250")
        assert dialog.focusWidget() is dialog.asked["scale"].control
        assert theme.name == "dark"  # nothing half done

        for name, value in CHOSEN.items():
            choose(dialog, name, value)
        await save(dialog)
        await until(lambda: gone(dialog))

        assert theme.name == "light"
        assert theme.still
        assert desk.page.queue.list.place.row == 36
        assert "Incidents" in words(desk.window)
        assert "Scale" in desk.notice  # it waits for the next start
        kept = file.read_text(encoding="utf-8")
        assert kept.startswith("# mine\n")
        assert tomllib.loads(kept) == {"theme": "light", **CHOSEN}


async def test_a_file_that_cannot_be_written_is_told_and_nothing_changes(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("theme = [", encoding="utf-8")
    preferences.start(Settings(state=tmp_path), file)
    async with desktop(database, tmp_path) as desk:
        dialog = await opened(desk)
        for name, value in CHOSEN.items():
            choose(dialog, name, value)
        dialog.resets["look"].click()
        assert [dialog.asked[name].value() for name in CHOSEN] == [100, "zh", "normal", False]
        assert say("settings.default", value="100") in dialog.asked["scale"].note.text()
        choose(dialog, "theme", "light")
        dialog.save()
        assert str(file) in dialog.error.text()
        assert dialog.isVisible()
        assert theme.name == "dark"
        dialog.reject()


def test_the_scale_counts_for_the_application_that_is_made_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SCALE, "1")
    set_scale(100)
    set_scale(175)
    assert os.environ[SCALE] == "1.75"
