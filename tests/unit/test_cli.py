"""The command line without a database: words, tables, passwords, what it loads, how it fails."""

import ast
import base64
import hashlib
import hmac
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import main
from console import language
from console.cli import crash, passwords, table
from console.cli.instants import in_china
from console.errors import BadInput, Refused
from console.language import keys
from console.spoken import spoken, width
from tests.architecture.house import files, parsed, product
from tests.architecture.test_texts import placeholders

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings and logs of this machine's user out of the tests, and speak Chinese."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("GRIDSEAT_STATE", str(tmp_path / "state"))
    language.use("zh")


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any], str]:
    """Run a command with ``--json``; return exit code, document and what stderr says."""
    code = main.main(["--json", *words])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_the_start_loads_neither_the_screen_nor_numpy() -> None:
    program = (
        "import sys, main; main.main(['--version']); main.main(['incident', '--help']);"
        "print(sorted({'PySide6', 'numpy', 'sqlalchemy', 'ui'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a screen")
@pytest.mark.parametrize("words", [("console",), ("wall",), ("demo",)])
def test_without_a_display_windows_say_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    for name in main.SCREENS:
        monkeypatch.delenv(name, raising=False)
    code, document, said = ask(capsys, *words)
    assert (code, document["error"]["code"]) == (1, "screen_missing")
    assert "没有显示器" in said


def test_the_version_is_said_in_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "--version")[1]["name"] == "gridseat"
    assert main.main(["--version"]) == 0
    assert re.fullmatch(r"gridseat \d+(\.\d+)+\n", capsys.readouterr().out)


@pytest.mark.parametrize("words", [("--help",), ("incident", "-h"), ("incident", "dispatch", "--help")])
@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_help_speaks_the_language(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], tongue: str
) -> None:
    assert main.main(["--language", tongue, *words]) == 0
    assert ("用法" in capsys.readouterr().out) == (tongue == "zh")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "缺少 COMMAND"),
        (("fly",), "COMMAND 不能是“fly”"),
        (("incident", "accept", "1", "--nothing"), "不认识 --nothing"),
        (("deadline", "--start"), "--start 后面缺少内容"),
        (("demo", "--headless", "soon"), "--headless 应为数字"),
        (
            ("deadline", "--start", "x", "--amount", "4h", "--clock", "lunar"),
            "--clock 不能是“lunar”；可用：continuous、working",
        ),
        (("operator", "add", "甲", "--position", "x", "--password-stdin", "--password-prompt"), "不能与"),
    ],
)
def test_wrong_words_are_explained(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    code, document, err = ask(capsys, *words)
    assert (code, document["error"]["code"]) == (2, "usage")
    assert sentence in err
    assert err.strip() == document["error"]["message"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--as", "", "incident", "list"), "operator_empty"),
        (("--as", "  ", "incident", "list"), "operator_empty"),
        (("incident", "note", "1", "--version", "x"), "bad_version"),
        (("incident", "note", "x"), "bad_number"),
        (("incident", "list", "--limit", "-1"), "bad_count"),
        (("board", "incidents", "--days", str(2**63)), "bad_days"),
        (("incident", "list", "--status", "done"), "choice_unknown"),
        (("incident", "list", "--grade", "blue"), "choice_unknown"),
        (("incident", "list", "--priority", "9"), "choice_unknown"),
        (("incident", "list", "--channel", "鸽子"), "choice_unknown"),
    ],
)
def test_an_empty_name_and_a_wrong_number_are_bad_input(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    exit_code, document, _ = ask(capsys, *words)
    assert (exit_code, document["error"]["code"]) == (2, code)


def test_an_abbreviation_is_not_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "incident", "list", "--stat", "open")[0] == 2


@pytest.mark.parametrize("name", ["GRIDSEAT_THEME", "GRIDSEAT_POLL_SECONDS", "GRIDSEAT_LANGUAGE"])
def test_a_wrong_setting_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "nonsense")
    code, document, _ = ask(capsys, "incident", "list")
    assert (code, document["error"]["code"]) == (2, "bad_setting")
    assert document["error"]["setting"] == name.removeprefix("GRIDSEAT_").lower()


@pytest.mark.parametrize(
    "url", ["", "nothing", "embedded:", "postgresql://[::1", "embedded:a\0b", "http://x/y", "embedded:\ud800"]
)
def test_no_database_at_all_is_bad_input(capsys: pytest.CaptureFixture[str], url: str) -> None:
    code, document, _ = ask(capsys, "--database", url, "incident", "list")
    assert (code, document["error"]["code"]) == (2, "bad_database")


def test_what_nobody_foresaw_is_logged_and_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_arguments: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(main, "_open_window", fail)
    code, document, err = ask(capsys, "console")
    assert (code, document["error"]["code"]) == (crash.EXIT_CODE, "internal")
    log = Path(document["error"]["log"])
    assert log == tmp_path / "state" / crash.NAME
    assert "ZeroDivisionError" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0
    assert "Traceback" not in err


def test_an_interrupt_ends_in_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "_open_window", interrupt)
    assert main.main(["console"]) == 130


