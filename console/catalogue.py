"""The default catalogue and the default limits of the stages: from resources into the database."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from pypinyin import lazy_pinyin

import resources
from console.amounts import parse_limit
from console.connection import Connection

_NO_SOUND: Final = "\0"  # before letters and digits, which are typed as they are
_HEAD: Final = re.compile("zh|ch|sh|[bpmfdtnlgkhjqxrzcs]")  # how a syllable begins


def classes() -> list[dict[str, Any]]:
    """Return the default classes as rows of the table catalogue_class, without ids."""
    return [_row(group, kind) for group, kind in _types()]


@cache
def icons() -> dict[str, str]:
    """Return the icon of each class of the default catalogue; a county's own classes have none."""
    return {group["name"]: group["icon"] for group in resources.table("catalogue.toml")["class"]}


def stages() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the default rows of the tables stage_limit and urging_rule."""
    table = resources.table("stages.toml")
    limits = [
        {
            "stage": stage["stage"],
            "continuous_when": stage["continuous_when"],
            "working_amount": parse_limit(stage["working"]).seconds,
            "continuous_amount": parse_limit(stage["continuous"]).seconds,
        }
        for stage in table["stage"]
    ]
    return limits, table["urging"]


async def seed(connection: Connection) -> None:
    """Put the default catalogue and stages into an empty database; what a county has set stays."""
    if not await connection.fetchval("SELECT EXISTS (SELECT FROM gridseat.catalogue_class)"):
        await connection.execute("SELECT gridseat.set_catalogue($1::text::jsonb)", json.dumps(classes()))
    if not await connection.fetchval("SELECT EXISTS (SELECT FROM gridseat.stage_limit)"):
        limits, urging = stages()
        await connection.execute(
            "SELECT gridseat.set_stages($1::text::jsonb, $2::text::jsonb)",
            json.dumps(limits),
            json.dumps(urging),
        )


def initials(name: str) -> str:
    """Return how a Chinese name is typed by initials, both ways: first letters, and with zh ch sh whole."""
    firsts, sounds = [], []
    for said in lazy_pinyin(name, errors=lambda letters: f"{_NO_SOUND}{letters}"):
        if said.startswith(_NO_SOUND):
            first = sound = said.removeprefix(_NO_SOUND)
        else:
            first, head = said[0], _HEAD.match(said)
            sound = head[0] if head else first
        firsts.append(first)
        sounds.append(sound)
    plain, whole = "".join(firsts), "".join(sounds)
    return plain if plain == whole else f"{plain} {whole}"


def _types() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for group in resources.table("catalogue.toml")["class"]:
        for kind in group["types"]:
            yield group, kind


def _row(group: dict[str, Any], kind: dict[str, Any]) -> dict[str, Any]:
    limit = parse_limit(kind.get("limit", group["limit"]))
    return {
        "code": f"{group['name']}/{kind['name']}",
        "group_name": group["name"],
        "group_en": group["en"],
        "name": kind["name"],
        "name_en": kind["en"],
        "priority": kind.get("priority", group["priority"]),
        "amount": limit.seconds,
        "clock": limit.clock,
        "urgent_amount": parse_limit(group["urgent"]).seconds if "urgent" in group else None,
        "aliases": kind.get("aliases", []),
        "keywords": resources.table("keywords.toml")[f"{group['name']}/{kind['name']}"],
        "urgent_keywords": group.get("urgent_keywords", []),
        "initials": initials(kind["name"]),
    }
