"""What a board has counted goes from step to step as rows, no longer as a document."""

from models.migrations import run

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    run("""
CREATE TYPE gridseat.counted AS (
    fact text,
    step integer,
    part bigint,
    n bigint,
    h bigint
);
COMMENT ON TYPE gridseat.counted IS 'what a board counts of a fact: cases, and those that meet it';
""")
