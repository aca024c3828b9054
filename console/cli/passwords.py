"""Passwords: asked for, or taken from the system's keyring; what is sent on is a SCRAM-SHA-256 verifier.

PGPASSFILE is the driver's own business. A password is never an argument of a command.
"""

import base64
import hashlib
import hmac
import secrets
import stringprep
import sys
import unicodedata
from getpass import getpass
from typing import Final
from urllib.parse import urlsplit

from console.cli.interrupts import interrupts
from console.errors import BadInput

ROUNDS: Final = 4096
SALT_BYTES: Final = 16
SHORTEST: Final = 8
LONGEST: Final = 200
SERVICE: Final = "gridseat"

_FORBIDDEN: Final = (
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)


def stored(login: str, database: str) -> str | None:
    """Return the keyring's password of service "gridseat", user "LOGIN@HOST/NAME"; None without one."""
    import keyring  # noqa: PLC0415  slow, and only servers ask for passwords
    from keyring.errors import KeyringError  # noqa: PLC0415

    parts = urlsplit(database)
    try:
        return keyring.get_password(SERVICE, f"{login}@{parts.netloc.rpartition('@')[2]}{parts.path}")
    except KeyringError:
        return None


def asked() -> str:
    """Return a new password: typed twice at a terminal, else the first line of standard input."""
    if sys.stdin.isatty():
        password = typed()
        if typed() != password:
            raise BadInput("passwords_differ")
    else:
        with interrupts.at_once():
            password = sys.stdin.readline(4 * LONGEST).rstrip("\r\n")
    if not SHORTEST <= len(password) <= LONGEST or "\0" in password:
        raise BadInput("password_length", least=SHORTEST, most=LONGEST)
    return password


def typed() -> str:
    """Return what is typed at the terminal, without showing it."""
    with interrupts.at_once():
        return getpass()


def verifier(password: str, salt: bytes | None = None) -> str:
    """Return what the server keeps of ``password`` (RFC 5803), from which it cannot be read."""
    salt = salt or secrets.token_bytes(SALT_BYTES)
    salted = hashlib.pbkdf2_hmac("sha256", saslprep(password).encode(), salt, ROUNDS)
    client = hmac.digest(salted, b"Client Key", "sha256")
    server = hmac.digest(salted, b"Server Key", "sha256")
    stored_key = hashlib.sha256(client).digest()
    return f"SCRAM-SHA-256${ROUNDS}:{_text(salt)}${_text(stored_key)}:{_text(server)}"


def saslprep(password: str) -> str:
    """Return ``password`` prepared as RFC 4013 says; unchanged where that forbids it, as PostgreSQL does."""
    spaced = "".join(" " if stringprep.in_table_c12(char) else char for char in password)
    bare = "".join(char for char in spaced if not stringprep.in_table_b1(char))
    normal = unicodedata.normalize("NFKC", bare)
    forbidden = any(table(char) for char in normal for table in _FORBIDDEN) or _mixed(normal)
    return password if forbidden or not normal else normal


def _mixed(text: str) -> bool:
    """Tell whether ``text`` breaks the rules for letters that run from right to left."""
    right = [stringprep.in_table_d1(char) for char in text]
    if not any(right):
        return False
    return not (right[0] and right[-1]) or any(stringprep.in_table_d2(char) for char in text)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
