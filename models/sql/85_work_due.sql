-- Who on the roster of the day that runs is due by now: once their shift has begun, as the duty roster tells it or else with
-- the working hours of the first calendar; before that, and on a day without either, whoever has come. A day that is over
-- counts as it was rostered.

-- Whether working hours have begun today.
CREATE OR REPLACE FUNCTION gridseat.workday_begun(p_now timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM gridseat.calendar_span AS s
        WHERE s.calendar_id = (SELECT min(c.id) FROM gridseat.calendar AS c)
          AND s.starts BETWEEN gridseat.day_starts(gridseat.day_of(p_now, gridseat.fold_zone()), gridseat.fold_zone()) AND p_now)
$$;

-- Workers whom the duty roster has today, and whether their first shift has begun; they are few.
CREATE OR REPLACE FUNCTION gridseat.shifts_begun(p_now timestamptz) RETURNS TABLE (staff_id bigint, begun boolean)
LANGUAGE plpgsql STABLE ROWS 100 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_zone constant text := gridseat.fold_zone();
    v_today constant date := gridseat.day_of(p_now, v_zone);
BEGIN
    RETURN QUERY
    SELECT s.id, min(f.starts) <= p_now FROM gridseat.shift AS f JOIN gridseat.staff AS s ON s.person_id = f.person_id
    WHERE f.starts >= gridseat.day_starts(v_today, v_zone) AND f.starts < gridseat.day_starts(v_today + 1, v_zone) GROUP BY s.id;
END $$;

CREATE OR REPLACE FUNCTION gridseat.is_due(p_came timestamptz, p_day date, p_today date, p_begun boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT p_came IS NOT NULL OR p_day < p_today OR p_begun $$;

-- How many of today's roster are not due yet, of organisations side by side: before working hours whoever is absent, but for
-- those whose shift has begun; then those absent whose shift has not.
CREATE OR REPLACE FUNCTION gridseat.not_due_yet(p_ids bigint[], p_now timestamptz) RETURNS TABLE (id bigint, n bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_today constant date := gridseat.day_of(p_now, gridseat.fold_zone());
    v_begun constant boolean := gridseat.workday_begun(p_now);
BEGIN
    RETURN QUERY
    WITH absent AS MATERIALIZED (
        SELECT a.organisation_id, k.begun FROM gridseat.shifts_begun(p_now) AS k
        JOIN gridseat.attendance AS a ON (a.staff_id, a.day) = (k.staff_id, v_today) AND a.due AND a.came IS NULL
    ), told AS (
        SELECT u.id, count(*) FILTER (WHERE a.begun) AS late, count(*) FILTER (WHERE NOT a.begun) AS waiting
        FROM absent AS a JOIN gridseat.work_above(ARRAY(SELECT DISTINCT x.organisation_id FROM absent AS x)) AS u
          ON u.at_id = a.organisation_id GROUP BY u.id
    )
    SELECT p.id, CASE WHEN v_begun THEN coalesce(t.waiting, 0) ELSE w.n - w.hits - coalesce(t.late, 0) END
    FROM unnest(p_ids) AS p (id) LEFT JOIN told AS t ON t.id = p.id
    JOIN gridseat.work_areas(p_ids, ARRAY['on_duty'], v_today, v_today) AS w ON w.id = p.id;
END $$;
