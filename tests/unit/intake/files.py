"""Files as offices send them: how a test writes one, and what reading it came to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from console.errors import BadInput
from console.intake.readers import read_rows
from console.intake.rows import parse

ORGANISATIONS = "code,name,level,parent_code\n130123,正定县,county,\n130123201,南楼乡,township,130123\n"

Put = Callable[[str | bytes], Path]


def refusal(path: Path, kind: str | None = None) -> BadInput:
    with pytest.raises(BadInput) as caught:
        parse(read_rows(path), kind) if kind else read_rows(path)
    assert "{" not in caught.value.sentence
    return caught.value


def outcome(action: Callable[..., object], *given: object) -> str:
    """Return the code of the refusal, "" for none; anything else fails the test."""
    try:
        action(*given)
    except BadInput as problem:
        problem.sentence.encode()
        return problem.code
    return ""


def read_and_count(path: Path, kind: str) -> None:
    parsed = parse(read_rows(path), kind)
    assert len(parsed.rows) + parsed.repeated + len(parsed.errors) == parsed.read
    assert all(fault.reason.encode() for fault in parsed.errors)
