"""What an operator tells the map by keys, mouse buttons and menu: look there, go back, follow."""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from console.geography.view import View, surrounding
from console.language import say
from ui.map import keys
from ui.map.follow import FollowPill
from ui.map.measure import Measure
from ui.map.trail import Trail
from ui.map.widget import MapView

REST = 500  # milliseconds without a step that end a gesture
STEP = 1.5  # times nearer a key brings it
PAGE = 0.8  # of the window that a page key moves it
LEAST = 150.0  # metres of the plane around a single place
Numbers = Iterable[int]


class Hand(QObject):
    """The operator's hand on ``view``; ``marked`` and ``mine`` tell which incidents to fit."""

    told = Signal(str)  # a sentence for the person

    def __init__(self, view: MapView, marked: Callable[[], Numbers], mine: Callable[[], Numbers]) -> None:
        super().__init__(view)
        self.view, self._marked, self._mine = view, marked, mine
        self.trail = Trail()
        self.pill = FollowPill(view)
        self.measure = Measure(view, view.cross)
        self.measure.told.connect(self.told)
        self._gesture = QTimer(self, interval=REST, singleShot=True)
        self.commands: dict[str, Callable[[], None]] = {
            "closer": partial(self._zoom, STEP),
            "further": partial(self._zoom, 1 / STEP),
            "all": view.camera.fit,
            "selection": lambda: self._fit(self._marked(), "hand.none_selected"),
            "mine": lambda: self._fit(self._mine(), "hand.none_mine"),
            "back": lambda: self._travel(self.trail.back, "hand.no_way_back"),
            "forward": lambda: self._travel(self.trail.forward, "hand.no_way_forward"),
            "follow": self._turn_following,
            "cross": self._point,
            "measure": self.measure.turn,
            "base": lambda: self.told.emit(view.scene.base.turn()),
        }
        view.takers.append(self._step)
        view.buttoned.connect(self._press)
        view.camera.stepping.connect(self._step_on)
        view.camera.leaping.connect(self._leap)
        self.pill.clicked.connect(self._turn_following)

    @property
    def at(self) -> QPointF | None:
        """The place that is meant: where the menu was asked for, else under the cursor or the cross."""
        return self._menu_at or self.view.cursor_at or self.view.cross.at

    @property
    def moving(self) -> bool:
        """Tell whether the next step is of the same gesture."""
        return self._gesture.isActive()

    def do_at(self, at: QPointF, command: str) -> None:
        """Do a command that is meant for a place."""
        self._menu_at = at
        self.do(command)
        self._menu_at = None

    _menu_at: QPointF | None = None

    def do(self, command: str) -> None:
        """Do one of ``commands``."""
        self.view.glide.stop()
        self.commands[command]()

    def _step(self, event: QKeyEvent) -> Callable[[], object] | None:
        move = keys.move(event)
        if move is not None:
            return partial(self._move, *move)
        command = keys.command(event)
        return partial(self.do, command) if command in self.commands else None

    def _press(self, button: Qt.MouseButton) -> None:
        command = {Qt.MouseButton.BackButton: "back", Qt.MouseButton.ForwardButton: "forward"}.get(button)
        if command is not None:
            self.do(command)

    def _move(self, right: float, down: float, pages: bool) -> None:  # noqa: FBT001  a row of the table
        across, along = (self.view.width() * PAGE, self.view.height() * PAGE) if pages else (1, 1)
        self.view.camera.pan(right * across, down * along)

    def _zoom(self, factor: float) -> None:
        at = self.at or QPointF(self.view.width() / 2, self.view.height() / 2)
        self.view.camera.zoom(factor, at.x(), at.y())

    def _fit(self, numbers: Numbers, none: str) -> None:
        """Show these incidents, or say that ``none`` has a place."""
        places = [place for number in numbers if (place := self.view.place_of(number)) is not None]
        across, along = np.array(places, np.float64).reshape(-1, 2).T
        bounds = surrounding(across, along, LEAST)
        if bounds is None:
            self.told.emit(say(none))
            return
        self.view.camera.approach(bounds)

    def _step_on(self) -> None:
        """Keep the view that a gesture begins at."""
        if not self.moving:
            self.trail.rest(self.view.camera.view)
        self._gesture.start()

    def _leap(self) -> None:
        """Keep the view that is left; the next gesture keeps the one that is come to."""
        self._gesture.stop()
        self.trail.rest(self.view.camera.view)

    def _travel(self, way: Callable[[View], View | None], none: str) -> None:
        self._gesture.stop()
        found = way(self.view.camera.view)
        if found is None:
            self.told.emit(say(none))
        else:
            self.view.camera.go(found)

    def _turn_following(self) -> None:
        camera = self.view.camera
        camera.follow(following=not camera.following or camera.missed)
        if camera.following and self.view.selected is not None:
            self.view.show_incident(self.view.selected)

    def _point(self) -> None:
        self.view.cross.begin("" if self.measure.active else say("hand.pointing"))
