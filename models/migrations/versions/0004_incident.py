"""Incidents and what belongs to one: parties, clocks, requests, cards, links."""

from models.migrations import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run("""
CREATE SEQUENCE gridseat.incident_number AS bigint START 1001;

CREATE TABLE gridseat.incident (
    number bigint PRIMARY KEY DEFAULT nextval('gridseat.incident_number'),
    status text NOT NULL
        CHECK (status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified',
                          'closed', 'suspended', 'rejected', 'merged', 'cancelled')),
    version integer NOT NULL DEFAULT 1,
    round smallint NOT NULL DEFAULT 1,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    class_id bigint NOT NULL REFERENCES gridseat.catalogue_class,
    priority smallint NOT NULL CHECK (priority BETWEEN 1 AND 4),
    channel text NOT NULL,
    restricted boolean NOT NULL DEFAULT false,
    centre_id bigint NOT NULL REFERENCES gridseat.organisation,
    centre_lft bigint NOT NULL,
    organisation_id bigint REFERENCES gridseat.organisation,
    place_lft bigint,
    grid_id bigint REFERENCES gridseat.grid,
    place text CHECK (length(place) <= 200),
    lon double precision,
    lat double precision,
    raw_lon double precision,
    raw_lat double precision,
    datum text CHECK (datum IN ('WGS-84', 'CGCS2000', 'GCJ-02', 'BD-09', 'unknown')),
    occurred_at timestamptz,
    received_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by bigint NOT NULL REFERENCES gridseat.person,
    at_once boolean NOT NULL DEFAULT false,
    drawn boolean NOT NULL DEFAULT false,
    external_source text,
    external_id text,
    dispatch_centre_id bigint REFERENCES gridseat.organisation,
    lead_unit_id bigint REFERENCES gridseat.organisation,
    lead_grid_id bigint REFERENCES gridseat.grid,
    designated boolean NOT NULL DEFAULT false,
    acknowledged_at timestamptz,
    responsible_id bigint REFERENCES gridseat.organisation,
    claim_person_id bigint REFERENCES gridseat.person,
    claim_at timestamptz,
    claim_until timestamptz,
    status_before text,
    resume_at timestamptz,
    merged_into bigint REFERENCES gridseat.incident,
    head_number bigint REFERENCES gridseat.incident,
    pending text CHECK (pending IN ('return', 'extend', 'suspend')),
    confirmation text CHECK (confirmation IN ('asked', 'true', 'false')),
    due timestamptz,
    warn_at timestamptz,
    due_stage text,
    handling_due timestamptz,
    promised_due timestamptz,
    handling_seconds bigint,
    handling_clock text CHECK (handling_clock IN ('continuous', 'working')),
    reports integer NOT NULL DEFAULT 0,
    returns integer NOT NULL DEFAULT 0,
    extensions integer NOT NULL DEFAULT 0,
    reworks integer NOT NULL DEFAULT 0,
    reopens integer NOT NULL DEFAULT 0,
    reminders integer NOT NULL DEFAULT 0,
    unreached integer NOT NULL DEFAULT 0,
    outcome text,
    closed_at timestamptz,
    changed_at timestamptz NOT NULL,
    words text[] NOT NULL DEFAULT '{}',
    last_seq integer NOT NULL DEFAULT 0,
    head bytea NOT NULL DEFAULT '\\x',
    UNIQUE (external_source, external_id),
    CHECK (merged_into <> number AND head_number <> number)
);
COMMENT ON COLUMN gridseat.incident.head IS 'hash of the last entry, so that a cut tail shows';
COMMENT ON COLUMN gridseat.incident.words IS 'bigrams of title and place: search in Chinese';
CREATE INDEX incident_open ON gridseat.incident (centre_lft, due)
    WHERE status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended');
CREATE INDEX incident_due ON gridseat.incident (due, number)
    WHERE status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended');
CREATE INDEX incident_centre ON gridseat.incident (centre_id, received_at);
CREATE INDEX incident_received ON gridseat.incident (received_at);
CREATE INDEX incident_place ON gridseat.incident (place_lft, received_at);
CREATE INDEX incident_grid ON gridseat.incident (grid_id, received_at);
CREATE INDEX incident_lead ON gridseat.incident (lead_unit_id)
    WHERE status IN ('dispatched', 'handling', 'handled', 'suspended');
CREATE INDEX incident_claim ON gridseat.incident (claim_until) WHERE claim_person_id IS NOT NULL;
CREATE INDEX incident_free ON gridseat.incident (centre_id, priority, due, number)
    WHERE claim_person_id IS NULL
      AND status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended');
CREATE INDEX incident_resume ON gridseat.incident (resume_at) WHERE status = 'suspended';
CREATE INDEX incident_under ON gridseat.incident (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX incident_head ON gridseat.incident (head_number) WHERE head_number IS NOT NULL;
CREATE INDEX incident_recorded ON gridseat.incident (recorded_by);
CREATE INDEX incident_words ON gridseat.incident USING gin (words);

CREATE TABLE gridseat.party (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number bigint NOT NULL REFERENCES gridseat.incident,
    organisation_id bigint NOT NULL REFERENCES gridseat.organisation,
    grid_id bigint REFERENCES gridseat.grid,
    kind text NOT NULL CHECK (kind IN ('lead', 'co', 'copy')),
    since_seq integer NOT NULL,
    since timestamptz NOT NULL,
    until_seq integer,
    arrived_seq integer,
    arrived_at timestamptz
);
CREATE INDEX party_number ON gridseat.party (number);
CREATE INDEX party_organisation ON gridseat.party (organisation_id, number) WHERE until_seq IS NULL;
COMMENT ON TABLE gridseat.party IS 'who takes part beside the centre: lead unit, co-handlers, copied centres';

CREATE TABLE gridseat.named (
    number bigint NOT NULL REFERENCES gridseat.incident,
    person_id bigint NOT NULL REFERENCES gridseat.person,
    since_seq integer NOT NULL,
    PRIMARY KEY (number, person_id)
);
CREATE INDEX named_person ON gridseat.named (person_id);
COMMENT ON TABLE gridseat.named IS 'people named for one case: task force, and who sees a restricted one';

CREATE TABLE gridseat.clock (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number bigint NOT NULL REFERENCES gridseat.incident,
    round smallint NOT NULL,
    stage text NOT NULL
        CHECK (stage IN ('accept', 'dispatch', 'acknowledge', 'handling', 'verify', 'close', 'promised')),
    started_seq integer NOT NULL,
    started_at timestamptz NOT NULL,
    seconds bigint NOT NULL CHECK (seconds >= 0),
    clock text NOT NULL CHECK (clock IN ('continuous', 'working')),
    calendar_id bigint REFERENCES gridseat.calendar,
    due timestamptz,
    warn_at timestamptz,
    stopped_seq integer,
    stopped_at timestamptz,
    suspended boolean NOT NULL DEFAULT false
);
CREATE INDEX clock_number ON gridseat.clock (number);
CREATE INDEX clock_running ON gridseat.clock (due) WHERE stopped_seq IS NULL;
COMMENT ON COLUMN gridseat.clock.suspended IS 'stopped by a suspension, to go on with what was left';

CREATE TABLE gridseat.request (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number bigint NOT NULL REFERENCES gridseat.incident,
    round smallint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('return', 'extend', 'suspend')),
    seconds bigint,
    clock text,
    unit_id bigint REFERENCES gridseat.organisation,
    asked_by bigint NOT NULL REFERENCES gridseat.person,
    asked_seq integer NOT NULL,
    asked_at timestamptz NOT NULL,
    decided_by bigint REFERENCES gridseat.person,
    decided_seq integer,
    decided_at timestamptz,
    granted boolean
);
CREATE INDEX request_number ON gridseat.request (number);

CREATE TABLE gridseat.card (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number bigint NOT NULL REFERENCES gridseat.incident,
    round smallint NOT NULL,
    colour text NOT NULL CHECK (colour IN ('yellow', 'red')),
    clock_id bigint REFERENCES gridseat.clock,
    given_by bigint REFERENCES gridseat.person,
    seq integer NOT NULL,
    at timestamptz NOT NULL,
    UNIQUE (clock_id, colour)
);
CREATE INDEX card_number ON gridseat.card (number);
COMMENT ON COLUMN gridseat.card.clock_id IS 'the overdue clock of an automatic card; null: a supervisor';

CREATE TABLE gridseat.link (
    number bigint NOT NULL REFERENCES gridseat.incident,
    other bigint NOT NULL REFERENCES gridseat.incident,
    seq integer NOT NULL,
    PRIMARY KEY (number, other),
    CHECK (number <> other)
);
CREATE INDEX link_other ON gridseat.link (other);

CREATE TABLE gridseat.alarm (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    facts jsonb NOT NULL,
    raised_at timestamptz NOT NULL,
    cleared_at timestamptz
);
CREATE UNIQUE INDEX alarm_once ON gridseat.alarm (kind, facts) WHERE cleared_at IS NULL;
""")
