"""Visits after which another came within a month have an index: all others are one a household."""

from models.migrations import run

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    run("""
CREATE INDEX visit_again ON gridseat.visit (day, next_day, organisation_id) WHERE next_day - day <= 31;
""")
