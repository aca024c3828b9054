"""Numbers under the hand: handed to the telephone program of this machine."""

import re

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from console.language import say
from ui.seat import Seat
from ui.texts import shown

UNDIALLED = re.compile(r"[^\d+]")
MASKED = "*"


def dial(seat: Seat, phone: str, number: int | None = None) -> bool:
    """Let the telephone program call ``phone``, about the case ``number``; say so where it cannot."""
    digits = UNDIALLED.sub("", phone)
    if not digits or MASKED in phone:
        seat.notices.say(say("around.masked" if digits else "around.no_phone"))
        return False
    if not QDesktopServices.openUrl(QUrl(f"tel:{digits}")):
        seat.notices.fail(say("case.no_dialler", phone=shown(phone)), number)
    return True
