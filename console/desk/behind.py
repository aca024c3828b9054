"""What is behind a figure, page by page: cases and records, found by words, in the order of a column."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, NamedTuple, Protocol

from console.desk.desk import Desk
from console.errors import BadInput

PAGE: Final = 500  # rows
KEPT: Final = 3  # orders that are remembered: what is read, and what is written to a file meanwhile
SORTED: Final = 20_000  # records, of which no more are found or sorted
LINES: Final = "SELECT * FROM desk.case_lines($1)"
NOTE_LIST: Final = (
    "SELECT desk.note_saved_list($1, $2, $3)"  # of a figure that is no register's nothing is kept
)
NOTE_PRINTED: Final = "SELECT desk.note_printed_list($1, $2, $3)"
ORDER: Final = "SELECT desk.case_order($1, $2, $3, $4)"

Facts = dict[str, Any]
Note = Callable[[int], Awaitable[None]]  # hears of so many rows that are saved


class View(NamedTuple):
    """Which rows of a list: those with the words of ``find``, in the order of ``sort``, "": as they come."""

    find: str = ""
    sort: str = ""
    down: bool = False


class Page(NamedTuple):
    """Rows in a row, of ``total`` in all; ``after``: what the next page is asked by, None at the end."""

    rows: list[Facts]
    total: int
    after: object


class Listed(Protocol):
    """A list that is read page by page."""

    async def page(self, view: View, after: object = None) -> Page:
        """Return the rows after ``after``, None: the first."""
        ...


class Find(Protocol):
    """Finds cases, the newest number first."""

    async def __call__(self, limit: int | None = None) -> tuple[Sequence[int], int]:
        """Return the first ``limit`` numbers, None: all, and how many there are."""
        ...


class Cases:
    """The cases that ``find`` finds; one that is not seen any more is told by its number alone.

    The first page is asked for alone, so that it is there at once; the other numbers with the second.
    """

    def __init__(self, desk: Desk, find: Find) -> None:
        self._desk, self._find = desk, find
        self._first: Sequence[int] = ()
        self._numbers: list[int] | None = None  # all of them, once they are known
        self._orders: dict[View, list[int]] = {}  # of the last few views

    async def page(self, view: View, after: object = None) -> Page:
        """Return the rows after the first ``after`` of them: facts as desk.case_lines has them."""
        if after is None and self._numbers is None and _as_they_come(view):
            self._first, total = await self._find(PAGE)
            self._numbers = list(self._first) if len(self._first) == total else None
            return await self._lines(self._first, total, len(self._first))
        order = await self._ordered(view)
        first = after if isinstance(after, int) else 0
        wanted = order[first : first + PAGE]
        return await self._lines(wanted, len(order), first + len(wanted))

    async def _lines(self, wanted: Sequence[int], total: int, last: int) -> Page:
        rows = await self._desk.call(lambda raw: raw.fetch(LINES, wanted))
        found = {row["number"]: dict(row) for row in rows}
        told = [found.get(number, {"number": number}) for number in wanted]
        return Page(told, total, last if last < total else None)

    async def _ordered(self, view: View) -> list[int]:
        if self._numbers is None:
            found, _total = await self._find()
            rest = (number for number in found if not self._first or number < self._first[-1])
            self._numbers = [*self._first, *rest]  # what came in meanwhile is not counted, and not listed
        if _as_they_come(view):
            return self._numbers
        if view not in self._orders:
            asked = self._numbers, *view
            found = await self._desk.call(lambda raw: raw.fetchval(ORDER, *asked))
            self._orders = dict([*self._orders.items(), (view, list(found))][-KEPT:])
        return self._orders[view]


class Records:
    """What a figure counts that counts no cases; ``read(limit, after)`` as desk.board_records answers.

    Found and sorted here, where there are not too many. ``counted``: what the figure counts of each record,
    as ("filled", "fields"), where that is not the records themselves.
    ``note``: who is told of rows that are saved. ``bearer``: who bears the names, "": the records themselves.
    """

    def __init__(
        self,
        read: Callable[[int, object], Awaitable[Facts]],
        counted: tuple[str, str] | None = None,
        note: Note | None = None,
        bearer: str = "",
    ) -> None:
        self._read, self.counted, self.note, self.bearer = read, counted, note, bearer
        self._total, self.stands_for = 0, 0  # what the records stand for together
        self._first: Page | None = None
        self._whole: list[Facts] | None = None

    def several(self, first: Page) -> bool:
        """Tell whether they stand for another number than theirs; ``first``: their first page."""
        return self.counted is not None or self.stands_for != first.total

    async def page(self, view: View, after: object = None) -> Page:
        """Return the rows after ``after``; BadInput (list_too_long) for too many to find or sort."""
        if not _as_they_come(view):
            return await self._found(view)
        if after is None and self._first is not None:
            return self._first
        found = await self._read(PAGE, after)
        if after is None:
            self._total, self.stands_for = found["total"], found["sum"]
        page = Page(found["rows"], self._total, found["after"])
        self._first = page if after is None else self._first
        return page

    async def _found(self, view: View) -> Page:
        first = await self.page(View())
        if first.total > SORTED:
            raise BadInput("list_too_long", total=first.total, limit=SORTED)
        if self._whole is None:
            self._whole = first.rows if first.after is None else (await self._read(SORTED, None))["rows"]
        words = view.find.lower().split()
        rows = [row for row in self._whole if all(word in _words(row) for word in words)]
        if view.sort:
            told = [row for row in rows if row[view.sort] is not None]
            told.sort(key=lambda row: row[view.sort], reverse=view.down)
            rows = told + [row for row in rows if row[view.sort] is None]
        return Page(rows, len(rows), None)


def _words(row: Facts) -> str:
    return " ".join(str(value) for value in row.values() if value is not None).lower()


def held(numbers: Sequence[int]) -> Find:
    """Return what finds ``numbers``, which are known."""

    async def find(limit: int | None = None) -> tuple[Sequence[int], int]:
        return numbers[:limit], len(numbers)

    return find


def _as_they_come(view: View) -> bool:
    return not view.find.strip() and not view.sort
