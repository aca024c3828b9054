-- Cases by the areas of a level, all at once: from the areas' own sums where they have some, else in one pass over what is
-- kept of the cases.

-- In which area of a level the places of an organisation lie.
CREATE OR REPLACE FUNCTION gridseat.places_in(p_area text, o gridseat.organisation) RETURNS TABLE (id bigint, area_id bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.id, x.id FROM gridseat.organisation AS x JOIN gridseat.organisation AS w ON w.lft BETWEEN x.lft AND x.rgt
    WHERE x.level = p_area AND ((o).id IS NULL OR x.lft BETWEEN (o).lft AND (o).rgt)
$$;

-- Which kept measures may hold a fact: of the present those of open cases, else those that have one of its days, where it
-- is known one of p_days; of more days than the index is good for, all.
CREATE OR REPLACE FUNCTION gridseat.map_where(t gridseat.stretch, p_at_present boolean, p_days date[] DEFAULT NULL) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p_at_present THEN format('m.number IN (SELECT x.number FROM gridseat.incident AS x WHERE x.status IN (%s))',
                                              gridseat.open_list())
                WHEN cardinality(d.days) <= 62 THEN format('m.days && %L::date[]', d.days) ELSE 'true' END
    FROM (SELECT coalesce(p_days, ARRAY(SELECT d::date FROM generate_series(
              t.starts AT TIME ZONE t.zone, t.now AT TIME ZONE t.zone, interval '1 day') AS d))) AS d (days)
$$;

-- Until when a fact's instants count.
CREATE OR REPLACE FUNCTION gridseat.counts_until(t gridseat.stretch, p_fact text, p_present boolean) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(t.now - gridseat.settles(p_fact), CASE WHEN p_present THEN 'infinity' ELSE t.now END)
$$;

-- Cases and hits by fact, part and step of time (of lengths of time; else 0): one pass over what is kept of the cases
-- that whoever asks may see; those that have changed since, and facts that are not kept, as they stand now. By a hash: the
-- planner takes the rows for few, and would sort them.
CREATE OR REPLACE FUNCTION gridseat.part_counts(me gridseat.person, o gridseat.organisation, t gridseat.stretch, p_facts text[],
                                                p_by text, p_present boolean)
RETURNS TABLE (fact text, part bigint, step bigint, hits bigint, cases bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET enable_sort = off AS $$
DECLARE
    v_dirty constant bigint[] := gridseat.unfolded(t.zone, 5000);
    v_asked constant text[] := ARRAY(SELECT f FROM unnest(p_facts) AS f WHERE f = ANY (gridseat.asked_facts()));
    v_kept constant text[] := ARRAY(SELECT f FROM unnest(p_facts) AS f WHERE f <> ALL (v_asked));
    v_others constant bigint[] := CASE WHEN v_kept = '{}' THEN '{}' WHEN v_dirty IS NULL THEN gridseat.board_numbers(me, o, t.starts)
                                       ELSE gridseat.other_numbers(me, o, v_dirty) END;
    v_claims constant bigint[] := CASE WHEN v_asked = '{}' THEN '{}' ELSE gridseat.claimed_numbers(me, o, t.now) END;
    v_row constant text := '(SELECT f.fact, m.parts[f.place] AS step, m.hits[f.place] <= $6 AS hit, ' || gridseat.part_column(p_by, t.zone) || ' AS part
        FROM %s CROSS JOIN (VALUES %s) AS f (fact, place, until) CROSS JOIN LATERAL (SELECT m.ats[f.place]) AS u (at)
        WHERE %s AND u.at BETWEEN $5 AND f.until)';
    v_source text;
BEGIN
    SELECT string_agg(format(v_row, s.source, s.facts, s.condition), ' UNION ALL ') INTO v_source
    FROM (SELECT x.source, x.condition, string_agg(format('(%L, %s, %L::timestamptz)', f, gridseat.fact_place(f), gridseat.counts_until(t, f, p_present)), ', ') AS facts
          FROM (VALUES (v_kept, gridseat.kept_from(me, o), v_dirty IS NOT NULL, 'm.number <> ALL ($1) AND ' || gridseat.map_where(t, p_present)),
                       (v_kept, 'gridseat.measured($2, $7, $4) AS m', v_others <> '{}', 'true'),
                       (v_asked, 'gridseat.measured($3, $8, $4) AS m', v_claims <> '{}', 'true')) AS x (told, source, needed, condition)
          CROSS JOIN unnest(x.told) AS f WHERE x.needed GROUP BY x.source, x.condition) AS s;
    IF v_source IS NOT NULL THEN
        RETURN QUERY EXECUTE 'SELECT u.fact, u.part::bigint, u.step, count(*) FILTER (WHERE u.hit), count(*) FROM (' || v_source
            || ') AS u WHERE u.part IS NOT NULL GROUP BY 1, 2, 3'
        USING v_dirty, v_others, v_claims, t.zone, CASE WHEN p_present THEN '-infinity' ELSE t.starts END, t.now, v_kept, v_asked;
    END IF;
END $$;

-- Cases and hits by area, of a figure that is no length of time; grids by their own number.
CREATE OR REPLACE FUNCTION gridseat.area_counts(me gridseat.person, o gridseat.organisation, t gridseat.stretch, x gridseat.indicator,
                                                p_area text)
RETURNS TABLE (area_id bigint, hits bigint, cases bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
BEGIN
    IF p_area = 'grid' THEN
        RETURN QUERY SELECT * FROM gridseat.place_counts(me, o, t, x, 'grid');
    ELSIF p_area IN ('township', 'county') AND t.step <> 'hour' AND gridseat.by_place(me, o)
          AND x.fact = ANY (gridseat.kept_facts()) AND gridseat.unfolded(t.zone, 5000) IS NOT NULL THEN
        RETURN QUERY SELECT * FROM gridseat.area_sums(me, o, t, x, p_area);
    ELSE
        RETURN QUERY SELECT p.area_id, sum(c.hits)::bigint, sum(c.cases)::bigint
                     FROM gridseat.place_counts(me, o, t, x, 'place') AS c JOIN gridseat.places_in(p_area, o) AS p ON p.id = c.place_id
                     GROUP BY 1;
    END IF;
END $$;

-- The same by grid or place: from the grids' orders where they are told, else case by case. By a hash: the planner takes the rows
-- for few, and would sort them.
CREATE OR REPLACE FUNCTION gridseat.place_counts(me gridseat.person, o gridseat.organisation, t gridseat.stretch, x gridseat.indicator,
                                                 p_by text)
RETURNS TABLE (place_id bigint, hits bigint, cases bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET enable_sort = off AS $$
BEGIN
    IF gridseat.by_place(me, o) AND gridseat.is_ordered(x.fact) AND gridseat.unfolded(t.zone, 5000) IS NOT NULL THEN
        RETURN QUERY SELECT * FROM gridseat.order_counts(me, o, t, x, p_by);
    ELSE
        RETURN QUERY EXECUTE format('SELECT u.part, count(*) FILTER (WHERE u.hit), count(*) FROM (%s) AS u WHERE u.part IS NOT NULL GROUP BY 1',
                                    gridseat.case_words(me, o, t, x, p_by));
    END IF;
END $$;

-- The question which cases count for a figure, with their grid or place (part) and their step of time, in one pass over what
-- is kept of the cases that whoever asks may see; those that have changed since, and what is not kept, as they stand now.
CREATE OR REPLACE FUNCTION gridseat.case_words(me gridseat.person, o gridseat.organisation, t gridseat.stretch, x gridseat.indicator, p_by text)
RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_dirty constant bigint[] := gridseat.unfolded(t.zone, 5000);
    v_kept constant boolean := v_dirty IS NOT NULL AND x.fact <> ALL (gridseat.asked_facts());
    v_others constant bigint[] := CASE WHEN v_kept THEN gridseat.other_numbers(me, o, v_dirty)
        WHEN v_dirty IS NULL THEN gridseat.board_numbers(me, o, t.starts) ELSE gridseat.claimed_numbers(me, o, t.now) END;
    v_row constant text := format('SELECT %1$s AS part, m.hits[%2$s] <= %3$L AS hit, m.parts[%2$s] AS step FROM %%s WHERE %%s AND m.ats[%2$s] BETWEEN %4$L AND %5$L',
        gridseat.part_column(p_by, t.zone), gridseat.fact_place(x.fact), t.now,
        CASE WHEN x.at_present THEN '-infinity' ELSE t.starts END, gridseat.counts_until(t, x.fact, x.at_present));
BEGIN
    RETURN CASE WHEN v_kept THEN format(v_row, gridseat.kept_from(me, o), format('m.number <> ALL (%L::bigint[]) AND ', v_dirty)
                                        || gridseat.map_where(t, x.at_present)) || ' UNION ALL ' ELSE '' END
           || format(v_row, format('gridseat.measured(%L::bigint[], ARRAY[%L], %L) AS m', v_others, x.fact, t.zone), 'true');
END $$;

-- The same from the grids' orders (44_fold_grids), and what those do not tell: cases that have changed since they were kept, as
-- the orders have them (-1) and as they stand now. What is met later than a period that is over is looked for hit by hit.
CREATE OR REPLACE FUNCTION gridseat.order_counts(me gridseat.person, o gridseat.organisation, t gridseat.stretch, x gridseat.indicator,
                                                 p_by text)
RETURNS TABLE (place_id bigint, hits bigint, cases bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET enable_sort = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_dirty constant bigint[] := gridseat.unfolded(t.zone, 5000);
    v_fact constant integer := gridseat.fact_place(x.fact);
    v_starts constant timestamptz := CASE WHEN x.at_present THEN '-infinity' ELSE t.starts END;
    v_before constant timestamptz := v_starts - interval '1 microsecond';
    v_until constant timestamptz := gridseat.counts_until(t, x.fact, x.at_present);
    v_over constant boolean := gridseat.is_over(gridseat.day_of(t.now, t.zone));
    v_within constant bigint[] := CASE WHEN EXISTS (SELECT FROM gridseat.organisation AS a WHERE a.lft NOT BETWEEN o.lft AND o.rgt)
        THEN ARRAY(SELECT a.id FROM gridseat.organisation AS a WHERE a.lft BETWEEN o.lft AND o.rgt) END;
BEGIN
    RETURN QUERY
    SELECT CASE p_by WHEN 'grid' THEN d.grid_id ELSE d.at_id END, sum(d.hits), sum(d.cases)
    FROM (
        SELECT k.grid_id, k.at_id, width_bucket(v_until, k.ats) - width_bucket(v_before, k.ats) AS cases,
               CASE WHEN v_over THEN (SELECT count(*)::integer FROM unnest(k.hits[width_bucket(v_before, k.ats) + 1:width_bucket(v_until, k.ats)]) AS h
                                      WHERE h <= t.now)
                    ELSE width_bucket(v_until, k.met) - width_bucket(v_before, k.met) END AS hits
        FROM gridseat.tally_grid AS k WHERE k.place = v_fact AND (v_within IS NULL OR k.at_id = ANY (v_within))
        UNION ALL
        SELECT m.grid_id, m.at_id, m.n, CASE WHEN m.hits[v_fact] <= t.now THEN m.n ELSE 0 END
        FROM (SELECT s.*, -1 AS n FROM gridseat.measure AS s WHERE s.number = ANY (v_dirty) AND s.tallied
                                                               AND (v_within IS NULL OR s.at_id = ANY (v_within))
              UNION ALL
              SELECT s.*, 1 FROM gridseat.measured(gridseat.other_numbers(me, o, v_dirty), ARRAY[x.fact], t.zone) AS s) AS m
        WHERE m.ats[v_fact] BETWEEN v_starts AND v_until) AS d
    WHERE p_by <> 'grid' OR d.grid_id <> 0 GROUP BY 1 HAVING sum(d.cases) > 0;
END $$;

-- The same from the areas' own sums of days that are over, and what those do not tell. Until when: the first day of which not
-- all counts yet.
CREATE OR REPLACE FUNCTION gridseat.area_sums(me gridseat.person, o gridseat.organisation, t gridseat.stretch, x gridseat.indicator,
                                              p_area text)
RETURNS TABLE (area_id bigint, hits bigint, cases bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_today constant date := t.now AT TIME ZONE t.zone;
    v_first constant date := CASE WHEN x.at_present THEN '-infinity' ELSE (t.starts AT TIME ZONE t.zone)::date END;
    v_until constant date := coalesce(((t.now - gridseat.settles(x.fact) + interval '1 microsecond') AT TIME ZONE t.zone)::date,
                                      CASE WHEN x.at_present THEN 'infinity' ELSE v_today + 1 END);
BEGIN
    RETURN QUERY
    WITH place AS MATERIALIZED (
        SELECT * FROM gridseat.places_in(p_area, o)
    ), told AS (
        SELECT a.area_id, s.hit_day <= v_today AS hit, s.n
        FROM (SELECT DISTINCT p.area_id FROM place AS p) AS a JOIN gridseat.tally AS s ON s.organisation_id = a.area_id
        WHERE s.fact = x.fact AND s.day >= v_first AND s.day < v_until
        UNION ALL
        SELECT p.area_id, l.hit, l.n FROM gridseat.loose_cases(me, o, t, x, v_first, v_until) AS l JOIN place AS p ON p.id = l.place_id
    )
    SELECT d.area_id, coalesce(sum(d.n) FILTER (WHERE d.hit), 0)::bigint, sum(d.n)::bigint FROM told AS d GROUP BY 1;
END $$;

-- Cases that the sums up to a day do not tell: of the youngest days; those that have changed since they were kept, as the sums
-- have them (-1) and as they stand now.
CREATE OR REPLACE FUNCTION gridseat.loose_cases(me gridseat.person, o gridseat.organisation, t gridseat.stretch, x gridseat.indicator,
                                                p_first date, p_until date)
RETURNS TABLE (place_id bigint, hit boolean, n integer)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_dirty constant bigint[] := gridseat.unfolded(t.zone, 5000);
    v_until constant timestamptz := gridseat.counts_until(t, x.fact, x.at_present);
    v_today constant date := t.now AT TIME ZONE t.zone;
    v_place constant integer := gridseat.fact_place(x.fact);
BEGIN
    RETURN QUERY
    SELECT m.at_id, m.hits[v_place] <= t.now, 1 FROM gridseat.measure AS m
    WHERE p_until <= v_today AND m.tallied AND m.days && ARRAY[p_until, v_today] AND m.number <> ALL (v_dirty)
      AND m.ats[v_place] BETWEEN gridseat.day_starts(p_until, t.zone) AND v_until
    UNION ALL
    SELECT r.at_id, r.hit_day <= v_today, -1 FROM gridseat.measure AS m CROSS JOIN gridseat.tallied_rows(m, ARRAY[x.fact], t.zone) AS r
    WHERE m.number = ANY (v_dirty) AND r.day >= p_first AND r.day < p_until
    UNION ALL
    SELECT m.at_id, u.hit_at <= t.now, 1 FROM gridseat.measured(gridseat.other_numbers(me, o, v_dirty), ARRAY[x.fact], t.zone) AS m
    CROSS JOIN gridseat.split_rows(m, ARRAY[x.fact], t.zone) AS u WHERE u.at <= v_until AND (x.at_present OR u.at >= t.starts);
END $$;

-- The middle of the cases by area, of a length of time: the step that half of them do not pass (nearest rank).
CREATE OR REPLACE FUNCTION gridseat.area_spans(me gridseat.person, o gridseat.organisation, t gridseat.stretch, x gridseat.indicator,
                                               p_area text)
RETURNS TABLE (area_id bigint, value numeric, cases bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
BEGIN
    RETURN QUERY EXECUTE format('
        WITH told AS MATERIALIZED (
            SELECT %s AS area_id, percentile_disc(0.5) WITHIN GROUP (ORDER BY u.step) AS step, count(*) AS cases
            FROM (%s) AS u %s WHERE u.part IS NOT NULL GROUP BY 1
        ), middle AS MATERIALIZED (  -- of each step once: a power of numerics is dear
            SELECT s.step, gridseat.span_middle(s.step) AS value FROM (SELECT DISTINCT d.step FROM told AS d) AS s
        )
        SELECT d.area_id, m.value, d.cases FROM told AS d JOIN middle AS m ON m.step = d.step',
        CASE p_area WHEN 'grid' THEN 'u.part' ELSE 'p.area_id' END,
        gridseat.case_words(me, o, t, x, CASE p_area WHEN 'grid' THEN 'grid' ELSE 'place' END),
        CASE WHEN p_area <> 'grid' THEN format('JOIN gridseat.places_in(%L, $1) AS p ON p.id = u.part', p_area) ELSE '' END)
    USING o;
END $$;
