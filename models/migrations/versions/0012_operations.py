"""What grid workers, message groups and telephones did, and how it is counted."""

from models.migrations import run

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.attendance (
    staff_id bigint REFERENCES gridseat.staff ON DELETE CASCADE,
    day date,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    due boolean NOT NULL,
    came timestamptz,
    went timestamptz,
    PRIMARY KEY (staff_id, day),
    CHECK (went >= came)
);
CREATE INDEX attendance_organisation ON gridseat.attendance (organisation_id, day);
COMMENT ON COLUMN gridseat.attendance.due IS 'rostered for that day';
COMMENT ON COLUMN gridseat.attendance.organisation_id IS 'where the worker belonged that day';

CREATE TABLE gridseat.patrol (
    staff_id bigint REFERENCES gridseat.staff ON DELETE CASCADE,
    started timestamptz,
    ended timestamptz,
    day date NOT NULL,
    grid_id bigint NOT NULL REFERENCES gridseat.grid,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    PRIMARY KEY (staff_id, started),
    CHECK (ended >= started)
);
CREATE INDEX patrol_organisation ON gridseat.patrol (organisation_id, day);

CREATE TABLE gridseat.visit (
    organisation_id bigint REFERENCES gridseat.organisation,
    household text,
    day date,
    staff_id bigint REFERENCES gridseat.staff ON DELETE CASCADE,
    grid_id bigint NOT NULL REFERENCES gridseat.grid,
    met boolean NOT NULL,
    PRIMARY KEY (organisation_id, household, day, staff_id)
);
CREATE INDEX visit_organisation ON gridseat.visit (organisation_id, day);
CREATE INDEX visit_staff ON gridseat.visit (staff_id, day);
COMMENT ON TABLE gridseat.visit IS 'a worker at the door of a household; nothing of what was said';
COMMENT ON COLUMN gridseat.visit.met IS 'somebody was in';

CREATE TABLE gridseat.household_visited (
    organisation_id bigint REFERENCES gridseat.organisation,
    household text,
    day date NOT NULL,
    PRIMARY KEY (organisation_id, household)
);
CREATE INDEX household_visited_day ON gridseat.household_visited (organisation_id, day);
COMMENT ON TABLE gridseat.household_visited IS 'derived: the last day on which each household was visited';

CREATE TABLE gridseat.grid_households (
    grid_id bigint PRIMARY KEY REFERENCES gridseat.grid ON DELETE CASCADE,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    households bigint NOT NULL CHECK (households BETWEEN 0 AND 1000000)
);
CREATE INDEX grid_households_organisation ON gridseat.grid_households (organisation_id);
COMMENT ON TABLE gridseat.grid_households IS 'how many households a grid has, as it is told';

CREATE TABLE gridseat.message_group (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    grid_id bigint REFERENCES gridseat.grid,
    joined bigint NOT NULL CHECK (joined BETWEEN 0 AND 1000000),
    last_message date
);
CREATE INDEX message_group_organisation ON gridseat.message_group (organisation_id);
COMMENT ON COLUMN gridseat.message_group.joined IS 'households with somebody in the group';

CREATE TABLE gridseat.call (
    organisation_id bigint REFERENCES gridseat.organisation,
    code text,
    day date NOT NULL,
    rang timestamptz NOT NULL,
    answered timestamptz,
    person_id bigint REFERENCES gridseat.person,
    PRIMARY KEY (organisation_id, code),
    CHECK (answered >= rang)
);
CREATE INDEX call_organisation ON gridseat.call (organisation_id, day);
COMMENT ON TABLE gridseat.call IS 'as the telephone system reports it; who called is not kept';

CREATE TABLE gridseat.work_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL,
    fact text NOT NULL,
    day date NOT NULL,
    n bigint NOT NULL,
    hits bigint NOT NULL
);
COMMENT ON TABLE gridseat.work_change IS 'derived: what is counted and not yet in the sums';

CREATE TABLE gridseat.work_sum (
    organisation_id bigint,
    day date,
    fact text,
    n bigint NOT NULL,
    hits bigint NOT NULL,
    PRIMARY KEY (organisation_id, day, fact)
);
COMMENT ON TABLE gridseat.work_sum IS 'derived: the sums of an organisation and all below it';
COMMENT ON COLUMN gridseat.work_sum.day IS '-infinity: holds now, whatever the period';

CREATE INDEX incident_by_workers ON gridseat.incident (received_at) INCLUDE (place_lft)
    WHERE NOT restricted AND channel IN ('grid_worker', 'dedicated_grid', 'patrol', 'door_to_door');
INSERT INTO gridseat.setting VALUES ('work_stale', 'true');
""")
