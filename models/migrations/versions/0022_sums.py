"""Figures that count no cases: of the registry and of daily work."""

from models.migrations import run

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.indicator ADD COLUMN sums text;
ALTER TABLE gridseat.indicator ADD COLUMN people boolean NOT NULL DEFAULT false;
ALTER TABLE gridseat.indicator ADD COLUMN scale numeric NOT NULL DEFAULT 1;
COMMENT ON COLUMN gridseat.indicator.sums IS 'whose sums it is told by: registry or operations';
COMMENT ON COLUMN gridseat.indicator.people IS 'a number of people: under five is not shown';
COMMENT ON COLUMN gridseat.indicator.scale IS 'a ratio is so many times hits by whole';
""")
