"""What the tests of the counters share."""

from console.connection import Connection

FOLD = "SELECT gridseat.fold_measures($1)"


async def fold(owner: Connection, at_once: int = 100) -> None:
    """Fold until nothing is left that may be folded."""
    while await owner.fetchval(FOLD, at_once):
        pass


async def faults(owner: Connection) -> list[tuple[str, str]]:
    """Return what the recount finds."""
    return [tuple(row) for row in await owner.fetch("SELECT * FROM gridseat.counter_faults()")]
