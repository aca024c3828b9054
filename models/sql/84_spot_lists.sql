-- The lists that spot checks and visits are worked through by, page by page: p_after is the key of the last row that is
-- known, total comes with the first page. p_find: each of its words stands in a grid's or place's name or a record's code.

CREATE OR REPLACE FUNCTION gridseat.is_found(p_find text, VARIADIC p_texts text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(p_find, '') = '' OR NOT EXISTS (
        SELECT FROM regexp_split_to_table(btrim(lower(left(p_find, 100))), '\s+') AS w
        WHERE strpos(lower(array_to_string(p_texts, ' ')), w) = 0)
$$;

CREATE OR REPLACE FUNCTION gridseat.spot_month(p_month date) RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT date_trunc('month', coalesce(p_month, gridseat.registry_today())::timestamp)::date $$;

-- The spot checks of a month (a day of it; null: this month), of one grid or all, those to do first.
CREATE OR REPLACE FUNCTION desk.spot_checks(p_organisation text, p_month date DEFAULT NULL, p_limit integer DEFAULT 200,
                                            p_after jsonb DEFAULT NULL, p_grid text DEFAULT NULL, p_find text DEFAULT '')
RETURNS TABLE (id bigint, month text, grid text, grid_name text, kind text, code text, fields jsonb, result text, wrong text[],
               checked_at timestamptz, key jsonb, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    o gridseat.organisation := gridseat.board_organisation(gridseat.me(), p_organisation);
    v_month date := gridseat.spot_month(p_month);
    v_done boolean := coalesce((p_after ->> 0)::boolean, false);
    v_id bigint := coalesce((p_after ->> 1)::bigint, 0);
BEGIN
    PERFORM gridseat.registry_reader(o.id);
    RETURN QUERY
    WITH wanted AS (
        SELECT s.*, s.result IS NOT NULL AS done, g.code AS grid_code, g.name AS grid_name, coalesce(r.code, h.code) AS record_code
        FROM gridseat.organisation AS a JOIN gridseat.grid AS g ON g.organisation_id = a.id
        JOIN gridseat.spot_check AS s ON s.grid_id = g.id AND s.month = v_month
        LEFT JOIN gridseat.organisation AS q ON q.id = a.parent_id
        LEFT JOIN gridseat.resident AS r ON s.kind = 'resident' AND r.id = s.record_id
        LEFT JOIN gridseat.house AS h ON s.kind = 'house' AND h.id = s.record_id
        WHERE (o.id IS NULL OR a.lft BETWEEN o.lft AND o.rgt) AND (p_grid IS NULL OR g.code = p_grid)
          AND gridseat.is_found(p_find, g.name, g.code, r.code, h.code, a.name, a.alias, q.name)
    ), page AS (
        SELECT w.* FROM wanted AS w WHERE (w.done, w.id) > (v_done, v_id) ORDER BY w.done, w.id LIMIT least(greatest(p_limit, 1), 1000)
    )
    SELECT p.id, to_char(p.month, 'YYYY-MM'), p.grid_code, p.grid_name, p.kind, p.record_code,
           gridseat.registry_fields(p.kind, p.record_id), p.result, p.wrong, p.checked_at, jsonb_build_array(p.done, p.id),
           CASE WHEN p_after IS NULL THEN (SELECT count(*) FROM wanted) END
    FROM page AS p ORDER BY p.done, p.id;
END $$;

-- {"month", "drawn", "checked", "correct", "grids": [[code, name, drawn, checked]]}: how far a month's spot checks are; at most
-- 2,000 grids, those with some to do first.
CREATE OR REPLACE FUNCTION desk.spot_state(p_organisation text, p_month date DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    o gridseat.organisation := gridseat.board_organisation(gridseat.me(), p_organisation);
BEGIN
    PERFORM gridseat.registry_reader(o.id);
    RETURN (
        WITH grid AS (
            SELECT g.code, g.name, min(a.lft) AS lft, count(*) AS drawn, count(s.result) AS checked,
                   count(*) FILTER (WHERE s.result = 'correct') AS correct
            FROM gridseat.organisation AS a JOIN gridseat.grid AS g ON g.organisation_id = a.id
            JOIN gridseat.spot_check AS s ON s.grid_id = g.id AND s.month = gridseat.spot_month(p_month)
            WHERE o.id IS NULL OR a.lft BETWEEN o.lft AND o.rgt GROUP BY g.id
        ), first AS (
            SELECT g.* FROM grid AS g ORDER BY g.checked = g.drawn, g.lft, g.code LIMIT 2000
        )
        SELECT jsonb_build_object('month', to_char(gridseat.spot_month(p_month), 'YYYY-MM'), 'drawn', coalesce(sum(g.drawn), 0),
                   'checked', coalesce(sum(g.checked), 0), 'correct', coalesce(sum(g.correct), 0), 'grids', (
                   SELECT coalesce(jsonb_agg(jsonb_build_array(f.code, f.name, f.drawn, f.checked)
                                             ORDER BY f.checked = f.drawn, f.lft, f.code), '[]') FROM first AS f))
        FROM grid AS g);
END $$;

-- Visits to make (nobody met counts as to make), the earliest due first; or, with p_made, those made, the latest first.
CREATE OR REPLACE FUNCTION desk.visits(p_organisation text, p_made boolean DEFAULT false, p_limit integer DEFAULT 200,
                                       p_after jsonb DEFAULT NULL, p_find text DEFAULT '')
RETURNS TABLE (id bigint, rule text, grid text, grid_name text, code text, fields jsonb, worker text, due date, done date, result text,
               overdue boolean, key jsonb, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_grids bigint[] := gridseat.visit_grids(gridseat.me(), p_organisation);
    v_today date := gridseat.registry_today();
    v_at integer := coalesce((p_after ->> 0)::integer, -2147483648);
    v_id bigint := coalesce((p_after ->> 1)::bigint, 0);
BEGIN
    RETURN QUERY
    WITH wanted AS (
        SELECT v.*, CASE WHEN p_made THEN date '2000-01-01' - v.done_on ELSE v.due_on - date '2000-01-01' END AS at, u.name AS rule_name,
               g.code AS grid_code, g.name AS grid_name, r.code AS record_code, s.name AS worker_name
        FROM gridseat.visit_task AS v
        JOIN gridseat.visit_rule AS u ON u.id = v.rule_id
        JOIN gridseat.resident AS r ON r.id = v.resident_id
        JOIN gridseat.grid AS g ON g.id = v.grid_id
        JOIN gridseat.organisation AS a ON a.id = g.organisation_id
        LEFT JOIN gridseat.staff AS s ON s.id = v.staff_id
        WHERE v.grid_id = ANY (v_grids) AND gridseat.is_visited(v.result) = coalesce(p_made, false)
          AND gridseat.is_found(p_find, g.name, g.code, r.code, a.name, a.alias, s.name)
    ), page AS (
        SELECT w.* FROM wanted AS w WHERE (w.at, w.id) > (v_at, v_id) ORDER BY w.at, w.id LIMIT least(greatest(p_limit, 1), 1000)
    )
    SELECT p.id, p.rule_name, p.grid_code, p.grid_name, p.record_code, gridseat.registry_fields('resident', p.resident_id), p.worker_name,
           p.due_on, p.done_on, p.result, p.due_on < v_today AND NOT gridseat.is_visited(p.result), jsonb_build_array(p.at, p.id),
           CASE WHEN p_after IS NULL THEN (SELECT count(*) FROM wanted) END
    FROM page AS p ORDER BY p.at, p.id;
END $$;
