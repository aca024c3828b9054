-- What a board takes from the tallies and the kept measures. A day that a stretch cuts is read case by case: that on
-- which the stretch before ends (it is the day before the start) and, for facts that count only after a while, today.
-- Where cases are read by a place's bounds the plan must see them: a plan for any bounds would read every case.

CREATE OR REPLACE FUNCTION gridseat.day_starts(p_day date, p_zone text) RETURNS timestamptz
LANGUAGE sql STABLE AS
$$ SELECT p_day::timestamp AT TIME ZONE p_zone $$;

-- The day in which the stretch before ends; none where that is the end of a day.
CREATE OR REPLACE FUNCTION gridseat.cut_day(t gridseat.stretch) RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN t.before_ends + interval '1 microsecond' < t.starts THEN (t.before_ends AT TIME ZONE t.zone)::date
                ELSE '-infinity' END
$$;

-- Days told by their sums: settled, not cut and, unless the fact is of the present, within the stretches.
CREATE OR REPLACE FUNCTION gridseat.is_whole(p_present boolean, p_day date, p_since date, p_cut date, p_until date) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT p_day < p_until AND (p_present OR (p_day <> p_cut AND p_day >= p_since)) $$;

-- How facts are read: until is the first day that their sums do not tell, since not all of it counts yet or a board of one
-- day tells it by hours; parted: by its parts; split: by class, type, channel, unit or hour; present: whatever its date.
CREATE OR REPLACE FUNCTION gridseat.readings(t gridseat.stretch, p_facts text[])
RETURNS TABLE (fact text, base text, by text, settles interval, until date, parted boolean, split boolean, present boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT x.fact, x.base, x.by, f.settles,
           CASE WHEN t.step = 'hour' AND x.by = '' AND NOT f.spans THEN (t.starts AT TIME ZONE t.zone)::date ELSE coalesce(
               ((t.now - f.settles + interval '1 microsecond') AT TIME ZONE t.zone)::date, (t.now AT TIME ZONE t.zone)::date + 1) END,
           x.by <> '' OR f.spans, x.by <> '', EXISTS (SELECT FROM gridseat.indicator AS i WHERE i.at_present AND i.fact = x.fact)
    FROM (SELECT u.fact, split_part(u.fact, '/', 1) AS base, split_part(u.fact, '/', 2) AS by FROM unnest(p_facts) AS u (fact)) AS x
    JOIN gridseat.fact AS f ON f.key = x.base
$$;

-- Facts of which everything counts, whatever its date.
CREATE OR REPLACE FUNCTION gridseat.present_facts() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT ARRAY(SELECT DISTINCT x.fact FROM gridseat.indicator AS x WHERE x.at_present AND x.fact IS NOT NULL) $$;

-- The organisation's own sums by day, and by part where a chart has parts; of its children those that are ranked.
CREATE OR REPLACE FUNCTION gridseat.sum_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_start date := t.starts AT TIME ZONE t.zone;
    v_since date := t.before_starts AT TIME ZONE t.zone;
    v_cut date := gridseat.cut_day(t);
    v_unmet date := (t.now AT TIME ZONE t.zone)::date + 1;  -- what is met later was not met by then
    v_days date[] := ARRAY(SELECT (e AT TIME ZONE t.zone)::date FROM unnest(t.edges[3:]) AS e ORDER BY 1);
BEGIN
    RETURN QUERY  -- fact by fact, so that each reads its own stretch of the index
    SELECT f.fact, 0::bigint, NULL::bigint, gridseat.day_starts(d.day, t.zone), gridseat.met(d.met), d.n::bigint, true, false
    FROM gridseat.readings(t, p_facts) AS f CROSS JOIN LATERAL (
        SELECT CASE WHEN s.day < v_start THEN v_since ELSE v_days[width_bucket(s.day, v_days)] END AS day,
               s.hit_day < CASE WHEN s.day < v_start THEN v_start ELSE v_unmet END AS met, sum(s.n) AS n
        FROM gridseat.tally AS s
        WHERE s.organisation_id = o.id AND s.fact = f.fact AND s.day < f.until AND (f.present OR s.day <> v_cut)
          AND s.day >= CASE WHEN f.present THEN '-infinity' ELSE v_since END
        GROUP BY 1, 2) AS d
    WHERE NOT f.parted;
    RETURN QUERY SELECT * FROM gridseat.part_rows(o, t, p_facts);
    RETURN QUERY
    SELECT f.fact, 0::bigint, c.lft, t.starts, gridseat.met(d.met), d.n::bigint, false, true
    FROM gridseat.readings(t, p_facts) AS f CROSS JOIN gridseat.board_children(o.id) AS c CROSS JOIN LATERAL (
        SELECT s.hit_day < v_unmet AS met, sum(s.n) AS n FROM gridseat.tally AS s
        WHERE s.organisation_id = c.id AND s.fact = f.fact AND s.day < f.until
          AND (f.present OR s.day >= v_start) GROUP BY 1) AS d
    WHERE f.fact = ANY (p_ranked);
END $$;

-- By parts, added up over each stretch: whole months where what was met later than the stretch is told apart by months.
CREATE OR REPLACE FUNCTION gridseat.part_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_start date := t.starts AT TIME ZONE t.zone;
    v_since date := t.before_starts AT TIME ZONE t.zone;
    v_past date := CASE WHEN isfinite(gridseat.cut_day(t)) THEN gridseat.cut_day(t) ELSE v_start END;
    v_unmet date := (t.now AT TIME ZONE t.zone)::date + 1;
    v_told date := (SELECT f.months_to FROM gridseat.fold AS f);
    v_split date := CASE WHEN v_unmet = gridseat.month_of(v_unmet) OR v_unmet > gridseat.read_at() AT TIME ZONE t.zone THEN v_told END;
BEGIN
    RETURN QUERY
    SELECT f.fact, d.part, NULL::bigint, gridseat.day_starts(r.since, t.zone), gridseat.met(d.met), sum(d.n)::bigint, true, false
    FROM gridseat.readings(t, p_facts) AS f
    CROSS JOIN LATERAL (SELECT v_start, f.until, v_unmet UNION ALL SELECT v_since, v_past, v_start WHERE NOT f.split) AS r (since, until, unmet)
    CROSS JOIN LATERAL gridseat.whole_months(r.since, r.until, CASE WHEN f.split THEN v_split ELSE v_told END) AS m
    CROSS JOIN LATERAL (
        SELECT s.part, s.hit_day < r.unmet AS met, sum(s.n) AS n FROM gridseat.tally AS s
        WHERE s.organisation_id = o.id AND s.fact = f.fact AND s.day >= r.since AND s.day < m.first GROUP BY 1, 2
        UNION ALL
        SELECT s.part, s.hit_day < r.unmet, sum(s.n) FROM gridseat.tally AS s
        WHERE s.organisation_id = o.id AND s.fact = f.fact AND s.day >= m.last AND s.day < r.until GROUP BY 1, 2
        UNION ALL
        SELECT s.part, s.hit_month < r.unmet, sum(s.n) FROM gridseat.tally_month AS s
        WHERE s.organisation_id = o.id AND s.fact = f.fact AND s.month >= m.first AND s.month < m.last GROUP BY 1, 2) AS d
    WHERE f.parted GROUP BY 1, 2, 4, 5;
END $$;

-- Cases that have changed since they were folded, as the sums have them: taken out.
CREATE OR REPLACE FUNCTION gridseat.taken_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_since date := t.before_starts AT TIME ZONE t.zone;
    v_cut date := gridseat.cut_day(t);
BEGIN
    RETURN QUERY
    SELECT x.fact, x.part, a.lft, gridseat.day_starts(x.day, t.zone), gridseat.day_starts(x.hit_day, t.zone), -1::bigint,
           true, a.parent_id <> o.id OR a.level <> 'community'
    FROM gridseat.measure AS m
    JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN o.lft AND o.rgt
    CROSS JOIN gridseat.tallied_rows(m, p_facts, t.zone) AS x JOIN gridseat.readings(t, p_facts) AS f ON f.fact = x.fact
    WHERE m.number = ANY (p_dirty) AND gridseat.is_whole(f.present, x.day, v_since, v_cut, f.until);
END $$;

-- Facts of which the organisation has no sums, and the ranked ones of communities below, which have none: read case by
-- case, added up by the period's steps.
CREATE OR REPLACE FUNCTION gridseat.unsummed_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text[],
                                                  p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_sort = off AS $$
DECLARE
    v_facts text[] := ARRAY(SELECT unnest(p_facts) UNION SELECT unnest(p_ranked));
    v_present text[] := gridseat.present_facts();
    v_since date := t.before_starts AT TIME ZONE t.zone;
BEGIN
    IF p_facts = '{}' AND NOT EXISTS (SELECT FROM gridseat.organisation AS a WHERE a.parent_id = o.id AND a.level = 'community') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT u.fact, u.part, u.lft, coalesce(t.edges[u.step], t.before_starts), gridseat.met(u.met), count(*), u.fact = ANY (p_facts),
           u.lft IS NOT NULL
    FROM (
        SELECT s.fact, s.part, width_bucket(s.at, t.edges) AS step, f.present,
               s.hit_at <= CASE WHEN s.at < t.starts THEN t.before_ends ELSE t.now END AS met,
               CASE WHEN s.fact = ANY (p_ranked) AND a.parent_id = o.id AND a.level = 'community' THEN a.lft END AS lft
        FROM gridseat.organisation AS a JOIN gridseat.measure AS m ON m.at_id = a.id
        CROSS JOIN gridseat.split_rows(m, v_facts, t.zone) AS s JOIN gridseat.readings(t, v_facts) AS f ON f.fact = s.fact
        WHERE a.lft BETWEEN o.lft AND o.rgt AND (p_facts <> '{}' OR (a.parent_id = o.id AND a.level = 'community'))
          AND m.tallied AND m.number <> ALL (p_dirty) AND (m.days[cardinality(m.days)] >= v_since OR m.facts && v_present)
          AND s.at <= t.now AND coalesce(s.at + f.settles <= t.now, true)) AS u
    WHERE u.present OR u.step NOT IN (0, 2)  -- before both stretches, between them
    GROUP BY u.fact, u.part, u.lft, 4, 5;
END $$;

-- Days that the stretch cuts: today's cases by facts that count only after a while, or by hours, added up by the period's
-- steps; and of the day that is cut those of the stretch before. Both read the days' cases once, wherever they lie, and
-- hash them: the planner takes them for few, and would look for those of each place below, and sort.
CREATE OR REPLACE FUNCTION gridseat.edge_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text[],
                                              p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_sort = off SET enable_nestloop = off AS $$
DECLARE
    v_today date := t.now AT TIME ZONE t.zone;
    v_late text[] := ARRAY(SELECT f.fact FROM gridseat.readings(t, p_facts) AS f WHERE f.until <= v_today);
    v_from date := (SELECT min(f.until) FROM gridseat.readings(t, v_late) AS f);
BEGIN
    IF v_late <> '{}' THEN
        RETURN QUERY
        SELECT u.fact, u.part, u.lft, t.edges[width_bucket(u.at, t.edges)], gridseat.met(u.met), count(*), true, u.ranked
        FROM (
            SELECT f.fact, gridseat.part_of(w.m, f.by, w.part, w.at, t.zone) AS part, w.at, w.ranked,
                   CASE WHEN f.fact = ANY (p_ranked) THEN w.lft END AS lft,
                   w.hit_at <= CASE WHEN w.at < t.starts THEN t.before_ends ELSE t.now END AS met
            FROM (SELECT m, a.lft, a.parent_id <> o.id OR a.level <> 'community' AS ranked, unnest(m.facts) AS fact, unnest(m.parts) AS part, unnest(m.ats) AS at,
                         unnest(m.hits) AS hit_at
                  FROM gridseat.measure AS m
                  JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN o.lft AND o.rgt
                  WHERE m.tallied AND m.days && ARRAY[v_from, v_today] AND m.number <> ALL (p_dirty)) AS w
            JOIN gridseat.readings(t, v_late) AS f ON f.base = w.fact
            WHERE w.at >= gridseat.day_starts(v_from, t.zone) AND w.at <= t.now
              AND w.at >= gridseat.day_starts(f.until, t.zone) AND coalesce(w.at + f.settles <= t.now, true)) AS u
        WHERE u.part IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 8;
    END IF;
    IF isfinite(gridseat.cut_day(t)) THEN
        RETURN QUERY SELECT * FROM gridseat.cut_rows(o, t, p_facts, p_dirty);
    END IF;
END $$;

-- Of the day in which the stretch before ends those of that stretch, added up. What was met on that day after it had
-- ended, the sums have as met in it: set right.
CREATE OR REPLACE FUNCTION gridseat.cut_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_sort = off SET enable_nestloop = off AS $$
DECLARE
    v_cut date := gridseat.cut_day(t);
    v_cut_at timestamptz := gridseat.day_starts(v_cut, t.zone);
BEGIN
    RETURN QUERY
    SELECT e.fact, e.part, NULL::bigint, t.before_starts, gridseat.met(x.met), sum(x.n)::bigint, true, false
    FROM (
        SELECT w.fact, w.part, w.at >= v_cut_at AS cut, w.hit_at <= t.before_ends AS met, count(*) AS n
        FROM (SELECT unnest(m.facts) AS fact, unnest(m.parts) AS part, unnest(m.ats) AS at, unnest(m.hits) AS hit_at
              FROM gridseat.measure AS m
              JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN o.lft AND o.rgt
              WHERE m.tallied AND m.days && ARRAY[v_cut] AND m.number <> ALL (p_dirty)) AS w
        WHERE (w.at >= v_cut_at AND w.at < t.before_ends)
           OR (w.hit_at > t.before_ends AND w.hit_at < t.starts AND w.at >= t.before_starts AND w.at < v_cut_at)
        GROUP BY 1, 2, 3, 4) AS e
    JOIN gridseat.readings(t, p_facts) AS f ON f.fact = e.fact AND NOT f.split AND NOT f.present AND f.until > v_cut
    CROSS JOIN LATERAL (SELECT e.met, e.n UNION ALL SELECT true, -e.n WHERE NOT e.cut) AS x (met, n)
    GROUP BY e.fact, e.part, x.met;
END $$;
