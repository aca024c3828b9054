"""The settings that a database carries with itself."""

from models.migrations import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.setting (
    key text PRIMARY KEY,
    value jsonb NOT NULL
);
COMMENT ON TABLE gridseat.setting IS 'Facts of this database: role prefix, rules that a county sets';
""")
