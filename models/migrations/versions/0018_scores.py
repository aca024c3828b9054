"""Scores of units by weights with a history; appeals against how a case counts."""

from models.migrations import run

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.request DROP CONSTRAINT request_kind_check;
ALTER TABLE gridseat.request ADD CONSTRAINT request_kind_check
    CHECK (kind IN ('return', 'extend', 'suspend', 'appeal'));
ALTER TABLE gridseat.incident DROP CONSTRAINT incident_pending_check;
ALTER TABLE gridseat.incident ADD CONSTRAINT incident_pending_check
    CHECK (pending IN ('return', 'extend', 'suspend', 'appeal'));

CREATE TABLE gridseat.score_weight (
    part text NOT NULL,
    since date NOT NULL,
    weight numeric NOT NULL CHECK (weight BETWEEN 0 AND 100),
    set_by bigint REFERENCES gridseat.person (id),
    set_at timestamptz NOT NULL,
    PRIMARY KEY (part, since)
);
COMMENT ON TABLE gridseat.score_weight IS
    'points of 100 that each part of a unit''s score gives; never deleted';
COMMENT ON COLUMN gridseat.score_weight.since IS 'in force for periods that end on this day or later';
COMMENT ON COLUMN gridseat.score_weight.set_by IS 'null: as delivered';
""")
