"""When an alert is heard: at once, again until it is acknowledged, and never a hundred at a time."""

from collections.abc import Collection
from typing import Final

from console.alerts.causes import URGENT
from console.alerts.rules import quiet_longest, rules, soundings
from console.alerts.watch import Alert, Key

KEPT: Final = 3600.0  # seconds for which it is known when a case was heard
MANY: Final = 2000


class Siren:
    """Decides what sounds; times are epoch seconds. Quiet mode holds back everything but priority 1."""

    def __init__(self) -> None:
        self._quiet_until = 0.0
        self._heard: dict[Key, tuple[float, float, float]] = {}  # mark and since of the cause, when heard
        self._last: dict[int, float] = {}

    def be_quiet(self, until: float, now: float) -> float:
        """Be quiet until then, eight hours at most; return until when that is. A past instant ends it."""
        self._quiet_until = min(until, now + quiet_longest())
        return self._quiet_until

    def quiet(self, now: float) -> bool:
        """Tell whether quiet mode is on."""
        return now < self._quiet_until

    def sound(self, standing: Collection[Alert], now: float) -> int | None:
        """Return the priority to sound now, None for silence; what is due is then taken as heard."""
        due = [alert for alert in standing if self._due(alert, now)]
        ready = [alert for alert in due if self._apart(alert.level, now)]
        if not ready:
            return None
        level = min(alert.level for alert in ready)
        self._last[level] = now
        told = {*due, *(one for one in standing if one.level >= level and self._known(one))}
        self._heard |= {alert.key: (alert.mark, alert.since, now) for alert in told}
        if len(self._heard) > MANY:
            self._heard = {key: heard for key, heard in self._heard.items() if heard[2] > now - KEPT}
        return level

    def _due(self, alert: Alert, now: float) -> bool:
        if self.quiet(now) and alert.level != URGENT:
            return False
        heard = self._heard.get(alert.key)
        if heard is None:
            return True
        gap = rules()[alert.key.kind].gap
        return now >= heard[2] + (max(soundings()[alert.level].repeat, gap) if self._known(alert) else gap)

    def _known(self, alert: Alert) -> bool:
        """Tell whether this very cause was heard, so that another sound speaks for it too."""
        heard = self._heard.get(alert.key)
        return heard is not None and heard[:2] == (alert.mark, alert.since)

    def _apart(self, level: int, now: float) -> bool:
        return now >= self._last.get(level, float("-inf")) + soundings()[level].apart
