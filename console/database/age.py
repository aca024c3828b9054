"""Whether the tables of a database are those that this program knows."""

from console.errors import Refused
from models.revision import HEAD

OUTDATED = frozenset({"database_older", "console_older", "versions_differ"})  # no other name helps


def same_age(revision: str) -> None:
    """Refuse the database of another ``revision``, and say which of the two is older."""
    if revision != HEAD:
        code = "database_older" if revision < HEAD else "console_older"
        raise Refused(code, found=revision or "?", known=HEAD)
