-- Sums by parts are kept by month, too, once a month is over: a year's board reads months where it may. Actions on cases of
-- the running month, nearly all, pay nothing for it.

CREATE OR REPLACE FUNCTION gridseat.month_of(p_day date) RETURNS date
LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN isfinite(p_day) THEN date_trunc('month', p_day::timestamp)::date ELSE p_day END $$;

-- The months from a day on, up to another, of what the days have: place by place and fact by fact, so that a month reads a
-- month. It is added in the sweep, and what is said meanwhile waits.
CREATE OR REPLACE FUNCTION gridseat.month_sums(p_since date, p_until date) RETURNS SETOF gridseat.tally_month
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_facts text[] := gridseat.parted(gridseat.kept_facts());
BEGIN
    RETURN QUERY
    SELECT o.id, f.fact, m.month, m.part, m.hit_month, m.n
    FROM gridseat.organisation AS o CROSS JOIN unnest(v_facts) AS f (fact) CROSS JOIN LATERAL (
        SELECT gridseat.month_of(t.day) AS month, t.part, gridseat.month_of(t.hit_day) AS hit_month, sum(t.n)::bigint AS n
        FROM gridseat.tally AS t WHERE t.organisation_id = o.id AND t.fact = f.fact AND t.day >= p_since AND t.day < p_until
        GROUP BY 1, 2, 3) AS m;
END $$;

-- Months that are over and not told yet.
CREATE OR REPLACE FUNCTION gridseat.add_months(f gridseat.fold) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_upto date := date_trunc('month', desk.now() AT TIME ZONE f.zone);
BEGIN
    IF f.months_to IS NULL OR f.months_to < v_upto THEN
        INSERT INTO gridseat.tally_month SELECT m.* FROM gridseat.month_sums(coalesce(f.months_to, '-infinity'), v_upto) AS m;
        UPDATE gridseat.fold SET months_to = v_upto;
    END IF;
END $$;

-- What has changed on days of months that are told.
CREATE OR REPLACE FUNCTION gridseat.change_months(p_changed gridseat.tally[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    v_upto date := (SELECT f.months_to FROM gridseat.fold AS f);
    v_facts text[];
BEGIN
    IF v_upto IS NULL OR NOT EXISTS (SELECT FROM unnest(p_changed) AS d WHERE d.day < v_upto) THEN
        RETURN;
    END IF;
    v_facts := gridseat.parted(gridseat.kept_facts());
    MERGE INTO gridseat.tally_month AS t USING (
        SELECT d.organisation_id, d.fact, gridseat.month_of(d.day) AS month, d.part, gridseat.month_of(d.hit_day) AS hit_month, sum(d.n)::bigint AS n
        FROM unnest(p_changed) AS d WHERE d.day < v_upto AND d.fact = ANY (v_facts) GROUP BY 1, 2, 3, 4, 5 HAVING sum(d.n) <> 0) AS d
    ON (t.organisation_id, t.fact, t.month, t.part, t.hit_month) = (d.organisation_id, d.fact, d.month, d.part, d.hit_month)
    WHEN MATCHED AND t.n + d.n = 0 THEN DELETE
    WHEN MATCHED THEN UPDATE SET n = t.n + d.n
    WHEN NOT MATCHED THEN INSERT VALUES (d.organisation_id, d.fact, d.month, d.part, d.hit_month, d.n);
END $$;

-- Which whole months of a stretch of days may be read: none, where the days before the first and from the last on are all.
CREATE OR REPLACE FUNCTION gridseat.whole_months(p_since date, p_until date, p_told date, OUT first date, OUT last date)
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN m.first < m.last THEN m.first ELSE p_until END, CASE WHEN m.first < m.last THEN m.last ELSE p_until END
    FROM (SELECT gridseat.month_of(p_since + 31 - extract(day FROM p_since - 1)::integer) AS first,
                 least(gridseat.month_of(p_until), coalesce(p_told, '-infinity')) AS last) AS m
$$;
