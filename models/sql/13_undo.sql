-- Undo: a compensating entry within 30 seconds, while nothing has moved since. Nothing is erased.

CREATE OR REPLACE FUNCTION gridseat.step_undo(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e gridseat.timeline;
BEGIN
    e := gridseat.entry_to_undo(t);
    PERFORM gridseat.share_tree();
    t.i := gridseat.as_before(t.i, e.before);
    t.i.centre_lft := (SELECT o.lft FROM gridseat.organisation AS o WHERE o.id = (t.i).centre_id);
    UPDATE gridseat.clock SET stopped_seq = t.seq, stopped_at = t.at, suspended = false
    WHERE number = e.number AND started_seq = e.seq AND stopped_seq IS NULL;
    UPDATE gridseat.clock SET stopped_seq = NULL, stopped_at = NULL, suspended = false
    WHERE number = e.number AND stopped_seq = e.seq AND started_seq < e.seq;
    UPDATE gridseat.party SET until_seq = t.seq WHERE number = e.number AND since_seq = e.seq AND until_seq IS NULL;
    UPDATE gridseat.party SET until_seq = NULL WHERE number = e.number AND until_seq = e.seq;
    UPDATE gridseat.request SET decided_seq = NULL, decided_at = NULL, decided_by = NULL, granted = NULL
    WHERE number = e.number AND decided_seq = e.seq;
    t.facts := jsonb_build_object('undoes', e.seq, 'undone', e.action);
    t.action.versioned := true;
    IF (t.was).status = 'closed' THEN
        PERFORM gridseat.unanswer_children(t);
    END IF;
    RETURN t;
END $$;

-- The case that the caller's own command p_command was for, null where there is none.
CREATE OR REPLACE FUNCTION desk.acted_on(p_command uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.number FROM gridseat.timeline AS e
    WHERE e.actor_id = (gridseat.me()).id AND e.command_id = p_command ORDER BY e.before IS NULL, e.id LIMIT 1
$$;

CREATE OR REPLACE FUNCTION gridseat.entry_to_undo(t gridseat.turn) RETURNS gridseat.timeline
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e gridseat.timeline;
    v_command uuid;
BEGIN
    BEGIN
        v_command := (t.args ->> 'command')::uuid;
    EXCEPTION WHEN invalid_text_representation THEN
        PERFORM gridseat.reject_input('bad_command_id', jsonb_build_object('command', t.args ->> 'command'));
    END;
    SELECT * INTO e FROM gridseat.timeline AS x
    WHERE x.number = (t.i).number AND x.command_id = v_command AND x.actor_id = (t.me).id ORDER BY x.seq LIMIT 1;
    IF e.id IS NULL OR e.before IS NULL THEN
        PERFORM gridseat.refuse('cannot_undo', jsonb_build_object('number', (t.i).number, 'action', e.action));
    ELSIF t.at > e.at + interval '30 seconds' THEN
        PERFORM gridseat.refuse('undo_too_late', jsonb_build_object('number', (t.i).number, 'action', e.action));
    ELSIF gridseat.is_moved_since(e.number, e.seq) THEN
        PERFORM gridseat.refuse('moved_since', jsonb_build_object('number', (t.i).number, 'action', e.action));
    END IF;
    RETURN e;
END $$;

-- The facts of before, and from now what a move does not touch.
CREATE OR REPLACE FUNCTION gridseat.as_before(i gridseat.incident, p_before jsonb) RETURNS gridseat.incident
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_populate_record(i, p_before - ARRAY[
        'version', 'last_seq', 'head', 'changed_at', 'words', 'place_lft', 'reports', 'reminders', 'unreached',
        'claim_person_id', 'claim_at', 'claim_until', 'callback_at', 'callback_person_id'])
$$;

-- The end is taken back, or a new round begins: each merged reporter is to be answered and asked anew.
CREATE OR REPLACE FUNCTION gridseat.unanswer_children(t gridseat.turn) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
    u gridseat.turn := t;
BEGIN
    FOR i IN SELECT x.* FROM gridseat.incident AS x
             WHERE x.status = 'merged' AND x.closed_at IS NOT NULL
               AND (x.merged_into = (t.i).number OR x.head_number = (t.i).number)
             ORDER BY x.number FOR NO KEY UPDATE LOOP
        u.was := i;
        i.outcome := NULL;
        i.closed_at := NULL;
        i.unreached := CASE (t.action).key WHEN 'reopen' THEN 0 ELSE i.unreached END;
        u.i := i;
        u.seq := i.last_seq + 1;
        u.facts := jsonb_build_object('main', (t.i).number);
        PERFORM gridseat.settle(u);
        PERFORM gridseat.unanswer_children(u);
    END LOOP;
END $$;
