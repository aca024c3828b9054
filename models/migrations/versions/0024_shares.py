"""What a figure is shared out among, and which numbers of people it tells of."""

from models.migrations import run

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.indicator ADD COLUMN sum text;
ALTER TABLE gridseat.indicator ADD COLUMN per text;
ALTER TABLE gridseat.indicator ADD COLUMN cells text[] NOT NULL DEFAULT '{}';
ALTER TABLE gridseat.indicator DROP COLUMN people;
COMMENT ON COLUMN gridseat.indicator.sum IS 'which of the register''s sums it is';
COMMENT ON COLUMN gridseat.indicator.per IS 'a ratio is shared out among grids or workers';
COMMENT ON COLUMN gridseat.indicator.cells IS 'the sums of people that it tells of, each a part of the next';
""")
