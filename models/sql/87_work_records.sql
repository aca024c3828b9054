-- What each worker and each unit did in a stretch: done, how much, how well. Figures to talk about; nothing follows from
-- them by itself, and residents have none.

-- The first day of the last p_days.
CREATE OR REPLACE FUNCTION gridseat.record_since(p_days integer) RETURNS date
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (p_days BETWEEN 1 AND 366) IS NOT TRUE THEN
        PERFORM gridseat.reject_input('bad_days', jsonb_build_object('days', p_days));
    END IF;
    RETURN gridseat.day_of(desk.now(), gridseat.fold_zone()) - (p_days - 1);
END $$;

-- Workers of a part of the tree, to those who answer for it; to anybody else, themselves. due and present: days on the roster on which they were due by now, and on which of them they came; beside: days off it on which they
-- came; visits to households, of them met; reports made and checks done by themselves; cases that their grid handled, of them reworked;
-- inspections of them and of their cases, of them passed. More than 2,000 workers are too many for one page.
CREATE OR REPLACE FUNCTION desk.staff_records(p_organisation text, p_days integer)
RETURNS TABLE (code text, name text, kind text, grid_code text, organisation text, due bigint, present bigint, beside bigint, patrols bigint,
               visits bigint, households bigint, reports bigint, checks bigint, cases bigint, reworked bigint,
               inspected bigint, passed bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    v_since date := gridseat.record_since(p_days);
    v_from timestamptz := v_since::timestamp AT TIME ZONE gridseat.fold_zone();
    v_today date := gridseat.day_of(desk.now(), gridseat.fold_zone());
    v_begun boolean := gridseat.workday_begun(desk.now());
    v_all boolean := gridseat.leads(me);
    v_ids bigint[] := ARRAY(
        SELECT s.id FROM gridseat.staff AS s JOIN gridseat.organisation AS p ON p.id = s.organisation_id
        WHERE p.lft BETWEEN o.lft AND o.rgt AND (s.person_id = me.id OR (v_all AND s.kind IN ('full_time', 'part_time')))
        LIMIT 2001);
BEGIN
    IF cardinality(v_ids) > 2000 THEN
        PERFORM gridseat.reject_input('too_many_workers', jsonb_build_object('most', 2000));
    END IF;
    RETURN QUERY
    WITH worker AS MATERIALIZED (
        SELECT s.* FROM gridseat.staff AS s WHERE s.id = ANY (v_ids)
    ), there AS (
        SELECT a.staff_id, count(*) FILTER (WHERE a.due AND gridseat.is_due(a.came, a.day, v_today, coalesce(b.begun, v_begun))) AS due,
               count(a.came) FILTER (WHERE a.due) AS present, count(a.came) FILTER (WHERE a.due IS NOT TRUE) AS beside
        FROM gridseat.attendance AS a LEFT JOIN gridseat.shifts_begun(desk.now()) AS b ON b.staff_id = a.staff_id
        WHERE a.staff_id = ANY (v_ids) AND a.day BETWEEN v_since AND v_since + p_days - 1 GROUP BY 1
    ), walked AS (
        SELECT p.staff_id, count(*) AS n FROM gridseat.patrol AS p
        WHERE p.staff_id = ANY (v_ids) AND p.started >= v_from GROUP BY 1
    ), called AS (
        SELECT v.staff_id, count(*) AS n, count(DISTINCT v.household) AS households FROM gridseat.visit AS v
        WHERE v.staff_id = ANY (v_ids) AND v.day >= v_since GROUP BY 1
    ), reported AS (
        SELECT w.id AS staff_id, count(*) AS n FROM worker AS w
        JOIN gridseat.incident AS i ON i.recorded_by = w.person_id AND i.received_at >= v_from AND NOT i.restricted GROUP BY 1
    ), looked AS (
        SELECT w.id AS staff_id, count(*) AS n FROM worker AS w
        JOIN gridseat.incident AS i ON i.grid_id = w.grid_id AND i.changed_at >= v_from AND NOT i.restricted
        JOIN gridseat.timeline AS e ON e.number = i.number AND e.actor_id = w.person_id AND e.at >= v_from
            AND e.action IN ('check', 'confirm') GROUP BY 1
    ), led AS (
        SELECT w.id AS staff_id, count(*) AS n, count(*) FILTER (WHERE i.reworks > 0) AS reworked FROM worker AS w
        JOIN gridseat.incident AS i ON i.grid_id = w.grid_id AND i.received_at >= v_from AND NOT i.restricted
        WHERE i.status IN ('handled', 'verified', 'closed') AND EXISTS (
            SELECT FROM gridseat.party AS q WHERE q.number = i.number AND q.kind = 'lead' AND q.grid_id = w.grid_id)
        GROUP BY 1
    ), drawn AS (
        SELECT w.id AS staff_id, count(*) AS n, count(*) FILTER (WHERE x.passed) AS passed FROM worker AS w
        JOIN gridseat.inspection AS x ON x.passed IS NOT NULL AND NOT x.hidden AND x.month >= date_trunc('month', v_since::timestamp)
            AND x.organisation_id = w.organisation_id
        LEFT JOIN gridseat.incident AS i ON i.number = x.number
        WHERE x.staff_id = w.id OR (i.grid_id = w.grid_id AND EXISTS (
            SELECT FROM gridseat.party AS q WHERE q.number = i.number AND q.kind = 'lead' AND q.grid_id = w.grid_id))
        GROUP BY 1
    )
    SELECT w.code, w.name, w.kind, g.code, p.code, coalesce(t.due, 0), coalesce(t.present, 0), coalesce(t.beside, 0), coalesce(k.n, 0),
           coalesce(c.n, 0), coalesce(c.households, 0), coalesce(r.n, 0), coalesce(l.n, 0), coalesce(d.n, 0),
           coalesce(d.reworked, 0), coalesce(x.n, 0), coalesce(x.passed, 0)
    FROM worker AS w
    JOIN gridseat.organisation AS p ON p.id = w.organisation_id
    LEFT JOIN gridseat.grid AS g ON g.id = w.grid_id
    LEFT JOIN there AS t ON t.staff_id = w.id LEFT JOIN walked AS k ON k.staff_id = w.id
    LEFT JOIN called AS c ON c.staff_id = w.id LEFT JOIN reported AS r ON r.staff_id = w.id
    LEFT JOIN looked AS l ON l.staff_id = w.id LEFT JOIN led AS d ON d.staff_id = w.id
    LEFT JOIN drawn AS x ON x.staff_id = w.id
    ORDER BY p.lft, w.code;
END $$;

-- Units that led cases of a part of the tree, as the caller's boards count them: should be closed, on time; acknowledgements
-- due, in time; handled, reworked; inspected, passed. Of a unit's own people only their unit.
CREATE OR REPLACE FUNCTION desk.unit_records(p_organisation text, p_days integer)
RETURNS TABLE (code text, name text, should bigint, on_time bigint, acknowledge bigint, acknowledged bigint,
               handled bigint, reworked bigint, inspected bigint, passed bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    v_since date := gridseat.record_since(p_days);
    t gridseat.stretch := gridseat.board_period(o.id, p_days);
BEGIN
    RETURN QUERY
    WITH counted AS (
        SELECT r.part AS unit_id, split_part(r.fact, '/', 1) AS fact, r.n, CASE WHEN r.hit_at <= t.now THEN r.n ELSE 0 END AS hits
        FROM gridseat.board_rows(me, o, t, ARRAY['on_time/unit', 'acknowledged/unit', 'rework/unit'], NULL) AS r
        WHERE r.total AND r.at >= t.starts AND r.at <= t.now AND gridseat.is_settled(r.fact, r.at, t.now)
        UNION ALL
        SELECT x.unit_id, 'inspected', 1, x.passed::integer FROM gridseat.inspection AS x
        JOIN gridseat.organisation AS p ON p.id = x.organisation_id
        WHERE x.passed IS NOT NULL AND NOT x.hidden AND x.month >= date_trunc('month', v_since::timestamp) AND x.unit_id IS NOT NULL
          AND (p.lft BETWEEN o.lft AND o.rgt OR x.unit_id = o.id)
    ), unit AS (
        SELECT c.unit_id, jsonb_object_agg(c.fact, c.n) AS n, jsonb_object_agg(c.fact, c.hits) AS h
        FROM (SELECT d.unit_id, d.fact, sum(d.n) AS n, sum(d.hits) AS hits FROM counted AS d GROUP BY 1, 2) AS c
        WHERE c.n > 0 GROUP BY 1
    )
    SELECT u.code, coalesce(u.alias, u.name), x.n[1], x.h[1], x.n[2], x.h[2], x.n[3], x.h[3], x.n[4], x.h[4]
    FROM unit AS c JOIN gridseat.organisation AS u ON u.id = c.unit_id
    CROSS JOIN LATERAL (
        SELECT array_agg(coalesce((c.n ->> k.fact)::bigint, 0) ORDER BY k.place) AS n,
               array_agg(coalesce((c.h ->> k.fact)::bigint, 0) ORDER BY k.place) AS h
        FROM unnest(ARRAY['on_time', 'acknowledged', 'rework', 'inspected']) WITH ORDINALITY AS k (fact, place)) AS x
    WHERE NOT gridseat.is_unit(me) OR u.id = me.organisation_id
    ORDER BY x.n[1] DESC, u.lft;
END $$;
