"""The weights of scores: what is in force, every change with who, when and why; administrators set them."""

from datetime import date
from itertools import groupby
from typing import Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QDoubleSpinBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from shiboken6 import isValid

from console.indicators import scores
from console.language import say
from console.papers import Facts
from ui.anew import wait
from ui.inquiry import Inquiry, Job
from ui.moments import epoch, local
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label, shown

SIZE: Final = (900, 480)
LONGEST: Final = 200  # characters of a reason
WHOLE: Final = 100  # points in all


class WeightsDialog(Inquiry):
    """The newest on top; below, for administrators, the points from a day on."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, say("scores.weights.title"), parent, SIZE)
        self._papers = seat.console.papers
        self.history = QTreeWidget(self)
        self.points = {part: QDoubleSpinBox(self) for part in scores.parts()}
        self.since, self.reason = QDateEdit(self), QLineEdit(self)
        self.put = self.button(say("scores.weights.put"), self._put)
        self.put.setShortcut("Alt+S")
        self._lay()
        self._start(self._read)

    @property
    def _admin(self) -> bool:
        return "admin" in self._seat.console.me["positions"]

    def _lay(self) -> None:
        names = [scores.name(part) for part in self.points]
        self.history.setHeaderLabels(
            [
                say("scores.weights.since"),
                *names,
                *(say(f"scores.weights.{one}") for one in ("by", "at", "reason")),
            ]
        )
        self.history.setRootIsDecorated(False)
        self.history.setAccessibleName(say("scores.weights.title"))
        self.history.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.column.addWidget(self.history, 1)
        self._lay_form()
        self.column.addWidget(self.told)
        self.foot(
            say("scores.weights.hint" if self._admin else "scores.weights.only_admin"),
            self.button(say("importing.close"), self.reject),
        )

    def _lay_form(self) -> None:
        form = QHBoxLayout()
        for part, box in self.points.items():
            box.setRange(0, WHOLE)
            box.setDecimals(1)
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
            box.setAccessibleName(scores.name(part))
            box.valueChanged.connect(lambda _value: self._sum_up())
            form.addWidget(label(scores.name(part), "small", parent=self))
            form.addWidget(box)
        form.addStretch(1)
        second = QHBoxLayout()
        today = local(self._seat.bridge.now()).date()
        self.since.setCalendarPopup(True)
        self.since.setDisplayFormat("yyyy-MM-dd")
        self.since.setMinimumDate(QDate(today.year, today.month, today.day))
        self.since.setAccessibleName(say("scores.weights.since"))
        self.reason.setMaxLength(LONGEST)
        self.reason.setPlaceholderText(say("scores.weights.why"))
        self.reason.setAccessibleName(say("scores.weights.why"))
        second.addWidget(label(say("scores.weights.since"), "small", parent=self))
        second.addWidget(self.since)
        second.addWidget(self.reason, 1)
        second.addWidget(self.put)
        self.column.addLayout(form)
        self.column.addLayout(second)
        for widget in (*self.points.values(), self.since, self.reason, self.put):
            widget.setEnabled(self._admin)

    async def _read(self) -> None:
        found = await self._papers.weights()
        if not isValid(self):
            return
        self.history.clear()
        for _key, rows in groupby(found, lambda one: (one["since"], one["change"])):
            self._line({one["part"]: one for one in rows})
        newest = {one["part"]: one["weight"] for one in reversed(found)}
        for part, box in self.points.items():
            box.setValue(newest.get(part, 0))
        self._sum_up()

    def _line(self, rows: dict[str, Facts]) -> None:
        some = next(iter(rows.values()))
        points = [f"{rows[part]['weight']:g}" if part in rows else say("boards.none") for part in self.points]
        at = f"{local(epoch(some['at']) or 0):%Y-%m-%d %H:%M}"
        by = shown(some["by"]) if some["by"] else say("scores.delivered")
        QTreeWidgetItem(self.history, [some["since"], *points, by, at, shown(some["reason"])])

    def _sum_up(self) -> None:
        total = round(sum(box.value() for box in self.points.values()), 1)
        self._say(say("scores.weights.total", total=f"{total:g}"), bad=total != WHOLE)
        self.put.setEnabled(self._admin and total == WHOLE)

    def _put(self) -> None:
        day = self.since.date()
        points = {part: float(box.value()) for part, box in self.points.items()}
        since, reason = date(day.year(), day.month(), day.day()), self.reason.text().strip()

        async def put() -> None:
            await self._papers.set_weights(since, points, reason)
            await self._read()
            if isValid(self):
                self.reason.clear()
                self._say(say("scores.weights.done", since=since.isoformat()))

        wait(self, busy=True)
        self._start(put)

    def _start(self, do: Job) -> None:
        tasks.start(self._guarded(do), "weights of scores")
