"""The keys that arrange the panels, from every page but the wall."""

PANELS = {
    "queue": "F12",
    "map": "F3",
    "case": "Shift+F2",
    "float": "Shift+F3",
    "arrange": "Ctrl+F3",
    "restore": "Ctrl+Shift+R",
}


def with_key(words: str, command: str, between: str = "\t") -> str:
    """Return ``words`` and the key of ``command``, as a menu shows them."""
    return f"{words}{between}{PANELS[command]}"
