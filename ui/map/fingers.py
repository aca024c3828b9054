"""Fingers on the map: two pinch and move it, on a touch pad or the screen."""

import math

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QNativeGestureEvent, QTouchEvent

from ui.map.camera import Camera

TWICE = 2.0  # times nearer two taps bring it
TREMBLE = 8  # pixels a finger may move in a tap
Native = Qt.NativeGestureType
TOUCHES = frozenset({QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd})


def pad(camera: Camera, event: QNativeGestureEvent) -> bool:
    """Move the camera by a gesture of a touch pad; tell whether it was one for the map."""
    at = event.position()
    if event.gestureType() == Native.ZoomNativeGesture:
        camera.zoom(math.exp(event.value()), at.x(), at.y())
    elif event.gestureType() == Native.SmartZoomNativeGesture:
        camera.zoom(TWICE, at.x(), at.y())
    elif event.gestureType() == Native.PanNativeGesture:
        camera.pan(event.delta().x(), event.delta().y())
    else:
        return False
    return True


class Fingers:
    """Follows fingers on a screen. One that only taps is a click, as ``touch`` returns it."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._tap: QPointF | None = None
        self._places: dict[int, QPointF] = {}

    def touch(self, event: QTouchEvent) -> QPointF | None:
        """Move the camera as the fingers do; return where a tap was, None if it was none."""
        points, before = event.points(), self._places
        if event.type() == QEvent.Type.TouchBegin:
            self._tap = points[0].position()
        if self._tap is not None and (len(points) > 1 or _far(points[0], self._tap)):
            self._tap = None
        held = [one for one in points if one.state() != QEventPoint.State.Released]
        self._places = {one.id(): one.position() for one in held}
        if self._tap is None and held and before.keys() == self._places.keys():
            self._move([before[finger] for finger in self._places], [*self._places.values()])
        return self._tap if event.type() == QEvent.Type.TouchEnd else None

    def _move(self, before: list[QPointF], now: list[QPointF]) -> None:
        here, there = _middle(now), _middle(before)
        self._camera.pan(here.x() - there.x(), here.y() - there.y())
        if len(now) > 1 and _spread(now) and _spread(before):
            self._camera.zoom(_spread(now) / _spread(before), here.x(), here.y())


def _far(point: QEventPoint, start: QPointF) -> bool:
    return (point.position() - start).manhattanLength() > TREMBLE


def _middle(places: list[QPointF]) -> QPointF:
    return sum(places, QPointF()) / len(places)


def _spread(places: list[QPointF]) -> float:
    way = places[0] - places[1]
    return math.hypot(way.x(), way.y())
