-- Stage clocks: rows that start, stop, are suspended and go on; what is due follows from those that run.

-- A clock that starts with this turn, before its due is told.
CREATE OR REPLACE FUNCTION gridseat.clock_from(t gridseat.turn, p_stage text, p_seconds bigint, p_clock text)
RETURNS gridseat.clock LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.clock;
BEGIN
    k.number := (t.i).number;
    k.round := (t.i).round;
    k.stage := p_stage;
    k.started_seq := t.seq;
    k.seconds := p_seconds;
    k.clock := p_clock;
    k.calendar_id := gridseat.calendar_of((t.i).centre_id);
    k.started_at := gridseat.counting_from(k.calendar_id, t.at, p_seconds, p_clock);
    RETURN k;
END $$;

CREATE OR REPLACE FUNCTION gridseat.start_clock(t gridseat.turn, p_stage text, p_seconds bigint, p_clock text)
RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM gridseat.run_clock(gridseat.clock_from(t, p_stage, p_seconds, p_clock));
END $$;

-- Its due and, unless the clock goes on from before, when it turns yellow; neither in a year without calendar.
CREATE OR REPLACE FUNCTION gridseat.timed(k gridseat.clock) RETURNS gridseat.clock
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    k.due := gridseat.due_at(k.calendar_id, k.started_at, k.seconds, k.clock);
    k.warn_at := coalesce(k.warn_at, gridseat.warn_at(k.calendar_id, k.started_at, k.seconds, k.clock));
    RETURN k;
END $$;

-- A year without calendar raises an alarm. Answers the new row's id.
CREATE OR REPLACE FUNCTION gridseat.run_clock(p_clock gridseat.clock) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.clock := gridseat.timed(p_clock);
BEGIN
    INSERT INTO gridseat.clock (number, round, stage, started_seq, started_at, seconds, clock, calendar_id, due, warn_at)
    VALUES (k.number, k.round, k.stage, k.started_seq, k.started_at, k.seconds, k.clock, k.calendar_id, k.due, k.warn_at)
    RETURNING id INTO k.id;
    IF k.due IS NULL THEN
        PERFORM gridseat.alarm_unless_known(k.calendar_id, k.started_at, k.seconds, k.clock);
    END IF;
    RETURN k.id;
END $$;

CREATE OR REPLACE FUNCTION gridseat.alarm_unless_known(p_calendar bigint, p_start timestamptz, p_seconds bigint, p_clock text)
RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_year integer := gridseat.calendar_missing(p_calendar, p_start, p_seconds, p_clock);
BEGIN
    IF v_year IS NOT NULL THEN
        PERFORM gridseat.raise_alarm('calendar_missing', jsonb_build_object('calendar', p_calendar, 'year', v_year));
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.raise_alarm(p_kind text, p_facts jsonb) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO gridseat.alarm (kind, facts, raised_at) VALUES (p_kind, p_facts, desk.now())
    ON CONFLICT (kind, facts) WHERE cleared_at IS NULL DO NOTHING
$$;

-- Limit of a stage that is not handling (table stage_limit): whether it runs continuous is fixed at its start.
CREATE OR REPLACE FUNCTION gridseat.stage_clock(t gridseat.turn, p_stage text) RETURNS gridseat.clock
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    l gridseat.stage_limit;
    v_continuous boolean := (t.i).priority = 1;
BEGIN
    SELECT * INTO STRICT l FROM gridseat.stage_limit WHERE stage = p_stage;
    IF NOT v_continuous AND l.continuous_when = 'staffed' THEN
        v_continuous := gridseat.is_staffed((t.i).centre_id, t.at);
    ELSIF NOT v_continuous AND l.continuous_when = 'class' THEN
        v_continuous := (t.i).handling_clock = 'continuous';
    END IF;
    IF v_continuous THEN
        RETURN gridseat.clock_from(t, p_stage, l.continuous_amount, 'continuous');
    END IF;
    RETURN gridseat.clock_from(t, p_stage, l.working_amount, 'working');
END $$;

