"""Shifts are looked up by when they begin: who on the roster is due by now."""

from models.migrations import run

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    run("CREATE INDEX shift_starts ON gridseat.shift (starts);")
