"""How dark the wall is at night: by the server's clock and the settings, or by hand until they turn."""

from datetime import time

from ui.moments import local
from ui.preferences import preferences


class Night:
    """Tells how dark it is to be; ``turn`` is a hand's wish, which counts until night falls or ends."""

    def __init__(self) -> None:
        self._by_hand: bool | None = None
        self._dark = False

    def turn(self, now: float) -> None:
        """Make it dark if it is light, and the other way round."""
        self._by_hand = not self.dark(now)

    def dark(self, now: float) -> bool:
        """Tell whether it is dimmed at ``now``, epoch seconds."""
        fallen = _within(preferences.settings.wall_night, local(now).time())
        if fallen != self._dark:
            self._dark, self._by_hand = fallen, None
        return fallen if self._by_hand is None else self._by_hand

    def shade(self, now: float) -> int:
        """Return how much black lies over everything, of 255."""
        return round(preferences.settings.wall_dim * 2.55) if self.dark(now) else 0


def _within(span: str, at: time) -> bool:
    """Tell whether ``at`` lies in ``span``, "22:00-06:00", its end not included."""
    starts, ends = (time.fromisoformat(part) for part in span.split("-"))
    return starts <= at < ends if starts <= ends else at >= starts or at < ends
