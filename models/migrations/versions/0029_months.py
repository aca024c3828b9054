"""Sums of the boards by parts are kept by month as well, once a month is over."""

from models.migrations import run

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.tally_month (
    organisation_id bigint NOT NULL,
    fact text NOT NULL,
    month date NOT NULL,
    part bigint NOT NULL,
    hit_month date NOT NULL,
    n bigint NOT NULL,
    CONSTRAINT tally_month_pkey PRIMARY KEY (organisation_id, fact, month, part, hit_month) INCLUDE (n)
);
COMMENT ON TABLE gridseat.tally_month IS 'derived: the sums of tally by parts, of months that are over';
ALTER TABLE gridseat.fold ADD COLUMN months_to date;
COMMENT ON COLUMN gridseat.fold.months_to IS 'months before this day are in tally_month';
""")
