-- Which households were visited in a period: those of a visit in it after which none came within it. So each visit keeps the
-- day of the next one to its household (in the order of days, then workers), and each household its last one, whose sums
-- tell periods up to today.

-- By definition.
CREATE OR REPLACE FUNCTION gridseat.visits_followed()
RETURNS TABLE (organisation_id bigint, household text, day date, staff_id bigint, next_day date)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.organisation_id, v.household, v.day, v.staff_id, lead(v.day) OVER (
        PARTITION BY v.organisation_id, v.household ORDER BY v.day, v.staff_id) FROM gridseat.visit AS v
$$;

-- Visits that came or went: the household's last day, then what follows them and those before them. Whoever else tells of a
-- household waits at its row.
CREATE OR REPLACE FUNCTION gridseat.note_visits() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO gridseat.household_visited AS h (organisation_id, household, day)
        SELECT v.organisation_id, v.household, max(v.day) FROM told AS v GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (organisation_id, household) DO UPDATE SET day = excluded.day WHERE excluded.day > h.day;
    ELSE
        PERFORM FROM gridseat.household_visited AS h
        WHERE (h.organisation_id, h.household) IN (SELECT v.organisation_id, v.household FROM told AS v)
        ORDER BY h.organisation_id, h.household FOR UPDATE;
        WITH left_over AS (
            SELECT g.organisation_id, g.household, max(v.day) AS day
            FROM (SELECT DISTINCT t.organisation_id, t.household FROM told AS t) AS g
            LEFT JOIN gridseat.visit AS v ON (v.organisation_id, v.household) = (g.organisation_id, g.household)
            GROUP BY 1, 2
        ), without AS (
            DELETE FROM gridseat.household_visited AS h USING left_over AS l
            WHERE (h.organisation_id, h.household) = (l.organisation_id, l.household) AND l.day IS NULL
        )
        UPDATE gridseat.household_visited AS h SET day = l.day FROM left_over AS l
        WHERE (h.organisation_id, h.household) = (l.organisation_id, l.household) AND h.day <> l.day;
    END IF;
    WITH beside AS (
        SELECT t.organisation_id, t.household, t.day, t.staff_id FROM told AS t
        UNION
        SELECT p.* FROM told AS t CROSS JOIN LATERAL (
            SELECT v.organisation_id, v.household, v.day, v.staff_id FROM gridseat.visit AS v
            WHERE (v.organisation_id, v.household) = (t.organisation_id, t.household) AND (v.day, v.staff_id) < (t.day, t.staff_id)
            ORDER BY v.day DESC, v.staff_id DESC LIMIT 1) AS p
    )
    UPDATE gridseat.visit AS v SET next_day = n.next_day
    FROM beside AS b LEFT JOIN LATERAL (
        SELECT x.day FROM gridseat.visit AS x
        WHERE (x.organisation_id, x.household) = (b.organisation_id, b.household) AND (x.day, x.staff_id) > (b.day, b.staff_id)
        ORDER BY x.day, x.staff_id LIMIT 1) AS n (next_day) ON true
    WHERE (v.organisation_id, v.household, v.day, v.staff_id) = (b.organisation_id, b.household, b.day, b.staff_id)
      AND v.next_day IS DISTINCT FROM n.next_day;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER note_insert AFTER INSERT ON gridseat.visit REFERENCING NEW TABLE AS told
FOR EACH STATEMENT EXECUTE FUNCTION gridseat.note_visits();
CREATE OR REPLACE TRIGGER note_delete AFTER DELETE ON gridseat.visit REFERENCING OLD TABLE AS told
FOR EACH STATEMENT EXECUTE FUNCTION gridseat.note_visits();

-- Whether a period is over: what is kept of the last day alone tells nothing of it.
CREATE OR REPLACE FUNCTION gridseat.is_over(p_until date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT p_until < (gridseat.read_at() AT TIME ZONE gridseat.fold_zone())::date $$;

-- The households visited in a period, each once, of organisations side by side: its visits less those after which another
-- came within it. Of up to a month those are few and have an index of their own; a longer period is counted community by
-- community along an index, some 0.1 us for each visit.
CREATE OR REPLACE FUNCTION gridseat.visited_areas(p_ids bigint[], p_since date, p_until date) RETURNS TABLE (id bigint, n bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    IF p_until - p_since <= 31 THEN
        RETURN QUERY
        WITH again AS MATERIALIZED (
            SELECT v.organisation_id AS id, count(*) AS n FROM gridseat.visit AS v
            WHERE v.next_day - v.day <= 31 AND v.day >= p_since AND v.next_day <= p_until GROUP BY 1
        )
        SELECT w.id, w.n - coalesce(a.n, 0)
        FROM gridseat.work_areas(p_ids, ARRAY['visits'], p_since, p_until) AS w
        LEFT JOIN (SELECT b.id, sum(g.n)::bigint AS n
                   FROM again AS g JOIN gridseat.work_above(ARRAY(SELECT x.id FROM again AS x)) AS b ON b.at_id = g.id
                   GROUP BY 1) AS a ON a.id = w.id;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT a.id, sum(v.n)::bigint FROM gridseat.organisation AS a JOIN gridseat.organisation AS o ON o.lft BETWEEN a.lft AND a.rgt
    CROSS JOIN LATERAL (SELECT count(*) AS n FROM gridseat.visit AS x
                        WHERE x.organisation_id = o.id AND x.day BETWEEN p_since AND p_until
                          AND (x.next_day IS NULL OR x.next_day > p_until) OFFSET 0) AS v
    WHERE a.id = ANY (p_ids) GROUP BY a.id;
END $$;

CREATE OR REPLACE FUNCTION gridseat.visited_rows(p_lft bigint, p_rgt bigint, p_since date, p_until date)
RETURNS TABLE (code text, name text, organisation text, day date, n bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.household, NULL::text, o.code, v.day, 1::bigint
    FROM gridseat.visit AS v JOIN gridseat.organisation AS o ON o.id = v.organisation_id AND o.lft BETWEEN p_lft AND p_rgt
    WHERE v.day BETWEEN p_since AND p_until AND (v.next_day IS NULL OR v.next_day > p_until) ORDER BY v.day DESC, o.lft, 1
$$;

CREATE OR REPLACE FUNCTION gridseat.visit_faults() RETURNS TABLE (kind text, what text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'household_visited', concat_ws(' ', coalesce(h.household, v.household), coalesce(h.day, v.day))
    FROM gridseat.household_visited AS h
    FULL JOIN (SELECT x.organisation_id, x.household, max(x.day) AS day FROM gridseat.visit AS x GROUP BY 1, 2) AS v
      ON (v.organisation_id, v.household) = (h.organisation_id, h.household)
    WHERE h.day IS DISTINCT FROM v.day
    UNION ALL
    SELECT 'visit', concat_ws(' ', v.household, v.day)
    FROM gridseat.visit AS v JOIN gridseat.visits_followed() AS f
      ON (v.organisation_id, v.household, v.day, v.staff_id) = (f.organisation_id, f.household, f.day, f.staff_id)
    WHERE v.next_day IS DISTINCT FROM f.next_day
$$;
