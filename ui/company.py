"""Who and what is around this seat, as signals: colleagues at cases, messages, handovers to sign."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from console.desk.presence import Around, Presence
from console.language import say
from ui.texts import shown

Facts = dict[str, Any]
SEEN = 60  # characters of a message in a notice


class Company(QObject):
    """``changed`` whenever something around is another; ``told`` carries a sentence about what is new."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, presence: Presence, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presence = presence
        self._known: set[tuple[str, int]] = set()
        self._stop = presence.listen(self._hear)

    @property
    def around(self) -> Around:
        """Return what was heard last."""
        return self._presence.around

    def look_at(self, number: int | None) -> None:
        """Say that this seat looks at the case ``number``, None: at none."""
        self._presence.look_at(number)

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
            self.told.emit(say("seats.join").join(sentences))


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
