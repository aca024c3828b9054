"""The cases of each grid are kept in the order of their instants, fact by fact: maps of any stretch."""

from models.migrations import run

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.tally_grid (
    place integer NOT NULL,
    at_id bigint NOT NULL,
    grid_id bigint NOT NULL,
    ats timestamptz[] NOT NULL,
    met timestamptz[] NOT NULL,
    hits timestamptz[] NOT NULL,
    PRIMARY KEY (place, at_id, grid_id)
) WITH (fillfactor = 70);
COMMENT ON TABLE gridseat.tally_grid IS 'derived: a grid''s cases by fact, in the order of their instants';
ALTER TABLE gridseat.fold ADD COLUMN grids_to bigint DEFAULT 0;
COMMENT ON COLUMN gridseat.fold.grids_to IS 'while grids are told anew: up to which organisation';
""")
