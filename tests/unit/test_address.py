"""Where the database is, and what names it on this machine."""

from pathlib import Path

import pytest

from console.database.address import parse
from console.errors import BadInput


def test_one_database_has_one_mark_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse("embedded:here").mark == parse(f"embedded:{tmp_path}/x/../here").mark
    one = parse("postgresql://a.example,b.example/gridseat?target_session_attrs=read-write").mark
    assert one == parse("postgres://wang@B.example,a.example/gridseat").mark


def test_two_databases_have_two() -> None:
    texts = (
        "embedded:/a",
        "embedded:/b",
        "postgresql://a/gridseat",
        "postgresql://a/training",
        "postgresql://a:5433/gridseat",
    )
    assert len({parse(text).mark for text in texts}) == len(texts)


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(BadInput):
        parse("mysql://a/b")
