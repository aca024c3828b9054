"""The repository speaks of the product: no addresses of registries, no paths of somebody's machine."""

import re
from pathlib import Path

import pytest

from tests.architecture.house import TEXT, files, name

# Written so that none of them matches itself.
FORBIDDEN = re.compile(
    r"py[p]i[.]org|pythonhoste[d][.]org|npm[j]s[.]|debia[n][.]org|index[-]url\s*[=:]|find[-]links\s*[=:]"
    r"|(?<![\w./-])/(?:work|root|home)/\w|[T]ODO|[F]IXME|[X]XX|<<<<<[<]<",
)


@pytest.mark.parametrize("path", files(*TEXT), ids=name)
def test_no_forbidden_word(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [match.group() for match in FORBIDDEN.finditer(text)] == []
