"""Which encoding the bytes of an office's texts are in."""

import re

_CHINESE = re.compile(r"[\u3000-\u9FFF\uFF00-\uFFEF]")


def mostly_utf8(data: bytes) -> bool:
    """Tell a damaged UTF-8 text from a GBK one: in GBK hardly a character is UTF-8 by chance."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    return sum(1 for _ in _CHINESE.finditer(text)) > 2 * broken
