"""What a key or a click does to the marks of a list."""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

from ui.queue.selection import Selection

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def mark(marks: Selection, held: Qt.KeyboardModifier, before: int | None, number: int) -> None:
    """Mark by a click on ``number`` after ``before``: it alone, with Ctrl one more, with Shift a stretch."""
    if held & SHIFT and before is not None:
        marks.stretch(before, number)
    elif held & CONTROL:
        if not len(marks) and before is not None and before != number:
            marks.toggle(before)
        marks.toggle(number)
    else:
        marks.clear()


def mark_by_key(marks: Selection, event: QKeyEvent, number: int | None) -> bool:
    """Mark by a key while ``number`` is selected; tell whether it was one of ours."""
    pressed = event.keyCombination()
    if pressed in TOGGLES and number is not None:
        marks.toggle(number)
    elif pressed == EVERY:
        marks.take_all()
    elif event.key() == Qt.Key.Key_Escape and len(marks):
        marks.clear()
    else:
        return False
    return True


EVERY = QKeyCombination(CONTROL, Qt.Key.Key_A)
TOGGLES = (
    QKeyCombination(Qt.Key.Key_Space),
    QKeyCombination(CONTROL, Qt.Key.Key_Space),
)
