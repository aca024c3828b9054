"""Figures say since when they are recorded, and which go by whole months or by the last day alone."""

from models.migrations import run

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.indicator ADD monthly boolean NOT NULL DEFAULT false,
    ADD since text, ADD last_only boolean NOT NULL DEFAULT false;
""")
