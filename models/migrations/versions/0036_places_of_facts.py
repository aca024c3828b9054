"""What a case counts for is kept at the places of facts, not under their names: all cases are told anew."""

from models.migrations import run

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.fact ADD place integer NOT NULL DEFAULT 0;
ALTER TABLE gridseat.fact ALTER place DROP DEFAULT;
COMMENT ON COLUMN gridseat.fact.place IS 'where it stands in what is kept of a case';
TRUNCATE gridseat.measure;
ALTER TABLE gridseat.measure DROP facts;
COMMENT ON COLUMN gridseat.measure.parts IS 'of each fact, at its place';
COMMENT ON COLUMN gridseat.measure.ats IS 'null: does not count for it';
UPDATE gridseat.fold SET epoch = NULL;
""")
