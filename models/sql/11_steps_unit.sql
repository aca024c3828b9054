-- What the unit's actions do, what it asks for, and how the centre answers.

CREATE OR REPLACE FUNCTION gridseat.step_acknowledge(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.stop_clocks(t, ARRAY['acknowledge']);
    IF (t.i).pending = 'return' THEN
        t := gridseat.drop_request(t);
    END IF;
    t.i.acknowledged_at := t.at;
    t.i.responsible_id := (t.i).lead_unit_id;
    UPDATE gridseat.party SET arrived_seq = t.seq, arrived_at = t.at
    WHERE number = (t.i).number AND kind = 'lead' AND until_seq IS NULL AND arrived_seq IS NULL;
    RETURN t;
END $$;

-- 报到: each co-handler for itself; duty, by telephone, for the one it names or the first that is missing.
CREATE OR REPLACE FUNCTION gridseat.step_arrive(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.party;
    v_unit bigint := (t.me).organisation_id;
BEGIN
    IF v_unit IS NULL AND t.args ? 'unit' THEN
        SELECT u.organisation INTO v_unit FROM gridseat.find_unit(t.args ->> 'unit') AS u;
    END IF;
    UPDATE gridseat.party SET arrived_seq = t.seq, arrived_at = t.at
    WHERE id = (SELECT q.id FROM gridseat.party AS q
                WHERE q.number = (t.i).number AND q.until_seq IS NULL AND q.arrived_seq IS NULL
                  AND q.kind IN ('lead', 'co') AND (v_unit IS NULL OR q.organisation_id = v_unit)
                ORDER BY q.kind, q.id LIMIT 1)
    RETURNING * INTO p;
    IF p.id IS NULL THEN
        PERFORM gridseat.refuse('nobody_to_arrive', jsonb_build_object('number', (t.i).number));
    END IF;
    IF gridseat.is_duty(t.me) THEN
        t.behalf_id := p.organisation_id;
    END IF;
    t.facts := jsonb_build_object('unit_id', p.organisation_id);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.ask(t gridseat.turn, p_kind text, p_seconds bigint, p_clock text, p_unit bigint)
RETURNS gridseat.turn LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (t.i).pending IS NOT NULL THEN
        PERFORM gridseat.refuse('request_pending', jsonb_build_object('number', (t.i).number, 'pending', (t.i).pending));
    END IF;
    INSERT INTO gridseat.request (number, round, kind, seconds, clock, unit_id, asked_by, asked_seq, asked_at)
    VALUES ((t.i).number, (t.i).round, p_kind, p_seconds, p_clock, p_unit, (t.me).id, t.seq, t.at);
    t.i.pending := p_kind;
    t.facts := jsonb_strip_nulls(jsonb_build_object('asks', p_kind, 'seconds', p_seconds, 'clock', p_clock, 'unit_id', p_unit));
    RETURN t;
END $$;

-- Within 2 working hours of acknowledging (priority 1: 10 minutes), and never after a designation.
CREATE OR REPLACE FUNCTION gridseat.step_return(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_until timestamptz := gridseat.return_until(t.i);
    v_unit bigint;
BEGIN
    IF (t.i).designated THEN
        PERFORM gridseat.refuse('designated', jsonb_build_object('number', (t.i).number));
    END IF;
    IF t.at > v_until THEN
        PERFORM gridseat.refuse('return_too_late', jsonb_build_object('number', (t.i).number, 'until', v_until));
    END IF;
    IF t.args ? 'unit' THEN
        SELECT u.organisation INTO v_unit FROM gridseat.find_unit(t.args ->> 'unit') AS u;
    END IF;
    RETURN gridseat.ask(t, 'return', NULL, NULL, v_unit);
END $$;

CREATE OR REPLACE FUNCTION gridseat.extensions_granted(i gridseat.incident) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT count(*) FROM gridseat.request AS r
            WHERE r.number = i.number AND r.round = i.round AND r.kind = 'extend' AND r.granted);
END $$;

-- Before it is overdue, at most two, each at most the original limit; counted in the case's own clock.
CREATE OR REPLACE FUNCTION gridseat.step_extend(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_seconds bigint := gridseat.limit_seconds(t);
BEGIN
    IF t.at > (t.i).handling_due THEN
        PERFORM gridseat.refuse('overdue_already', jsonb_build_object('number', (t.i).number, 'due', (t.i).handling_due));
    ELSIF gridseat.extensions_granted(t.i) >= 2 THEN
        PERFORM gridseat.refuse('extended_twice', jsonb_build_object('number', (t.i).number));
    ELSIF v_seconds > (t.i).handling_seconds THEN
        PERFORM gridseat.refuse('extension_too_long', jsonb_build_object(
            'number', (t.i).number, 'seconds', v_seconds, 'limit', (t.i).handling_seconds));
    END IF;
    RETURN gridseat.ask(t, 'extend', v_seconds, (t.i).handling_clock, NULL);
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_suspend(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_seconds bigint := gridseat.limit_seconds(t);
    v_clock text := t.args #>> '{limit,clock}';
    v_until timestamptz := gridseat.due_at(gridseat.calendar_of((t.i).centre_id), t.at, v_seconds, v_clock);
BEGIN
    IF coalesce(v_until, t.at + v_seconds * interval '1 second') > t.at + interval '1 year' THEN
        PERFORM gridseat.refuse('suspension_too_long', jsonb_build_object('number', (t.i).number));
    END IF;
    RETURN gridseat.ask(t, 'suspend', v_seconds, v_clock, NULL);
END $$;

-- Against how a closed case counts for its unit: once a case, whatever came of it.
CREATE OR REPLACE FUNCTION gridseat.step_appeal(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF gridseat.is_appealed(t.i) THEN
        PERFORM gridseat.refuse('appealed_already', jsonb_build_object('number', (t.i).number));
    END IF;
    RETURN gridseat.ask(t, 'appeal', NULL, NULL, NULL);
END $$;

CREATE OR REPLACE FUNCTION gridseat.is_appealed(i gridseat.incident) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM gridseat.request AS r WHERE r.number = i.number AND r.kind = 'appeal');
END $$;

CREATE OR REPLACE FUNCTION gridseat.open_request(t gridseat.turn) RETURNS gridseat.request
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r gridseat.request;
BEGIN
    SELECT * INTO r FROM gridseat.request AS q WHERE q.number = (t.i).number AND q.decided_seq IS NULL;
    IF r.id IS NULL THEN
        PERFORM gridseat.refuse('nothing_pending', jsonb_build_object('number', (t.i).number));
    ELSIF gridseat.is_duty(t.me) THEN
        RETURN r;
    ELSIF r.asked_by = (t.me).id THEN
        PERFORM gridseat.refuse('own_request', jsonb_build_object('number', (t.i).number));
    ELSIF r.kind <> 'return' AND NOT 'supervisor' = ANY ((t.me).positions) THEN
        PERFORM gridseat.refuse('supervisor_needed', jsonb_build_object('number', (t.i).number, 'pending', r.kind));
    END IF;
    RETURN r;
END $$;

CREATE OR REPLACE FUNCTION gridseat.decide(t gridseat.turn, r gridseat.request, p_granted boolean) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE gridseat.request SET decided_by = (t.me).id, decided_seq = t.seq, decided_at = t.at, granted = p_granted
    WHERE id = r.id;
    t.i.pending := NULL;
    t.facts := jsonb_build_object('asked', r.kind, 'asked_seq', r.asked_seq, 'granted', p_granted);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_refuse(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS
$$ SELECT gridseat.decide(t, gridseat.open_request(t), false) $$;

CREATE OR REPLACE FUNCTION gridseat.step_grant(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r gridseat.request := gridseat.open_request(t);
BEGIN
    t := gridseat.decide(t, r, true);
    CASE r.kind
        WHEN 'return' THEN RETURN gridseat.grant_return(t);
        WHEN 'extend' THEN RETURN gridseat.grant_extension(t, r);
        WHEN 'appeal' THEN RETURN t;  -- the figures read the granted request itself
        ELSE RETURN gridseat.grant_suspension(t, r);
    END CASE;
END $$;

CREATE OR REPLACE FUNCTION gridseat.grant_return(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.stop_clocks(t, ARRAY['acknowledge', 'handling']);
    UPDATE gridseat.party SET until_seq = t.seq
    WHERE number = (t.i).number AND until_seq IS NULL AND kind IN ('lead', 'co');
    t.i.status := 'accepted';
    t.i.lead_unit_id := NULL;
    t.i.lead_grid_id := NULL;
    t.i.acknowledged_at := NULL;
    t.i.returns := (t.i).returns + 1;
    PERFORM gridseat.start_stage(t, 'dispatch');
    RETURN t;
END $$;

-- Old due + amount: the same clock with a longer limit, so what became overdue while waiting is forgiven.
CREATE OR REPLACE FUNCTION gridseat.grant_extension(t gridseat.turn, r gridseat.request) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.clock;
BEGIN
    UPDATE gridseat.clock SET stopped_seq = t.seq, stopped_at = t.at
    WHERE number = (t.i).number AND stage = 'handling' AND stopped_seq IS NULL RETURNING * INTO k;
    k.seconds := k.seconds + r.seconds;
    k.warn_at := NULL;
    PERFORM gridseat.run_clock(k);
    t.i.extensions := (t.i).extensions + 1;
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.grant_suspension(t gridseat.turn, r gridseat.request) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.suspend_clocks(t);
    t.i.status_before := (t.i).status;
    t.i.status := 'suspended';
    t.i.resume_at := gridseat.resume_instant(t.i, r.seconds, r.clock, t.at);
    PERFORM gridseat.alarm_unless_known(gridseat.calendar_of((t.i).centre_id), t.at, r.seconds, r.clock);
    RETURN t;
END $$;

-- A year without calendar: at the latest a year on, until the sweep knows better.
CREATE OR REPLACE FUNCTION gridseat.resume_instant(i gridseat.incident, p_seconds bigint, p_clock text, p_from timestamptz)
RETURNS timestamptz LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT least(p_from + interval '1 year',
                 gridseat.due_at(gridseat.calendar_of(i.centre_id), p_from, p_seconds, p_clock))
$$;

CREATE OR REPLACE FUNCTION gridseat.step_resume(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t.i := gridseat.back_in_place(t.i);
    PERFORM gridseat.resume_clocks(t);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_feedback(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.stop_clocks(t, ARRAY['acknowledge', 'handling']);
    t := gridseat.drop_request(t);
    PERFORM gridseat.start_stage(t, 'verify');
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_verify(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.check_not_own_work(t);
    PERFORM gridseat.check_passed(t);
    PERFORM gridseat.stop_clocks(t, ARRAY['verify']);
    PERFORM gridseat.start_stage(t, 'close');
    RETURN t;
END $$;

-- Back to the same unit, history kept; the new limit is min(original, max(half of it, 2 h)).
CREATE OR REPLACE FUNCTION gridseat.step_rework(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.check_not_own_work(t);
    IF (t.i).lead_unit_id IS NULL THEN
        IF NOT gridseat.reported_by_unit(t.i) THEN
            RETURN gridseat.back_to_desk(t);
        END IF;
        t.i := gridseat.lead_by_reporter(t);
    END IF;
    PERFORM gridseat.stop_clocks(t, ARRAY['verify', 'close']);
    t.i.reworks := (t.i).reworks + 1;
    t.i.acknowledged_at := NULL;
    PERFORM gridseat.start_stage(t, 'acknowledge');
    PERFORM gridseat.start_clock(t, 'handling', gridseat.rework_limit((t.i).handling_seconds), (t.i).handling_clock);
    RETURN t;
END $$;

-- What was reported as handled at once and fails its check goes back to whoever reported it.
CREATE OR REPLACE FUNCTION gridseat.lead_by_reporter(t gridseat.turn) RETURNS gridseat.incident
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person;
BEGIN
    SELECT * INTO p FROM gridseat.person AS q WHERE q.id = (t.i).recorded_by;
    INSERT INTO gridseat.party (number, organisation_id, grid_id, kind, since_seq, since)
    VALUES ((t.i).number, p.organisation_id, p.grid_id, 'lead', t.seq, t.at);
    t.i.lead_unit_id := p.organisation_id;
    t.i.lead_grid_id := p.grid_id;
    RETURN t.i;
END $$;