CREATE OR REPLACE FUNCTION gridseat.start_stage(t gridseat.turn, p_stage text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM gridseat.run_clock(gridseat.stage_clock(t, p_stage));
END $$;

CREATE OR REPLACE FUNCTION gridseat.stop_clocks(t gridseat.turn, p_stages text[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE gridseat.clock SET stopped_seq = t.seq, stopped_at = t.at
    WHERE number = (t.i).number AND stopped_seq IS NULL AND stage = ANY (p_stages);
END $$;

CREATE OR REPLACE FUNCTION gridseat.suspend_clocks(t gridseat.turn) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    UPDATE gridseat.clock SET stopped_seq = t.seq, stopped_at = t.at, suspended = true
    WHERE number = (t.i).number AND stopped_seq IS NULL
$$;

-- The suspended clocks as they go on at an instant: what was left, in the same time; overdue ones stay overdue.
CREATE OR REPLACE FUNCTION gridseat.going_on(i gridseat.incident, p_at timestamptz) RETURNS SETOF gridseat.clock
LANGUAGE plpgsql STABLE ROWS 3 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.clock;
    v_used bigint;
    v_yellow bigint;
BEGIN
    FOR k IN SELECT * FROM gridseat.clock AS c
             WHERE c.number = i.number AND c.round = i.round AND c.suspended ORDER BY c.id LOOP
        v_used := coalesce(gridseat.elapsed(k.calendar_id, k.started_at, k.stopped_at, k.clock), 0);
        v_yellow := coalesce(gridseat.elapsed(k.calendar_id, k.started_at, k.warn_at, k.clock), k.seconds * 4 / 5);
        k.seconds := greatest(0, k.seconds - v_used);
        k.started_at := p_at;
        k.due := gridseat.due_at(k.calendar_id, p_at, k.seconds, k.clock);
        k.warn_at := gridseat.due_at(k.calendar_id, p_at, greatest(0, v_yellow - v_used), k.clock);
        k.stopped_seq := NULL;
        k.stopped_at := NULL;
        k.suspended := false;
        RETURN NEXT k;
    END LOOP;
END $$;

-- Each goes on as a clock of its own, and takes its cards along: a colour is given once.
CREATE OR REPLACE FUNCTION gridseat.resume_clocks(t gridseat.turn) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.clock;
    v_id bigint;
BEGIN
    FOR k IN SELECT * FROM gridseat.going_on(t.i, t.at) LOOP
        UPDATE gridseat.clock SET suspended = false WHERE id = k.id;
        k.started_seq := t.seq;
        v_id := gridseat.run_clock(k);
        UPDATE gridseat.card SET clock_id = v_id WHERE clock_id = k.id;
    END LOOP;
END $$;

-- Limits follow a new class or priority. Clocks keep their start, and what was used or granted counts on.
CREATE OR REPLACE FUNCTION gridseat.restart_clocks(t gridseat.turn) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.clock;
    v_now constant timestamptz := t.at;
BEGIN
    FOR k IN SELECT * FROM gridseat.clock
             WHERE number = (t.i).number AND round = (t.i).round AND (stopped_seq IS NULL OR suspended)
               AND (stage = 'handling' OR (stage <> 'promised' AND NOT suspended)) ORDER BY id LOOP
        SELECT e.at INTO t.at FROM gridseat.timeline AS e WHERE e.number = k.number AND e.seq = k.started_seq;
        IF k.stage = 'handling' THEN
            PERFORM gridseat.restart_handling(t, k, v_now);
        ELSIF ((t.i).priority = 1, (t.i).handling_clock) <> ((t.was).priority = 1, (t.was).handling_clock) THEN
            UPDATE gridseat.clock SET stopped_seq = t.seq, stopped_at = v_now WHERE id = k.id;
            PERFORM gridseat.start_stage(gridseat.at_seq(t, k.started_seq), k.stage);
        END IF;
    END LOOP;
END $$;

-- A clock that goes on for another keeps the number of the entry that began it: there its time began.
CREATE OR REPLACE FUNCTION gridseat.at_seq(t gridseat.turn, p_seq integer) RETURNS gridseat.turn
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t.seq := p_seq;
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.restart_handling(t gridseat.turn, k gridseat.clock, p_now timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_began text;
BEGIN
    SELECT e.action INTO v_began FROM gridseat.timeline AS e WHERE e.number = k.number AND e.seq = k.started_seq;
    k.seconds := greatest(0, k.seconds + CASE v_began
        WHEN 'rework' THEN gridseat.rework_limit((t.i).handling_seconds) - gridseat.rework_limit((t.was).handling_seconds)
        ELSE (t.i).handling_seconds - (t.was).handling_seconds END);
    k.clock := (t.i).handling_clock;
    IF k.suspended THEN
        UPDATE gridseat.clock SET seconds = k.seconds, clock = k.clock,
            due = gridseat.due_at(k.calendar_id, k.started_at, k.seconds, k.clock),
            warn_at = gridseat.warn_at(k.calendar_id, k.started_at, k.seconds, k.clock)
        WHERE id = k.id;
        RETURN;
    END IF;
    UPDATE gridseat.clock SET stopped_seq = t.seq, stopped_at = p_now WHERE id = k.id;
    IF v_began IN ('dispatch', 'designate', 'rework') THEN
        k.started_at := gridseat.counting_from(k.calendar_id, t.at, k.seconds, k.clock);
    END IF;
    k.warn_at := NULL;
    PERFORM gridseat.run_clock(k);
END $$;

-- A failed check: half of the limit once more, two hours at least, and never more than the whole.
CREATE OR REPLACE FUNCTION gridseat.rework_limit(p_full bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS
$$ SELECT least(p_full, greatest(p_full / 2, 7200)) $$;

-- due is the earliest running limit; beside it the unit's own and what the citizen was promised, which stand still
-- in a case that is suspended or merged.
CREATE OR REPLACE FUNCTION gridseat.with_due(i gridseat.incident, p_clocks gridseat.clock[]) RETURNS gridseat.incident
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT k.due, k.warn_at, k.stage INTO i.due, i.warn_at, i.due_stage
    FROM unnest(p_clocks) AS k
    WHERE k.stopped_seq IS NULL AND k.stage <> 'promised'
    ORDER BY k.due NULLS LAST LIMIT 1;
    SELECT max(k.due) FILTER (WHERE k.stage = 'handling'), max(k.due) FILTER (WHERE k.stage = 'promised')
    INTO i.handling_due, i.promised_due
    FROM unnest(p_clocks) AS k
    WHERE k.round = i.round AND (k.stopped_seq IS NULL OR i.status IN ('suspended', 'merged'));
    RETURN i;
END $$;

-- A suspension ends at its hour, whenever that is written down.
CREATE OR REPLACE FUNCTION gridseat.suspension_over(i gridseat.incident) RETURNS boolean
LANGUAGE sql STABLE AS
$$ SELECT i.status = 'suspended' AND i.resume_at <= gridseat.read_at() $$;

-- Where the case was before it was suspended or merged.
CREATE OR REPLACE FUNCTION gridseat.back_in_place(i gridseat.incident) RETURNS gridseat.incident
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    i.status := i.status_before;
    i.status_before := NULL;
    i.resume_at := NULL;
    RETURN i;
END $$;

-- A suspended case as it stands after its hour, told by the clocks that gridseat.resume_due will write.
CREATE OR REPLACE FUNCTION gridseat.resumed(i gridseat.incident) RETURNS gridseat.incident
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_at timestamptz := i.resume_at;
BEGIN
    i := gridseat.back_in_place(i);
    i.version := i.version + 1;
    i.changed_at := v_at;
    RETURN gridseat.with_due(i, ARRAY(SELECT k FROM gridseat.going_on(i, v_at) AS k));
END $$;

CREATE OR REPLACE FUNCTION gridseat.resumed(p_number bigint) RETURNS gridseat.incident
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT gridseat.resumed(i) FROM gridseat.incident AS i WHERE i.number = p_number $$;
