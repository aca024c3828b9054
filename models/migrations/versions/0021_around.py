"""What is around a point, found by boxes: polygons as an index's own type look at every edge again."""

from models.migrations import run

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    run("""
DROP INDEX gridseat.grid_ring_place;
CREATE INDEX grid_ring_box ON gridseat.grid_ring USING gist (box(ring));
CREATE INDEX grid_ended ON gridseat.grid (id) WHERE ended_at IS NOT NULL;
CREATE INDEX staff_place_spot ON gridseat.staff_place USING gist (spot);
""")
