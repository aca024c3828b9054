"""What this machine lacks, and how to get it.

Needs nothing but Python itself, for it must run where everything else is missing; so it reads the
packages' metadata and tries the system's libraries, and imports neither Qt nor the database.
"""

import ctypes
import glob
import importlib.metadata
import importlib.util
import locale
import os
import platform
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import resources
from console import sound
from console.database import binaries
from console.errors import OutOfReach, Problem
from console.language import say

MEBIBYTE = 1 << 20
PATIENCE = 20.0  # seconds for a program to say its version

_REQUIREMENT = re.compile(
    r"([\w.-]+)(?:\[[^]]*])?([^;]*)(?:;\s*python_version\s*(<|>=)\s*['\"]([\d.]+)['\"])?"
)
_BOUND = re.compile(r"(>=|==|<)\s*([\d.]+)")


class State(StrEnum):
    """What a finding means: fine, needed and not here, or better otherwise."""

    OK = "ok"
    MISSING = "missing"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``subject`` names its sentence and its remedy."""

    subject: str
    state: State
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Return what was found, in the spoken language."""
        return say(f"doctor.{self.subject}.{self.state}", **self.facts)

    @property
    def remedy(self) -> dict[str, str]:
        """Return the command that helps, by system ("debian", "windows"); empty where all is well."""
        if self.state is State.OK:
            return {}
        commands = _needs()["remedy"][self.subject]
        return {system: command.format(**self.facts) for system, command in commands.items() if command}

    def as_json(self) -> dict[str, object]:
        """Return the finding as a script reads it."""
        return {"subject": self.subject, "state": self.state, "sentence": self.sentence, **self.remedy}


def examine(folder: Path | None) -> list[Finding]:
    """Return every finding; ``folder`` is the embedded database's, None where a server has the data."""
    found = [finding for check in _CHECKS for finding in check()]
    return [*found, *_base_map(), _disk(folder or Path.home()), _trust(embedded=folder is not None)]


def healthy(findings: list[Finding]) -> bool:
    """Tell whether nothing that is needed is missing."""
    return all(finding.state is not State.MISSING for finding in findings)


def missing_debian_packages(kind: str) -> list[str]:
    """Return the Debian packages whose libraries of ``kind`` ("needed", "display") cannot be loaded."""
    return sorted({package for _, package in unloadable(_needs()["libraries"][kind])})


