"""Whether the case that is being reported is urgent, said as soon as it is known."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from console.language import say
from ui.dialogs.field import Field
from ui.directory import Directory
from ui.reporting.said import SaidField
from ui.texts import label, shown

URGENT = 1  # priority


class Urgency:
    """Says it in ``label``, and at what was ``said``."""

    def __init__(
        self, fields: Mapping[str, Field], said: SaidField, directory: Directory, parent: QWidget
    ) -> None:
        self._fields, self._said, self._directory = fields, said, directory
        self.label = label(role="urgent", parent=parent)
        self.label.setAccessibleName(say("report.urgent"))
        self.label.hide()

    def show(self, kind: str, preview: Mapping[str, Any] | None = None) -> None:
        """Judge by the preview (see desk.preview), else by choice, else by the code of its ``kind``."""
        foreseen, known = preview or {}, self._directory.kind(kind)
        chosen = self._fields["priority"].draft()
        priority = foreseen.get("priority") or chosen or (known.priority if known else None)
        urgent, word = str(priority) == str(URGENT), foreseen.get("urgent_by")
        self.label.setText(say("report.urgent_by", word=shown(word)) if word else say("report.urgent"))
        self.label.setVisible(urgent)
        self._said.warn(urgent=urgent)
