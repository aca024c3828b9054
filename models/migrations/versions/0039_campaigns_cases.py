"""What is kept of a campaign's cases has an index: its classes, and the last day of each case."""

from models.migrations import run

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    run("""
CREATE INDEX measure_class ON gridseat.measure (class_id, (days[cardinality(days)]));
""")
