"""Facts and figures as data, and what a case's facts are kept apart by; all is folded anew."""

from models.migrations import run

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.fact (
    key text PRIMARY KEY,
    body text NOT NULL,
    settles interval,
    splits text[] NOT NULL DEFAULT '{}',
    kept boolean NOT NULL DEFAULT true,
    spans boolean NOT NULL DEFAULT false
);
CREATE TABLE gridseat.indicator (
    key text PRIMARY KEY,
    board text NOT NULL,
    place integer NOT NULL,
    kind text NOT NULL,
    fact text REFERENCES gridseat.fact (key),
    at_present boolean NOT NULL DEFAULT false
);
CREATE TABLE gridseat.chart (
    key text PRIMARY KEY,
    board text NOT NULL,
    place integer NOT NULL,
    kind text NOT NULL,
    fact text,
    lines text[] NOT NULL
);
COMMENT ON TABLE gridseat.fact IS 'what a case counts for: resources/facts.toml';
COMMENT ON COLUMN gridseat.fact.settles IS 'counts so long after its instant; null: whenever that is';
COMMENT ON COLUMN gridseat.fact.splits IS 'by what its sums are kept apart: class, type, channel, unit, hour';
COMMENT ON COLUMN gridseat.fact.spans IS 'its part is a length of time';
COMMENT ON TABLE gridseat.indicator IS 'the figures of the boards: resources/indicators.toml';
COMMENT ON COLUMN gridseat.indicator.fact IS 'null: it counts no cases';
COMMENT ON TABLE gridseat.chart IS 'the charts of the boards: resources/indicators.toml';
COMMENT ON COLUMN gridseat.chart.fact IS
    'FACT/BY: one mark for each part; null: the lines are figures over time';

DROP TABLE gridseat.measure CASCADE;
CREATE TABLE gridseat.measure (
    number bigint PRIMARY KEY,
    at_id bigint NOT NULL,
    tallied boolean NOT NULL,
    stray boolean NOT NULL,
    group_id bigint NOT NULL,
    class_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    unit_id bigint,
    grid_id bigint,
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
COMMENT ON COLUMN gridseat.measure.group_id IS 'the first class of its group';
COMMENT ON COLUMN gridseat.measure.facts IS
    'parallel to parts, ats, hits: which fact, of what part, when, met since';
COMMENT ON COLUMN gridseat.measure.hits IS '-infinity: met from the start; infinity: not met';
UPDATE gridseat.fold SET epoch = NULL;
""")
