"""Connections of many people, few at a time: opened when somebody acts, the longest idle one closed."""

from collections import OrderedDict
from collections.abc import Callable

from console.database.door import Door
from console.desk.desk import Desk

MOST = 8


class Desks:
    """The desks of people by login; at most ``most`` connections stay open."""

    def __init__(self, door_of: Callable[[str], Door], most: int = MOST) -> None:
        self._door_of = door_of
        self._most = most
        self._open: OrderedDict[str, Desk] = OrderedDict()

    async def of(self, login: str) -> Desk:
        """Return the desk of ``login``."""
        desk = self._open.pop(login, None) or Desk(self._door_of(login))
        self._open[login] = desk
        if len(self._open) > self._most:
            _, idle = self._open.popitem(last=False)
            await idle.close()
        return desk

    async def close(self) -> None:
        """End all connections."""
        while self._open:
            await self._open.popitem()[1].close()
