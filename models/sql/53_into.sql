-- A report that repeats a case is put under it in the same breath: made and merged, or neither.

-- The second entry of one command needs an id of its own; the same again for the same command.
CREATE OR REPLACE FUNCTION gridseat.second_id(p_command uuid) RETURNS uuid
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT md5(p_command::text || ' into')::uuid $$;

-- The centre of the case that the report goes under, if the caller sees that case.
CREATE OR REPLACE FUNCTION gridseat.centre_above(t gridseat.turn) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT t.args ? 'into' THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT x.centre_id FROM gridseat.incident AS x
            WHERE x.number = gridseat.other_number(t) AND gridseat.sees(t.me, x));
END $$;

-- By the rules of merge or, where reports are attached to the case already, of attach-report.
CREATE OR REPLACE FUNCTION gridseat.put_under(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    u gridseat.turn := t;
    a gridseat.action;
    v_main bigint := gridseat.other_number(t);
BEGIN
    PERFORM FROM gridseat.incident AS x WHERE x.number = v_main FOR NO KEY UPDATE;
    SELECT * INTO a FROM gridseat.action AS x WHERE x.key = CASE
        WHEN EXISTS (SELECT FROM gridseat.incident AS y WHERE y.head_number = v_main) THEN 'attach-report' ELSE 'merge' END;
    u.action := a;
    u.args := jsonb_build_object('into', v_main, 'to', v_main);
    u.command_id := gridseat.second_id(t.command_id);
    u.facts := '{}';
    u.texts := '{}';
    u.was := t.i;
    u.seq := (t.i).last_seq + 1;
    u.rule := gridseat.find_rule(u);
    u.i.status := (u.rule).to_status;
    u := gridseat.step(u, NULL);
    u.i := gridseat.settle(u);
    RETURN u;
END $$;

-- What a report was answered that went under a case at once; else the answer as it is.
CREATE OR REPLACE FUNCTION gridseat.replayed_report(p_me gridseat.person, p_command uuid, p_answer jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((
        SELECT e.answer FROM gridseat.timeline AS e
        WHERE e.actor_id = p_me.id AND e.command_id = gridseat.second_id(p_command)
          AND e.number = (p_answer ->> 'number')::bigint), p_answer);
END $$;
