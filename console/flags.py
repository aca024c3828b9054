"""The flags that a database begins with: resources/flags.toml."""

import resources
from console.connection import Connection


async def seed(raw: Connection) -> None:
    """Tell the database the flags that hold everywhere; those that are there stay as they are."""
    await raw.executemany(
        """INSERT INTO gridseat.flag (key, list, zh, en, place) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT ON CONSTRAINT flag_once DO NOTHING""",
        [
            (key, facts["list"], facts["zh"], facts["en"], place)
            for place, (key, facts) in enumerate(resources.table("flags.toml").items())
        ],
    )