def test_columns_stay_straight_where_letters_are_wide() -> None:
    shown = table.table(["编号", "title"], [[1, "占道经营"], [1002, "a\nb\x1b[31m"], [3, "長" * 100]])
    lines = shown.splitlines()
    assert [line.index(word) for line, word in zip(lines[1:3], ("占", "a"), strict=True)] == [6, 6]
    assert width(lines[0].split("title")[0]) == 6
    assert lines[3].endswith("長" * 100), "the last column, a story's words, is told whole"
    assert "… " in table.table(["title", "no"], [["長" * 100, 3]])
    assert "\x1b" not in shown


@given(st.text(max_size=80), st.integers(4, 40))
def test_a_cut_text_fits(text: str, most: int) -> None:
    assert width(table.cut(text, most)) <= max(most, 0) or width(text) <= most


def test_instants_leave_in_chinese_time_and_other_texts_as_they_are() -> None:
    document = {"due": "2026-11-20T02:15:00+00:00", "title": "2026-11-20T02:15:00+00:00", "at": None}
    shown = in_china({"list": [document]})["list"][0]
    assert shown == document | {"due": "2026-11-20T10:15:00+08:00"}


def test_the_verifier_proves_the_password_of_the_standards_example() -> None:
    """RFC 7677, section 3: user, password "pencil", its salt, nonces and the server's signature."""
    salt = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
    found = passwords.verifier("pencil", salt)
    head, _, proof = found.partition("$4096:")
    stored_key, server_key = (base64.b64decode(key) for key in proof.split("$")[1].split(":"))
    said = (
        b"n=user,r=rOprNGfwEbeRWgbNEkqO,"
        b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
        b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    )
    signature = base64.b64encode(hmac.digest(server_key, said, "sha256")).decode()
    assert (head, signature) == ("SCRAM-SHA-256", "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
    proof_of_client = base64.b64decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
    signed = hmac.digest(stored_key, said, "sha256")
    client_key = bytes(a ^ b for a, b in zip(proof_of_client, signed, strict=True))
    assert hashlib.sha256(client_key).digest() == stored_key


@pytest.mark.parametrize(
    ("typed", "prepared"),
    [
        ("I\u00adX", "IX"),
        ("user", "user"),
        ("\u00aa", "a"),
        ("\u2168", "IX"),
        ("\u0007", "\u0007"),
        ("口令　一", "口令 一"),
    ],
)
def test_passwords_are_prepared_as_the_server_does(typed: str, prepared: str) -> None:
    assert passwords.saslprep(typed) == prepared


@given(st.text(min_size=1, max_size=40))
def test_any_password_has_a_verifier_of_its_own_salt(text: str) -> None:
    if "\ud800" <= max(text) <= "\udfff":
        return
    assert unicodedata.normalize("NFKC", passwords.saslprep(text)) or passwords.saslprep(text) == text


def test_a_sentence_names_things_as_people_do() -> None:
    facts = {"action": "dispatch", "status": "handling", "at": "2026-11-20T02:15:00+00:00", "unit": None}
    assert spoken(facts) == {"action": "派遣", "status": "处置中", "at": "2026-11-20 10:15", "unit": "—"}
    assert "派遣" in Refused("reason_needed", action="dispatch").sentence
    many = [{"code": str(n), "name": "村"} for n in range(500)]
    assert len(spoken({"candidates": many})["candidates"]) < 10_000
    assert "\x1b" not in BadInput("bad_number", number="\x1b[31m").sentence


def test_every_error_gives_the_facts_that_its_sentence_names() -> None:
    lacking = [
        f"{where}: {code} lacks {sorted(missing)}"
        for where, code, facts in [*raised(), *refused()]
        if (missing := wanted(code) - facts)
    ]
    assert sorted(lacking) == []


def wanted(code: str) -> set[str]:
    """Return the facts that the sentences of ``code`` fill in."""
    key = f"errors.{code}"
    return placeholders(language._sentences()[key]["zh"]) if key in set(keys()) else set()


ERRORS = {"Refused", "BadInput", "OutOfReach", "Internal"}
ELSEWHERE = {  # facts that another function gathers, or that a caller adds
    "claimed": {"number", "by", "since", "until"},
    "outcome_unknown": {"reason"},
}


def refused() -> list[tuple[str, str, set[str]]]:
    """Return file, code and quoted words of each refusal of the database's rules."""
    found = []
    for path in files(".sql"):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"\b(?:refuse|reject_input)\('(\w+)'", text):
            statement = text[match.start() : text.index(";", match.start())]
            words = set(re.findall(r"[\"'](\w+)[\"']", statement)) | ELSEWHERE.get(match[1], set())
            found.append((path.name, match[1], words))
    return found


def raised() -> list[tuple[str, str, set[str]]]:
    """Return file, code and named facts of each error that Python raises with all its facts in sight."""
    found = []
    for path in product():
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in ERRORS or not node.args:
                continue
            named = [keyword.arg for keyword in node.keywords]
            code = node.args[0]
            if isinstance(code, ast.Constant) and None not in named:
                found.append((path.name, str(code.value), {name for name in named if name}))
    return found
