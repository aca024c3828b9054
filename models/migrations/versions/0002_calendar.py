"""Calendars, the catalogue of classes, stage limits and the cards that time alone gives."""

from models.migrations import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run("""
CREATE TABLE gridseat.calendar (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    timezone text NOT NULL DEFAULT 'Asia/Shanghai',
    next_day boolean NOT NULL DEFAULT false
);
COMMENT ON COLUMN gridseat.calendar.next_day IS
    'limits of a working day or more count from the day after receipt (次日起), else at once (当日)';

CREATE TABLE gridseat.calendar_rule (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    calendar_id bigint NOT NULL REFERENCES gridseat.calendar ON DELETE CASCADE,
    weekday smallint NOT NULL CHECK (weekday BETWEEN 0 AND 7),
    starts time(0) NOT NULL,
    ends time(0) NOT NULL,
    UNIQUE (calendar_id, weekday, starts),
    CHECK (starts < ends)
);
COMMENT ON COLUMN gridseat.calendar_rule.weekday IS
    'ISO, Monday is 1; 0: a make-up workday on a weekday that has no spans of its own';

CREATE TABLE gridseat.calendar_year (
    calendar_id bigint NOT NULL REFERENCES gridseat.calendar ON DELETE CASCADE,
    year smallint NOT NULL CHECK (year BETWEEN 1900 AND 2999),
    source text NOT NULL,
    starts timestamptz,
    known_until timestamptz,
    PRIMARY KEY (calendar_id, year)
);
CREATE INDEX calendar_year_starts ON gridseat.calendar_year (calendar_id, starts);
COMMENT ON TABLE gridseat.calendar_year IS 'years with data; time in any other year is not guessed';
COMMENT ON COLUMN gridseat.calendar_year.known_until IS
    'derived, like starts: where the unbroken row of known years ends';

CREATE TABLE gridseat.calendar_day (
    calendar_id bigint NOT NULL REFERENCES gridseat.calendar ON DELETE CASCADE,
    day date NOT NULL,
    working boolean NOT NULL,
    name text NOT NULL DEFAULT '',
    PRIMARY KEY (calendar_id, day)
);
COMMENT ON TABLE gridseat.calendar_day IS 'holidays and make-up workdays, overriding the week';

CREATE TABLE gridseat.calendar_span (
    calendar_id bigint NOT NULL REFERENCES gridseat.calendar ON DELETE CASCADE,
    starts timestamptz NOT NULL,
    ends timestamptz NOT NULL,
    before_seconds bigint NOT NULL,
    PRIMARY KEY (calendar_id, starts),
    CHECK (starts < ends)
);
CREATE UNIQUE INDEX calendar_span_before ON gridseat.calendar_span (calendar_id, before_seconds);
COMMENT ON TABLE gridseat.calendar_span IS
    'derived from the other calendar tables by rebuild_calendar: when working time counts';

CREATE TABLE gridseat.catalogue_class (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    group_name text NOT NULL,
    group_en text NOT NULL DEFAULT '',
    name text NOT NULL,
    name_en text NOT NULL DEFAULT '',
    priority smallint NOT NULL CHECK (priority BETWEEN 1 AND 4),
    amount bigint NOT NULL CHECK (amount > 0),
    clock text NOT NULL CHECK (clock IN ('continuous', 'working')),
    urgent_amount bigint CHECK (urgent_amount > 0),
    restricted boolean NOT NULL DEFAULT false,
    active boolean NOT NULL DEFAULT true,
    aliases text[] NOT NULL DEFAULT '{}',
    keywords text[] NOT NULL DEFAULT '{}',
    urgent_keywords text[] NOT NULL DEFAULT '{}',
    initials text NOT NULL DEFAULT '',
    CHECK (code = group_name || '/' || name),
    CHECK (priority > 1 OR clock = 'continuous')
);
COMMENT ON COLUMN gridseat.catalogue_class.amount IS 'seconds to handle it, in this clock';
COMMENT ON COLUMN gridseat.catalogue_class.urgent_amount IS
    'continuous seconds once a case of this class becomes priority 1 (a dispute that draws a crowd)';

CREATE TABLE gridseat.stage_limit (
    stage text PRIMARY KEY CHECK (stage IN ('accept', 'dispatch', 'acknowledge', 'verify', 'close')),
    continuous_when text NOT NULL CHECK (continuous_when IN ('staffed', 'class', 'urgent')),
    working_amount bigint NOT NULL CHECK (working_amount > 0),
    continuous_amount bigint NOT NULL CHECK (continuous_amount > 0)
);
COMMENT ON COLUMN gridseat.stage_limit.continuous_when IS
    'priority 1 always; staffed: while the centre is staffed too; class: where the class runs so too';

CREATE TABLE gridseat.urging_rule (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stage text CHECK (stage IN ('accept', 'dispatch', 'acknowledge', 'handling', 'verify', 'close')),
    urgent boolean NOT NULL,
    colour text NOT NULL CHECK (colour IN ('yellow', 'red')),
    limits smallint NOT NULL DEFAULT 0 CHECK (limits >= 0),
    working_days smallint NOT NULL DEFAULT 0 CHECK (working_days >= 0),
    to_parent boolean NOT NULL DEFAULT false,
    UNIQUE NULLS NOT DISTINCT (stage, urgent, colour)
);
COMMENT ON TABLE gridseat.urging_rule IS
    'cards that time gives: so many limits or working days past due; stage null: any';
COMMENT ON COLUMN gridseat.urging_rule.urgent IS
    'for cases of priority 1 or a handling limit of 4 hours or less; else for the others';
""")
