"""What stands in the county beside its grids: resources, outlines, former grids, and where workers are."""

from models.migrations import run

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.resource_kind (
    key text PRIMARY KEY,
    place integer NOT NULL
);
COMMENT ON TABLE gridseat.resource_kind IS 'keys of resources/resource_kinds.toml';

CREATE TABLE gridseat.resource (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL REFERENCES gridseat.resource_kind,
    grid_id bigint REFERENCES gridseat.grid,
    spot point NOT NULL,
    raw point NOT NULL,
    datum text NOT NULL CHECK (datum IN ('WGS-84', 'CGCS2000', 'GCJ-02', 'BD-09')),
    phone text,
    note text NOT NULL DEFAULT '',
    initials text NOT NULL DEFAULT '',
    active boolean NOT NULL DEFAULT true,
    CONSTRAINT resource_once UNIQUE (organisation_id, code)
);
CREATE INDEX resource_spot ON gridseat.resource USING gist (spot) WHERE active;
CREATE INDEX resource_kind_of ON gridseat.resource (kind, code);
CREATE INDEX resource_grid ON gridseat.resource (grid_id);
COMMENT ON COLUMN gridseat.resource.spot IS 'WGS-84, (longitude, latitude); raw as it came in its datum';
COMMENT ON COLUMN gridseat.resource.grid_id IS 'derived: the comprehensive grid at the spot';

CREATE TABLE gridseat.organisation_outline (
    organisation_id bigint PRIMARY KEY REFERENCES gridseat.organisation ON DELETE CASCADE,
    outline bytea NOT NULL,
    drawn_at timestamptz NOT NULL
);
COMMENT ON COLUMN gridseat.organisation_outline.outline IS 'well-known binary, WGS-84';

ALTER TABLE gridseat.grid
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN drawn_at timestamptz,
    ADD COLUMN ended_at timestamptz;
COMMENT ON COLUMN gridseat.grid.drawn_at IS 'since when it stands so; null: from before versions were kept';
COMMENT ON COLUMN gridseat.grid.ended_at IS 'gone since then; cases keep it';

CREATE TABLE gridseat.grid_version (
    grid_id bigint NOT NULL REFERENCES gridseat.grid ON DELETE CASCADE,
    version integer NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    outline bytea NOT NULL,
    drawn_at timestamptz,
    until timestamptz NOT NULL,
    PRIMARY KEY (grid_id, version)
);
COMMENT ON TABLE gridseat.grid_version IS 'what a grid was before it was drawn or named anew';

CREATE TABLE gridseat.staff_place (
    staff_id bigint PRIMARY KEY REFERENCES gridseat.staff ON DELETE CASCADE,
    spot point NOT NULL,
    raw point NOT NULL,
    datum text NOT NULL CHECK (datum IN ('WGS-84', 'CGCS2000', 'GCJ-02', 'BD-09')),
    told_at timestamptz NOT NULL
);
CREATE INDEX staff_place_told ON gridseat.staff_place (told_at);
COMMENT ON TABLE gridseat.staff_place IS 'where a grid worker last said to be; no track is kept';
CREATE INDEX staff_person ON gridseat.staff (person_id);
""")
