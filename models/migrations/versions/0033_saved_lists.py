"""Lists of people and houses that were saved as files stand among the looks at names."""

from models.migrations import run

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.registry_act DROP CONSTRAINT registry_act_action_check,
    ADD CONSTRAINT registry_act_action_check CHECK (action IN ('reveal', 'erase', 'retire', 'save')),
    ALTER record_id DROP NOT NULL,
    ADD organisation_id bigint, ADD row_count bigint;
COMMENT ON TABLE gridseat.registry_act IS 'who saw, saved or erased what is known of whom, and why';
""")
