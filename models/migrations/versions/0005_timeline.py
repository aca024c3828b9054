"""The timeline, personal text, attachments, and the workflow's rules."""

from models.migrations import run

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.timeline (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    number bigint NOT NULL REFERENCES gridseat.incident,
    seq integer NOT NULL,
    round smallint NOT NULL,
    at timestamptz NOT NULL,
    actor_id bigint NOT NULL REFERENCES gridseat.person,
    centre_id bigint REFERENCES gridseat.organisation,
    behalf_id bigint REFERENCES gridseat.organisation,
    action text NOT NULL,
    from_status text,
    to_status text,
    reason text,
    facts jsonb NOT NULL,
    command_id uuid NOT NULL,
    answer jsonb NOT NULL,
    seen bigint[] NOT NULL,
    restricted boolean NOT NULL,
    before jsonb,
    algorithm smallint NOT NULL DEFAULT 1,
    bytes bytea NOT NULL,
    hash bytea NOT NULL,
    UNIQUE (number, seq),
    UNIQUE (actor_id, command_id, number)
);
CREATE UNIQUE INDEX timeline_report_once ON gridseat.timeline (actor_id, command_id) WHERE seq = 1;
CREATE INDEX timeline_feed ON gridseat.timeline (xid, id);
COMMENT ON TABLE gridseat.timeline IS 'append-only, hash-chained per incident; also the feed';
COMMENT ON COLUMN gridseat.timeline.facts IS 'what the action said; texts and the state after it by digest';
COMMENT ON COLUMN gridseat.timeline.seen IS 'organisations that could see the incident before or after';
COMMENT ON COLUMN gridseat.timeline.restricted IS 'before and after: only the named may learn of it';
COMMENT ON COLUMN gridseat.timeline.before IS 'the incident as it stood, for undo';

CREATE TABLE gridseat.personal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number bigint NOT NULL REFERENCES gridseat.incident,
    seq integer NOT NULL,
    field text NOT NULL,
    text text,
    salt bytea,
    digest bytea NOT NULL,
    UNIQUE (number, seq, field),
    CHECK ((text IS NULL) = (salt IS NULL))
);
COMMENT ON TABLE gridseat.personal IS 'text that may name people: chained by salted digest, erasable';

CREATE TABLE gridseat.attachment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number bigint NOT NULL REFERENCES gridseat.incident,
    seq integer NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size integer NOT NULL,
    digest bytea NOT NULL,
    content bytea NOT NULL
);
CREATE INDEX attachment_number ON gridseat.attachment (number, seq);

CREATE TABLE gridseat.action (
    key text PRIMARY KEY,
    position smallint NOT NULL,
    zh text NOT NULL,
    en text NOT NULL,
    shortcut text,
    options jsonb NOT NULL,
    versioned boolean NOT NULL,
    undoable boolean NOT NULL
);
COMMENT ON COLUMN gridseat.action.versioned IS 'a stale version is refused; false: does not conflict';

CREATE TABLE gridseat.rule (
    action text NOT NULL REFERENCES gridseat.action,
    from_status text NOT NULL,
    to_status text,
    relation text NOT NULL,
    positions text[] NOT NULL,
    needs text[] NOT NULL,
    PRIMARY KEY (action, from_status, relation)
);
CREATE TYPE gridseat.turn AS (
    me gridseat.person,
    i gridseat.incident,
    was gridseat.incident,
    action gridseat.action,
    rule gridseat.rule,
    args jsonb,
    at timestamptz,
    seq integer,
    command_id uuid,
    centre_id bigint,
    behalf_id bigint,
    reason text,
    facts jsonb,
    texts jsonb
);
COMMENT ON TYPE gridseat.turn IS 'one person''s turn at one incident: what desk.act hands from step to step';
COMMENT ON TABLE gridseat.rule IS 'the workflow: enforced by desk.act, read by consoles, printed in the docs';
""")
