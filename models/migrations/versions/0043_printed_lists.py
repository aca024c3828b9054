"""Lists of people and houses that were only printed stand apart from those that were saved."""

from models.migrations import run

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.registry_act DROP CONSTRAINT registry_act_action_check,
    ADD CONSTRAINT registry_act_action_check CHECK (action IN ('reveal', 'erase', 'retire', 'save', 'print'));
COMMENT ON TABLE gridseat.registry_act IS 'who saw, saved, printed or erased what is known of whom, and why';
""")
