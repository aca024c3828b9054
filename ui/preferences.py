"""What this person has chosen: applied at once where it can be, kept in the file."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.language import current
from console.preferences import declared, fixed, write
from console.settings import Settings
from ui.language import language
from ui.theme import theme

SCALE = "QT_SCALE_FACTOR"


class Preferences(QObject):
    """The settings of this process; ``changed`` follows every change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.settings: Settings = Settings.model_construct()
        self.fixed: dict[str, str] = {}
        self.file: Path | None = None  # None: nothing is kept

    def start(self, settings: Settings, file: Path | None = None) -> None:
        """Follow ``settings``; changes are kept in ``file``."""
        self.settings, self.file = settings, file
        self.fixed = fixed(settings, file) if file is not None else {}
        self._apply()

    def store(self, changes: Mapping[str, Any]) -> list[str]:
        """Use and keep ``changes``; return the names of those that wait for a new start or sign-in.

        Refused where the file cannot be written; then nothing has changed. What the environment or the
        command line decides is used until the window is left, and not kept.
        """
        kept = {name: value for name, value in changes.items() if name not in self.fixed}
        if self.file is not None and kept:
            write(self.file, kept)
        self.settings = self.settings.model_copy(update=dict(changes))
        self._apply()
        return [one.name for one in declared() if one.name in changes and one.applies != "now"]

    def _apply(self) -> None:
        settings = self.settings
        if current() != settings.language:
            language.use(settings.language)
        if theme.name != settings.theme:
            theme.use(settings.theme)
        theme.settle(settings.density, still=settings.reduced_motion)
        self.changed.emit()


def set_scale(per_cent: int) -> None:
    """Let the application that is made next show all at ``per_cent``; Qt reads it once, at its start."""
    if per_cent != 100:  # noqa: PLR2004  the size things have by themselves
        os.environ[SCALE] = f"{per_cent / 100:g}"


preferences = Preferences()
