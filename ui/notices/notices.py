"""What is said to the person at this seat: a few at a time, as long as each matters; the last are kept."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from ui.texts import paragraph
from ui.undo import Undo

VISIBLE = 3
KEPT = 50
SHOWN, READ = 6.0, 0.06  # seconds at least, and for each character
LONGEST = 400  # characters


class Kind(StrEnum):
    """How long a notice stays."""

    SAID = "said"  # as long as it takes to read
    FAILED = "failed"  # until it is answered
    UNDOABLE = "undoable"  # as long as the step can be taken back


@dataclass(eq=False, slots=True)
class Notice:
    """A sentence, the case that it is about, when it was said last (epoch), and how many times."""

    sentence: str
    number: int | None
    kind: Kind
    at: float
    left: float  # seconds in sight
    count: int = 1


class Notices(QObject):
    """``standing`` are those nobody has answered, the newest last; ``kept`` the last ones, all."""

    changed = Signal()
    said = Signal(object)  # the Notice that is new

    def __init__(self, undo: Undo, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.standing: list[Notice] = []
        self.kept: deque[Notice] = deque(maxlen=KEPT)
        self.undo, self.clock = undo, clock
        undo.changed.connect(self._count_down)

    def say(self, sentence: str, number: int | None = None) -> None:
        """Say ``sentence``, of the case ``number``, until it is read."""
        self._add(sentence, number, Kind.SAID)

    def fail(self, sentence: str, number: int | None = None) -> None:
        """Say that something was not done, until that is answered."""
        self._add(sentence, number, Kind.FAILED)

    def offer(self, sentence: str, number: int | None = None) -> None:
        """Say what was done for as long as it can be taken back; an earlier step no longer can."""
        for earlier in self.standing:
            if earlier.kind is Kind.UNDOABLE:
                earlier.kind = Kind.SAID
        self._add(sentence, number, Kind.UNDOABLE)

    @property
    def visible(self) -> list[Notice]:
        """Return the newest; the older ones wait until there is room, what can be undone never does."""
        chosen = sorted(self.standing, key=lambda one: one.kind is Kind.UNDOABLE)[-VISIBLE:]
        return [one for one in self.standing if one in chosen]

    @property
    def last(self) -> str:
        """Return what was said last and stands yet, "" where nothing does."""
        return self.standing[-1].sentence if self.standing else ""

    def dismiss(self, notice: Notice | None = None) -> None:
        """Take ``notice`` away, the newest where none is named."""
        if notice is None and self.standing:
            notice = self.standing[-1]
        self._keep(lambda one: one is not notice)

    def pass_time(self, seconds: float) -> None:
        """Let those that are in sight be read for so long."""
        for notice in self.visible:
            if notice.kind is Kind.SAID:
                notice.left -= seconds
        self._keep(lambda one: one.left > 0)

    def settle(self) -> None:
        """Take away what goes by itself, at once."""
        self._keep(lambda one: one.kind is not Kind.SAID)

    def _add(self, sentence: str, number: int | None, kind: Kind) -> None:
        clean = paragraph(sentence)
        clean = clean if len(clean) <= LONGEST else clean[:LONGEST] + "…"
        said = (clean, number, kind)
        notice = next((one for one in self.standing if (one.sentence, one.number, one.kind) == said), None)
        if notice is None:
            notice = Notice(clean, number, kind, 0.0, 0.0, count=0)
            self.kept.append(notice)
        else:
            self.standing.remove(notice)
        notice.count, notice.at = notice.count + 1, self.clock()
        notice.left = max(SHOWN, READ * len(clean))
        self.standing.append(notice)
        self.said.emit(notice)
        self.changed.emit()

    def _count_down(self) -> None:
        if self.undo.left:
            self.changed.emit()
        else:
            self._keep(lambda one: one.kind is not Kind.UNDOABLE)

    def _keep(self, wanted: Callable[[Notice], bool]) -> None:
        kept = [one for one in self.standing if wanted(one)]
        if len(kept) < len(self.standing):
            self.standing = kept
            self.changed.emit()
