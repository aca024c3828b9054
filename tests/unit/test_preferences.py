"""Preferences come from the declaration, and the user's file loses nothing when one is changed."""

import tomllib
from pathlib import Path

import pytest

from console.errors import BadInput, Refused
from console.language import knows
from console.preferences import Preference, declared, fixed, write
from console.settings import Settings

FILE = """# this seat's
theme = "light"   # the room is bright
seats = 3
county = "kept, though nobody knows it"
database = "embedded:/data#1"

[later]
theme = "not a setting"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "gridseat" / "settings.toml"
    path.parent.mkdir()
    path.write_text(FILE, encoding="utf-8")
    return path


def test_every_setting_can_be_asked_for_in_both_languages() -> None:
    assert [one.name for one in declared()] == list(Settings.model_fields)
    for one in declared():
        assert knows(one.title), one.name
        assert knows(f"settings.group.{one.group}"), one.name
        assert one.applies == "now" or knows(f"settings.applies.{one.applies}"), one.name
        assert all(knows(f"settings.choice.{one.name}-{choice}") for choice in one.choices), one.name


def test_a_change_keeps_comments_and_keys_of_others(file: Path) -> None:
    write(file, {"theme": "contrast", "lock_minutes": 5, "sound": False, "operator": '王"五'})
    text = file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o600, "a database's address may hold a password"
    assert 'theme = "contrast"   # the room is bright\n' in text
    assert text.startswith("# this seat's\n")
    assert tomllib.loads(text) == tomllib.loads(FILE) | {
        "theme": "contrast",
        "lock_minutes": 5,
        "sound": False,
        "operator": '王"五',
    }
    write(file, {"operator": None})
    assert "operator" not in tomllib.loads(file.read_text(encoding="utf-8"))
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_a_file_that_does_not_exist_yet_is_made(tmp_path: Path) -> None:
    write(tmp_path / "new" / "settings.toml", {"scale": 150})
    assert (tmp_path / "new" / "settings.toml").read_text(encoding="utf-8") == "scale = 150\n"


@pytest.mark.parametrize("text", ["theme = [\n", 'theme = """\nlight\n"""\n'])
def test_a_file_that_cannot_be_changed_safely_stays_as_it_is(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused):
        write(file, {"theme": "dark"})
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "told", "code"),
    [
        ("scale", "99", "setting_number"),
        ("scale", "much", "setting_number"),
        ("poll_seconds", "0", "setting_number"),
        ("poll_seconds", "nan", "setting_number"),
        ("prefix", " ", "setting_empty"),
        ("database", "mysql://x", "bad_database"),
        ("database", "postgresql://me:secret@host/x", "password_in_address"),
    ],
)
def test_what_a_setting_cannot_be_is_told(name: str, told: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        _named(name).read(told)
    assert refused.value.code == code


def test_values_are_read_as_people_write_them() -> None:
    assert _named("scale").read(" 150 ") == 150
    assert _named("operator").read("") is None
    assert _named("state").read("/data/state") == Path("/data/state")
    assert _named("sound").read(told=False) is False


def test_what_the_environment_or_the_command_line_decides_is_known(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDSEAT_SCALE", "200")
    settings = Settings(theme="light", database="embedded:/other", operator="li")
    assert fixed(settings, file) == {
        "scale": "environment",
        "database": "command_line",
        "operator": "command_line",
    }


def _named(name: str) -> Preference:
    return next(one for one in declared() if one.name == name)
