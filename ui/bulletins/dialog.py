"""Bulletins: choose a period or campaign, see every page, comment, issue, save; what was issued, again."""

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid
from typing_extensions import override

from console.bulletins import pages, words
from console.bulletins.bulletin import Bulletin
from console.bulletins.writing import written
from console.language import say
from console.papers import LONGEST, Facts, Wanted
from ui.anew import wait
from ui.bulletins.issued import ROW, IssuedList, key_of
from ui.bulletins.periods import FIRST, OFFERED, offered
from ui.bulletins.preview import Preview
from ui.inquiry import Inquiry, Job
from ui.moments import local
from ui.saving import ask_where
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import label, shown

SIZE: Final = (1200, 720)
KINDS: Final = ("day", "week", "month", "campaign")
PAUSE: Final = 500  # milliseconds without a key until a comment is laid out


class BulletinDialog(Inquiry):
    """A draft of what is chosen, or, where one of those issued is chosen, that one.

    ``campaign``: place and name of that of which it is at first.
    """

    def __init__(
        self, seat: Seat, parent: QWidget | None = None, campaign: tuple[str | None, str] | None = None
    ) -> None:
        super().__init__(seat, say("bulletins.window.title"), parent, SIZE)
        self._papers, self._campaigns = seat.console.papers, seat.console.campaigns
        self._bulletin: Bulletin | None = None
        self._before: tuple[int, int] | None = None
        self._doing: asyncio.Task[Any] | None = None
        self._kept = False  # what is being done is not to be called off
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._make()
        self._lay()
        self._of = ""  # the campaign that is to be chosen first
        if campaign is not None:
            place, self._of = campaign
            self.place.setCurrentIndex(max(self.place.findData(place), 0))
            self.kind.setCurrentIndex(KINDS.index("campaign"))
        self._connect()
        self._offer_periods()

    @property
    def bulletin(self) -> Bulletin | None:
        """Return what is shown: a draft has no digest."""
        return self._bulletin

    @property
    def _wanted(self) -> Wanted:
        place, at = self.place.currentData(), self.period.currentIndex()
        typed = self.period.currentText().strip()
        key = str(self.period.itemData(at)) if typed == self.period.itemText(at) else typed
        return Wanted(place, "", key) if self.kind.currentData() == "campaign" else Wanted(place, key)

    def _make(self) -> None:
        self.place, self.kind, self.period = (QComboBox(self) for _ in range(3))
        self.comment, self.issued, self.preview = QPlainTextEdit(self), IssuedList(self), Preview(self)
        self.bar = QProgressBar(self, minimum=0, maximum=0, textVisible=False)
        self.bar.setFixedHeight(4)
        self.bar.hide()
        self.bar.setAccessibleName(say("bulletins.window.title"))
        self._offer_places(self.place)
        self.period.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for kind in KINDS:
            self.kind.addItem(say(f"bulletins.kind.{kind}"), kind)
        self.kind.setCurrentIndex(KINDS.index("month"))
        for name in ("place", "kind", "period", "comment", "issued"):
            getattr(self, name).setAccessibleName(say(f"bulletins.window.{name}"))
        self.comment.setPlaceholderText(say("bulletins.window.comment"))
        self.comment.setTabChangesFocus(True)
        self.issue = self.button(say("bulletins.window.issue"), self._issue)
        self.pdf, self.xlsx = (
            self.button(say(f"bulletins.window.{kind}"), partial(self._ask, kind)) for kind in ("pdf", "xlsx")
        )
        for part in (self.kind, self.period, self.comment, self.issue):
            part.setVisible(self._leads)  # readers make no drafts
        for button, key in ((self.issue, "Alt+S"), (self.pdf, "Alt+P"), (self.xlsx, "Alt+X")):
            button.setShortcut(key)

    def _lay(self) -> None:
        top, both, side = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for box in (self.place, self.kind, self.period):
            top.addWidget(box, 1)
        side.addLayout(top)
        side.addWidget(self.comment, 2)
        side.addWidget(label(say("bulletins.window.issued"), "small", parent=self))
        side.addWidget(self.issued, 3)
        side.addWidget(self.told)
        side.addWidget(self.bar)
        both.addLayout(side, 2)
        both.addWidget(self.preview, 3)
        self.column.addLayout(both, 1)
        close = self.button(say("importing.close"), self.reject)
        self.foot(
            say(f"bulletins.window.{'hint' if self._leads else 'readers'}"),
            self.issue,
            self.pdf,
            self.xlsx,
            close,
        )
        (self.period if self._leads else self.issued).setFocus()

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _index: self._offer_periods())
        self.place.currentIndexChanged.connect(lambda _index: self._offer_periods())
        self.period.activated.connect(lambda _index: self.refresh())
        self.issued.currentItemChanged.connect(lambda now, _before: self._choose(now))
        self.comment.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._typed)

    def _offer_periods(self) -> None:
        """Offer what a bulletin may be of, and show the first that is over."""
        kind = self.kind.currentData()
        self.period.clear()
        self.period.setEditable(kind in OFFERED)
        line = self.period.lineEdit()
        if line is not None:
            line.returnPressed.connect(self.refresh)
        if kind in OFFERED:
            today = local(self._seat.bridge.now()).date()
            for told, key in offered(kind, today):
                self.period.addItem(told, key)
            self.period.setCurrentIndex(FIRST[kind])
        self.refresh()

    def refresh(self) -> None:
        """Read what is chosen anew, and what was issued."""
        self._start(self._read, "reading")

    async def _read(self) -> None:
        place, kind = self.place.currentData(), self.kind.currentData()
        rows = await self._papers.issued(place)
        if not isValid(self):
            return  # closed while it was read
        if not self._leads:
            await self._show_newest(place, rows)
            return
        if kind == "campaign" and not self.period.count():
            for one in await self._campaigns.all(place):
                self.period.addItem(shown(one.name), one.name)
            self.period.setCurrentIndex(max(self.period.findData(self._of), 0))
        self.issued.show_rows(rows)
        if kind == "campaign" and not self.period.count():
            await self._show(None, say("bulletins.window.no_campaign"))
        else:
            draft, self._before = await self._papers.preview(self._wanted)
            if isValid(self):
                await self._show(replace(draft, comment=self._comment()))

    async def _show_newest(self, place: str | None, rows: list[Facts]) -> None:
        newest = key_of(rows[0]) if rows else None
        self.issued.show_rows(rows, newest)
        found = await self._papers.bulletin(place, *newest) if newest else None
        await self._show(found, say("bulletins.said.none"))

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        year, number = item.data(0, ROW)
        place = self.place.currentData()

        async def read() -> None:
            await self._show(await self._papers.bulletin(place, year, number))

        self._start(read, "reading")

    def _comment(self) -> str:
        return self.comment.toPlainText()[:LONGEST]

    def _typed(self) -> None:
        """Lay the draft out with what was typed."""
        draft = self._bulletin
        if draft is not None and not draft.digest:
            self._start(partial(self._show, replace(draft, comment=self._comment()), stay=True), "drawing")

    async def _show(self, bulletin: Bulletin | None, why: str = "", *, stay: bool = False) -> None:
        drawn = await asyncio.to_thread(pages.drawn, bulletin) if bulletin else []
        if isValid(self):
            self._bulletin = bulletin
            self.preview.show_pages(drawn, stay=stay)
            self._say(self._state(bulletin, len(drawn)) if bulletin else why)
            self._allow()

    def _state(self, bulletin: Bulletin, count: int) -> str:
        number, long = words.number(bulletin), len(self.comment.toPlainText())
        if bulletin.digest:
            return say("bulletins.window.kept", number=number, issued=words.issued(bulletin), pages=count)
        if long > LONGEST:
            return say("bulletins.window.long", limit=LONGEST, length=long)
        if self._before is None:
            return say("bulletins.window.draft", number=number, pages=count)
        year, before = map(str, self._before)
        told = say("bulletins.number", year=year, number=before)
        return say("bulletins.window.draft_again", number=number, pages=count, before=told)

    def _allow(self) -> None:
        bulletin = self._bulletin
        draft = bulletin is not None and not bulletin.digest
        self.issue.setEnabled(draft and len(self.comment.toPlainText()) <= LONGEST)
        for button in (self.pdf, self.xlsx):
            button.setEnabled(bulletin is not None and not draft)

    def _issue(self) -> None:
        wanted, comment = self._wanted, self.comment.toPlainText().strip()

        async def issue() -> None:
            made = await self._papers.issue(wanted, comment)
            rows = await self._papers.issued(wanted.organisation)
            if isValid(self):
                self.issued.show_rows(rows, (made.year, made.number))
                self.comment.clear()
                self._typing.stop()
                await self._show(made)
                self._say(say("bulletins.window.done", number=words.number(made)))

        self._start(issue, "issuing")

    def _ask(self, kind: str) -> None:
        """Ask where to save what is shown."""
        bulletin = self._bulletin
        if bulletin is None:
            return
        name = f"{words.title(bulletin)}{words.number(bulletin)}"
        files = f"{kind.upper()} (*.{kind})"
        ask_where(self, self.windowTitle(), name, files, kind, self.save)

    def save(self, path: Path) -> None:
        """Save what is shown to ``path``, whose ending says as what."""
        bulletin = self._bulletin
        if bulletin is None:
            return

        async def write() -> None:
            await asyncio.to_thread(written(path), bulletin)
            if isValid(self):
                self._say(say("bulletins.window.saved", file=shown(str(path))))

        self._start(write, "writing")

    def _start(self, do: Job, what: str) -> None:
        """Do one thing at a time; a reading gives way to the next thing, an issue or a file does not."""
        if self._doing is not None and not self._doing.done():
            if self._kept:
                return
            self._doing.cancel()
        self._kept = what in {"issuing", "writing"}
        self._say(say(f"bulletins.window.{what}"))
        self.bar.show()
        for button in (self.issue, self.pdf, self.xlsx):
            button.setEnabled(False)
        wait(self, busy=self._kept)
        self._doing = tasks.start(self._guarded(do), f"bulletin: {what}")

    @override
    def _rest(self) -> None:
        if self._doing is asyncio.current_task():  # else it gave way to what is being done now
            self.bar.hide()
            self._allow()
            super()._rest()
