"""Every sentence exists in both languages, with the same facts, and is there when code asks for it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import resources
from console.language import COUNTS, LANGUAGES, keys, knows
from tests.architecture.house import files, name, product, tree

TABLES = sorted(resources.path("text").glob("*.toml"))
FULL_WIDTH = "“”‘’"
ERRORS = {"Refused", "BadInput", "OutOfReach", "Problem"}


@cache
def sentences() -> list[tuple[str, dict[str, str]]]:
    """Return each key and its pair of sentences."""
    return [found for table in TABLES for found in _below(table.stem, resources.table(f"text/{table.name}"))]


def _below(prefix: str, node: dict[str, object]) -> Iterator[tuple[str, dict[str, str]]]:
    for key, value in node.items():
        assert isinstance(value, dict), f"{prefix}.{key} is neither a table nor a pair of sentences"
        if set(value) & set(LANGUAGES):
            yield f"{prefix}.{key}", value
        else:
            yield from _below(f"{prefix}.{key}", value)


def test_both_languages_say_the_same_facts() -> None:
    assert [key for key, pair in sentences() if set(pair) != set(LANGUAGES)] == []
    assert [key for key, pair in sentences() if not all(text.strip() for text in pair.values())] == []
    wide = [key for key, pair in sentences() if set(FULL_WIDTH) & set(pair["en"])]
    assert wide == [], "a Chinese typeface draws these quotes wide"
    odd = [key for key, pair in sentences() if set("「」『』") & set(pair["zh"])]
    assert odd == [], "Chinese here quotes with “ ”"
    facts = {key: [placeholders(pair[language]) for language in LANGUAGES] for key, pair in sentences()}
    assert [(key, both) for key, both in facts.items() if both[0] != both[1]] == []


def placeholders(text: str) -> set[str]:
    """Return the names of the facts that a sentence fills in."""
    return {field.split(":")[0] for _, field, _, _ in Formatter().parse(text) if field}


def test_what_says_how_many_is_known_as_a_count() -> None:
    """So that its digits are grouped: a number before a measure word, which is no ordinal."""
    counting = re.compile(r"(?<!第 )\{(\w+)\} ?[件份名人字米次]")
    unknown = [(key, name) for key, pair in sentences() for name in counting.findall(pair["zh"])]
    assert [(key, name) for key, name in unknown if name not in COUNTS] == []


def test_the_language_knows_every_table() -> None:
    assert {key for key, _ in sentences()} == set(keys())


def test_code_asks_only_for_sentences_that_exist() -> None:
    assert sorted(f"{where}: {key}" for where, key in asked() if not knows(key)) == []


def test_every_error_of_the_code_has_its_sentence() -> None:
    codes = {(where, code) for where, code in [*raised(), *refused()]}
    assert sorted(f"{where}: {code}" for where, code in codes if not knows(f"errors.{code}")) == []


def asked() -> Iterator[tuple[str, str]]:
    """Yield file and key of each ``say("…")`` in the product."""
    yield from _first_words({"say"})


def raised() -> Iterator[tuple[str, str]]:
    """Yield file and code of each error that Python raises."""
    yield from _first_words(ERRORS)


def refused() -> Iterator[tuple[str, str]]:
    """Yield file and code of each refusal of the database's own rules."""
    for path in files(".sql"):
        for code in re.findall(r"\b(?:refuse|reject_input)\('(\w+)'", path.read_text(encoding="utf-8")):
            yield name(path), code


def _first_words(callees: set[str]) -> Iterator[tuple[str, str]]:
    for path in product():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and _called(node) in callees:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield name(path), first.value


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def test_no_sentence_is_left_that_nothing_says() -> None:
    said, shaped = spoken()
    shapes = re.compile("|".join(shaped))
    left = [key for key in keys() if not any(one in said or shapes.fullmatch(one) for one in heads(key))]
    assert left == []


def heads(key: str) -> Iterator[str]:
    """Yield ``key``, its beginnings as code may name them, and an error's bare code."""
    yield key
    parts = key.split(".")
    for end in range(2, len(parts)):
        head = ".".join(parts[:end])
        yield from (head, f"{head}.")
    if parts[0] == "errors":
        yield parts[-1]


def spoken() -> tuple[set[str], set[str]]:
    """Return every text of code and tables, and the shapes of those that are put together."""
    said = {code for _, code in refused()}
    shaped: set[str] = set()
    for path in product():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value)
            elif isinstance(node, ast.JoinedStr) and _begins(node):
                shaped.add("".join(_shape(part) for part in node.values))
    return said | {text for table in resources.path("").glob("*.toml") for text in _quoted(table)}, shaped


def _begins(node: ast.JoinedStr) -> bool:
    first = node.values[0]
    return isinstance(first, ast.Constant) and re.match(r"[a-z]+\.", str(first.value)) is not None


def _shape(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"


def _quoted(table: Path) -> list[str]:
    return re.findall(r'"([a-z_.-]+)"', table.read_text(encoding="utf-8"))
