"""A map that is let go in motion glides on and comes to rest."""

import math
import time
from collections import deque

from PySide6.QtCore import QObject, QPointF, QTimer

from ui.map.camera import Camera
from ui.theme import theme

FRAME = 16  # milliseconds between two steps
LATE = 0.05  # seconds a frame may take: on a machine that cannot keep up nothing glides
MEMORY = 0.08  # seconds of the drag that tell how fast the hand was
FADE = 0.18  # seconds in which the speed falls to a third
SLOW, FAST = 60.0, 3000.0  # pixels a second: below it rests, faster is no hand


class Glide(QObject):
    """Told of each step of a drag; ``let_go`` lets the camera move on, ``stop`` ends it."""

    def __init__(self, camera: Camera, owner: QObject) -> None:
        super().__init__(owner)
        self._camera = camera
        self._steps: deque[tuple[float, QPointF]] = deque(maxlen=32)
        self._speed = QPointF()
        self._last = 0.0
        self._timer = QTimer(self, interval=FRAME)
        self._timer.timeout.connect(self._move)

    @property
    def moving(self) -> bool:
        """Tell whether the map glides."""
        return self._timer.isActive()

    def drag(self, way: QPointF) -> None:
        """Move the map with the hand."""
        self._steps.append((time.monotonic(), way))
        self._camera.pan(way.x(), way.y())

    def let_go(self) -> None:
        """Glide on, unless motion is to be left out or the hand had come to rest."""
        now = time.monotonic()
        steps = [(at, way) for at, way in self._steps if now - at < MEMORY]
        self._steps.clear()
        if len(steps) < 2 or theme.still:  # noqa: PLR2004  one step has no speed
            return
        way = sum((way for _at, way in steps[1:]), QPointF())
        self._speed = way / max(steps[-1][0] - steps[0][0], FRAME / 1000)
        if SLOW < math.hypot(self._speed.x(), self._speed.y()) < FAST:
            self._last = now
            self._timer.start()

    def stop(self) -> None:
        """Come to rest at once."""
        self._timer.stop()
        self._steps.clear()

    def _move(self) -> None:
        now = time.monotonic()
        passed, self._last = now - self._last, now
        self._speed *= math.exp(-passed / FADE)
        if passed > LATE or math.hypot(self._speed.x(), self._speed.y()) < SLOW:
            self.stop()
            return
        self._camera.pan(self._speed.x() * passed, self._speed.y() * passed)
