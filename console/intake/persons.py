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
_OTHER = re.compile(r"[48]00\d{7}|[1-9]\d{2,7}|\+[1-9]\d{6,14}")
_PUBLIC = 5  # numbers as short as this are services' (110, 12345), nobody's own


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


def _number(written: str) -> str:
    digits = _FILLERS.sub("", written)
    if found := _MOBILE.fullmatch(digits):
        return found[1]
    if found := _LANDLINE.fullmatch(digits):
        return f"0{found[1]}-{found[2]}"
    return digits if _OTHER.fullmatch(digits) else ""


def mask_name(name: str) -> str:
    """Return a name that tells people apart without naming them: 反腐败 as 反**, 张三 as 张*."""
    return name[:1] + "*" * min(max(len(name) - 1, 1), 2) if name else ""


def mask_phone(number: str) -> str:
    """Return a number without its middle: 138****2751, 031****1234; a service's number stays."""
    digits = re.sub(r"\D", "", number.partition("转")[0])
    if len(digits) <= _PUBLIC:
        return digits
    shown = 3 if len(digits) > 8 else 1  # noqa: PLR2004  a local number has eight digits at most
    return f"{digits[:shown]}****{digits[-shown - (shown > 1) :]}"
