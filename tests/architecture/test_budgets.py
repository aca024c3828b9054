"""What keeps the house light: small files, short functions, every thing in a place with a name."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.architecture.house import files, name, product, tree

FILE_LINES = 300
FUNCTION_LINES = 40
MEDIAN_LINES = 10
CATCH_ALLS = {"utils", "util", "helpers", "helper", "common", "misc"}


def test_a_file_fits_in_the_head() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files(".py", ".sql")}
    assert [f"{name(path)} {lines}" for path, lines in lengths.items() if lines > FILE_LINES] == []


def test_a_function_fits_on_a_screen() -> None:
    # A migration is one text of SQL; its file has a budget, like every other.
    code = tuple(path for path in files(".py") if path.parent.name != "versions")
    assert [f"{where} {length}" for where, length in functions(code) if length > FUNCTION_LINES] == []


def test_the_usual_function_is_short() -> None:
    assert median(length for _, length in functions(tuple(product()))) < MEDIAN_LINES


def test_no_module_is_a_drawer_for_everything() -> None:
    assert [name(path) for path in files(".py") if {path.stem, path.parent.name} & CATCH_ALLS] == []


def functions(paths: tuple[Path, ...]) -> Iterator[tuple[str, int]]:
    """Yield "file:function" and its length in lines, signature and docstring included."""
    for path in paths:
        for node in statements(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield f"{name(path)}:{node.name}", node.end_lineno - node.lineno + 1


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements in ``node``, without what they are made of, which is most of a tree."""
    for part in ("body", "orelse", "handlers", "finalbody", "cases"):
        for one in getattr(node, part, []):
            if isinstance(one, ast.stmt):
                yield one
            yield from statements(one)
