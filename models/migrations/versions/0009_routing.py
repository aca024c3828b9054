"""Who is responsible for what, and where living cases of the same matter are found."""

from models.migrations import run

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.responsibility (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_name text NOT NULL,
    class_id bigint REFERENCES gridseat.catalogue_class,
    unit_id bigint REFERENCES gridseat.organisation,
    local text CHECK (local IN ('grid', 'community', 'township')),
    centre_id bigint REFERENCES gridseat.organisation,
    role text NOT NULL CHECK (role IN ('lead', 'co')),
    CHECK ((unit_id IS NULL) <> (local IS NULL)),
    CONSTRAINT responsibility_once UNIQUE NULLS NOT DISTINCT (group_name, class_id, unit_id, local, centre_id)
);
COMMENT ON TABLE gridseat.responsibility IS 'which unit answers for which class';
COMMENT ON COLUMN gridseat.responsibility.class_id IS 'null: the whole group';
COMMENT ON COLUMN gridseat.responsibility.local IS 'not a unit: grid, community or township of the place';
COMMENT ON COLUMN gridseat.responsibility.centre_id IS 'holds for places in this subtree; null: everywhere';

CREATE TYPE gridseat.duplicate_rule AS (
    metres numeric,
    hours numeric,
    floor numeric,
    distance numeric,
    "time" numeric,
    phone numeric,
    text numeric,
    class numeric
);
COMMENT ON TYPE gridseat.duplicate_rule IS 'what counts as repeated: thresholds, weights as shares';

CREATE INDEX incident_spot ON gridseat.incident (lat, lon) WHERE closed_at IS NULL;
CREATE INDEX personal_phone ON gridseat.personal ("right"(regexp_replace(text, '\\D', '', 'g'), 11), number)
    WHERE field = 'phone' AND seq = 1;
CREATE INDEX shift_person ON gridseat.shift (person_id, ends);
""")
