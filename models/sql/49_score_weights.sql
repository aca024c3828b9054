-- The weights of scores as people set and read them, and the cases that an appeal keeps out of a score.

-- Sets the weights from a day on, and says why: all parts at once, together 100. What was in force before stays for what
-- ended before, and what is replaced on the same day stays in the history.
CREATE OR REPLACE FUNCTION desk.set_weights(p_since date, p_weights jsonb, p_reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    v_today date := (desk.now() AT TIME ZONE gridseat.fold_zone())::date;
    v_known text[] := ARRAY(SELECT DISTINCT w.part FROM gridseat.score_weight AS w);
    v_given text[] := ARRAY(SELECT jsonb_object_keys(p_weights));
BEGIN
    IF NOT 'admin' = ANY (me.positions) THEN
        PERFORM gridseat.refuse('admin_needed');
    ELSIF NOT (v_given <@ v_known AND v_given @> v_known) THEN
        PERFORM gridseat.reject_input('weights_incomplete', jsonb_build_object('parts', array_to_string(v_known, ', ')));
    ELSIF EXISTS (SELECT FROM jsonb_each(p_weights) AS w WHERE jsonb_typeof(w.value) <> 'number') OR NOT (
        SELECT sum(w.value::numeric) = 100 AND min(w.value::numeric) >= 0 FROM jsonb_each_text(p_weights) AS w) THEN
        PERFORM gridseat.reject_input('weights_not_hundred');
    ELSIF coalesce(p_since, v_today) < v_today THEN
        PERFORM gridseat.reject_input('weights_in_the_past', jsonb_build_object('since', p_since));
    ELSIF coalesce(btrim(p_reason), '') = '' THEN
        PERFORM gridseat.reject_input('weights_why');
    END IF;
    INSERT INTO gridseat.score_weight (part, since, weight, set_by, set_at, reason)
    SELECT w.key, coalesce(p_since, v_today), w.value::numeric, me.id, desk.now(), left(btrim(p_reason), 1000)
    FROM jsonb_each_text(p_weights) AS w;
END $$;

-- Every weight that ever was, newest first: [{part, since, change, weight, by, at, reason}]; change: the how many-th of
-- those from that day on. A wall is told neither by whom nor why.
CREATE OR REPLACE FUNCTION desk.weights() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('part', w.part, 'since', w.since, 'change', w.change, 'weight', w.weight,
                                                 'by', p.name, 'at', w.set_at,
                                                 'reason', CASE WHEN gridseat.is_wall(me) THEN '' ELSE w.reason END)
                    ORDER BY w.since DESC, w.change DESC, w.weight DESC, w.part), '[]')
    FROM (SELECT x.*, row_number() OVER (PARTITION BY x.part, x.since ORDER BY x.id) AS change
          FROM gridseat.score_weight AS x) AS w
    CROSS JOIN gridseat.me() AS me
    LEFT JOIN gridseat.person AS p ON p.id = w.set_by AND NOT gridseat.is_wall(me)
    WHERE me.id IS NOT NULL
$$;

-- Whether a case counts for a score of the period, or would but for its appeal: its handling fell due in it, what was handled
-- came up for a check, or its reporter said whether they were satisfied.
CREATE OR REPLACE FUNCTION gridseat.is_scored(p_number bigint, t gridseat.stretch) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM gridseat.clock AS k
                   WHERE k.number = p_number AND CASE k.stage WHEN 'handling' THEN k.due WHEN 'verify' THEN k.started_at END
                       BETWEEN t.starts AND t.now)
        OR EXISTS (SELECT FROM gridseat.timeline AS e
                   WHERE e.number = p_number AND e.action = 'follow-up' AND e.facts ->> 'satisfied' IN ('yes', 'no')
                     AND e.at BETWEEN t.starts AND t.now)
$$;

-- Appeals of a group's units beside every score that their cases count for, the latest first: unit, case, who asked when,
-- and what became of it (granted null: not decided yet). What was granted is in no score. A wall is told of none.
CREATE OR REPLACE FUNCTION desk.score_appeals(p_organisation text, p_group text, p_days integer, p_until date DEFAULT NULL)
RETURNS TABLE (unit text, number bigint, title text, asked_at timestamptz, asked_by text, reason text, granted boolean,
               decided_at timestamptz, decided_by text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t gridseat.stretch := gridseat.board_period(o.id, p_days, p_until);
    v_numbers bigint[] := gridseat.visible_of(me, o, ARRAY(
        SELECT r.number FROM gridseat.request AS r WHERE r.kind = 'appeal' AND gridseat.is_scored(r.number, t)));
BEGIN
    RETURN QUERY
    SELECT u.code, i.number, i.title, r.asked_at, a.name, e.reason, r.granted, r.decided_at, d.name
    FROM gridseat.request AS r
    JOIN gridseat.incident AS i ON i.number = r.number
    JOIN gridseat.organisation AS at ON at.id = coalesce(i.organisation_id, i.centre_id)
    JOIN gridseat.organisation AS u ON CASE WHEN p_group = 'department' THEN u.id = i.lead_unit_id
        ELSE u.level = p_group AND at.lft BETWEEN u.lft AND u.rgt END
    JOIN gridseat.person AS a ON a.id = r.asked_by
    LEFT JOIN gridseat.person AS d ON d.id = r.decided_by
    LEFT JOIN gridseat.timeline AS e ON (e.number, e.seq) = (r.number, r.asked_seq)
    WHERE r.kind = 'appeal' AND r.number = ANY (v_numbers) AND NOT gridseat.is_wall(me)
    ORDER BY r.asked_at DESC, r.number;
END $$;
