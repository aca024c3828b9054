-- Who may check whose work, and what a check or a follow-up may say.

-- A unit does not verify its own work.
CREATE OR REPLACE FUNCTION gridseat.is_own_work(t gridseat.turn) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT ((t.i).at_once AND (t.i).recorded_by = (t.me).id AND NOT gridseat.is_duty(t.me))
        OR coalesce((t.me).organisation_id = (t.i).lead_unit_id
            AND ((t.me).grid_id IS NULL OR (t.me).grid_id = coalesce((t.i).lead_grid_id, (t.me).grid_id)), false)
$$;

CREATE OR REPLACE FUNCTION gridseat.check_not_own_work(t gridseat.turn) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF gridseat.is_own_work(t) THEN
        PERFORM gridseat.refuse('own_work', jsonb_build_object('number', (t.i).number));
    END IF;
END $$;

-- Results are said in words, so which of them say no is a pattern that a county may set.
CREATE OR REPLACE FUNCTION gridseat.says_failed(p_result text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN p_result ~* (gridseat.setting('failed_check',
        '"^(false|no|bad|failed)$|not good|不合格|不通过|未通过|不属实|未整改|未解决"') #>> '{}');
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_check(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.check_not_own_work(t);
    t.facts := jsonb_build_object('result', t.args ->> 'result',
        'failed', nullif(gridseat.says_failed(t.args ->> 'result'), false));
    RETURN t;
END $$;

-- The last check since the unit's feedback said no.
CREATE OR REPLACE FUNCTION gridseat.has_failed(i gridseat.incident) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((SELECT (e.facts ->> 'failed')::boolean FROM gridseat.timeline AS e
                     WHERE e.number = i.number AND e.round = i.round AND e.action IN ('check', 'feedback')
                     ORDER BY e.seq DESC LIMIT 1), false);
END $$;

-- Sent back, or looked at again: what failed its check passes no further.
CREATE OR REPLACE FUNCTION gridseat.check_passed(t gridseat.turn) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF gridseat.has_failed(t.i) THEN
        PERFORM gridseat.refuse('check_failed', jsonb_build_object('number', (t.i).number));
    END IF;
END $$;

-- Who was not reached has answered nothing.
CREATE OR REPLACE FUNCTION gridseat.check_answers(t gridseat.turn) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF t.args ->> 'contacted' = 'no' AND t.args ?| ARRAY['solved', 'satisfied', 'kept'] THEN
        PERFORM gridseat.reject_input('not_contacted', jsonb_build_object('number', (t.i).number));
    END IF;
    PERFORM gridseat.check_dispute(t, 'kept');
END $$;

-- Only a dispute ends in an agreement, and has one to keep.
CREATE OR REPLACE FUNCTION gridseat.check_dispute(t gridseat.turn, p_option text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF t.args ? p_option AND NOT EXISTS (
        SELECT FROM gridseat.catalogue_class AS k
        WHERE k.id = (t.i).class_id AND gridseat.setting('disputes', '["矛盾纠纷"]') ? k.group_name) THEN
        PERFORM gridseat.reject_input('kept_for_disputes', jsonb_build_object('number', (t.i).number));
    END IF;
END $$;
