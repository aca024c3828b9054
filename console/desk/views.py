"""Views of the queue that a person named: filter, order and whatever else the list remembers."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import resources
from console import kept
from console.causes import cause
from console.errors import BadInput
from console.language import choose

KEYS: Final = range(1, 10)  # with Ctrl
LONGEST: Final = 40  # characters of a name
State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """A named state of the queue; ``key`` 1 to 9 or none; ``file`` is None for one that everybody has."""

    name: str
    key: int | None
    state: State
    file: Path | None = None


class Views:
    """The views of one person at one database under ``folder``, a file each that only they read."""

    def __init__(self, folder: Path) -> None:
        self._folder = kept.folder(folder)

    def all(self) -> list[View]:
        """Return everybody's views, then this person's by key and name."""
        own = [view for path in self._files() if (view := _read(path)) is not None]
        return [*_given(), *sorted(own, key=lambda view: (view.key or len(KEYS) + 1, view.name))]

    def broken(self) -> list[str]:
        """Return the files that hold no view any more."""
        return [path.name for path in self._files() if _read(path) is None]

    def save(self, name: str, state: State) -> View:
        """Keep ``state`` as ``name``, in place of this person's view of that name; or BadInput."""
        name = _fit(name)
        before = self._named(name)
        taken = {view.key for view in self.all()}
        key = before.key if before else next((key for key in KEYS if key not in taken), None)
        file = before.file if before and before.file else self._folder / f"{uuid.uuid4().hex}.json"
        return self._write(View(name, key, state, file))

    def rename(self, view: View, name: str) -> View:
        """Call this person's ``view`` by another name; BadInput for a bad or used one."""
        name = _fit(name)
        if name != view.name and self._named(name) is not None:
            raise BadInput("view_name_used", name=name)
        return self._write(View(name, view.key, view.state, view.file))

    def delete(self, view: View) -> None:
        """Forget this person's ``view``."""
        if view.file is not None:
            view.file.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.json"))

    def _named(self, name: str) -> View | None:
        found = next((view for view in self.all() if view.name == name), None)
        if found is not None and found.file is None:
            raise BadInput("view_name_used", name=name)
        return found

    def _write(self, view: View) -> View:
        if view.file is None:
            raise BadInput("view_name_used", name=view.name)
        try:
            kept.write(view.file, {"name": view.name, "key": view.key, "state": view.state})
        except OSError as error:
            raise BadInput("file_unwritable", file=str(view.file), detail=cause(error)) from error
        return view


def _given() -> list[View]:
    return [
        View(
            choose(row),
            row["key"],
            {name: value for name, value in row.items() if name not in {"key", "zh", "en"}},
        )
        for row in resources.table("views.toml")["view"]
    ]


def _read(path: Path) -> View | None:
    facts = kept.read(path)
    if facts is None:
        return None
    name, key, state = facts.get("name"), facts.get("key"), facts.get("state")
    fits = isinstance(name, str) and name.strip() and isinstance(state, dict)
    return View(str(name), key if key in KEYS else None, dict(state or {}), path) if fits else None


def _fit(name: str) -> str:
    """Return ``name`` without blanks around it; BadInput where it is no name."""
    name = name.strip()
    if not name or len(name) > LONGEST or not name.isprintable():
        raise BadInput("view_name_unfit", limit=LONGEST)
    return name
