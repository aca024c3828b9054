"""A list saved as a table, page by page; where it fails or is called off, there is no file."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from console.desk.behind import Listed, Note, View
from console.lists.columns import Column
from console.tables import TableFile


async def save_list(
    path: Path,
    columns: Sequence[Column],
    listed: Listed,
    view: View = View(),  # noqa: B008  it never changes
    *,
    note: Note | None = None,
    goes_on: Callable[[int, int], bool] = lambda _count, _total: True,
) -> int | None:
    """Save every row of ``listed`` to ``path``, whose ending says as what; return how many there are.

    ``goes_on`` hears of how many of all are read, and answers whether to go on: else None is returned.
    ``note`` hears of all before the file is put in place; where it raises, there is none.
    """
    file = TableFile(path, [column.heading for column in columns])
    count, after, ended, whole = 0, None, False, False
    try:
        while not ended:
            page = await listed.page(view, after)
            count, after, ended = count + len(page.rows), page.after, page.after is None
            if not goes_on(count, page.total):
                return None
            file.add([column.cell(row) for column in columns] for row in page.rows)
        if note is not None:
            await note(count)
        whole = True
    finally:
        if not whole:
            file.discard()
    await asyncio.to_thread(file.finish)
    return count
