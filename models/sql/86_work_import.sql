-- Imports of attendance, patrols, visits, households of grids, message groups and calls, by whoever stands over them; a
-- batch a call, in sets. A row names a worker by the code of the staff list, a grid by its own, else the worker's. What
-- is there already stays; a cell that is empty leaves what stands.

-- A time of day as a file has it, on that day, or a whole instant.
CREATE OR REPLACE FUNCTION gridseat.moment(p_day date, p_text text, p_zone text) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN p_text LIKE '%T%' THEN p_text::timestamptz ELSE (p_day + p_text::time) AT TIME ZONE p_zone END
$$;

CREATE OR REPLACE FUNCTION gridseat.day_of(p_at timestamptz, p_zone text) RETURNS date
LANGUAGE sql STABLE AS
$$ SELECT (p_at AT TIME ZONE p_zone)::date $$;

-- Why a row about this worker, and about this grid where p_needs, cannot be taken; null: it can.
CREATE OR REPLACE FUNCTION gridseat.work_fault(me gridseat.person, p_worker text, s gridseat.staff, p_grid text,
                                               g gridseat.grid, p_needs boolean)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN s.id IS NULL THEN gridseat.refused_row('row_no_worker', jsonb_build_object('worker', left(p_worker, 40)))
        WHEN p_grid IS NOT NULL AND g.id IS NULL
            THEN gridseat.refused_row('row_no_grid', jsonb_build_object('grid', left(p_grid, 40)))
        WHEN p_needs AND g.id IS NULL THEN gridseat.refused_row('row_gridless', jsonb_build_object('worker', s.code))
        WHEN NOT gridseat.governs(me, s.organisation_id) OR (g.id IS NOT NULL AND NOT gridseat.governs(me, g.organisation_id))
            THEN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', s.name)) END
$$;

CREATE OR REPLACE FUNCTION gridseat.day_fault(p_day date, p_until date) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p_day IS NULL THEN gridseat.refused_row('row_malformed', '{"value": "—"}')
                WHEN p_day > p_until OR p_day < '2000-01-01'
                    THEN gridseat.refused_row('row_day', jsonb_build_object('day', p_day, 'until', p_until)) END
$$;

-- What became of rows: [line, fault] beside [line, whether it was added] of those that were written.
CREATE OR REPLACE FUNCTION gridseat.verdict(p_fault jsonb, p_added boolean) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(p_fault, CASE p_added WHEN true THEN '"added"' WHEN false THEN '"updated"' ELSE '"unchanged"' END::jsonb)
$$;

