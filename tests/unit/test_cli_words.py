"""What the command line makes of words: addresses, filters, hidden characters, files of heads."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from console import language
from console.cli import hidden, words
from console.cli.commands import heads
from console.cli.usage import Formatter
from console.database import urls
from console.errors import BadInput

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    language.use("zh")
    yield
    language.use("zh")


@pytest.mark.parametrize(
    ("rest", "code", "named"),
    [
        ("127.0.0.1:abc/x", "address_port", "abc"),
        ("127.0.0.1:99999/x", "address_port", "99999"),
        ("127.0.0.1:0/x", "address_port", "0"),
        ("a,127.0.0.1:/x", "address_port", ""),
        ("h ost/x", "address_host", "h ost"),
        ("a,,b/x", "address_host", ""),
        ("%zz/x", "address_host", "%zz"),
        ("127.0.0.1/a/b", "address_name", "a/b"),
        ("127.0.0.1/x?colour=red", "address_option", "colour"),
        ("127.0.0.1/x?sslmode=sometimes", "address_value", "sometimes"),
        ("127.0.0.1/x?target_session_attrs=never", "address_value", "never"),
        ("127.0.0.1/x?sslmode=verify-full&sslrootcert=/nowhere/ca.crt", "address_file", "/nowhere/ca.crt"),
        (f"127.0.0.1/x?sslrootcert={ROOT}", "address_file", str(ROOT)),
        (f"127.0.0.1/x?sslrootcert={__file__}", "address_file", __file__),
        ("127.0.0.1/x?passfile=/nowhere/pass", "address_file", "/nowhere/pass"),
        ("127.0.0.1/x?password=geheim", "password_in_address", ""),
    ],
)
def test_what_is_wrong_in_a_servers_address_is_named(rest: str, code: str, named: str) -> None:
    with pytest.raises(BadInput) as caught:
        urls.check(f"postgresql://{rest}")
    assert caught.value.code == code
    assert named in caught.value.sentence
    assert "geheim" not in caught.value.sentence


@pytest.mark.parametrize(
    "rest", ["a/x", "a:5432,b:5433/x?target_session_attrs=read-write", "me@[::1]:5/网格"]
)
def test_what_can_be_meant_passes(rest: str) -> None:
    urls.check(f"postgresql://{rest}")


@pytest.mark.parametrize(
    ("table", "text", "key"),
    [
        ("queue.status", "handling", "handling"),
        ("queue.status", "处置中", "handling"),
        ("queue.status", "To ACCEPT", "reported"),
        ("queue.channel", "12345 热线", "hotline"),
        ("queue.channel", "来电", "phone"),
        ("queue.priority", "1", "1"),
        ("queue.priority", "特急", "1"),
        ("cli.grade", "已超期", "red"),
        ("cli.grade", "Near due", "yellow"),
        ("registry.figure", "residents", "residents"),  # density is "residents (of hectares)"
    ],
)
def test_a_filter_takes_keys_and_the_words_of_both_languages(table: str, text: str, key: str) -> None:
    assert words.key_of(table, text, "--x") == key


def test_an_unknown_word_is_answered_with_what_is_known() -> None:
    with pytest.raises(BadInput) as caught:
        words.key_of("queue.status", "办了", "--status")
    assert "reported（待受理）" in caught.value.sentence
    assert "--status 不能是“办了”" in caught.value.sentence


@pytest.mark.parametrize(
    ("text", "count"),
    [("占道", 0), ("占\u202e道\u200b", 2), ("一\n二\t三\r", 0), ("\x1b[31m\x07", 2), ("👩\u200d🚒", 0)],
)
def test_characters_that_nobody_sees_are_left_out_and_said(
    capsys: pytest.CaptureFixture[str], text: str, count: int
) -> None:
    hidden.tidy(text, "title")
    said = capsys.readouterr().err
    assert (f" {count} 个看不见的字符" in said) == bool(count)
    assert said.endswith("\n") == bool(count)


def test_what_is_no_file_of_heads_is_never_overwritten(tmp_path: Path) -> None:
    fresh = tmp_path / "heads.jsonl"
    assert not heads.holds_earlier(fresh)
    heads.write(fresh, [{"number": 1, "last_seq": 2, "head": "00", "entries": 2}])
    assert heads.holds_earlier(fresh)
    (tmp_path / "empty").touch()
    assert not heads.holds_earlier(tmp_path / "empty")
    (tmp_path / "notes.txt").write_text("要事\n")
    (tmp_path / "cut.jsonl").write_text(fresh.read_text() + "{")
    for name, line in (("notes.txt", "1"), ("cut.jsonl", "2"), ("", "—")):
        with pytest.raises(BadInput) as caught:
            heads.holds_earlier(tmp_path / name)
        assert (caught.value.code, caught.value.facts["line"]) == ("not_an_anchor", line)
    for place in (tmp_path / "none" / "heads", fresh / "heads"):
        with pytest.raises(BadInput) as caught:
            heads.holds_earlier(place)
        assert caught.value.code == "file_unwritable"


def test_help_breaks_between_words_and_never_within_one() -> None:
    lines = Formatter("x")._split_lines("只显示这一页：overview、people-houses；不写则沿用“上次”的安排", 30)
    assert lines == ["只显示这一页：overview、", "people-houses；不写则沿用“上", "次”的安排"]
    assert Formatter("x")._split_lines("a" * 40, 30) == ["a" * 40]


@pytest.mark.parametrize("tongue", language.LANGUAGES)
def test_help_names_every_kind_of_file_that_can_be_imported(tongue: str) -> None:
    language.use(tongue)
    told = set(re.findall(r"[a-z_]+", language.say("intake.help.kind")))
    assert set(resources.table("columns.toml")["kinds"]) - told == set()
