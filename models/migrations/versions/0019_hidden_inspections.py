"""An inspection of a case that has become restricted counts for nobody."""

from models.migrations import run

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.inspection ADD COLUMN hidden boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN gridseat.inspection.hidden IS
    'derived: its case is restricted now, and it counts for nobody';
CREATE INDEX inspection_number ON gridseat.inspection (number);
UPDATE gridseat.inspection AS x SET hidden = true FROM gridseat.incident AS i
WHERE i.number = x.number AND i.restricted;
INSERT INTO gridseat.setting VALUES ('work_stale', 'true')
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
""")
