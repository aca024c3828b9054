"""Names and telephone numbers of people: one form to keep, a masked one to show."""

import re
import unicodedata

from console.errors import BadInput
from console.intake.hygiene import clean, excerpt, label

_FILLERS = re.compile(r"[\s\-‐-―－().·]")
_EXTENSION = re.compile(r"(.+?)(?:转|分机|ext\.?|x|#):?\s*(\d{1,6})", re.IGNORECASE)
_DASHED = re.compile(r"(.*\d)-(\d{1,6})")
_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:(?:\+86|0086)0?|0)(10|2\d|[3-9]\d{2})([2-9]\d{6,7})")
_REACHED = re.compile(r"1[3-9]\d{9}|0\d+-|\+")
SHORTEST_SHOWN = 8  # characters of a number of which a mask leaves something
_OTHER = re.compile(r"[48]00\d{7}|[1-9]\d{2,7}|\+[1-9]\d{6,14}")


def phone(text: str) -> str:
    """Return a telephone number in one form, "" for none; BadInput for what no telephone could call.

    13812342751, 0311-88021234, 0311-88021234转801, 12345, +85291234567.
    """
    written = unicodedata.normalize("NFKC", clean(text, "phone"))
    if not written:
        return ""
    for form in (_EXTENSION, None, _DASHED):
        found = form.fullmatch(written) if form else None
        number = _number(found[1] if found else written)
        if number and bool(form) == bool(found):
            return f"{number}转{found[2]}" if found else number
    raise BadInput("phone_invalid", field="phone", label=label("phone"), value=excerpt(text))


def own_phone(text: str) -> str:
    """Return the number at which a person is reached from anywhere, "" for none; else BadInput.

    A mobile one, one with its area's number before it, or one from abroad: what is shorter reaches nobody.
    """
    number = phone(text)
    if number and not _REACHED.match(number):
        raise BadInput("phone_short", field="phone", label=label("phone"), value=excerpt(text))
    return number


def masked(field: str, text: str) -> str:
    """Return a "phone" as 138****2751, a "name" as 王**: as the database masks what it keeps."""
    if field == "phone":
        return f"{text[:3]}****{text[-4:]}" if len(text) >= SHORTEST_SHOWN else "****"
    return f"{text[:1]}**"


def _number(written: str) -> str:
    digits = _FILLERS.sub("", written)
    if found := _MOBILE.fullmatch(digits):
        return found[1]
    if found := _LANDLINE.fullmatch(digits):
        return f"0{found[1]}-{found[2]}"
    return digits if _OTHER.fullmatch(digits) else ""
