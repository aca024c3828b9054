"""The open case on paper: facts, limits, units, files and the whole story; who printed it, and when."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from console.language import say
from console.spoken import centre_name, channel_label, size, status_label
from ui.case.body import chain_words
from ui.case.facts import facts
from ui.case.head import class_label
from ui.case.panel import CasePanel
from ui.case.reasons import explain
from ui.case.story import Told, tell
from ui.casefile import CaseFile
from ui.language import language
from ui.moments import amount, epoch, exact
from ui.others import reported, standing, titled
from ui.printing import Section, Sheet, deliver
from ui.seat import Seat
from ui.tasks import tasks
from ui.texts import LONGEST, MOST_LINES, shown

KEY: Final = "Ctrl+P"
DATED: Final = 0.0  # as the present of ``brief``: every instant is told with its day
FACT_WIDTHS, LIMIT_WIDTHS, UNIT_WIDTHS = (15, 85), (13, 18, 23, 23, 23), (42, 12, 23, 23)
CASE_WIDTHS, FILE_WIDTHS, STORY_WIDTHS = (10, 55, 35), (52, 18, 14, 16), (7, 23, 70)


class PrintCase(QAction):
    """Prints what ``panel`` shows."""

    def __init__(self, seat: Seat, panel: CasePanel, page: QWidget) -> None:
        """Let ``page`` hear the key."""
        super().__init__(page)
        self._seat, self._panel = seat, panel
        self.setShortcut(KEY)
        self.setAutoRepeat(False)
        self.triggered.connect(self._print)
        page.addAction(self)
        language.follow(self, lambda: self.setText(say("printing.case.print")))

    def _print(self) -> None:
        if self._panel.file is None:
            self._seat.notices.say(say("dialogs.no_case"))
            return
        sheet = case_paper(self._seat, self._panel.file, self._panel.reporter)
        name = say("printing.case.file", number=self._panel.file.number)
        tasks.start(deliver(sheet, name, self._panel.window(), self._seat.notices), "printing a case")


def case_paper(seat: Seat, file: CaseFile, reporter: str) -> Sheet:
    """Return ``file`` for paper; ``reporter`` is what the screen tells of them: masked unless revealed."""
    case, printed = file.incident, exact(seat.bridge.now())
    told = [tell(entry, holds=entry["seq"] not in file.broken) for entry in file.timeline]
    by = {"person": shown(seat.console.me["name"]), "at": printed}
    sections = (
        _summary(seat, file, reporter),
        Section(say("case.fact.text"), pieces(case["text"] or "")),
        _limits(file),
        _units(case),
        *_beside(case),
        _files(case),
        _story(told),
        Section(say("printing.case.whole"), [piece for one in told for piece in _whole(one)]),
    )
    return Sheet(
        say("case.head", number=case["number"], title=shown(case["title"])),
        (centre_name(seat.console.me), _standing(seat, case), chain_words(file)),
        [section for section in sections if section.rows or section.paragraphs],
        say("printing.case.foot", number=case["number"], **by),
    )


def pieces(text: str) -> list[str]:
    """Return ``text`` whole, in as many paragraphs as none of them is cut."""
    lines = text.splitlines()
    groups = ["\n".join(lines[at : at + MOST_LINES - 1]) for at in range(0, len(lines), MOST_LINES - 1)]
    return [group[at : at + LONGEST] for group in groups for at in range(0, len(group), LONGEST)]


def _standing(seat: Seat, case: Mapping[str, Any]) -> str:
    received = epoch(case["received"])
    parts = (
        status_label(case["status"]),
        class_label(case["class_code"], seat.directory),
        say("case.priority", priority=case["priority"]),
        channel_label(case["channel"]),
        say("case.received", at=exact(received)) if received else "",
        *(say(f"case.{key}") for key in ("restricted", "at_once") if case[key]),
    )
    return say("case.dot").join(part for part in parts if part)


def _summary(seat: Seat, file: CaseFile, reporter: str) -> Section:
    found = [("reporter", reporter or say("case.none")), *facts(file, seat.directory, DATED)]
    rows = [(say(f"case.fact.{key}"), words) for key, words in found]
    return Section(say("printing.case.facts"), (), (), rows, FACT_WIDTHS)


def _limits(file: CaseFile) -> Section:
    head = _head("stage", "limit", "from", "due", "ended")
    why = [line for title, spans in explain(file, DATED) for line in (title, *("　" + one for one in spans))]
    rows = [_limit(clock) for clock in file.clocks]
    return Section(say("printing.case.limits"), why, head, rows, LIMIT_WIDTHS)


def _limit(clock: Mapping[str, Any]) -> tuple[str, ...]:
    running = say("case.clock.suspended") if clock["suspended"] else say("printing.case.running")
    return (
        say(f"case.stage.{clock['stage']}"),
        amount(clock["seconds"], clock["clock"]),
        _at(clock["started"]),
        _at(clock["due"]),
        _at(clock["stopped"]) if clock["stopped"] else running,
    )


def _units(case: Mapping[str, Any]) -> Section:
    rows = [
        (shown(one["unit"]), _party(one), _at(one["since"]), _at(one["arrived"])) for one in case["parties"]
    ]
    head = _head("unit", "part", "since", "arrived")
    return Section(say("printing.case.units"), (), head, rows, UNIT_WIDTHS)


def _party(one: Mapping[str, Any]) -> str:
    part = say(f"printing.case.party.{one['kind']}")
    return part if one["current"] else say("printing.case.former", part=part)


def _beside(case: Mapping[str, Any]) -> Iterator[Section]:
    """Yield the other reports of the same, the case above this one, and those linked with it."""
    main = [case["main"]] if case["main"] else []
    for key, others, words in (
        ("under", case["under"], reported),
        ("main", main, titled),
        ("linked", case["linked"], titled),
    ):
        rows = [(str(one["number"]), words(one), standing(one, DATED)) for one in others]
        yield Section(say(f"case.beside.{key}", count=len(rows)), (), (), rows, CASE_WIDTHS)


def _files(case: Mapping[str, Any]) -> Section:
    rows = [(shown(one["name"]), one["type"], size(one["size"]), str(one["seq"])) for one in case["files"]]
    head = _head("file_name", "type", "size", "entry")
    return Section(say("case.files", count=len(rows)), (), head, rows, FILE_WIDTHS)


def _story(told: Iterable[Told]) -> Section:
    rows = [(str(one.seq), exact(one.at), "\n".join((one.title, *one.whole))) for one in told]
    return Section(say("case.timeline"), (), _head("entry", "time", "step"), rows, STORY_WIDTHS)


def _whole(told: Told) -> Iterator[str]:
    """Yield the texts of an entry that the story's table cuts."""
    for text in told.texts:
        yield say("printing.case.whole_of", entry=told.seq, title=told.title)
        yield from pieces(text)


def _head(*names: str) -> list[str]:
    return [say(f"printing.case.{name}") for name in names]


def _at(instant: str | None) -> str:
    at = epoch(instant)
    return say("case.none") if at is None else exact(at)
