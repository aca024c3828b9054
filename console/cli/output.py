"""Where words go: documents to stdout, sentences about errors to stderr, never a traceback."""

import io
import json
import os
import sys
from typing import Any

from console.cli.answer import Answer
from console.cli.table import plain
from console.errors import Problem
from console.language import say


def calm() -> None:
    """Let no letter that a terminal cannot show end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def give(answer: Answer, *, as_json: bool) -> None:
    """Print the answer of a command."""
    if as_json:
        print(_json(answer.document))
    else:
        print(plain(answer.document) if answer.human is None else answer.human)
    sys.stdout.flush()


def tell(problem: Problem, *, as_json: bool) -> None:
    """Say what went wrong: a document on stdout where scripts listen, a sentence on stderr."""
    if as_json:
        facts = {name: fact for name, fact in problem.facts.items() if name not in {"code", "message"}}
        print(_json({"error": {"code": problem.code, "message": _sentence(problem), **facts}}))
        sys.stdout.flush()
    print(_sentence(problem), file=sys.stderr)


def _sentence(problem: Problem) -> str:
    """Return what the problem says, with the flag by which it is mended."""
    flag = problem.facts.get("flag")
    named = str(flag or "").startswith("--")
    return problem.sentence if not named else say("cli.flag", sentence=problem.sentence, flag=flag)


def hush() -> None:
    """Nobody reads any more: say nothing more, at the end of the program neither."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a file, as in a test
        sys.stdout = io.StringIO()


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, default=str)
