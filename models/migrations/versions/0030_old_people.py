"""Old people are kept by grid, for the year that runs."""

from models.migrations import run

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.registry_old (
    grid_id bigint PRIMARY KEY,
    elderly bigint NOT NULL,
    alone bigint NOT NULL
);
COMMENT ON TABLE gridseat.registry_old IS
    'derived: who of a grid turns 60 in the year that runs, or did before; and who of them lives alone';
""")
