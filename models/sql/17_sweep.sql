-- What time alone changes, written down once: claims that end, suspensions that resume, cards that fall due.
-- Any console or worker may call it; one at a time does it, the others pass.

CREATE OR REPLACE FUNCTION gridseat.server_turn(p_number bigint) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn;
    i gridseat.incident;
    p gridseat.person;
BEGIN
    SELECT * INTO p FROM gridseat.person AS q WHERE q.login = '系统';
    SELECT * INTO i FROM gridseat.incident AS x WHERE x.number = p_number FOR NO KEY UPDATE;
    t.me := p;
    t.i := i;
    t.was := i;
    t.at := desk.now();
    t.seq := i.last_seq + 1;
    t.command_id := gen_random_uuid();
    t.args := '{}';
    t.facts := '{}';
    t.texts := '{}';
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.resume_due(p_number bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn := gridseat.server_turn(p_number);
BEGIN
    IF (t.i).status <> 'suspended' OR (t.i).resume_at > t.at THEN
        RETURN;
    END IF;
    t.at := (t.i).resume_at;
    t.i := gridseat.back_in_place(t.i);
    PERFORM gridseat.resume_clocks(t);
    PERFORM gridseat.settle_as(t, 'resumed');
END $$;

CREATE OR REPLACE FUNCTION gridseat.claim_due(p_number bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn := gridseat.server_turn(p_number);
BEGIN
    IF (t.i).claim_until IS NULL OR (t.i).claim_until > t.at THEN
        RETURN;
    END IF;
    t.facts := jsonb_build_object('held_by', (t.i).claim_person_id);
    t.i := gridseat.end_claim(t.i);
    PERFORM gridseat.settle_as(t, 'claim-ended');
END $$;

-- Rules (table urging_rule) whose card an overdue clock does not have yet, and is not known to wait for still.
CREATE OR REPLACE FUNCTION gridseat.cards_open(p_now timestamptz)
RETURNS TABLE (k gridseat.clock, u gridseat.urging_rule)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT k, u
    FROM gridseat.clock AS k
    JOIN gridseat.incident AS i ON i.number = k.number
    JOIN gridseat.urging_rule AS u
      ON (u.stage IS NULL OR u.stage = k.stage)
     AND u.urgent = (i.priority = 1 OR i.handling_seconds <= 14400)
    WHERE k.stopped_seq IS NULL AND k.due <= p_now AND k.stage <> 'promised'
      AND NOT EXISTS (SELECT FROM gridseat.card AS c WHERE c.clock_id = k.id AND c.colour = u.colour)
      AND NOT EXISTS (SELECT FROM gridseat.card_wait AS w
                      WHERE w.clock_id = k.id AND w.rule_id = u.id AND w.until > p_now
                        AND (w.due, w.seconds, w.clock) = (k.due, k.seconds, k.clock))
$$;

-- Cards that overdue clocks have earned and do not have yet.
CREATE OR REPLACE FUNCTION gridseat.cards_due(p_now timestamptz)
RETURNS TABLE (number bigint, clock_id bigint, colour text, to_parent boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (o.k).number, (o.k).id, (o.u).colour, (o.u).to_parent
    FROM gridseat.cards_open(p_now) AS o
    WHERE coalesce(gridseat.card_at(o.k, o.u), 'infinity') <= p_now
    ORDER BY 1, 2, 3 DESC
    LIMIT 500
$$;

-- When a card falls is worked out once, not at every sweep for every overdue case.
CREATE OR REPLACE FUNCTION gridseat.wait_for_cards(p_now timestamptz) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM gridseat.card_wait AS w WHERE w.until <= p_now;
    INSERT INTO gridseat.card_wait AS w (clock_id, rule_id, due, seconds, clock, until)
    SELECT (o.k).id, (o.u).id, (o.k).due, (o.k).seconds, (o.k).clock, a.at
    FROM gridseat.cards_open(p_now) AS o CROSS JOIN LATERAL gridseat.card_at(o.k, o.u) AS a (at)
    WHERE a.at > p_now
    ON CONFLICT (clock_id, rule_id) DO UPDATE
    SET due = excluded.due, seconds = excluded.seconds, clock = excluded.clock, until = excluded.until
$$;

-- A calendar or a rule that changes moves the cards that wait.
CREATE OR REPLACE FUNCTION gridseat.wait_anew() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM gridseat.card_wait;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER wait_anew AFTER INSERT OR UPDATE OR DELETE ON gridseat.calendar_span
FOR EACH STATEMENT EXECUTE FUNCTION gridseat.wait_anew();
CREATE OR REPLACE TRIGGER wait_anew AFTER INSERT OR UPDATE OR DELETE ON gridseat.urging_rule
FOR EACH STATEMENT EXECUTE FUNCTION gridseat.wait_anew();

-- The clock that stood still and goes on as k; none where k began by itself or was told anew.
CREATE OR REPLACE FUNCTION gridseat.gone_on_from(k gridseat.clock) RETURNS gridseat.clock
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.clock;
BEGIN
    SELECT * INTO p FROM gridseat.clock AS c
    WHERE c.number = k.number AND c.round = k.round AND c.stage = k.stage AND c.id < k.id ORDER BY c.id DESC LIMIT 1;
    IF EXISTS (SELECT FROM gridseat.timeline AS e
               WHERE e.number = k.number AND e.seq = k.started_seq AND e.seq > p.started_seq
                 AND e.action IN ('resume', 'resumed', 'unmerge', 'detach-report')) THEN
        RETURN p;
    END IF;
    RETURN NULL;
END $$;

-- When the card of a rule falls. What was left of the way to it when the clock stood still is still to go.
CREATE OR REPLACE FUNCTION gridseat.card_at(k gridseat.clock, u gridseat.urging_rule) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.clock := gridseat.gone_on_from(k);
    v_clock text := CASE WHEN u.working_days > 0 THEN 'working' ELSE k.clock END;
BEGIN
    IF p.id IS NOT NULL THEN
        RETURN gridseat.due_at(k.calendar_id, k.started_at,
            gridseat.elapsed(p.calendar_id, p.stopped_at, gridseat.card_at(p, u), v_clock), v_clock);
    ELSIF u.working_days > 0 THEN
        RETURN gridseat.working_days_after(k.calendar_id, k.due, u.working_days);
    END IF;
    RETURN gridseat.due_at(k.calendar_id, k.due, k.seconds * u.limits, k.clock);
END $$;

CREATE OR REPLACE FUNCTION gridseat.give_card(p_number bigint, p_clock bigint, p_colour text, p_to_parent boolean)
RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn := gridseat.server_turn(p_number);
    v_parent bigint := CASE WHEN p_to_parent THEN gridseat.parent_centre((t.i).centre_id) END;
    v_stage text;
BEGIN
    SELECT k.stage INTO v_stage FROM gridseat.clock AS k WHERE k.id = p_clock AND k.stopped_seq IS NULL;
    IF v_stage IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO gridseat.card (number, round, colour, clock_id, seq, at)
    VALUES (p_number, (t.i).round, p_colour, p_clock, t.seq, t.at);
    t.facts := jsonb_strip_nulls(jsonb_build_object('card', p_colour, 'stage', v_stage, 'shown_to', v_parent));
    PERFORM gridseat.settle_as(t, 'card');
END $$;

-- Once the missing year is imported, limits that could not be told are.
CREATE OR REPLACE FUNCTION gridseat.due_known(p_number bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn := gridseat.server_turn(p_number);
BEGIN
    UPDATE gridseat.clock AS k
    SET due = gridseat.due_at(k.calendar_id, k.started_at, k.seconds, k.clock),
        warn_at = gridseat.warn_at(k.calendar_id, k.started_at, k.seconds, k.clock)
    WHERE k.number = p_number AND k.stopped_seq IS NULL AND k.due IS NULL;
    IF (t.i).status = 'suspended' THEN
        t.i.resume_at := coalesce(gridseat.resume_told(t.i), (t.i).resume_at);
    END IF;
    PERFORM gridseat.settle_as(t, 'due-known');
END $$;

-- When a suspension ends by what was granted, as the calendar tells it now.
CREATE OR REPLACE FUNCTION gridseat.resume_told(i gridseat.incident) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT gridseat.resume_instant(i, r.seconds, r.clock, r.decided_at)
    FROM gridseat.request AS r
    WHERE r.number = i.number AND r.kind = 'suspend' AND r.granted ORDER BY r.id DESC LIMIT 1
$$;

-- Cases that wait for a year's calendar which is there now.
CREATE OR REPLACE FUNCTION gridseat.newly_known() RETURNS TABLE (number bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.number FROM gridseat.clock AS k
    WHERE k.stopped_seq IS NULL AND k.due IS NULL
      AND gridseat.due_at(k.calendar_id, k.started_at, k.seconds, k.clock) IS NOT NULL
    UNION
    SELECT i.number FROM gridseat.incident AS i
    WHERE i.status = 'suspended' AND gridseat.resume_told(i) <> i.resume_at
    LIMIT 500
$$;

-- A year that somebody must import is announced in good time, once, until it is there.
CREATE OR REPLACE FUNCTION gridseat.raise_alarms(p_now timestamptz) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT gridseat.raise_alarm('calendar_missing', g.facts)
    FROM (SELECT jsonb_build_object('calendar', x.calendar_id, 'year', x.year) AS facts
          FROM gridseat.calendar_gaps(p_now) AS x) AS g
    WHERE NOT EXISTS (SELECT FROM gridseat.alarm AS a
                      WHERE a.kind = 'calendar_missing' AND a.facts = g.facts AND a.cleared_at IS NULL)
$$;

CREATE OR REPLACE FUNCTION gridseat.clear_alarms() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    UPDATE gridseat.alarm AS a SET cleared_at = desk.now()
    WHERE a.kind = 'calendar_missing' AND a.cleared_at IS NULL
      AND EXISTS (SELECT FROM gridseat.calendar_year AS y
                  WHERE y.calendar_id = (a.facts -> 'calendar')::bigint AND y.year = (a.facts -> 'year')::integer)
$$;

-- A long write transaction anywhere in the cluster holds every feed back: people's are ended. Not so work that must go
-- in whole and is at work (a tree, a calendar): it is known by a lock that people have no right to take.
CREATE OR REPLACE FUNCTION gridseat.end_holders(p_limit interval DEFAULT '10 seconds') RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*)::integer FROM (
        SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity AS a JOIN gridseat.person AS p ON p.role = a.usename
        WHERE a.backend_xid IS NOT NULL AND a.datname = current_database() AND a.pid <> pg_backend_pid()
          AND CASE WHEN EXISTS (SELECT FROM pg_locks AS l
                                WHERE l.pid = a.pid AND l.granted AND l.mode = 'ShareUpdateExclusiveLock'
                                  AND l.relation = 'gridseat.tree'::regclass)
                   THEN a.state <> 'active' AND a.state_change < clock_timestamp() - p_limit
                   ELSE a.xact_start < clock_timestamp() - p_limit END) AS ended
$$;

-- One at a time; reports and other imports go on.
CREATE OR REPLACE FUNCTION gridseat.begin_whole() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    LOCK TABLE gridseat.tree IN SHARE UPDATE EXCLUSIVE MODE;
END $$;

CREATE OR REPLACE FUNCTION desk.sweep() RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_now timestamptz := desk.now();
    r record;
    v_done jsonb := '{"claims": 0, "resumed": 0, "cards": 0, "known": 0}';
BEGIN
    PERFORM gridseat.me();
    PERFORM gridseat.end_holders();  -- first of all: a holder may hold the sweep too
    PERFORM FROM gridseat.setting WHERE key = 'sweep' FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN v_done;
    END IF;
    FOR r IN SELECT i.number FROM gridseat.incident AS i
             WHERE i.status = 'suspended' AND i.resume_at <= v_now
             ORDER BY i.number LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED LOOP
        PERFORM gridseat.resume_due(r.number);
        v_done := jsonb_set(v_done, '{resumed}', to_jsonb((v_done ->> 'resumed')::integer + 1));
    END LOOP;
    FOR r IN SELECT i.number FROM gridseat.incident AS i
             WHERE i.claim_person_id IS NOT NULL AND i.claim_until <= v_now
             ORDER BY i.number LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED LOOP
        PERFORM gridseat.claim_due(r.number);
        v_done := jsonb_set(v_done, '{claims}', to_jsonb((v_done ->> 'claims')::integer + 1));
    END LOOP;
    PERFORM gridseat.wait_for_cards(v_now);
    FOR r IN SELECT c.* FROM gridseat.cards_due(v_now) AS c LOOP
        PERFORM gridseat.give_card(r.number, r.clock_id, r.colour, r.to_parent);
        v_done := jsonb_set(v_done, '{cards}', to_jsonb((v_done ->> 'cards')::integer + 1));
    END LOOP;
    PERFORM gridseat.raise_alarms(v_now);
    PERFORM gridseat.clear_alarms();
    FOR r IN SELECT n.number FROM gridseat.newly_known() AS n LOOP
        PERFORM gridseat.due_known(r.number);
        v_done := jsonb_set(v_done, '{known}', to_jsonb((v_done ->> 'known')::integer + 1));
    END LOOP;
    PERFORM gridseat.forget_messages(v_now);
    PERFORM gridseat.forget_places(v_now);
    PERFORM gridseat.retire_records(v_now);
    PERFORM gridseat.fold_measures();
    PERFORM gridseat.fold_work();
    RETURN v_done;
END $$;
