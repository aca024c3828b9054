"""Each visit knows when its household was visited next, so that a past period can tell whom it reached."""

from models.migrations import run

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.visit ADD next_day date;
COMMENT ON COLUMN gridseat.visit.next_day IS
    'derived: the day of the next visit to the same household; null: none yet';
ALTER TABLE gridseat.visit DISABLE TRIGGER USER;
UPDATE gridseat.visit AS v SET next_day = n.next_day
FROM (SELECT x.organisation_id, x.household, x.day, x.staff_id, lead(x.day) OVER (
          PARTITION BY x.organisation_id, x.household ORDER BY x.day, x.staff_id) AS next_day
      FROM gridseat.visit AS x) AS n
WHERE (v.organisation_id, v.household, v.day, v.staff_id)
    = (n.organisation_id, n.household, n.day, n.staff_id)
  AND n.next_day IS NOT NULL;
ALTER TABLE gridseat.visit ENABLE TRIGGER USER;
DROP INDEX gridseat.visit_organisation;
CREATE INDEX visit_organisation ON gridseat.visit (organisation_id, day, next_day);
""")
