"""Where the past is found: entries by their instant, and ended cases by the span of their lives."""

from models.migrations import run

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run("""
CREATE INDEX timeline_at ON gridseat.timeline (at, id);
CREATE INDEX incident_span ON gridseat.incident
    USING gist (tstzrange(recorded_at, GREATEST(recorded_at, changed_at)))
    WHERE status IN ('closed', 'rejected', 'merged', 'cancelled');
""")
