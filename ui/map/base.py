"""The base map under the grids: what the settings choose, brought beside the UI thread, none by default."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from console.errors import Problem
from console.geography.tiles import chosen
from console.geography.tiles.mosaic import AGAIN, Mosaic
from console.geography.tiles.pyramid import Tile, cover, level
from console.geography.tiles.source import About
from console.geography.tiles.supply import Brought, Supply
from console.geography.view import View
from console.language import say
from console.settings import Settings
from ui.map.base_picture import Manner, Sheet, composed, treated
from ui.map.sheets import MARGIN, lay
from ui.map.worker import Latest
from ui.preferences import preferences
from ui.theme import theme

PAUSE = 80  # milliseconds in which a moving view asks once
SETTINGS = (*(name for name in Settings.model_fields if name.startswith("base_map")), "state")


class Base(QObject):
    """Seen to be there when it is drawn; tells ``words`` and ``fault``; asks nobody while it is hidden."""

    changed = Signal()
    appeared = Signal()  # or went: what lies on it must let it through, or need no longer
    _brought = Signal(object)

    def __init__(self, owner: QWidget, appeared: Callable[[], None]) -> None:
        super().__init__(owner)
        self.changed.connect(owner.update)
        self._worker = Latest(owner)
        self._worker.done.connect(self._show)
        self._worker.failed.connect(self._fail)
        self._brought.connect(self._take)
        self._asking = QTimer(self, interval=PAUSE, singleShot=True)
        self._asking.timeout.connect(self._ask)
        self._again = QTimer(self, interval=int(AGAIN * 1000) + 500, singleShot=True)
        self._again.timeout.connect(self._try_again)
        self._chosen: tuple[object, ...] = ()
        self._supply: Supply[QImage] | None = None
        self._clear()
        self.choose()
        self.appeared.connect(appeared)
        preferences.changed.connect(self.choose)
        theme.changed.connect(self.choose)
        owner.destroyed.connect(partial(_close, self))

    def _clear(self) -> None:
        self._datum = ""
        self._about: About | None = None
        self._problem: Problem | None = None
        self._mosaic: Mosaic[QImage] = Mosaic(0)
        self._sheet: Sheet | None = None
        self._state: tuple[View, int] | None = None
        self._view: View | None = None
        self._cover: list[Tile] = []
        self._news = 0

    @property
    def shown(self) -> bool:
        """Tell whether a base map lies under the grids."""
        return self._about is not None

    @property
    def exact(self) -> bool:
        """Tell whether all that is at hand is drawn, and nothing is on its way."""
        done = self._sheet is not None and self._sheet.state == (self._view, self._news)
        return not self.shown or (done and not self._mosaic.wanted(self._cover))

    def choose(self) -> None:
        """Follow settings and theme."""
        settings = preferences.settings
        asked = (*(getattr(settings, name) for name in SETTINGS), theme.name)
        if asked != self._chosen:
            self._chosen = asked
            self._restart()

    def turn(self) -> str:
        """Show the base map or hide it, and keep that; return a sentence about it."""
        settings = preferences.settings
        if not settings.base_map:
            return say("base.none")
        try:
            preferences.store({"base_map_shown": not settings.base_map_shown})
        except Problem as problem:
            return problem.sentence
        return say("base.hidden" if settings.base_map_shown else "base.shown")

    def _want(self, view: View) -> None:
        """See to it that a sheet of the view is there or under way."""
        about, sheet = self._about, self._sheet
        if about is None:
            return
        wide = sheet.view if sheet is not None and sheet.view.holds(view) else view.wider(MARGIN)
        if wide != self._view:
            self._view = wide
            at = level(wide, about.coarsest, about.finest, about.side)
            self._cover = cover(wide, at, self._datum)
            if not self._asking.isActive():
                self._asking.start()
        if self._state != (wide, self._news):
            self._state = (wide, self._news)
            pieces = self._mosaic.shown(self._cover)
            ground = theme.color("panel").rgb()
            self._worker.ask(partial(composed, wide, self._datum, pieces, ground, self._state))

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw the latest sheet where it belongs in the view; the painter counts device pixels."""
        self._want(view)
        sheet = self._sheet
        if sheet is not None and self.shown:
            lay(painter, sheet.image, sheet.view, view)

    @property
    def words(self) -> list[str]:
        """Whose map it is, and in which datum it was drawn; empty where there is none."""
        if not self.shown:
            return []
        moved = [say("base.moved", datum=self._datum)] if self._datum == "GCJ-02" else []
        return [chosen.attribution(preferences.settings, self._about), *moved]

    @property
    def fault(self) -> str:
        """Return what is wrong with what is seen, "" where nothing is."""
        problem = self._problem or self._mosaic.fault(self._cover)
        if problem is not None:
            return problem.sentence
        return say("base.bare") if self.shown and self._mosaic.bare(self._cover) else ""

    def close(self) -> None:
        """Ask for nothing any more."""
        if self._supply is not None:
            self._supply.close()
        self._supply = None

    def _restart(self) -> None:
        self.close()
        self._clear()
        settings = preferences.settings
        try:
            source = chosen.source(settings) if settings.base_map_shown else None
        except Problem as problem:
            source, self._problem = None, problem
        if source is not None:
            self._datum = source.datum
            self._supply = Supply(source, partial(treated, _manner(settings)), self._brought.emit)
        self.appeared.emit()
        self.changed.emit()

    def _ask(self) -> None:
        """Ask for what is missing now, and forget what was asked for another view."""
        if self._supply is not None:
            self._supply.want(self._mosaic.wanted(self._cover))

    def _try_again(self) -> None:
        self._restart() if self._problem is not None else self._asking.start()

    def _take(self, brought: Brought[QImage]) -> None:
        if brought.error is not None and not isinstance(brought.error, Problem):
            self.close()
            raise brought.error
        if brought.about is not None:
            self._about = brought.about
            self._mosaic = Mosaic(brought.about.coarsest)
            self.appeared.emit()
        elif brought.tile is None:
            self._problem = brought.error
        elif brought.error is not None:
            self._mosaic.fail(brought.tile, brought.error)
        else:
            self._mosaic.put(brought.tile, brought.picture)
        if brought.error is not None:
            self._again.start()
        if brought.tile is not None and brought.picture is None:
            self._asking.start()  # perhaps the square above serves
        self._news += 1
        self.changed.emit()

    def _show(self, sheet: object) -> None:
        if isinstance(sheet, Sheet) and self.shown:
            self._sheet = sheet
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.close()
        raise error


def _close(base: Base) -> None:
    base.close()


def _manner(settings: Settings) -> Manner:
    panel, veil = theme.color("panel").rgb(), theme.color("base_veil").rgba()
    opacity = settings.base_map_opacity / 100
    return Manner(chosen.name(settings), panel, veil, opacity, settings.base_map_gray)
