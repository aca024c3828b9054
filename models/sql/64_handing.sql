-- How the cases of a signed handover pass to the next shift: one by one, so that one that cannot holds up no other.

-- {"taken": [number], "left": [{number, code, facts}]}, in the order of their numbers, as all who lock several do.
CREATE OR REPLACE FUNCTION gridseat.hand_cases(p gridseat.person, h gridseat.handover, p_command uuid, p_take boolean)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r record;
    v_why jsonb;
    v_taken bigint[] := '{}';
    v_left jsonb := '[]';
BEGIN
    IF p_take THEN
        FOR r IN SELECT n.number, n.held FROM gridseat.handed_numbers(h) AS n ORDER BY n.number LOOP
            v_why := gridseat.hand_case(p, h, p_command, r.number, r.held);
            IF v_why IS NULL THEN
                v_taken := v_taken || r.number;
            ELSE
                v_left := v_left || (jsonb_build_object('number', r.number) || v_why);
            END IF;
        END LOOP;
    END IF;
    RETURN jsonb_build_object('taken', v_taken, 'left', v_left);
END $$;

-- The giver's own, as handed over and as they are now: held as a claim, or only promised a call back.
CREATE OR REPLACE FUNCTION gridseat.handed_numbers(h gridseat.handover) RETURNS TABLE (number bigint, held boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT x.number, bool_or(x.held) FROM (
        SELECT (r -> 'number')::bigint AS number, true AS held
        FROM jsonb_path_query(h.content, '$.lists.claims.rows[*]') AS r
        UNION ALL SELECT i.number, true FROM gridseat.incident AS i
                  WHERE i.claim_person_id = h.from_id AND i.claim_until > desk.now()
        UNION ALL SELECT i.number, false FROM gridseat.incident AS i
                  WHERE i.callback_person_id = h.from_id AND i.callback_at IS NOT NULL) AS x
    GROUP BY x.number
$$;

-- Null where it passed, else {code, facts} of the refusal, as desk.act would refuse it. A promised call passes also where
-- the case itself does not: with a colleague now, or ended.
CREATE OR REPLACE FUNCTION gridseat.hand_case(p gridseat.person, h gridseat.handover, p_command uuid, p_number bigint,
                                              p_held boolean)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn;
    v_free boolean;
    v_code text;
    v_facts text;
BEGIN
    t.me := p;
    t.command_id := p_command;
    t.args := jsonb_build_object('to', p.login);
    t.texts := '{}';
    t.facts := jsonb_build_object('handover', h.id,
                                  'from', (SELECT f.login FROM gridseat.person AS f WHERE f.id = h.from_id));
    t.action := (SELECT a FROM gridseat.action AS a WHERE a.key = 'transfer');
    t := gridseat.admit(gridseat.take(t, p_number), p_number);
    v_free := NOT gridseat.is_held(t) OR (t.i).claim_person_id = h.from_id;
    IF (t.i).callback_person_id = h.from_id AND NOT (p_held AND v_free AND gridseat.is_open(t.i)) THEN
        t := gridseat.hand_promise(t);
    ELSIF v_free THEN
        t.rule := gridseat.find_rule(t);
        t := gridseat.step_transfer(t);
    ELSE
        PERFORM gridseat.refuse('claimed', gridseat.claim_facts(t.i));
    END IF;
    PERFORM gridseat.settle(t);
    RETURN NULL;
EXCEPTION WHEN SQLSTATE 'GS001' THEN
    GET STACKED DIAGNOSTICS v_code = MESSAGE_TEXT, v_facts = PG_EXCEPTION_DETAIL;
    RETURN jsonb_build_object('code', v_code, 'facts', v_facts::jsonb);
END $$;

CREATE OR REPLACE FUNCTION gridseat.hand_promise(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t.i.callback_person_id := (t.me).id;
    t.facts := t.facts || jsonb_build_object('to', (t.me).login, 'promise_only', true);
    RETURN t;
END $$;
