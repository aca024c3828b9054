"""What an import did: counts, and each row that was left out by line and reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from console.intake.csv_file import write_csv
from console.language import say

RUNS: Final = 6  # of lines beside each other that a sentence names
CALLED: Final = 3  # rows that it names by their codes


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A row that was left out, or a remark on one that went in; ``code`` where the row has one.

    Line 0 is the whole file.
    """

    line: int
    reason: str
    code: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return ``{"line", "reason"}``, and the ``code`` of a row that has one."""
        told = {"line": self.line, "reason": self.reason}
        return told | {"code": self.code} if self.code else told


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at on the map; ``size`` in m² for overlap, gap and same, in metres else."""

    what: str
    line: int
    reason: str
    size: float
    codes: tuple[str, ...] = ()
    place: tuple[float, float] = (0.0, 0.0)

    def as_json(self) -> dict[str, Any]:
        """Return the shape that scripts may count on."""
        unit = "square_metres" if self.what in {"overlap", "gap", "same"} else "metres"
        told = {"what": self.what, "line": self.line, "codes": list(self.codes), unit: round(self.size, 1)}
        return told | {"point": [round(n, 7) for n in self.place], "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """``read`` = ``added`` + ``updated`` + ``unchanged`` + ``refused``; remarks are on rows taken in.

    ``findings`` are on what stands between the outlines of a map.
    """

    read: int
    added: int
    unchanged: int
    refused: int
    errors: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    updated: int = 0
    findings: list[Finding] = field(default_factory=list)

    def heading(self, *, dry_run: bool) -> str:
        """Return what came of it in a word: not done where rows were left out."""
        if dry_run:
            return say("intake.summary.tried")
        if self.refused == self.read:
            return say("intake.summary.nothing")
        if self.refused:
            return say("intake.summary.partly", taken=self.read - self.refused, refused=self.refused)
        return say("intake.summary.done")

    def as_json(self) -> dict[str, Any]:
        """Return the shape that scripts may count on."""
        return {
            "read": self.read,
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "errors": [fault.as_json() for fault in self.errors],
            "remarks": [fault.as_json() for fault in self.remarks],
            "findings": [finding.as_json() for finding in self.findings],
        }

    def write_errors(self, path: Path) -> None:
        """Write the errors as CSV that spreadsheets open in UTF-8 and never run as formulas."""
        head = [say("intake.heading.line"), say("intake.heading.reason")]
        write_csv(path, [head, *([str(fault.line), fault.reason] for fault in self.errors)])


def told(faults: Iterable[Fault]) -> list[tuple[str, int]]:
    """Return a sentence a reason, with how many rows it is about: those of one reason are told together."""
    same: dict[str, list[Fault]] = {}
    for fault in faults:
        same.setdefault(fault.reason, []).append(fault)
    return [
        (say("intake.summary.row", where=_where(rows), reason=reason), len(rows))
        for reason, rows in same.items()
    ]


def _where(faults: Sequence[Fault]) -> str:
    """Return which rows of a file are meant: 第 1–3、7 行, and what the few are called."""
    lines = [fault.line for fault in faults]
    if not any(lines):
        return say("intake.summary.file")
    held = set(lines)
    starts = sorted(line for line in held if line - 1 not in held)
    ends = sorted(line for line in held if line + 1 not in held)
    runs = [f"{a}" if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True)]
    shown = say("intake.comma").join([*runs[:RUNS], *["…"] * (len(runs) > RUNS)])
    codes = [fault.code for fault in faults if fault.code]
    if len(faults) > CALLED:
        return say("intake.summary.rows", lines=shown, count=len(faults))
    called = say("intake.summary.called", codes=say("intake.comma").join(codes)) if codes else ""
    return say("intake.summary.line" if len(faults) == 1 else "intake.summary.lines", lines=shown) + called


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults as their lines stand in the file."""
    return sorted(faults)
