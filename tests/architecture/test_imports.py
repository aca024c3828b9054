"""Imports run downwards only: the contracts in pyproject.toml, and the console without Qt in earnest."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT


def test_the_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("package", ["models", "console"])
def test_everything_below_the_screen_imports_without_qt(package: str) -> None:
    program = f"""
import importlib, pkgutil, sys
import {package}
for module in pkgutil.walk_packages({package}.__path__, "{package}."):
    if module.name != "models.migrations.env":  # a script of Alembic's, which runs it
        importlib.import_module(module.name)
sys.exit(" ".join(name for name in ("PySide6", "pyqtgraph", "qasync") if name in sys.modules) or 0)
"""
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
