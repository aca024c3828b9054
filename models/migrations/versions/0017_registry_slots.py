"""Sums of the registry at every level of the tree, in slots: a city's figure is read in one place."""

from models.migrations import run

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    run("""
DELETE FROM gridseat.registry_tally WHERE scope = 'below';
ALTER TABLE gridseat.registry_tally RENAME n TO n_before;
ALTER TABLE gridseat.registry_tally
    ADD COLUMN slot smallint NOT NULL DEFAULT 0,
    ADD COLUMN n bigint NOT NULL DEFAULT 0;
UPDATE gridseat.registry_tally SET n = n_before;
ALTER TABLE gridseat.registry_tally DROP COLUMN n_before, ALTER COLUMN n DROP DEFAULT,
    DROP CONSTRAINT registry_tally_pkey, ADD PRIMARY KEY (scope, place_id, key, at, slot);
COMMENT ON TABLE gridseat.registry_tally IS
    'what the grids of an organisation count (own), and those of all below it';
COMMENT ON COLUMN gridseat.registry_tally.slot IS
    'of sums below: one of four, so that writers do not wait for each other';
""")