-- [{"line", "worker", "date", "due", "came", "went"}]: due yes or no, whether the roster has them, yes where nothing
-- else is told; times of day, that of going after midnight where it is before coming. A roster may be two months ahead.
CREATE OR REPLACE FUNCTION desk.import_attendance(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_importer();
    v_told jsonb;
    v_zone text := gridseat.fold_zone();
    v_today date := gridseat.day_of(desk.now(), v_zone);
BEGIN
    PERFORM gridseat.share_tree();
    WITH told AS MATERIALIZED (
        SELECT x.line, x.date AS day, s.id AS staff_id, coalesce(a.organisation_id, s.organisation_id) AS organisation_id,
               coalesce(x.due = 'yes', a.due, true) AS due, coalesce(t.came, a.came) AS came,
               coalesce(t.went + CASE WHEN t.went < t.came AND x.went NOT LIKE '%T%' THEN interval '1 day'
                                      ELSE interval '0' END, a.went) AS went,
               coalesce(gridseat.work_fault(me, x.worker, s, NULL, NULL, false),
                        gridseat.day_fault(x.date, CASE WHEN x.came IS NULL THEN v_today + 62 ELSE v_today END)) AS fault
        FROM jsonb_to_recordset(p_rows) AS x (line integer, worker text, date date, due text, came text, went text)
        LEFT JOIN gridseat.staff AS s ON s.code = x.worker
        LEFT JOIN gridseat.attendance AS a ON (a.staff_id, a.day) = (s.id, x.date)
        CROSS JOIN LATERAL (SELECT gridseat.moment(x.date, x.came, v_zone), gridseat.moment(x.date, x.went, v_zone)) AS t (came, went)
    ), judged AS MATERIALIZED (
        SELECT t.*, coalesce(t.fault, CASE
            WHEN (t.came IS NULL AND t.went IS NOT NULL) OR t.went < t.came THEN gridseat.refused_row('row_backwards')
            WHEN gridseat.day_of(t.came, v_zone) <> t.day OR t.went > t.came + interval '36 hours'
                THEN gridseat.refused_row('row_other_day', jsonb_build_object('day', t.day)) END) AS verdict
        FROM told AS t
    ), put AS (
        INSERT INTO gridseat.attendance AS a (staff_id, day, organisation_id, due, came, went)
        SELECT j.staff_id, j.day, j.organisation_id, j.due, j.came, j.went FROM judged AS j WHERE j.verdict IS NULL
        ON CONFLICT (staff_id, day) DO UPDATE SET due = excluded.due, came = excluded.came, went = excluded.went
        WHERE (a.due, a.came, a.went) IS DISTINCT FROM (excluded.due, excluded.came, excluded.went)
        RETURNING a.staff_id, a.day, a.xmax = 0 AS added)
    SELECT gridseat.tally(jsonb_agg(jsonb_build_array(j.line, gridseat.verdict(j.verdict, p.added)))) INTO v_told
    FROM judged AS j LEFT JOIN put AS p ON (p.staff_id, p.day) = (j.staff_id, j.day);
    RETURN v_told;
END $$;

-- [{"line", "worker", "grid_code", "started", "ended"}]
CREATE OR REPLACE FUNCTION desk.import_patrols(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_importer();
    v_told jsonb;
    v_zone text := gridseat.fold_zone();
    v_today date := gridseat.day_of(desk.now(), v_zone);
BEGIN
    PERFORM gridseat.share_tree();
    WITH told AS MATERIALIZED (
        SELECT x.line, s.id AS staff_id, x.started, x.ended, gridseat.day_of(x.started, v_zone) AS day, g.id AS grid_id,
               g.organisation_id,
               coalesce(gridseat.work_fault(me, x.worker, s, x.grid_code, g, true),
                        gridseat.day_fault(gridseat.day_of(x.started, v_zone), v_today),
                        CASE WHEN x.ended < x.started OR x.ended > x.started + interval '36 hours'
                             THEN gridseat.refused_row('row_backwards') END) AS fault
        FROM jsonb_to_recordset(p_rows)
            AS x (line integer, worker text, grid_code text, started timestamptz, ended timestamptz)
        LEFT JOIN gridseat.staff AS s ON s.code = x.worker
        LEFT JOIN gridseat.grid AS g ON CASE WHEN x.grid_code IS NULL THEN g.id = s.grid_id ELSE g.code = x.grid_code END
    ), put AS (
        INSERT INTO gridseat.patrol AS p (staff_id, started, ended, day, grid_id, organisation_id)
        SELECT t.staff_id, t.started, t.ended, t.day, t.grid_id, t.organisation_id FROM told AS t WHERE t.fault IS NULL
        ON CONFLICT (staff_id, started) DO UPDATE SET ended = coalesce(excluded.ended, p.ended), grid_id = excluded.grid_id,
            organisation_id = excluded.organisation_id
        WHERE (p.ended, p.grid_id) IS DISTINCT FROM (coalesce(excluded.ended, p.ended), excluded.grid_id)
        RETURNING p.staff_id, p.started, p.xmax = 0 AS added)
    SELECT gridseat.tally(jsonb_agg(jsonb_build_array(t.line, gridseat.verdict(t.fault, p.added)))) INTO v_told
    FROM told AS t LEFT JOIN put AS p ON (p.staff_id, p.started) = (t.staff_id, t.started);
    RETURN v_told;
END $$;

-- [{"line", "worker", "date", "household", "grid_code", "met"}]: the household by its code, kept
-- as the registry keeps it; met yes or no, else yes.
CREATE OR REPLACE FUNCTION desk.import_visits(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_importer();
    v_told jsonb;
    v_today date := gridseat.day_of(desk.now(), gridseat.fold_zone());
    v_salt text := gridseat.registry_secret('registry_salt');
BEGIN
    PERFORM gridseat.share_tree();
    WITH told AS MATERIALIZED (
        SELECT x.line, x.date AS day, gridseat.registry_code(x.household, v_salt) AS household, s.id AS staff_id, g.id AS grid_id, g.organisation_id,
               coalesce(x.met = 'yes', true) AS met,
               coalesce(gridseat.work_fault(me, x.worker, s, x.grid_code, g, true), gridseat.day_fault(x.date, v_today),
                        CASE WHEN NOT gridseat.well_formed(x.household, '—') THEN gridseat.refused_row(
                            'row_malformed', jsonb_build_object('value', left(x.household, 40))) END) AS fault
        FROM jsonb_to_recordset(p_rows)
            AS x (line integer, worker text, date date, household text, grid_code text, met text)
        LEFT JOIN gridseat.staff AS s ON s.code = x.worker
        LEFT JOIN gridseat.grid AS g ON CASE WHEN x.grid_code IS NULL THEN g.id = s.grid_id ELSE g.code = x.grid_code END
    ), put AS (
        INSERT INTO gridseat.visit AS v (organisation_id, household, day, staff_id, grid_id, met)
        SELECT t.organisation_id, t.household, t.day, t.staff_id, t.grid_id, t.met FROM told AS t WHERE t.fault IS NULL
        ON CONFLICT (organisation_id, household, day, staff_id) DO UPDATE SET met = excluded.met, grid_id = excluded.grid_id
        WHERE (v.met, v.grid_id) <> (excluded.met, excluded.grid_id)
        RETURNING v.organisation_id, v.household, v.day, v.staff_id, v.xmax = 0 AS added)
    SELECT gridseat.tally(jsonb_agg(jsonb_build_array(t.line, gridseat.verdict(t.fault, p.added)))) INTO v_told
    FROM told AS t LEFT JOIN put AS p ON (p.organisation_id, p.household, p.day, p.staff_id)
                                       = (t.organisation_id, t.household, t.day, t.staff_id);
    RETURN v_told;
END $$;
