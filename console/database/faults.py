"""What the database says, as our own errors; and which faults mean "ask again"."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg

from console.causes import cause, first_line
from console.errors import BadInput, OutOfReach, Problem, Refused
from console.language import say

RULE_SAYS_NO: Final = "GS001"
INPUT_IS_WRONG: Final = "GS002"
HOSTS_FILE: Final = "pg_hba.conf"  # named in the server's refusal in any language
OTHER_NAME: Final = {62, 64}  # OpenSSL: X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH

# The connection is gone or useless: neither success nor failure is known. A switchover shows as
# InternalClientError.
LOST = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.CannotConnectNowError,
    asyncpg.exceptions.ObjectNotInPrerequisiteStateError,  # the database takes no connections just now
    asyncpg.exceptions.TooManyConnectionsError,
    asyncpg.exceptions.ReadOnlySQLTransactionError,
)

# Why, in words, the narrower kind first; of others the server's own words are told, or the system's.
CAUSES: Final = (
    (asyncpg.exceptions.QueryCanceledError, "silent"),
    (asyncpg.exceptions.CannotConnectNowError, "starting"),
    (asyncpg.exceptions.OperatorInterventionError, "stopping"),
    (asyncpg.exceptions.TooManyConnectionsError, "crowded"),
    (asyncpg.PostgresConnectionError, "cut"),
)

# Nothing was done; the same command may be sent again on the same connection.
AGAIN = (
    asyncpg.exceptions.DeadlockDetectedError,
    asyncpg.exceptions.SerializationError,
    asyncpg.exceptions.UniqueViolationError,
)

WHO = {
    asyncpg.exceptions.InvalidPasswordError: "wrong_password",  # before the wider class that it belongs to
    asyncpg.exceptions.InvalidAuthorizationSpecificationError: "who_are_you",
    asyncpg.exceptions.InvalidCatalogNameError: "no_such_database",
    asyncpg.exceptions.InsufficientPrivilegeError: "no_right",
}

# The database has not what this program asks for: it was upgraded, or was not, while somebody worked.
UNKNOWN = (
    asyncpg.exceptions.UndefinedColumnError,
    asyncpg.exceptions.UndefinedFunctionError,
    asyncpg.exceptions.UndefinedTableError,
)


def problem(error: asyncpg.PostgresError) -> Problem | None:
    """Return what ``error`` means to a user; None for what only a programmer can mend."""
    if error.sqlstate in {RULE_SAYS_NO, INPUT_IS_WRONG}:
        ours = Refused if error.sqlstate == RULE_SAYS_NO else BadInput
        return ours(str(error.args[0]), **json.loads(error.detail or "{}"))
    if isinstance(error, asyncpg.InvalidAuthorizationSpecificationError) and HOSTS_FILE in str(error):
        return Refused("not_let_in", reason=str(error))
    for kind, code in WHO.items():
        if isinstance(error, kind):
            return Refused(code) if code != "no_such_database" else OutOfReach(code)
    return Refused("versions_differ", missing=first_line(error)) if isinstance(error, UNKNOWN) else None


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's refusals into ours, and a lost connection into OutOfReach("database_lost")."""
    try:
        yield
    except asyncpg.PostgresError as error:
        ours = problem(error)
        if ours is not None:
            raise ours from error
        if isinstance(error, LOST):
            raise OutOfReach("database_lost", reason=_reason(error)) from error
        raise
    except LOST as error:
        code = _about_tls(error) or "database_lost"
        raise OutOfReach(code, reason=_reason(error)) from error


def _reason(error: BaseException) -> str:
    key = next((key for kind, key in CAUSES if isinstance(error, kind)), None)
    if key is not None:
        return say(f"causes.{key}")
    return cause(error) if isinstance(error, OSError) else first_line(error)


def _about_tls(error: BaseException) -> str | None:
    """Return the code of a fault of TLS; the driver tells some of them by their words only."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "tls_other_name" if error.verify_code in OTHER_NAME else "tls_untrusted"
    words = str(error)
    if "rejected SSL upgrade" in words:
        return "tls_missing"
    return "tls_no_authority" if words.startswith("root certificate file") else None
