"""The case panel: one incident whole, kept true while facts stream in."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QVBoxLayout, QWidget

from console.errors import OutOfReach, Problem
from console.language import say
from ui.case.body import CaseBody
from ui.case.composer import Perform
from ui.casefile import CaseFile, read, with_past
from ui.language import language
from ui.queue.message import Message
from ui.seat import Seat
from ui.tasks import tasks
from ui.telephone import dial
from ui.texts import shown

SLOW = 300  # milliseconds after which a case that is still being read is said to be


class CasePanel(QFrame):
    """Shows the incident that was opened last; ``asked`` carries an action that is wanted."""

    asked = Signal(str)
    shown = Signal(object)  # CaseFile | None: what is on the screen now
    opened = Signal(int)  # another case, named beside this one
    left = Signal()  # the keys go back to the queue
    looked = Signal(str)  # its grid, by code, is to be shown
    surveyed = Signal(object)  # what is around it is, or around nothing where None is open

    def __init__(self, seat: Seat, perform: Perform, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._seat = seat
        self._wanted: int | None = None
        self._reading = False
        self._again = False
        self._personal: dict[str, str] = {}
        self.file: CaseFile | None = None
        self.body = CaseBody(seat, perform, self)
        self._message, self._stack = Message(self), QStackedWidget(self)
        self._slow = QTimer(self, interval=SLOW, singleShot=True)
        for widget in (self.body, self._message):
            self._stack.addWidget(widget)
        self._say("case.empty")
        frame = QVBoxLayout(self)
        frame.setContentsMargins(1, 1, 1, 1)
        frame.addWidget(self._stack)
        self._name_parts()
        self._connect()

    def _name_parts(self) -> None:
        """Let others reach the parts by name."""
        body = self.body
        self.head, self.due, self.facts, self.reasons = body.head, body.due, body.facts, body.reasons
        self.files, self.instructions, self.timeline = body.files, body.instructions, body.timeline
        self.composer, self.buttons, self.history = body.composer, body.buttons, body.history

    def _connect(self) -> None:
        self.buttons.asked.connect(self.asked)
        self.facts.reveal.clicked.connect(self._reach_reporter)
        self.composer.left.connect(self.left)
        self.history.opened.connect(self.opened)
        self.body.grid.clicked.connect(self.look_at_grid)
        self.body.around.clicked.connect(self.look_around)
        for other in self.body.beside.values():
            other.opened.connect(self.opened)
        self._slow.timeout.connect(lambda: self._say("case.loading"))
        bridge = self._seat.bridge
        bridge.facts.connect(self._hear)
        bridge.reloaded.connect(self.refresh)
        bridge.linked.connect(lambda _link: self.refresh())
        language.follow(self, self._retranslate)

    @property
    def number(self) -> int | None:
        """Return the case that is open or being opened."""
        return self._wanted

    @property
    def reporter(self) -> str:
        """Return what is told of the reporter now: masked until it is revealed."""
        return self._reporter(self.file.incident)[0] if self.file is not None else ""

    def open(self, number: int) -> None:
        """Show ``number`` as soon as it is read; until then nothing can be done to it."""
        if number != self._wanted:
            self._wanted = number
            self._seat.company.look_at(number)
            self._personal = {}
            self.file = None
            self._leave_story()
            self.composer.leave_case()
            self.buttons.setEnabled(False)
            self._slow.start()
            self.shown.emit(None)
        self.refresh()

    def _leave_story(self) -> None:
        """Let no keys go to what goes with the case that is left."""
        focus = QApplication.focusWidget()
        if focus is not None and self.body.inner.isAncestorOf(focus):
            self.left.emit()

    def refresh(self) -> None:
        """Read the case again."""
        self._again = True
        if self._wanted is not None and not self._reading:
            tasks.start(self._read(), "reading the case")

    def write(self, kind: str) -> None:
        """Give the cursor to the line for notes ("note") or call records ("call")."""
        if self.file is not None:
            self.composer.write(kind)

    def look_at_grid(self) -> None:
        """Ask for the grid of the case that is open."""
        code = self.file.incident["grid_code"] if self.file is not None else None
        if code:
            self.looked.emit(code)
        else:
            self._seat.notices.say(say("around.no_grid"))

    def look_around(self) -> None:
        """Ask for what is around the case that is open."""
        self.surveyed.emit(self.file.number if self.file is not None else None)

    def show_personal(self, number: int, personal: dict[str, str]) -> None:
        """Show what a reveal answered, until another case is opened; the claim's holder dials at once."""
        if number != self._wanted:
            return
        self._personal = personal
        self._show()
        if self.file is not None and self.file.incident["mine"]:
            self._dial()
        else:
            self.facts.reveal.setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self) -> None:
        """Let a second pass."""
        if self.file is not None:
            self.body.pass_time(self._seat.bridge.now())

    async def _read(self) -> None:
        """Read until what is shown is what is wanted; several wishes while one is read are one."""
        self._reading = True
        try:
            while self._again and self._wanted is not None:
                self._again = False
                await self._read_once(self._wanted)
        except OutOfReach:
            self._fail("case.failed")
        except Problem:
            self._fail("case.gone")
        finally:
            self._reading = False
        if self._again:
            self.refresh()

    async def _read_once(self, number: int) -> None:
        """Show the case, then what happened at its place before, which takes longest."""
        reads = self._seat.console.reads
        file = await read(reads, number, self.file)
        self._take(file)
        if file.past is None and number == self._wanted and not self._again:
            self._take(await with_past(reads, file))

    def _take(self, file: CaseFile) -> None:
        if file.number == self._wanted:
            self.file = file
            self.body.stale.hide()
            self._show()

    def _fail(self, section: str) -> None:
        """Say why there is nothing; a case that was read stays readable while the database is away."""
        if self.file is None or section == "case.gone":
            self.file = None
            self._say(section)
            self.shown.emit(None)
        else:
            self.body.stale.show()

    def _say(self, section: str) -> None:
        self._slow.stop()
        self._message.show_section(section)
        self._stack.setCurrentWidget(self._message)

    def _hear(self, numbers: frozenset[int]) -> None:
        if self._wanted in numbers:
            self.refresh()

    def _show(self) -> None:
        if self.file is None:
            return
        self._slow.stop()
        self.body.show_file(self.file, self._reporter(self.file.incident), self._seat.bridge.now())
        self._stack.setCurrentWidget(self.body)
        self.shown.emit(self.file)

    def _reporter(self, case: dict[str, Any]) -> tuple[str, str]:
        """Return the reporter's words, and what the button beside them offers."""
        told = self._personal or case["personal"]
        words = say("case.dot").join(shown(told[key]) for key in ("reporter", "phone") if told.get(key))
        if not words:
            return words, ""
        if self._personal:
            words = say("case.dot").join((words, say("case.shown_for")))
            return words, say("case.dial") if told.get("phone") else ""
        if "reveal" not in case["legal"]:
            return words, ""
        return words, say("case.dial_at_once" if case["mine"] and told.get("phone") else "case.reveal")

    def _reach_reporter(self) -> None:
        if self._personal.get("phone"):
            self._dial()
        else:
            self.asked.emit("reveal")

    def _dial(self) -> None:
        """Let the telephone program call the number that is shown, and offer to write down what is said."""
        phone = self._personal.get("phone", "")
        if dial(self._seat, phone, self.number):
            self.composer.write("call", phone)

    def _retranslate(self) -> None:
        self.setAccessibleName(say("case.panel"))
        self.body.retranslate(self._seat.bridge.now())
        self._show()
