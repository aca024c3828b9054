"""`demo` without a window: from an empty folder to a county that lives, and back again."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.database_fixtures import quick_folder

HOUSE = Path(__file__).parents[2]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    home = quick_folder() or tmp_path
    yield f"embedded:{home / 'demo'}"
    shutil.rmtree(home, ignore_errors=True)


def run(database: str, *words: str) -> dict[str, Any]:
    """Run the command line in a process of its own and return its document."""
    told = subprocess.run(
        [sys.executable, "main.py", "--database", database, "--json", *words],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return dict(json.loads(told.stdout))


@pytest.mark.parametrize("pace", ["2x", "0", "-1", "nan", "1e9"])
def test_an_odd_pace_is_refused_before_anything_is_made(pace: str, tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "main.py", "--database", f"embedded:{tmp_path / 'demo'}", "demo", f"--pace={pace}"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (told.returncode, told.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert pace in told.stderr


def test_the_county_lives_and_its_guided_case_waits_for_the_visitor(database: str) -> None:
    first = run(database, "demo", "--headless", "4", "--pace", "5")
    assert {"reported", "accepted", "dispatched", "handling", "handled", "verified"} <= set(first["open"])
    story = run(database, "incident", "timeline", str(first["guided"]))
    assert [entry["action"] for entry in story["timeline"]] == ["report"]
    assert run(database, "verify")["broken"] == []
    again = run(database, "demo", "--headless", "1")
    assert again["guided"] == first["guided"], "what is there goes on"
