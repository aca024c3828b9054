"""What a figure is shared out among, and of which figure it is a part."""

from models.migrations import run

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.indicator ADD COLUMN sum text;
ALTER TABLE gridseat.indicator ADD COLUMN per text;
ALTER TABLE gridseat.indicator ADD COLUMN within text;
COMMENT ON COLUMN gridseat.indicator.sum IS 'which of the register''s sums it is';
COMMENT ON COLUMN gridseat.indicator.per IS 'a ratio is shared out among grids or workers';
COMMENT ON COLUMN gridseat.indicator.within IS 'a figure of people: where that may not be told, nor may this';
""")
