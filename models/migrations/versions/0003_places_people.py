"""Organisations, grids, people, staff and the roster."""

from models.migrations import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.organisation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    alias text,
    level text NOT NULL
        CHECK (level IN ('province', 'city', 'county', 'township', 'community', 'department')),
    parent_id bigint REFERENCES gridseat.organisation,
    lft bigint NOT NULL,
    rgt bigint NOT NULL,
    centre boolean NOT NULL DEFAULT false,
    calendar_id bigint REFERENCES gridseat.calendar,
    initials text NOT NULL DEFAULT '',
    CHECK (lft < rgt)
);
CREATE INDEX organisation_lft ON gridseat.organisation (lft);
CREATE INDEX organisation_parent ON gridseat.organisation (parent_id);
CREATE INDEX organisation_name ON gridseat.organisation (name);
COMMENT ON COLUMN gridseat.organisation.lft IS 'nested set, sparse; rgt likewise';
COMMENT ON COLUMN gridseat.organisation.centre IS 'has seats';

CREATE TABLE gridseat.tree (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    changed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO gridseat.tree DEFAULT VALUES;
COMMENT ON TABLE gridseat.tree IS 'one row: whoever changes the tree locks it, reports share it';

CREATE TABLE gridseat.grid (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('comprehensive', 'dedicated', 'police', 'mediation')),
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    outline bytea NOT NULL,
    initials text NOT NULL DEFAULT ''
);
CREATE INDEX grid_organisation ON gridseat.grid (organisation_id);
COMMENT ON COLUMN gridseat.grid.outline IS 'well-known binary, WGS-84';

CREATE TABLE gridseat.grid_ring (
    grid_id bigint NOT NULL REFERENCES gridseat.grid ON DELETE CASCADE,
    hole boolean NOT NULL,
    ring polygon NOT NULL
);
CREATE INDEX grid_ring_place ON gridseat.grid_ring USING gist (ring);
CREATE INDEX grid_ring_grid ON gridseat.grid_ring (grid_id);
COMMENT ON TABLE gridseat.grid_ring IS 'the outline ring by ring, so that the database finds a point''s grid';

CREATE TABLE gridseat.person (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login text NOT NULL UNIQUE,
    name text NOT NULL,
    role name NOT NULL UNIQUE,
    organisation_id bigint REFERENCES gridseat.organisation,
    grid_id bigint REFERENCES gridseat.grid,
    positions text[] NOT NULL
        CHECK (positions <@ ARRAY['seat', 'supervisor', 'unit', 'wall', 'worker', 'admin']),
    disabled_at timestamptz
);
COMMENT ON COLUMN gridseat.person.organisation_id IS 'null: of all';

CREATE TABLE gridseat.staff (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('head', 'deputy', 'full_time', 'part_time',
                                       'liaison', 'mediator', 'volunteer')),
    grid_id bigint REFERENCES gridseat.grid,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    phone text,
    person_id bigint REFERENCES gridseat.person
);
CREATE INDEX staff_grid ON gridseat.staff (grid_id);

CREATE TABLE gridseat.shift (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    centre_id bigint NOT NULL REFERENCES gridseat.organisation,
    by_centre_id bigint NOT NULL REFERENCES gridseat.organisation,
    person_id bigint REFERENCES gridseat.person,
    starts timestamptz NOT NULL,
    ends timestamptz NOT NULL,
    CHECK (starts < ends)
);
CREATE INDEX shift_centre ON gridseat.shift (centre_id, ends);
COMMENT ON TABLE gridseat.shift IS 'the roster; by_centre differs where another centre covers the night';
""")
