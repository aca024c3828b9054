"""Why the system could not do something, in words: resources/text/causes.toml."""

import errno
import re
import socket
import ssl
from typing import Final

from console.language import say

NUMBER: Final = re.compile(r"\[Errno (\d+)\]")  # of the first of several addresses that were tried
KINDS: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (TimeoutError, "silent"),
    (socket.gaierror, "no_host"),
    (ConnectionRefusedError, "no_listener"),
    (ConnectionError, "cut"),
    (ValueError, "odd_text"),
)
NUMBERS: Final = {
    errno.ENOENT: "absent",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "not_folder",
    errno.EINVAL: "not_file",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "long_name",
    errno.EBUSY: "busy",
    errno.ETXTBSY: "busy",
    errno.EIO: "broken_disk",
    errno.ECONNREFUSED: "no_listener",
    errno.ENETUNREACH: "no_road",
    errno.EHOSTUNREACH: "no_road",
}


def cause(error: BaseException) -> str:
    """Return why ``error`` came about; what has no words here as the system says it."""
    key = _key(error)
    return say(f"causes.{key}") if key else first_line(error)


def first_line(error: BaseException) -> str:
    """Return what ``error`` says, without hints behind it; its kind where it says nothing."""
    said = getattr(error, "strerror", None) or str(error)
    return next(iter(said.splitlines()), "") or type(error).__name__


def _key(error: BaseException) -> str | None:
    if isinstance(error, ssl.SSLError):  # its numbers are not the system's
        return None
    kind = next((key for kind, key in KINDS if isinstance(error, kind)), None)
    if kind is not None or not isinstance(error, OSError):
        return kind
    tried = NUMBER.search(str(error))
    number = int(tried[1]) if error.errno is None and tried else error.errno
    return NUMBERS.get(number or 0)
