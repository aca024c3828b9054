"""Act as anybody at an instant that has passed: through desk.act, the clock moved for one transaction."""

import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from console.connection import Connection
from console.database.door import role_of
from console.database.faults import translated

_MOVED = """CREATE OR REPLACE FUNCTION desk.now() RETURNS timestamptz LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp AS $$ SELECT current_setting('gridseat.now')::timestamptz $$"""


class Past:
    """Moves of many people, in order of time, within the transaction of ``moved``."""

    def __init__(self, raw: Connection, prefix: str) -> None:
        self._raw = raw
        self._prefix = prefix

    async def act(
        self,
        login: str,
        at: datetime,
        action: str,
        number: int | None = None,
        **args: Any,  # noqa: ANN401  options of every type
    ) -> int:
        """Perform ``action`` as ``login`` at ``at``; return the number. Rules refuse as always."""
        role = role_of(self._prefix, login)
        await self._raw.execute(
            f"SET LOCAL SESSION AUTHORIZATION '{role}'; SET LOCAL gridseat.now = '{at.isoformat()}'"
        )
        with translated():
            answer: Any = await self._raw.fetchval(
                "SELECT desk.act($1, $2, $3, NULL, $4::text::jsonb)::text",
                uuid.uuid4(),
                action,
                number,
                json.dumps(args, ensure_ascii=False),
            )
        return int(json.loads(answer)["number"])


@asynccontextmanager
async def moved(raw: Connection) -> AsyncIterator[Past]:
    """Move the clock of the superuser's connection ``raw`` until the block ends; nobody else sees it move."""
    prefix = await raw.fetchval("SELECT gridseat.prefix()")
    own = await raw.fetchval("SELECT pg_get_functiondef('desk.now()'::regprocedure)")
    async with raw.transaction():
        await raw.execute(_MOVED)
        yield Past(raw, prefix)
        await raw.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")
        await raw.execute(own)
