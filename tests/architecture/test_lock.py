"""The lock pins everything that the project asks for, by hash, for every Python that it supports."""

import re
import tomllib
from itertools import product as pairs

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.house import ROOT

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = ("linux", "win32")

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [Requirement(line) for line in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["develop"]]


def entries() -> list[str]:
    """Return each pinned package with its marker and its hashes, on one line."""
    bare = re.sub(r"^\s*#.*\n", "", LOCK, flags=re.MULTILINE)
    return bare.replace("\\\n", " ").strip().splitlines()


def pinned(python: str, platform: str) -> dict[str, str]:
    """Return the version of each package that is installed there."""
    where = {str(key): str(value) for key, value in default_environment().items()}
    where |= {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": platform}
    found: dict[str, str] = {}
    for entry in entries():
        requirement = Requirement(entry.split(" --hash")[0].strip())
        if requirement.marker is None or requirement.marker.evaluate(where):
            assert requirement.name not in found, (
                f"{requirement.name} is pinned twice for {python} {platform}"
            )
            found[canonicalize_name(requirement.name)] = str(requirement.specifier).removeprefix("==")
    return found


def test_every_file_has_its_hash() -> None:
    assert [entry for entry in entries() if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)] == []


def test_there_is_no_address() -> None:
    assert "://" not in LOCK
    assert [line for line in LOCK.splitlines() if line.startswith("-")] == []


@pytest.mark.parametrize(("python", "platform"), list(pairs(PYTHONS, PLATFORMS)))
def test_whatever_the_project_asks_for_is_pinned_within_its_bounds(python: str, platform: str) -> None:
    have = pinned(python, platform)
    for asked in ASKED:
        if asked.marker is None or asked.marker.evaluate({"python_version": python}):
            assert have[canonicalize_name(asked.name)] in asked.specifier, str(asked)


def test_the_old_python_keeps_the_qt_that_does_not_lose_references() -> None:
    have = pinned("3.11", "linux")
    assert Version(have["pyside6-essentials"]) < Version("6.12")
    assert have["shiboken6"] == have["pyside6-essentials"]
