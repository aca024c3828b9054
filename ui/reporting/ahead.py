"""What a report comes to, before it is sent: what it repeats, what may be reopened, the unit, the limits."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.language import say
from ui.moments import amount, brief, epoch
from ui.reporting.foresight import Foreseen
from ui.reporting.likes import Likes
from ui.reporting.reopening import ReopenOffer
from ui.seat import Seat
from ui.suggestion import suggestion
from ui.texts import label, shown


class Ahead(QWidget):
    """The lower part of a report's form; ``foreseen`` is what it shows."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self.foreseen: Foreseen | None = None
        self.told = label(role="second", wrap=True, parent=self)
        self.likes, self.offer = Likes(self), ReopenOffer(seat.bridge.now, self)
        self.unit = label(role="strong", wrap=True, parent=self)
        self.why = label(role="small", wrap=True, parent=self)
        self.limits = label(role="second", wrap=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.told, self.likes, self.offer, self.unit, self.why, self.limits):
            column.addWidget(part)
        column.addStretch(1)
        self.show_foreseen(None)

    @property
    def best(self) -> dict[str, Any] | None:
        """Return the unit that is suggested."""
        units = self.foreseen.units if self.foreseen else []
        return next((one for one in units if one["kind"] == "lead"), None)

    def show_foreseen(self, foreseen: Foreseen | None) -> None:
        """Show what was looked up; None: nothing yet."""
        self.foreseen = foreseen
        asked = foreseen is not None and not foreseen.away
        self.told.setText(say("report.ahead.away" if foreseen is not None else "report.ahead.empty"))
        self.told.setVisible(not asked)
        for part in (self.likes, self.unit, self.why, self.limits):
            part.setVisible(asked)
        found = foreseen if asked and foreseen is not None else Foreseen()
        self.likes.show_likes(found.likes)
        self.offer.show_offer(found.reopen, found.ended)
        self._show_units(found)
        self.limits.setText(say("case.dot").join(limits(found.preview, self._seat.bridge.now())))

    def _show_units(self, found: Foreseen) -> None:
        now, named = self._seat.bridge.now(), self._seat.directory.class_name
        unit, *why = suggestion(found.units, now, named) or [self._no_unit(found)]
        self.unit.setText(unit)
        self.why.setText(say("case.dot").join(why))
        self.why.setVisible(bool(why) and found is self.foreseen)

    def _no_unit(self, found: Foreseen) -> str:
        unclassed = "class" in found.preview.get("missing", ["class"])
        missing = "class" if unclassed else "unit" if found.preview.get("grid_name") else "grid"
        return say(f"report.ahead.no_{missing}")


def limits(preview: dict[str, Any], now: float) -> list[str]:
    """Return in words what desk.preview tells: priority, what is due when, where it goes."""
    told = []
    if preview.get("priority"):
        told.append(say("report.ahead.priority", priority=preview["priority"]))
    if preview.get("restricted"):
        told.append(say("report.ahead.restricted"))
    due, handling = epoch(preview.get("due")), epoch(preview.get("handling_due"))
    if due is not None:
        stage = say(f"case.stage.{preview['due_stage']}")
        told.append(say("report.ahead.due", stage=stage, at=brief(due, now)))
    limit = preview.get("handling_limit")
    if handling is not None and limit:
        words = amount(limit["seconds"], limit["clock"])
        told.append(say("report.ahead.handling", at=brief(handling, now), amount=words))
    centre, grid = preview.get("centre_name"), preview.get("grid_name")
    if centre:
        key = "report.ahead.lands_grid" if grid else "report.ahead.lands"
        told.append(say(key, **{"centre": shown(centre)} | ({"grid": shown(grid)} if grid else {})))
    return told
