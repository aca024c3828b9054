"""What is read from the caller's words: title, class, place, caller; each until a hand has changed it."""

from collections.abc import Mapping

from console.intake import told
from ui.dialogs.field import Field
from ui.directory import Directory
from ui.reporting.caller import grouped
from ui.reporting.kind import KindField


class Reader:
    """Keeps the fields that follow from what was said true to it."""

    def __init__(self, fields: Mapping[str, Field], directory: Directory) -> None:
        self._fields, self._directory = fields, directory
        self._read: dict[str, str] = dict.fromkeys(("title", "class", "place", "phone", "reporter"), "")

    def read(self) -> None:
        """Read what is written now; a field that says something else than was last read has been changed."""
        said = str(self._fields["text"].draft())
        found = {
            "title": told.title(said),
            "class": self._kind(said),
            "place": self._place(said),
            "phone": grouped(told.phone(said)),
            "reporter": told.name(said),
        }
        for name, text in found.items():
            self._follow(name, text)

    def _follow(self, name: str, text: str) -> None:
        field, before = self._fields[name], self._read[name]
        self._read[name] = text
        if text != before and field.draft() in ("", before):
            field.restore(text)

    def _place(self, said: str) -> str:
        """Return the village or town that ``said`` names, as people say it."""
        where = self._directory.where
        reading = where.read(told.placed(said))
        return where.name(reading.grid or reading.organisation) if reading.organisation else ""

    def _kind(self, said: str) -> str:
        """Suggest what the words speak for; return the class that they leave no doubt about."""
        words = said or str(self._fields["title"].draft())
        guesser, kind = self._directory.guesser, self._fields["class"]
        if isinstance(kind, KindField):
            kind.suggest(guesser.ranked(words))
        clear = guesser.guess(words)
        return clear[0].code if clear else ""
