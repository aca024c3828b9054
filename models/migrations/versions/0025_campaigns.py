"""Campaigns: some classes of cases, in an organisation, over some days; bulletins of them."""

from models.migrations import run

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.campaign (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    name text NOT NULL,
    first date NOT NULL,
    last date NOT NULL CHECK (last >= first),
    classes text[] NOT NULL CHECK (classes <> '{}'),
    target_figure text,
    target numeric CHECK (target BETWEEN 0 AND 1),
    set_by bigint NOT NULL REFERENCES gridseat.person (id),
    set_at timestamptz NOT NULL,
    UNIQUE (organisation_id, name)
);
COMMENT ON TABLE gridseat.campaign IS
    'some classes of cases that an organisation attends to over some days (专项行动)';
COMMENT ON COLUMN gridseat.campaign.classes IS 'groups of the catalogue, or types by code';
COMMENT ON COLUMN gridseat.campaign.target IS 'the share that target_figure is to reach';

ALTER TABLE gridseat.bulletin ADD COLUMN campaign_id bigint REFERENCES gridseat.campaign;
ALTER TYPE gridseat.stretch ADD ATTRIBUTE classes bigint[];
COMMENT ON TYPE gridseat.stretch IS
    'a board''s period up to now, the same stretch before it, and of which classes it tells; null: of all';
DROP FUNCTION IF EXISTS desk.issue_bulletin(text, text, text, boolean);
DROP FUNCTION IF EXISTS desk.bulletins(text);
DROP FUNCTION IF EXISTS gridseat.bulletin_unnamed;
DROP FUNCTION IF EXISTS gridseat.bulletin_text;
""")
