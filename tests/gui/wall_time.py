"""Time on a wall, passed by hand, and what it says then."""

from collections.abc import Callable

from ui.wall.view import BEAT, STEP, WallView


def second(wall: WallView) -> None:
    """Let a second pass on the wall."""
    for _ in range(1000 // BEAT):
        wall.beat()
    for _ in range(1000 // STEP):
        wall.sheet.step()


def second_by_second(wall: WallView, true: Callable[[], bool]) -> Callable[[], bool]:
    """Return ``true``, asked after a second of the wall each time."""

    def asked() -> bool:
        second(wall)
        return true()

    return asked


def shown(wall: WallView) -> list[str]:
    """Return what the wall says was received and closed today, and is open."""
    return [figure.value.text().replace(",", "") for figure in wall.content.overview.figures[:3]]
