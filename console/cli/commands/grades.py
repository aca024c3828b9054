"""How near its deadline an incident is."""


def grade_of(due: float | None, warn: float | None, now: float) -> str:
    """Return green to 80 % of the limit, yellow to its end, then red; all in seconds since 1970."""
    if due is None:
        return "none"
    return "red" if due <= now else "yellow" if warn is not None and warn <= now else "green"
