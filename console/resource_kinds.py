"""Kinds of resources, as resources/resource_kinds.toml lists them; the database knows their keys."""

from dataclasses import dataclass
from functools import cache

import resources
from console.connection import Connection
from console.errors import BadInput
from console.language import choose, say

SHOWN = 40  # letters of a kind that is none


@dataclass(frozen=True, slots=True)
class ResourceKind:
    """A kind with its names by language and the key of its icon."""

    key: str
    names: dict[str, str]
    icon: str


@cache
def kinds() -> dict[str, ResourceKind]:
    """Return the kinds by key, in the order of lists."""
    table = resources.table("resource_kinds.toml")
    return {
        key: ResourceKind(key, {"zh": row["zh"], "en": row["en"]}, row["icon"]) for key, row in table.items()
    }


def kind_name(key: str) -> str:
    """Return the name of a kind in the spoken language; of one that is not in the list, its key."""
    kind = kinds().get(key)
    return choose(kind.names) if kind else key


def meant(text: str) -> str:
    """Return the key of the kind that ``text`` is the key or a name of; BadInput names those there are."""
    plain = text.strip().lower()
    for kind in kinds().values():
        if plain in {kind.key, *(name.lower() for name in kind.names.values())}:
            return kind.key
    known = say("intake.comma").join(map(kind_name, kinds()))
    raise BadInput("no_such_kind", kind=text[:SHOWN], known=known)


async def seed(raw: Connection) -> None:
    """Tell the database the kinds; one that is gone from the list stays as long as a resource has it."""
    await raw.executemany(
        "INSERT INTO gridseat.resource_kind VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET place = $2",
        [(key, place) for place, key in enumerate(kinds())],
    )
