"""One case as read: its facts, its story, its clocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from console.desk.reads import Reads
from ui.moments import epoch

Entry = dict[str, Any]
PLACED = ("place", "point", "datum", "grid_code", "community")


@dataclass(frozen=True)
class CaseFile:
    """What desk.incident, desk.timeline, desk.clocks, desk.verify and desk.history answered.

    ``broken``: entries that the chain does not bear out, None among them for the case itself.
    ``past``: None until it is read, which takes longest.
    """

    incident: dict[str, Any]
    timeline: list[Entry] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    broken: list[int | None] = field(default_factory=list)
    past: dict[str, Any] | None = None

    @property
    def number(self) -> int:
        """Return the case's number."""
        return int(self.incident["number"])

    @property
    def running(self) -> dict[str, Any] | None:
        """Return the clock of the limit that falls due first."""
        stage = self.incident["due_stage"]
        clocks = [clock for clock in self.clocks if clock["stage"] == stage and clock["stopped"] is None]
        return clocks[-1] if clocks else None

    def used(self, now: float) -> float:
        """Return which part of the running limit has been counted, 0 to 1."""
        clock = self.running
        if clock is None or not clock["seconds"]:
            return 0.0
        passed = sum(_passed(segment, now) for segment in clock["segments"])
        return max(0.0, min(1.0, passed / float(clock["seconds"])))


def unanswered(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the leaders' instructions of a case (see desk.incident) that wait for an answer."""
    return [one for one in case.get("instructions") or [] if one["answered_seq"] is None]


async def read(reads: Reads, number: int, before: CaseFile | None = None) -> CaseFile:
    """Read the case ``number``; Refused("not_found") where it is not to be seen.

    The chain is verified unless ``before`` has the same entries.
    """
    incident, timeline = await reads.incident(number), await reads.timeline(number)
    known = before is not None and before.number == number and before.timeline == timeline
    broken = before.broken if before is not None and known else await reads.verify(number)
    file = CaseFile(incident, timeline, await reads.clocks(number), broken)
    return replace(file, past=before.past) if before is not None and _same_place(before, file) else file


async def with_past(reads: Reads, file: CaseFile) -> CaseFile:
    """Return ``file`` with what happened at its place before."""
    return replace(file, past=await reads.history(file.number))


def _same_place(before: CaseFile, after: CaseFile) -> bool:
    return all(before.incident[key] == after.incident[key] for key in ("number", *PLACED))


def _passed(segment: dict[str, Any], now: float) -> float:
    start, end = epoch(segment["from"]), epoch(segment["to"])
    if start is None or end is None or end <= start:
        return 0.0
    part = (min(now, end) - start) / (end - start)
    return max(0.0, part) * float(segment["seconds"])
