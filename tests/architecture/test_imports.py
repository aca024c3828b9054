"""Imports run downwards only: the contracts in pyproject.toml, and the console without Qt in earnest."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import ROOT, name, product, tree

ENTRANCE = ROOT / "main.py"
DOORS = ("console.cli.", "ui.main.", "console.language.", "console.errors.")


def test_the_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_package_stands_outside_the_contracts() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(settings["root_packages"])


def test_nothing_imports_the_entrance_and_it_opens_two_doors_only() -> None:
    assert [name(path) for path in product() if "main" in imported(path)] == []
    ours = {module for module in imported(ENTRANCE) if (ROOT / module.split(".")[0]).is_dir()}
    assert [module for module in ours if not f"{module}.".startswith(DOORS)] == []


def test_everything_below_the_screen_imports_without_qt() -> None:
    program = """
import importlib, itertools, pkgutil, sys
import console, models
below = (pkgutil.walk_packages(one.__path__, f"{one.__name__}.") for one in (models, console))
for module in itertools.chain(*below):
    if module.name != "models.migrations.env":  # a script of Alembic's, which runs it
        importlib.import_module(module.name)
sys.exit(" ".join(name for name in ("PySide6", "pyqtgraph", "qasync") if name in sys.modules) or 0)
"""
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_lists_open_without_what_reads_files() -> None:
    program = """
import sys
import ui.operations.dialog, ui.registry.dialog
heavy = ("openpyxl", "pyproj", "shapefile", "console.clerk")
sys.exit(" ".join(name for name in heavy if name in sys.modules) or 0)
"""
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def imported(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            package = (ROOT / node.module / "__init__.py").exists()
            yield from (f"{node.module}.{alias.name}" for alias in node.names) if package else (node.module,)
