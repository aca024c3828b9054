"""What the boards read by date: closings, limits, follow-ups; and which moves were undone."""

from models.migrations import run

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run("""
CREATE INDEX incident_closed ON gridseat.incident (closed_at);
CREATE INDEX clock_due ON gridseat.clock (due);
CREATE INDEX timeline_board ON gridseat.timeline (action, at) WHERE action IN ('follow-up', 'undo');
""")
