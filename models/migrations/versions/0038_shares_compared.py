"""What registers are compared with says of how many it is a share: its function answers in more columns."""

from models.migrations import run

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    run("""
DROP FUNCTION IF EXISTS gridseat.sums_compared;
""")
