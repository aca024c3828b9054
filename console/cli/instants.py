"""Instants on their way out: ISO 8601 at +08:00, wherever a document names one."""

from datetime import UTC, datetime
from typing import Any, Final

from console.spoken import CHINA, INSTANT

KEYS: Final = frozenset(
    [
        "due",
        "handling_due",
        "promised_due",
        "received",
        "occurred",
        "recorded",
        "changed",
        "resume_at",
        "closed",
        "acknowledged",
        "claim_at",
        "claim_until",
        "since",
        "arrived",
        "asked",
        "decided",
        "at",
        "started",
        "stopped",
        "warn_at",
        "from",
        "to",
        "until",
        "now",
        "raised_at",
        "before",
        "before_ends",
        "edges",
        "urged",
        "signed_at",
        "withdrawn_at",
        "read_at",
        "told",
        "shown_until",
        "drawn",
        "ended",
        "issued_at",
        "came",
        "went",
    ]
)


def in_china(value: Any, key: str = "") -> Any:  # noqa: ANN401  any JSON value
    """Return ``value`` with the instants under KEYS, also deep inside, written at +08:00."""
    if isinstance(value, dict):
        return {name: in_china(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [in_china(one, key) for one in value]
    if isinstance(value, datetime):
        return value.astimezone(CHINA).isoformat()
    if key in KEYS and isinstance(value, str) and INSTANT.fullmatch(value):
        return datetime.fromisoformat(value).astimezone(CHINA).isoformat()
    return value


def from_epoch(seconds: float | None) -> str | None:
    """Return an instant given in seconds since 1970 at +08:00."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).astimezone(CHINA).isoformat()
