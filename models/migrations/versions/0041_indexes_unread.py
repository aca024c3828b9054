"""Indexes that no question reads go: each cost every report, look at a name or import a write."""

from models.migrations import run

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    run("""
DROP INDEX gridseat.incident_by_workers;
DROP INDEX gridseat.organisation_name;
DROP INDEX gridseat.registry_act_record;
DROP INDEX gridseat.registry_act_at;
""")