def unloadable(libraries: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield those of ``libraries`` (file name → Debian package) that Linux cannot load here."""
    if platform.system() != "Linux":
        return
    for name, package in libraries.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            yield name, package


def _needs() -> dict[str, Any]:
    return resources.table("machine.toml")


def _project() -> dict[str, Any]:
    """Return what the project asks for, from its own file or, once installed, from its metadata."""
    file = resources.path("../pyproject.toml")
    if file.exists():
        project: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))["project"]
        return project
    data = importlib.metadata.metadata("gridseat")
    lines = [line for line in data.get_all("Requires-Dist") or [] if "extra ==" not in line]
    return {"requires-python": data["Requires-Python"], "dependencies": lines}


def _release(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in re.findall(r"\d+", version)[:4]]
    return tuple(parts + [0] * (4 - len(parts)))


def admits(bounds: str, version: str) -> bool:
    """Tell whether ``version`` lies within ``bounds`` such as ">=6.8,<6.12" (>=, <, == are understood)."""
    compare: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
        ">=": lambda a, b: a >= b,
        "<": lambda a, b: a < b,
        "==": lambda a, b: a == b,
    }
    return all(compare[sign](_release(version), _release(bound)) for sign, bound in _BOUND.findall(bounds))


def requirements(lines: list[str], python: str) -> Iterator[tuple[str, str]]:
    """Yield name and bounds of each requirement that applies to this version of Python."""
    for line in lines:
        if not (match := _REQUIREMENT.fullmatch(line)):
            raise ValueError(line)
        name, bounds, sign, since = match.groups()
        if not sign or admits(sign + since, python):
            yield name, bounds.strip()


def _python() -> Iterator[Finding]:
    found, wanted = platform.python_version(), str(_project()["requires-python"])
    state = State.OK if admits(wanted, found) else State.MISSING
    yield Finding("python", state, {"found": found, "wanted": wanted})


def _packages() -> Iterator[Finding]:
    # The minor version alone decides markers: "3.12" is not below "3.12".
    python = ".".join(platform.python_version_tuple()[:2])
    for name, bounds in requirements(_project()["dependencies"], python):
        found = _installed(name)
        state = State.OK if found and admits(bounds, found) else State.MISSING
        facts = {"name": name, "wanted": bounds, "found": found or say("doctor.found.nothing")}
        yield Finding("package", state, facts)


def _installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _libraries() -> Iterator[Finding]:
    if platform.system() == "Linux":
        yield from _loaded("library", "needed", State.MISSING)
        yield from _loaded("screen", "display", State.ADVICE)


def _loaded(subject: str, kind: str, otherwise: State) -> Iterator[Finding]:
    libraries = _needs()["libraries"][kind]
    absent = list(unloadable(libraries))
    for name, package in absent:
        yield Finding(subject, otherwise, {"name": name, "package": package})
    if not absent:
        yield Finding(subject, State.OK, {"count": len(libraries)})


def _font() -> Iterator[Finding]:
    wanted = _needs()["font"]
    spec = importlib.util.find_spec(wanted["wheel"])
    folder = Path(spec.origin).parent if spec and spec.origin else None
    faces = [*(folder.glob("*.tt*") if folder else ()), *_glob(wanted["system"])]
    yield Finding("font", State.OK, {"name": faces[0].name}) if faces else Finding("font", State.MISSING)


def _embedded() -> Iterator[Finding]:
    for version in binaries.FOLDERS:
        try:
            found = _version(binaries.find(version).tool("postgres"))
        except OutOfReach:
            found = None
        state = State.OK if found else State.MISSING
        yield Finding("embedded", state, {"version": version, "found": found})


def _system() -> Iterator[Finding]:
    on_path = shutil.which("postgres")
    servers = [*_glob(_needs()["postgresql"]["system"]), *([Path(on_path)] if on_path else [])]
    found = [version for version in map(_version, servers) if version]
    yield Finding("system", State.OK, {"found": found[0]}) if found else Finding("system", State.ADVICE)


def _keyring() -> Iterator[Finding]:
    if importlib.util.find_spec("keyring"):
        import keyring  # noqa: PLC0415  may be missing, and asks the session's bus when it is imported

        keeper = keyring.get_keyring()
        state = State.OK if keeper.priority >= 1 else State.ADVICE
        yield Finding("keyring", state, {"name": keeper.name})


def _display() -> Iterator[Finding]:
    if platform.system() != "Linux":
        return
    name = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    yield Finding("display", State.OK if name else State.ADVICE, {"name": name})


def _sound() -> Iterator[Finding]:
    name = sound.means()
    yield Finding("sound", State.OK if name else State.ADVICE, {"name": name})


def _locale() -> Iterator[Finding]:
    name = locale.getpreferredencoding(do_setlocale=False)
    state = State.OK if name.upper().replace("-", "") == "UTF8" else State.ADVICE
    yield Finding("locale", state, {"name": name})


def _disk(folder: Path) -> Finding:
    wanted = _needs()["disk"]
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(there).free // MEBIBYTE
    facts: dict[str, object] = {"folder": folder, "free": free}
    if free < wanted["needed_mib"]:
        return Finding("disk", State.MISSING, facts | {"wanted": wanted["needed_mib"]})
    if free < wanted["wanted_mib"]:
        return Finding("disk", State.ADVICE, facts | {"wanted": wanted["wanted_mib"]})
    return Finding("disk", State.OK, facts)


def _base_map() -> Iterator[Finding]:
    if not all(map(importlib.util.find_spec, ("pydantic_settings", "platformdirs", "numpy"))):
        return  # the packages' own findings say so
    from console.geography.tiles import chosen  # noqa: PLC0415  needs what may be missing
    from console.settings import Settings  # noqa: PLC0415

    settings = Settings()
    try:
        chosen.prove(settings)
    except Problem as problem:
        yield Finding("base_map", State.ADVICE, {"reason": problem.sentence})
    else:
        name = chosen.name(settings) if settings.base_map else say("doctor.found.no_base_map")
        yield Finding("base_map", State.OK, {"name": name})


def _trust(*, embedded: bool) -> Finding:
    return Finding("trust", State.ADVICE if embedded else State.OK)


def _glob(patterns: list[str]) -> list[Path]:
    return [Path(path) for pattern in patterns for path in sorted(glob.glob(pattern))]  # noqa: PTH207  absolute


def _version(server: Path) -> str | None:
    """Return what this PostgreSQL says of itself; None where it does not run."""
    try:
        said = subprocess.run(  # noqa: S603  a fixed name in a folder of ours or the system's
            [server, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return said.stdout.strip()


_CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _packages,
    _libraries,
    _font,
    _embedded,
    _system,
    _keyring,
    _display,
    _sound,
    _locale,
)
