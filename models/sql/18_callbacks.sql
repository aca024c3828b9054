-- 回电: a call may promise another; the next call, or a follow-up that reached the reporter, keeps the promise.

CREATE OR REPLACE FUNCTION gridseat.step_call(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_at timestamptz := gridseat.instant(t.args ->> 'callback', 'callback');
BEGIN
    IF v_at <= t.at THEN
        PERFORM gridseat.reject_input('callback_past', jsonb_build_object('at', v_at, 'now', t.at));
    END IF;
    RETURN gridseat.call_back(gridseat.step_words(t), v_at);
END $$;

-- One promise at a time; its instants in the entry's facts are microseconds since 1970.
CREATE OR REPLACE FUNCTION gridseat.call_back(t gridseat.turn, p_at timestamptz) RETURNS gridseat.turn
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t.facts := t.facts || jsonb_strip_nulls(jsonb_build_object(
        'callback', gridseat.micros(p_at), 'called_back', gridseat.micros((t.i).callback_at)));
    t.i.callback_at := p_at;
    t.i.callback_person_id := CASE WHEN p_at IS NOT NULL THEN (t.me).id END;
    RETURN t;
END $$;

-- {at, by, login, mine}; null where none is promised.
CREATE OR REPLACE FUNCTION gridseat.callback(i gridseat.incident) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('at', i.callback_at, 'by', p.name, 'login', p.login, 'mine', p.role = session_user)
    FROM gridseat.person AS p WHERE p.id = i.callback_person_id
$$;
