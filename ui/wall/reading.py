"""When the wall reads which page: the one shown above all, each until it is answered, whatever fails."""

from collections.abc import Callable, Coroutine, Sequence
from math import inf
from typing import Any

from console.errors import Problem
from console.language import say
from ui.tasks import tasks

FRESH = 5  # seconds between two readings of a page while facts stream in
STALE = 60  # and at most without


class Reading:
    """Asks ``read(page)`` for ``pages``, one at a time.

    Its seconds are those that pass here: a clock that is set back must not keep it waiting.
    """

    def __init__(self, read: Callable[[str], Coroutine[Any, Any, None]], pages: Sequence[str]) -> None:
        self._read = read
        self._ages = dict.fromkeys(pages, inf)  # seconds since each was asked for last
        self._wanted = set(pages)
        self._unanswered = list(pages)
        self.paused = False
        self._busy = False
        self.faults: dict[str, str] = {}  # by page: why its last answer failed to come, as a sentence

    def want(self, *, at_once: bool = False) -> None:
        """Something has changed: read every page again, ``at_once`` or once it is no longer fresh."""
        self._wanted.update(self._ages)
        if at_once:
            self._ages = dict.fromkeys(self._ages, inf)

    def turn(self, page: str) -> None:
        """Turn to ``page``: what it shows is to be of now."""
        if page in self._ages:
            self._wanted.add(page)
            self._ages[page] = max(self._ages[page], FRESH)

    def second(self, shown: str) -> None:
        """Let a second pass, and begin to read what is due: the page ``shown``, else one never answered."""
        self._ages = {page: age + 1 for page, age in self._ages.items()}
        due = [page for page in (shown, *self._unanswered) if self._is_due(page)]
        if due and not self._busy and not self.paused:
            self._busy = True
            self._wanted.discard(due[0])
            self._ages[due[0]] = 0
            tasks.start(self._ask(due[0]), "wall")

    def _is_due(self, page: str) -> bool:
        age = self._ages.get(page, 0)
        return age >= STALE or (page in self._wanted and age >= FRESH)

    async def _ask(self, page: str) -> None:
        fault = say("boards.failed.title")  # unless it comes, or says why not
        try:
            await self._read(page)
            fault = ""
            self._unanswered = [one for one in self._unanswered if one != page]
        except Problem as problem:
            fault = say("wall.away") if problem.code == "database_lost" else problem.sentence
        finally:
            self._busy, self.faults[page] = False, fault
            if fault:
                self._wanted.add(page)
