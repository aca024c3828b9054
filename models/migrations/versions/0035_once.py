"""Figures say whether each thing counts once in a period, so that days alone do not tell them."""

from models.migrations import run

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    run("ALTER TABLE gridseat.indicator ADD once boolean NOT NULL DEFAULT false;")
