"""Which revision of the tables these models are, told without loading Alembic."""

from pathlib import Path
from typing import Final

VERSIONS: Final = Path(__file__).parent / "migrations" / "versions"
HEAD: Final = max(file.name[:4] for file in VERSIONS.glob("[0-9]*.py"))
