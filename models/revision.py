"""Which revision of the tables and which rules these models are, told without loading Alembic."""

from hashlib import sha256
from pathlib import Path
from typing import Final

VERSIONS: Final = Path(__file__).parent / "migrations" / "versions"
HEAD: Final = max(file.name[:4] for file in VERSIONS.glob("[0-9]*.py"))
RULES: Final = Path(__file__).parent / "sql"


def rules() -> str:
    """Return what tells these functions and policies from another version's: a digest of their files."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(RULES.glob("*.sql"))]
    return sha256("\0".join(texts).encode()).hexdigest()[:12]
