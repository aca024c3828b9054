"""The counters of the boards: what each case counts for, folded per place and day behind the timeline."""

from models.migrations import run

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.measure (
    number bigint PRIMARY KEY,
    at_id bigint NOT NULL,
    tallied boolean NOT NULL,
    stray boolean NOT NULL,
    days date[] NOT NULL,
    facts text[] NOT NULL,
    parts bigint[] NOT NULL,
    ats timestamptz[] NOT NULL,
    hits timestamptz[] NOT NULL
);
CREATE INDEX measure_at ON gridseat.measure (at_id);
CREATE INDEX measure_days ON gridseat.measure USING gin (days);
CREATE INDEX measure_stray ON gridseat.measure (number) WHERE stray;
COMMENT ON TABLE gridseat.measure IS 'derived: what a case counts for, as it stood when it was folded';
COMMENT ON COLUMN gridseat.measure.at_id IS 'where it counts: its place, without one its centre';
COMMENT ON COLUMN gridseat.measure.tallied IS 'in the tallies: neither restricted nor stray';
COMMENT ON COLUMN gridseat.measure.stray IS
    'its centre is not above its place: seen by fewer than the place''s boards';
COMMENT ON COLUMN gridseat.measure.facts IS
    'parallel to parts, ats, hits: which fact, of what part, when, met since';
COMMENT ON COLUMN gridseat.measure.hits IS '-infinity: met from the start; infinity: not met';

CREATE TABLE gridseat.tally (
    organisation_id bigint,
    fact text,
    day date,
    part bigint,
    hit_day date,
    n bigint NOT NULL,
    PRIMARY KEY (organisation_id, fact, day, part, hit_day)
);
COMMENT ON TABLE gridseat.tally IS
    'derived: the sums of measure in an organisation''s subtree; communities have none';

CREATE TABLE gridseat.fold (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch text,
    zone text,
    xid xid8 NOT NULL DEFAULT '3',
    id bigint NOT NULL DEFAULT 0,
    filled_to bigint
);
INSERT INTO gridseat.fold DEFAULT VALUES;
COMMENT ON TABLE gridseat.fold IS
    'one row: who folds locks it; up to which entry of the timeline the tallies tell';
COMMENT ON COLUMN gridseat.fold.epoch IS 'the database it was begun in; null: the tallies mean nothing yet';

COMMENT ON COLUMN gridseat.fold.filled_to IS 'while all cases are told anew: up to which number';

CREATE TABLE gridseat.unmeasured (
    number bigint PRIMARY KEY
);
COMMENT ON TABLE gridseat.unmeasured IS
    'cases to fold whose entries stand below the cursor: loaded in bulk, restored';

CREATE TYPE gridseat.stretch AS (
    now timestamptz,
    starts timestamptz,
    before_starts timestamptz,
    before_ends timestamptz,
    zone text,
    step text,
    edges timestamptz[]
);
COMMENT ON TYPE gridseat.stretch IS 'a board''s period up to now, and the same stretch before it';

CREATE TYPE gridseat.counting AS (
    fact text,
    part bigint,
    lft bigint,
    at timestamptz,
    hit_at timestamptz,
    n bigint,
    total boolean,
    ranked boolean
);
COMMENT ON TYPE gridseat.counting IS 'a row that a board adds up: a case, or the sum of a day';

CREATE INDEX timeline_answer ON gridseat.timeline (number, seq) WHERE action IN ('follow-up', 'undo');
""")
