"""What the database says, as our own errors; and which faults mean "ask again"."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg

from console.errors import BadInput, OutOfReach, Problem, Refused

RULE_SAYS_NO: Final = "GS001"
INPUT_IS_WRONG: Final = "GS002"

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
    asyncpg.exceptions.TooManyConnectionsError,
    asyncpg.exceptions.ReadOnlySQLTransactionError,
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


def problem(error: asyncpg.PostgresError) -> Problem | None:
    """Return what ``error`` means to a user; None for what only a programmer can mend."""
    if error.sqlstate in {RULE_SAYS_NO, INPUT_IS_WRONG}:
        kind = Refused if error.sqlstate == RULE_SAYS_NO else BadInput
        return kind(str(error.args[0]), **json.loads(error.detail or "{}"))
    for cause, code in WHO.items():
        if isinstance(error, cause):
            return Refused(code) if code != "no_such_database" else OutOfReach(code)
    return None


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
            raise OutOfReach("database_lost", reason=str(error)) from error
        raise
    except LOST as error:
        raise OutOfReach("database_lost", reason=str(error) or type(error).__name__) from error
