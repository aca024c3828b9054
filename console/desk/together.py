"""What a seat tells another: messages and handovers, each carried out once however often it is sent."""

import json
import uuid
from collections.abc import Callable
from typing import Any, Final

from console.desk.desk import Desk

SEND: Final = "SELECT desk.send_message($1, $2, $3, $4)::text"
READ: Final = "SELECT desk.read_messages($1)"
GIVE: Final = "SELECT desk.hand_over($1, $2, $3)::text"
SIGN: Final = "SELECT desk.sign_handover($1, $2, $3)::text"
LISTS: Final = (  # of a handover, in the order in which they are read
    "urgent",
    "overdue",
    "due_soon",
    "claims",
    "callbacks",
    "urged",
    "pending",
    "instructions",
    "notes",
)

Facts = dict[str, Any]


class Together:
    """Messages and handovers of one seat; ``spread`` is called after each, to let everybody hear of it.

    A ``command`` of the caller's own makes a second sending harmless.
    """

    def __init__(self, desk: Desk, spread: Callable[[], None] = lambda: None) -> None:
        self._desk = desk
        self._spread = spread

    async def send(
        self, to: str | None, text: str, number: int | None = None, command: uuid.UUID | None = None
    ) -> Facts:
        """Send ``text`` to the seat ``to`` (None: all of this centre), about ``number``; return the message.

        Work among seats: what is to be known of a resident is noted with the case, where it can be erased.
        """
        return await self._ask(SEND, command or uuid.uuid4(), to, text, number)

    async def read(self, ids: list[int]) -> list[int]:
        """Mark messages as read; return those that are now."""
        return list(await self._done(READ, ids))

    async def hand_over(self, to: str | None, note: str = "", command: uuid.UUID | None = None) -> Facts:
        """Give this shift to the seat ``to`` (None: whoever of the centre comes next); return it."""
        return await self._ask(GIVE, command or uuid.uuid4(), to, note)

    async def sign(self, handover: int, *, take: bool = True, command: uuid.UUID | None = None) -> Facts:
        """Sign it; with ``take`` its cases pass to this seat. Return it with ``taken`` and ``left``."""
        return await self._ask(SIGN, command or uuid.uuid4(), handover, take)

    async def _ask(self, question: str, *values: object) -> Facts:
        return dict(json.loads(await self._done(question, *values)))

    async def _done(self, question: str, *values: object) -> Any:  # noqa: ANN401  the server's own answer
        answer = await self._desk.call(lambda raw: raw.fetchval(question, *values))
        self._spread()
        return answer
