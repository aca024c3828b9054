"""Bulletins: what the boards said of a period when it was issued."""

from models.migrations import run

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.bulletin (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    year integer NOT NULL,
    number integer NOT NULL,
    period text NOT NULL,
    first date NOT NULL,
    last date NOT NULL CHECK (last >= first),
    comment text NOT NULL,
    document text NOT NULL,
    digest text NOT NULL CHECK (digest = encode(sha256(convert_to(document, 'UTF8')), 'hex')),
    issued_at timestamptz NOT NULL,
    issued_by bigint NOT NULL REFERENCES gridseat.person,
    UNIQUE (organisation_id, year, number)
);
CREATE INDEX bulletin_period ON gridseat.bulletin (organisation_id, period);
COMMENT ON TABLE gridseat.bulletin IS 'what the boards said of a period (通报); never changes';
COMMENT ON COLUMN gridseat.bulletin.document IS
    'JSON of all that it shows, as text: the digest is over its bytes';
""")
