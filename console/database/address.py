"""Where the database is: ``embedded:FOLDER`` or ``postgresql://…`` with one or several hosts."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from console.errors import BadInput

NAME = "gridseat"
_SECRET: Final = re.compile(r"://[^/@]*:[^/@]*@")


@dataclass(frozen=True, slots=True)
class Address:
    """A database, as the user named it."""

    text: str
    folder: Path | None = None

    @property
    def embedded(self) -> bool:
        """Tell whether we run the server ourselves."""
        return self.folder is not None

    @property
    def mark(self) -> str:
        """Return what names a folder of this database alone, however its hosts and user are written."""
        if self.folder is not None:
            named = f"embedded:{self.folder.resolve()}"
        else:
            parts = urlsplit(self.text)
            hosts = sorted(parts.netloc.rpartition("@")[2].lower().split(","))
            named = f"{','.join(hosts)}/{parts.path.strip('/')}"
        return hashlib.sha256(named.encode()).hexdigest()[:12]


def parse(text: str) -> Address:
    """Read what stands behind ``--database``; BadInput("bad_database") for anything else."""
    kind, _, rest = text.partition(":")
    if kind == "embedded" and rest:
        return Address(text, Path(rest).expanduser())
    if kind in {"postgresql", "postgres"} and urlsplit(text).hostname is not None:
        return Address(text)
    raise BadInput("bad_database", database=text)


def told(text: str) -> Address:
    """Read an address that a person wrote; one with a password, which others would see, is not taken."""
    if _SECRET.search(text):
        raise BadInput("password_in_address")
    try:
        if text.isprintable():
            return parse(text)
    except (ValueError, RuntimeError) as error:  # no such home folder, brackets left open
        raise BadInput("bad_database", database=text) from error
    raise BadInput("bad_database", database=text)


def local(host: str, port: int, user: str, name: str = NAME) -> str:
    """Return the DSN of ``user`` at our own server (``host`` may be a socket folder)."""
    return (
        f"postgresql://{quote(user, safe='')}@/{quote(name, safe='')}?host={quote(host, safe='')}&port={port}"
    )
