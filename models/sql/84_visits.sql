-- Visits (走访): who is to be visited says a table of rules; each gets a task in every period of their rule, assigned to a
-- worker of their grid. Made in time or not is what the coverage counts.

INSERT INTO gridseat.visit_rule (code, name, min_age, alone, every_days)
VALUES ('elderly_alone', '60岁以上独居老人', 60, true, 30) ON CONFLICT (code) DO NOTHING;

CREATE OR REPLACE FUNCTION gridseat.is_to_visit(u gridseat.visit_rule, r gridseat.resident, p_year integer) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT r.left_on IS NULL AND NOT r.erased AND (u.kind IS NULL OR r.kind = u.kind) AND (u.alone IS NULL OR r.alone = u.alone)
        AND (u.min_age IS NULL OR coalesce(r.birth_year <= p_year - u.min_age, false))
$$;

-- Null: as it was, for a new rule nothing asked.
CREATE OR REPLACE FUNCTION desk.set_visit_rule(p_code text, p_name text, p_kind text, p_min_age integer, p_alone boolean,
                                               p_every_days integer, p_active boolean DEFAULT true)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT gridseat.governs_all(gridseat.check_admin()) THEN
        PERFORM gridseat.refuse('all_needed');
    ELSIF NOT gridseat.well_formed(p_code, p_name) OR (p_every_days BETWEEN 1 AND 366) IS NOT TRUE
       OR p_min_age NOT BETWEEN 0 AND 120 OR (p_kind IN ('registered', 'floating')) IS FALSE THEN
        PERFORM gridseat.reject_input('visit_rule_malformed');
    END IF;
    INSERT INTO gridseat.visit_rule AS u (code, name, kind, min_age, alone, every_days, active)
    VALUES (p_code, p_name, p_kind, p_min_age, p_alone, p_every_days, coalesce(p_active, true))
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, min_age = excluded.min_age,
        alone = excluded.alone, every_days = excluded.every_days, active = excluded.active;
    RETURN (SELECT to_jsonb(u) - 'id' FROM gridseat.visit_rule AS u WHERE u.code = p_code);
END $$;

CREATE OR REPLACE FUNCTION desk.visit_rules() RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT to_jsonb(u) - 'id' FROM gridseat.me() AS me, gridseat.visit_rule AS u WHERE me.id IS NOT NULL ORDER BY u.id $$;

-- Tasks for everybody who has none that is still to fall due, so many a call; answers how many, and whether that was all.
CREATE OR REPLACE FUNCTION desk.plan_visits(p_organisation text, p_limit integer DEFAULT 20000) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    v_today date := gridseat.registry_today();
    v_planned bigint;
BEGIN
    IF NOT me.positions && ARRAY['supervisor', 'admin'] THEN
        PERFORM gridseat.refuse('registry_supervisor');
    END IF;
    PERFORM gridseat.registry_reader(o.id);
    INSERT INTO gridseat.visit_task (rule_id, resident_id, grid_id, staff_id, due_on)
    SELECT u.id, r.id, r.grid_id, w.ids[1 + r.id % cardinality(w.ids)], v_today + u.every_days - 1
    FROM gridseat.visit_rule AS u
    JOIN gridseat.resident AS r ON gridseat.is_to_visit(u, r, extract(year FROM v_today)::integer)
    JOIN gridseat.grid AS g ON g.id = r.grid_id
    JOIN gridseat.organisation AS a ON a.id = g.organisation_id AND (o.id IS NULL OR a.lft BETWEEN o.lft AND o.rgt)
    LEFT JOIN (SELECT s.grid_id, array_agg(s.id ORDER BY s.id) AS ids FROM gridseat.staff AS s
               WHERE s.kind IN ('full_time', 'part_time') AND s.grid_id IS NOT NULL GROUP BY 1) AS w ON w.grid_id = r.grid_id
    WHERE u.active AND NOT EXISTS (SELECT FROM gridseat.visit_task AS v
                                   WHERE v.rule_id = u.id AND v.resident_id = r.id AND v.due_on >= v_today)
    LIMIT p_limit ON CONFLICT ON CONSTRAINT visit_task_once DO NOTHING;
    GET DIAGNOSTICS v_planned = ROW_COUNT;
    RETURN jsonb_build_object('planned', v_planned, 'all', v_planned < p_limit);
END $$;

-- The grids whose visits the caller may see: a grid worker's own, else those of the organisation's subtree.
CREATE OR REPLACE FUNCTION gridseat.visit_grids(me gridseat.person, p_organisation text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation;
BEGIN
    IF me.grid_id IS NOT NULL AND gridseat.is_unit(me) THEN
        RETURN ARRAY[me.grid_id];
    END IF;
    o := gridseat.board_organisation(me, p_organisation);
    PERFORM gridseat.registry_reader(o.id);
    RETURN ARRAY(SELECT g.id FROM gridseat.grid AS g JOIN gridseat.organisation AS a ON a.id = g.organisation_id
                 WHERE o.id IS NULL OR a.lft BETWEEN o.lft AND o.rgt);
END $$;

-- well 平安, help 需要帮助, absent 未遇 (it stays to be made), moved 已搬走 (the record leaves as of that day).
CREATE OR REPLACE FUNCTION desk.finish_visit(p_id bigint, p_result text, p_on date DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    v gridseat.visit_task;
    v_today date := gridseat.registry_today();
    v_on date := coalesce(p_on, v_today);
BEGIN
    SELECT * INTO v FROM gridseat.visit_task AS x WHERE x.id = p_id FOR UPDATE;
    IF v.id IS NULL OR NOT (CASE WHEN gridseat.is_unit(me) THEN coalesce(me.grid_id = v.grid_id, false)
                           ELSE me.positions && ARRAY['seat', 'supervisor', 'admin'] AND gridseat.governs(me, (
                                SELECT g.organisation_id FROM gridseat.grid AS g WHERE g.id = v.grid_id)) END) THEN
        PERFORM gridseat.refuse('record_not_found', jsonb_build_object('record', p_id));
    ELSIF gridseat.is_visited(v.result) THEN
        PERFORM gridseat.refuse('visit_made', jsonb_build_object('day', v.done_on));
    ELSIF (p_result IN ('well', 'help', 'absent', 'moved')) IS NOT TRUE THEN
        PERFORM gridseat.reject_input('not_one_of', jsonb_build_object('option', 'result', 'value', left(p_result, 40),
            'values', 'well, help, absent, moved'));
    ELSIF v_on > v_today OR v_on < v_today - 60 THEN
        PERFORM gridseat.reject_input('visit_day', jsonb_build_object('day', v_on));
    END IF;
    UPDATE gridseat.visit_task SET result = p_result, done_on = v_on, done_by = me.id WHERE id = p_id;
    IF p_result = 'moved' THEN
        UPDATE gridseat.resident SET left_on = v_on WHERE id = v.resident_id AND left_on IS NULL;
    ELSIF p_result <> 'absent' THEN
        PERFORM gridseat.confirm_record('resident', v.resident_id, v_on);
    END IF;
    RETURN jsonb_build_object('id', p_id, 'result', p_result, 'done', v_on);
END $$;
