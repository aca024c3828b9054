"""What stands in a row of the queue, cell by cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import isnan

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from console.feed.board_row import Row
from console.grade import Grade
from console.language import knows, say
from console.spoken import status_label
from ui.company import lookers_told
from ui.queue.columns import Cell
from ui.queue.grade_mark import GRADE_ROLES
from ui.queue.times import all_times, due_told
from ui.texts import shown
from ui.theme import theme

DUE_ROLES = {**GRADE_ROLES, Grade.FINE: "text2"}
BADGE_HEIGHT = 18
PASSED = frozenset({"received", "urged"})
TIMED = ("due", "handling", "promised", "callback", *sorted(PASSED))  # what their words say changes by itself
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
CENTRED = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True, slots=True)
class Face:
    """What a strip looks like apart from its row; with number and revision it names the strip."""

    number: int
    stamp: int
    grade: Grade
    told: tuple[str, ...]  # the times of TIMED as they are said now, "" where they are not shown
    held: bool  # somebody's claim runs
    lookers: int  # how many other seats look at it
    hovered: bool
    selected: bool  # the hand is here: this one is open
    marked: bool  # actions are for this one
    focused: bool


def place_label(row: Row) -> str:
    """Return where a case is, in the fewest words that place it."""
    return row.community or row.township or row.place or say("queue.none")


def said(column: str, row: Row, face: Face) -> tuple[str, str]:
    """Return what stands in ``column`` of ``row``, and the role of its colour."""
    if column in TIMED:
        return face.told[TIMED.index(column)] or say("queue.none"), _time_role(column, face)
    text, role = TEXTS[column](row)
    return (text, role) if text else (say("queue.none"), "text3")


def _time_role(column: str, face: Face) -> str:
    if column == "due":
        return DUE_ROLES[face.grade]
    late = face.told[TIMED.index(column)].startswith("−")
    return GRADE_ROLES[Grade.OVERDUE] if late else "text2"


def labelled(section: str, value: object) -> str:
    """Return ``value`` as people say it, where it has a name."""
    key = f"queue.{section}.{value}"
    return say(key) if knows(key) else shown(str(value))


def _plain(name: str) -> Callable[[Row], tuple[str, str]]:
    return lambda row: (shown(str(getattr(row, name) or "")), "text2")


TEXTS: dict[str, Callable[[Row], tuple[str, str]]] = {
    "number": _plain("number"),
    "title": lambda row: (shown(row.title), "text"),
    "place": lambda row: (shown(place_label(row)), "text2"),
    "status": lambda row: (status_label(row.status), "accent" if row.status == "reported" else "text2"),
    "unit": _plain("unit"),
    "class": _plain("class_name"),
    "priority": lambda row: (labelled("priority", row.priority), "text" if row.priority == 1 else "text2"),
    "channel": lambda row: (labelled("channel", row.channel) if row.channel else "", "text2"),
    "township": _plain("township"),
    "community": _plain("community"),
    "address": _plain("place"),
    "grid": _plain("grid_code"),
    "centre": _plain("centre"),
    "holder": _plain("claim_by"),
    "reminders": _plain("reminders"),
    "reports": lambda row: (str(row.reports + 1) if row.reports else "", "text2"),
    "round": lambda row: (str(row.round) if row.round > 1 else "", "text2"),
}


def draw_cells(painter: QPainter, cells: list[Cell], height: int, row: Row, face: Face) -> None:
    """Draw what stands in ``cells`` of ``row``; the title last, for it needs other fonts."""
    font = theme.font("base")
    painter.setFont(font)
    for cell in cells:
        if cell.column.name != "title":
            box = QRect(cell.x, 0, cell.width, height)
            side = RIGHT if cell.column.right else LEFT
            _text(painter, box, *said(cell.column.name, row, face), font, side)
    for cell in cells:
        if cell.column.name == "title":
            _title(painter, QRect(cell.x, 0, cell.width, height), row, face)


def _title(painter: QPainter, box: QRect, row: Row, face: Face) -> None:
    left = _badges(painter, box, row)
    right = _lookers(painter, box, _holder(painter, box, row, held=face.held), face.lookers)
    title = shown(row.title)
    if row.reports:
        title += say("queue.mark.reports", count=row.reports + 1)
    font = theme.font("base")
    painter.setFont(font)
    _text(painter, QRect(left, box.y(), right - left, box.height()), title, "text", font)


def _text(painter: QPainter, box: QRect, text: str, role: str, font: QFont, side: int = LEFT) -> None:
    """Write ``text`` in ``font``, which the painter has already."""
    painter.setPen(theme.color(role))
    if len(text) * font.pixelSize() > box.width():  # no character is wider than it is high
        text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side, text)


def _badges(painter: QPainter, box: QRect, row: Row) -> int:
    """Draw what must not be overlooked before the title; return where the title begins."""
    x = box.x()
    if row.restricted:
        theme.icon("lock", "near").paint(painter, x, box.center().y() - 7, 14, 14)
        x += 20
    if row.priority == 1:
        x = badge(painter, x, box, say("queue.mark.urgent"), ("urgent", "on_urgent"))
    if row.reminders:
        x = badge(painter, x, box, say("queue.mark.reminders", count=row.reminders), ("", "near"))
    if row.pending and knows(f"queue.mark.{row.pending}"):
        x = badge(painter, x, box, say(f"queue.mark.{row.pending}"), ("", "accent"))
    return min(x, box.right())


def badge(painter: QPainter, x: int, box: QRect, text: str, roles: tuple[str, str]) -> int:
    """Draw ``text`` in a filled or, without a fill, outlined badge; return where the next thing begins."""
    fill, ink = roles
    font = theme.font("badge")
    width = QFontMetrics(font).horizontalAdvance(text) + 10
    frame = QRectF(x + 0.5, box.center().y() - BADGE_HEIGHT / 2 + 0.5, width, BADGE_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen if fill else theme.color(ink))
    painter.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, 4, 4)
    painter.setFont(font)
    painter.setPen(theme.color(ink))
    painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), text)
    return x + width + 7


def _holder(painter: QPainter, box: QRect, row: Row, *, held: bool) -> int:
    """Draw who holds a running claim at the right of the title; return where the title must end."""
    if not (row.claim_by and held):
        return box.right()
    role = "accent" if row.mine else "text3"
    name = say("queue.mark.mine") if row.mine else shown(row.claim_by)[:4]
    font = theme.font("small")
    width = QFontMetrics(font).horizontalAdvance(name)
    x = box.right() - width
    painter.setFont(font)
    painter.setPen(theme.color(role))
    painter.drawText(QRect(x, box.y(), width + 1, box.height()), int(Qt.AlignmentFlag.AlignVCenter), name)
    theme.icon("person", role).paint(painter, x - 16, box.center().y() - 6, 13, 13)
    return x - 22


def _lookers(painter: QPainter, box: QRect, right: int, count: int) -> int:
    """Draw an eye, with how many look where it is more than one, left of ``right``; return its left end."""
    if not count:
        return right
    font = theme.font("small")
    number = str(count) if count > 1 else ""
    width = QFontMetrics(font).horizontalAdvance(number)
    painter.setFont(font)
    painter.setPen(theme.color("accent"))
    painter.drawText(QRect(right - width, box.y(), width + 1, box.height()), CENTRED, number)
    theme.icon("eye", "accent").paint(painter, right - width - 16, box.center().y() - 7, 14, 14)
    return right - width - 22


def spoken(row: Row, now: float, lookers: Sequence[str] = ()) -> str:
    """Return ``row`` as a sentence for those who listen; ``lookers``: names of the seats that look at it."""
    held = row.claim_by and (isnan(row.claim_until) or row.claim_until > now)
    about = [say("queue.spoken_held", name=shown(row.claim_by))] if held else []
    about += [lookers_told(lookers)] if lookers else []
    return say("queue.spoken_join").join([_spoken_row(row, now), *about])


def _spoken_row(row: Row, now: float) -> str:
    return say(
        "queue.spoken",
        number=row.number,
        title=shown(row.title),
        place=shown(place_label(row)),
        status=status_label(row.status),
        due=due_told(row.due, now),
    )


def hover_text(row: Row, lookers: Sequence[str] = ()) -> str:
    """Return title, instants and who looks at ``row`` as a tool tip; markup in the title shows as text."""
    looked = lookers_told(lookers) if lookers else ""
    lines = [f"{row.number} · {shown(row.title)}", shown(row.place), *all_times(row), looked]
    return "<br>".join(escape(line) for line in lines if line)
