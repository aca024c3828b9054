"""What was typed and not yet sent: on disk, so that neither a crash nor a closed form loses it."""

from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path

from typing_extensions import override

from console import kept

Draft = dict[str, object]
Key = tuple[str, int | None]  # action, number (None: a new report)


class Drafts(MutableMapping[Key, Draft]):
    """The drafts of one person at one database under ``folder``, a file each that only they read."""

    def __init__(self, folder: Path) -> None:
        self._folder = kept.folder(folder)

    @override
    def __getitem__(self, key: Key) -> Draft:
        found = kept.read(self._path(key))
        if found is None:  # none, or torn by a power cut
            raise KeyError(key)
        return found

    @override
    def __setitem__(self, key: Key, draft: Draft) -> None:
        kept.write(self._path(key), draft)

    @override
    def __delitem__(self, key: Key) -> None:
        try:
            self._path(key).unlink()
        except OSError as error:
            raise KeyError(key) from error

    @override
    def __iter__(self) -> Iterator[Key]:
        for path in sorted(self._folder.glob("*.json")):
            action, _, number = path.stem.rpartition(".")
            with suppress(ValueError):  # a file of somebody else's
                yield action, (int(number) if number else None)

    @override
    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _path(self, key: Key) -> Path:
        action, number = key
        return self._folder / f"{action}.{'' if number is None else number}.json"
