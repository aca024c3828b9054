"""Grids, those that somebody walks and staff by kind are kept by organisation: the sums are made anew."""

from models.migrations import run

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    run("""
INSERT INTO gridseat.setting VALUES ('work_stale', 'true')
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
""")
