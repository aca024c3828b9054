"""`demo` without a window: from an empty folder to a county that lives, and back again."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.database_fixtures import quick_folder
from tests.journeys.command_line import run


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    home = quick_folder() or tmp_path
    yield f"embedded:{home / 'demo'}"
    shutil.rmtree(home, ignore_errors=True)


def told(database: str, *words: str) -> dict[str, Any]:
    """Run the command line and return its document."""
    done = run("--database", database, "--json", *words)
    assert done.code == 0, done.err
    return dict(done.document)


@pytest.mark.parametrize("pace", ["2x", "0", "-1", "nan", "1e9"])
def test_an_odd_pace_is_refused_before_anything_is_made(pace: str, tmp_path: Path) -> None:
    done = run("--database", f"embedded:{tmp_path / 'demo'}", "demo", f"--pace={pace}")
    assert (done.code, done.out, list(tmp_path.iterdir())) == (2, "", [])
    assert pace in done.err


def test_the_county_lives_and_its_guided_case_waits_for_the_visitor(database: str) -> None:
    first = told(database, "demo", "--headless", "4", "--pace", "5")
    assert {"reported", "accepted", "dispatched", "handling", "handled", "verified"} <= set(first["open"])
    story = told(database, "incident", "timeline", str(first["guided"]))
    assert [entry["action"] for entry in story["timeline"]] == ["report"]
    assert told(database, "verify")["broken"] == []
    again = told(database, "demo", "--headless", "1")
    assert again["guided"] == first["guided"], "what is there goes on"
