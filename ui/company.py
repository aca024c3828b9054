"""Who and what is around this seat, as signals: colleagues at cases, messages, handovers to sign."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.desk.presence import Around, Presence
from console.language import say
from ui.texts import shown

Facts = dict[str, Any]
SEEN = 60  # characters of a message in a notice
NAMED = 2  # who looks, by name; with more the others are counted


class Company(QObject):
    """``changed`` whenever something around is another; ``told``: a sentence about what is new, its case."""

    changed = Signal()
    told = Signal(str, object)

    def __init__(self, presence: Presence, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presence = presence
        self._number: int | None = None
        self._hidden = False
        self._known: set[tuple[str, int]] = set()
        self._stop = presence.listen(self._hear)

    @property
    def number(self) -> int | None:
        """Return the case that this seat looks at, whether others are told or not."""
        return self._number

    @property
    def around(self) -> Around:
        """Return what was heard last."""
        return self._presence.around

    def look_at(self, number: int | None) -> None:
        """Say that this seat looks at the case ``number``, None: at none."""
        self._number = number
        self._tell_where()

    def hide(self, *, hidden: bool) -> None:
        """Let nobody see where this seat looks while ``hidden``: nobody sits before a locked screen."""
        self._hidden = hidden
        self._tell_where()

    def _tell_where(self) -> None:
        self._presence.look_at(None if self._hidden else self._number)

    def ask(self) -> None:
        """Hear now, without waiting for the next turn."""
        self._presence.attend()

    def leave(self) -> None:
        """Hear no more."""
        self._stop()

    def _hear(self, around: Around) -> None:
        messages = [one for one in around.messages if ("message", one["id"]) not in self._known]
        handed = [one for one in around.handover if ("handover", one["id"]) not in self._known]
        self._known |= {("message", one["id"]) for one in messages}
        self._known |= {("handover", one["id"]) for one in handed}
        self.changed.emit()
        sentences = [*([_letters(messages)] if messages else []), *map(_shift, handed)]
        if sentences:
            number = messages[0]["number"] if len(messages) == 1 else None
            self.told.emit(say("seats.join").join(sentences), number)


def lookers_told(names: Sequence[str]) -> str:
    """Return who looks, some by name and the others counted."""
    named = say("case.list").join(shown(name) for name in names[:NAMED])
    if len(names) == 1:
        return say("seats.looking", name=named)
    key = "seats.looking_few" if len(names) <= NAMED else "seats.looking_more"
    return say(key, names=named, count=len(names))


def _letters(messages: list[Facts]) -> str:
    if len(messages) > 1:
        return say("seats.notice.messages", count=len(messages))
    one = messages[0]
    text = shown(one["text"] or "")
    facts = {"name": shown(one["from"]), "text": text if len(text) <= SEEN else f"{text[:SEEN]}…"}
    if one["kind"] == "transfer":
        return say("seats.notice.transfer", number=one["number"] or "", **facts)
    return say("seats.notice.all" if one["all"] else "seats.notice.message", **facts)


def _shift(head: Facts) -> str:
    totals = head["totals"]
    facts = {"claims": totals["claims"], "callbacks": totals["callbacks"]}
    return say("seats.notice.handover", name=shown(head["from"]), **facts)
