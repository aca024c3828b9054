"""When the card of an overdue clock falls, worked out once."""

from models.migrations import run

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.card_wait (
    clock_id bigint NOT NULL REFERENCES gridseat.clock,
    rule_id bigint NOT NULL REFERENCES gridseat.urging_rule ON DELETE CASCADE,
    due timestamptz NOT NULL,
    seconds bigint NOT NULL,
    clock text NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (clock_id, rule_id)
);
CREATE INDEX card_wait_until ON gridseat.card_wait (until);
""")
