"""Monthly flags of communities, and spot inspections drawn among closed cases and workers."""

from models.migrations import run

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.flag (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL,
    list text NOT NULL,
    zh text NOT NULL,
    en text NOT NULL,
    place integer NOT NULL,
    organisation_id bigint REFERENCES gridseat.organisation,
    ended_at timestamptz,
    CONSTRAINT flag_once UNIQUE NULLS NOT DISTINCT (organisation_id, key)
);
COMMENT ON TABLE gridseat.flag IS 'what a community is to be without, month by month (三零, 七无)';
COMMENT ON COLUMN gridseat.flag.organisation_id IS
    'whose list: it holds below, in place of lists of that name from above; null: everywhere';

CREATE TABLE gridseat.flag_month (
    organisation_id bigint REFERENCES gridseat.organisation,
    month date CHECK (month = date_trunc('month', month)),
    flag_id bigint REFERENCES gridseat.flag,
    kept boolean NOT NULL,
    note text NOT NULL,
    told_by bigint NOT NULL REFERENCES gridseat.person,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, month, flag_id)
);
CREATE TABLE gridseat.flag_before (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    month date NOT NULL,
    flag_id bigint NOT NULL REFERENCES gridseat.flag,
    kept boolean NOT NULL,
    note text NOT NULL,
    told_by bigint NOT NULL REFERENCES gridseat.person,
    told_at timestamptz NOT NULL
);
CREATE INDEX flag_before_month ON gridseat.flag_before (organisation_id, month, flag_id);
COMMENT ON TABLE gridseat.flag_before IS 'what was said of a month before it was said otherwise';

CREATE TABLE gridseat.inspection_draw (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    month date NOT NULL CHECK (month = date_trunc('month', month)),
    mode text NOT NULL CHECK (mode IN ('on_site', 'phone', 'platform', 'cross')),
    subject text NOT NULL CHECK (subject IN ('cases', 'workers')),
    seed text NOT NULL,
    until timestamptz NOT NULL,
    drawn_by bigint NOT NULL REFERENCES gridseat.person,
    UNIQUE (organisation_id, month, mode, subject)
);
COMMENT ON COLUMN gridseat.inspection_draw.seed IS
    'the order of a draw is that of digests of seed and number or code';
COMMENT ON COLUMN gridseat.inspection_draw.until IS 'cases closed in the month and by then';

CREATE TABLE gridseat.inspection (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    draw_id bigint NOT NULL REFERENCES gridseat.inspection_draw,
    month date NOT NULL,
    number bigint REFERENCES gridseat.incident,
    staff_id bigint REFERENCES gridseat.staff ON DELETE CASCADE,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    unit_id bigint REFERENCES gridseat.organisation,
    by_id bigint REFERENCES gridseat.organisation,
    passed boolean,
    note text,
    told_by bigint REFERENCES gridseat.person,
    told_at timestamptz,
    CHECK (num_nonnulls(number, staff_id) = 1),
    CHECK (num_nulls(passed, note, told_by, told_at) IN (0, 4)),
    CONSTRAINT inspection_once UNIQUE NULLS NOT DISTINCT (draw_id, number, staff_id)
);
CREATE INDEX inspection_organisation ON gridseat.inspection (organisation_id, month);
CREATE INDEX inspection_unit ON gridseat.inspection (unit_id, month) WHERE unit_id IS NOT NULL;
CREATE INDEX inspection_by ON gridseat.inspection (by_id, month) WHERE by_id IS NOT NULL;
COMMENT ON COLUMN gridseat.inspection.unit_id IS 'who led the case when it was drawn';
COMMENT ON COLUMN gridseat.inspection.by_id IS 'the other centre that looks into it';
""")
