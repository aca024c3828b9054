"""The sums of the boards are read from their key alone: it holds the number too."""

from models.migrations import run

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.tally DROP CONSTRAINT tally_pkey;
ALTER TABLE gridseat.tally ADD CONSTRAINT tally_pkey
    PRIMARY KEY (organisation_id, fact, day, part, hit_day) INCLUDE (n);
ALTER TABLE gridseat.tally
    SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
""")
