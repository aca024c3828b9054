"""The command line as a whole: the readme names every command, and options of one name are one."""

import argparse
import re
from collections.abc import Iterator

import pytest

from console.cli import entrance
from console.errors import BadInput
from tests.architecture.house import ROOT

WORKFLOW = "incident"  # whose steps are the actions, and told as one


def commands(
    parser: argparse.ArgumentParser, name: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield each command that has no steps of its own, "spot list", with its parser."""
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not below or name == WORKFLOW:
        yield name, parser
        return
    for word, one in below[0].choices.items():
        yield from commands(one, f"{name} {word}".strip())


def test_the_readme_names_every_command() -> None:
    told = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    known = [name for name, _ in commands(entrance.parser([]))]
    assert [name for name in known if not re.search(rf"[`\s]{name}[`\s]", told)] == []


def test_no_list_is_cut_to_nothing() -> None:
    limited = [name for name, parser in commands(entrance.parser([])) if "--limit" in parser.format_usage()]
    assert {"registry list", "spot list", "visit list", "message list", "near", "replay"} <= set(limited)
    for name in limited:
        with pytest.raises(BadInput) as caught:
            entrance.parser(name.split()).parse_args([*name.split(), "--limit", "0"])
        assert caught.value.code == "bad_most", name


@pytest.mark.parametrize("option", ["--days", "--organisation"])
def test_an_option_is_told_in_the_same_words_everywhere(option: str) -> None:
    told = {
        (action.metavar, action.help)
        for name, parser in commands(entrance.parser([]))
        for action in parser._actions
        if option in action.option_strings and name not in {"export", "operator add"}
    }
    assert len(told) == 1
