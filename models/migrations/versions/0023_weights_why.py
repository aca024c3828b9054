"""Weights of scores say why they were set, and what they replaced on the same day stays."""

from models.migrations import run

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.score_weight
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN reason text NOT NULL DEFAULT '',
    DROP CONSTRAINT score_weight_pkey,
    ADD PRIMARY KEY (id);
CREATE INDEX score_weight_part ON gridseat.score_weight (part, since, id);
DROP FUNCTION IF EXISTS desk.set_weights(date, jsonb);
""")
