"""``doctor`` must tell the truth on a machine that has everything, and on one that has nothing but Python."""

import argparse
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import resources
from console.cli.commands import doctor as command
from console.doctor import (
    Finding,
    State,
    admits,
    examine,
    healthy,
    missing_debian_packages,
    requirements,
    unloadable,
)
from console.language import knows

ROOT = Path(__file__).parents[2]
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
DEPENDENCIES: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
SUBJECTS = [*resources.table("machine.toml")["remedy"]]
COMMAND = "from console.cli.commands import doctor; sys.exit(doctor.run(argparse.Namespace({})))"
RUN = f"import argparse, sys; {COMMAND}"

versions = st.tuples(*[st.integers(0, 20)] * 3).map(lambda parts: ".".join(map(str, parts)))


def run(*options: str, **arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a Python of its own, with these options of the interpreter."""
    given_ = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
    program = [sys.executable, *options, "-c", RUN.format(given_)]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)


def test_after_setup_nothing_that_is_needed_is_missing(tmp_path: Path) -> None:
    findings = examine(tmp_path)
    assert [finding.sentence for finding in findings if finding.state is State.MISSING] == []
    assert healthy(findings)
    assert missing_debian_packages("needed") == []


def test_every_part_of_the_machine_is_looked_at(tmp_path: Path) -> None:
    seen = {finding.subject for finding in examine(tmp_path)}
    linux_only = {"library", "screen", "display"}
    assert seen | (linux_only if sys.platform != "linux" else set()) == set(SUBJECTS)


def test_both_versions_of_the_embedded_database_answer(tmp_path: Path) -> None:
    said = [f.sentence for f in examine(tmp_path) if f.subject == "embedded"]
    assert len(said) == 2
    assert "(PostgreSQL) 16." in said[0]
    assert "(PostgreSQL) 18." in said[1]


def test_without_any_package_it_still_runs_and_names_them_all() -> None:
    result = run("-S", json=True)  # no site-packages: a Python as Debian gives it
    report = json.loads(result.stdout)
    lost = [finding for finding in report["findings"] if finding["state"] == "missing"]
    assert result.returncode == 1
    assert not report["healthy"]
    assert {finding["subject"] for finding in lost} >= {"package", "embedded"}
    assert sum(finding["subject"] == "package" for finding in lost) == len(applying(HERE))
    assert all(finding["debian"] for finding in lost)


def test_a_person_reads_one_line_a_finding_and_the_command_below() -> None:
    result = run("-S")
    assert "[缺少] 软件包 numpy" in result.stdout
    assert "    Debian: make setup" in result.stdout
    assert "    Windows: py -3.12 -m venv .venv" in result.stdout


def test_only_a_missing_need_spoils_the_exit_code() -> None:
    assert healthy([Finding("display", State.ADVICE), Finding("font", State.OK, {"name": "x"})])
    assert not healthy([Finding("font", State.MISSING)])


def test_a_library_that_is_not_there_is_named_with_its_package() -> None:
    libraries = {"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9"}
    assert list(unloadable(libraries)) == (
        [("libnowhere.so.9", "libnowhere9")] if sys.platform == "linux" else []
    )


def test_a_server_checks_passwords_the_embedded_database_trusts(tmp_path: Path) -> None:
    assert [examine(folder)[-1].state for folder in (tmp_path, None)] == [State.ADVICE, State.OK]


@pytest.mark.parametrize(("database", "state"), [("embedded:/x", "advice"), ("postgresql://h/d", "ok")])
def test_the_database_that_is_named_is_the_one_that_is_judged(database: str, state: str) -> None:
    report = json.loads(run(json=True, database=database).stdout)
    assert [f["state"] for f in report["findings"] if f["subject"] == "trust"] == [state]


def test_the_disk_is_measured_where_the_folder_will_be(tmp_path: Path) -> None:
    disk = next(f for f in examine(tmp_path / "not" / "yet") if f.subject == "disk")
    assert disk.facts["folder"] == tmp_path / "not" / "yet"
    assert isinstance(disk.facts["free"], int)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_has_its_sentences(subject: str) -> None:
    assert knows(f"doctor.{subject}.ok")
    assert knows(f"doctor.{subject}.missing") or knows(f"doctor.{subject}.advice")


def test_the_command_is_known_and_takes_json_after_its_name() -> None:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    arguments = parser.parse_args(["doctor", "--json"])
    assert arguments.json
    assert arguments.run is command.run


@given(st.sampled_from([">=", "<", "=="]), versions, versions)
def test_bounds_are_read_as_packaging_reads_them(sign: str, bound: str, version: str) -> None:
    assert admits(sign + bound, version) is SpecifierSet(sign + bound).contains(version)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_requirements_are_read_as_packaging_reads_them(python: str) -> None:
    asked = [Requirement(line) for line in applying(python)]
    assert [(name, SpecifierSet(bounds)) for name, bounds in requirements(DEPENDENCIES, python)] == [
        (requirement.name, requirement.specifier) for requirement in asked
    ]


def applying(python: str) -> list[str]:
    """Return the project's dependencies whose markers hold for this Python."""
    pairs = [(line, Requirement(line).marker) for line in DEPENDENCIES]
    return [line for line, marker in pairs if marker is None or marker.evaluate({"python_version": python})]
