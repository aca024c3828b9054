"""What stands, case by case: one line for each, whatever it is that it is heard for."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.alerts.rules import rules
from console.alerts.watch import Alert


@dataclass(frozen=True, slots=True)
class CaseAlerts:
    """``kinds`` are the reasons, the weightiest first; ``level`` sounds, ``since`` is that of the first."""

    number: int
    kinds: tuple[str, ...]
    level: int
    since: float


def by_case(standing: Iterable[Alert]) -> list[CaseAlerts]:
    """Return what stands case by case, the most urgent and longest waiting first."""
    weight = {kind: place for place, kind in enumerate(rules())}
    found: dict[int, list[Alert]] = {}
    for alert in sorted(standing, key=lambda one: (one.level, weight[one.key.kind])):
        found.setdefault(alert.key.number, []).append(alert)
    cases = [_case(number, alerts) for number, alerts in found.items()]
    return sorted(cases, key=lambda case: (case.level, weight[case.kinds[0]], case.since))


def _case(number: int, alerts: list[Alert]) -> CaseAlerts:
    kinds = tuple(one.key.kind for one in alerts)
    return CaseAlerts(number, kinds, alerts[0].level, min(one.since for one in alerts))
