"""The keys of the map while it has them: a table, read by the hand and by the menu."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

STRIDE = 80.0  # pixels an arrow key moves the map
Key = Qt.Key
NONE, SHIFT, KEYPAD = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)

COMMANDS: Final = {
    "closer": "+",
    "further": "-",
    "all": "Home",
    "selection": "End",
    "mine": "Ctrl+Home",
    "back": "Alt+Left",
    "forward": "Alt+Right",
    "follow": "Space",
    "cross": "Return",
    "measure": "M",
    "card": "G",
    "around": "R",
    "place": "P",
    "filter": "Ctrl+Return",
    "copy": "Ctrl+C",
    "copy_text": "Ctrl+Shift+C",
    "base": "B",
    "layers": "L",
    "legend": "T",
}
MOVES: Final = {  # pixels, or pages
    "Left": (STRIDE, 0.0, False),
    "Right": (-STRIDE, 0.0, False),
    "Up": (0.0, STRIDE, False),
    "Down": (0.0, -STRIDE, False),
    "PgUp": (0.0, 1.0, True),
    "PgDown": (0.0, -1.0, True),
    "Shift+PgUp": (1.0, 0.0, True),
    "Shift+PgDown": (-1.0, 0.0, True),
}
ALIKE: Final = {Key.Key_Equal: Key.Key_Plus, Key.Key_Underscore: Key.Key_Minus, Key.Key_Enter: Key.Key_Return}
SHIFTED: Final = frozenset({Key.Key_Plus, Key.Key_Minus})  # with or without Shift, as the keyboard has them


def command(event: QKeyEvent) -> str | None:
    """Return the command that a key tells, None if it tells none."""
    return _BY_KEY.get(pressed(event))


def move(event: QKeyEvent) -> tuple[float, float, bool] | None:
    """Return how far right and down a key drags the content, and whether in pages; None: it does not."""
    return MOVES.get(pressed(event))


def pressed(event: QKeyEvent) -> str:
    """Return the key of an event as the tables name it."""
    key = ALIKE.get(Key(event.key()), Key(event.key()))
    held = event.modifiers() & ~KEYPAD
    if key in SHIFTED:
        held &= ~SHIFT
    return QKeySequence(held.value | key.value).toString(QKeySequence.SequenceFormat.PortableText)


_BY_KEY: Final = {key: command for command, key in COMMANDS.items()}
