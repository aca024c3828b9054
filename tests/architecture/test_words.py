"""The repository speaks of the product: no addresses of registries, no paths of somebody's machine."""

import re

from tests.architecture.house import TEXT, files, name

# Written so that none of them matches itself.
FORBIDDEN = re.compile(
    r"py[p]i[.]org|pythonhoste[d][.]org|npm[j]s[.]|debia[n][.]org|index[-]url\s*[=:]|find[-]links\s*[=:]"
    r"|(?<![\w./-])/(?:work|root|home)/\w|[T]ODO|[F]IXME|[X]XX|<<<<<[<]<",
)


def test_no_forbidden_word() -> None:
    found = {name(path): FORBIDDEN.search(path.read_text(encoding="utf-8")) for path in files(*TEXT)}
    assert {where: match.group() for where, match in found.items() if match} == {}
