-- Stage clocks: rows that start, stop, are suspended and go on; what is due follows from those that run.

CREATE OR REPLACE FUNCTION gridseat.start_clock(t gridseat.turn, p_stage text, p_seconds bigint, p_clock text,
                                                p_from timestamptz DEFAULT NULL)
RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_calendar bigint := gridseat.calendar_of((t.i).centre_id);
    v_from timestamptz := gridseat.counting_from(v_calendar, coalesce(p_from, t.at), p_seconds, p_clock);
    v_due timestamptz := gridseat.due_at(v_calendar, v_from, p_seconds, p_clock);
BEGIN
    INSERT INTO gridseat.clock (number, round, stage, started_seq, started_at, seconds, clock, calendar_id,
                                due, warn_at)
    VALUES ((t.i).number, (t.i).round, p_stage, t.seq, v_from, p_seconds, p_clock, v_calendar,
            v_due, gridseat.warn_at(v_calendar, v_from, p_seconds, p_clock));
    IF v_due IS NULL THEN
        PERFORM gridseat.raise_alarm('calendar_missing', jsonb_build_object(
            'calendar', v_calendar, 'year', gridseat.calendar_missing(v_calendar, v_from, p_seconds, p_clock)));
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.raise_alarm(p_kind text, p_facts jsonb) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO gridseat.alarm (kind, facts, raised_at) VALUES (p_kind, p_facts, desk.now())
    ON CONFLICT (kind, facts) WHERE cleared_at IS NULL DO NOTHING
$$;

-- Limit of a stage that is not handling (table stage_limit): whether it runs continuous is fixed at its start.
CREATE OR REPLACE FUNCTION gridseat.start_stage(t gridseat.turn, p_stage text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
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
        PERFORM gridseat.start_clock(t, p_stage, l.continuous_amount, 'continuous');
    ELSE
        PERFORM gridseat.start_clock(t, p_stage, l.working_amount, 'working');
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.stop_clocks(t gridseat.turn, p_stages text[]) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    UPDATE gridseat.clock SET stopped_seq = t.seq, stopped_at = t.at
    WHERE number = (t.i).number AND stopped_seq IS NULL AND stage = ANY (p_stages)
$$;

CREATE OR REPLACE FUNCTION gridseat.suspend_clocks(t gridseat.turn) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    UPDATE gridseat.clock SET stopped_seq = t.seq, stopped_at = t.at, suspended = true
    WHERE number = (t.i).number AND stopped_seq IS NULL
$$;

-- What was left goes on as a clock of its own, in the same time; overdue ones stay overdue.
CREATE OR REPLACE FUNCTION gridseat.resume_clocks(t gridseat.turn) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.clock;
    v_left bigint;
BEGIN
    FOR k IN UPDATE gridseat.clock SET suspended = false
             WHERE number = (t.i).number AND suspended RETURNING * LOOP
        v_left := greatest(0, k.seconds - coalesce(
            gridseat.elapsed(k.calendar_id, k.started_at, k.stopped_at, k.clock), 0));
        INSERT INTO gridseat.clock (number, round, stage, started_seq, started_at, seconds, clock, calendar_id,
                                    due, warn_at)
        VALUES (k.number, k.round, k.stage, t.seq, t.at, v_left, k.clock, k.calendar_id,
                gridseat.due_at(k.calendar_id, t.at, v_left, k.clock),
                gridseat.due_at(k.calendar_id, t.at, greatest(0, v_left - k.seconds / 5), k.clock));
    END LOOP;
END $$;

-- due is the earliest running limit; beside it the unit's own and what the citizen was promised.
CREATE OR REPLACE FUNCTION gridseat.with_due(t gridseat.turn) RETURNS gridseat.incident
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
BEGIN
    SELECT k.due, k.warn_at, k.stage INTO i.due, i.warn_at, i.due_stage
    FROM gridseat.clock AS k
    WHERE k.number = i.number AND k.stopped_seq IS NULL AND k.stage <> 'promised'
    ORDER BY k.due NULLS LAST LIMIT 1;
    SELECT max(k.due) FILTER (WHERE k.stage = 'handling'), max(k.due) FILTER (WHERE k.stage = 'promised')
    INTO i.handling_due, i.promised_due
    FROM gridseat.clock AS k
    WHERE k.number = i.number AND k.round = i.round AND (k.stopped_seq IS NULL OR k.suspended);
    RETURN i;
END $$;
