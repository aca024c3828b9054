-- What a board takes from the tallies and the kept measures. A day that a stretch cuts is read case by case: that on
-- which the stretch before ends (it is the day before the start), and today. Where cases are read by a place's bounds
-- the plan must see them: a plan for any bounds would read every case.

-- The first day that is not told by its sum: today, and for a minute yesterday, until its last pick-ups are settled.
CREATE OR REPLACE FUNCTION gridseat.unsettled_day(t gridseat.stretch) RETURNS date
LANGUAGE sql STABLE AS
$$ SELECT ((t.now - interval '1 minute') AT TIME ZONE t.zone)::date $$;

CREATE OR REPLACE FUNCTION gridseat.day_starts(p_day date, p_zone text) RETURNS timestamptz
LANGUAGE sql STABLE AS
$$ SELECT p_day::timestamp AT TIME ZONE p_zone $$;

-- Days told by their sums: settled, not cut and, unless the fact is of the present, within the stretches.
CREATE OR REPLACE FUNCTION gridseat.is_whole(p_present boolean, p_day date, p_since date, p_start date, p_until date) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT p_day < p_until AND p_day <> p_start - 1 AND (p_day >= p_since OR p_present) $$;

-- Facts of which everything counts, whatever its date.
CREATE OR REPLACE FUNCTION gridseat.present_facts() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT ARRAY(SELECT DISTINCT x.fact FROM gridseat.indicator AS x WHERE x.at_present AND x.fact IS NOT NULL) $$;

-- The organisation's own sums by day, and by part where a chart has parts; of its children those that are ranked.
CREATE OR REPLACE FUNCTION gridseat.sum_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text)
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_start date := t.starts AT TIME ZONE t.zone;
    v_since date := t.before_starts AT TIME ZONE t.zone;
    v_until date := gridseat.unsettled_day(t);
    v_unmet date := (t.now AT TIME ZONE t.zone)::date + 1;  -- what is met later was not met by then
    v_present text[] := gridseat.present_facts();
    v_parted text[] := gridseat.parted(p_facts);
BEGIN
    RETURN QUERY  -- fact by fact, so that each reads its own stretch of the index
    SELECT f.fact, d.part, NULL::bigint, gridseat.day_starts(d.day, t.zone), gridseat.met(d.met), d.n::bigint, true, false
    FROM (SELECT x AS fact, x = ANY (v_parted) AS parted, x = ANY (v_present) AS present,
                 strpos(x, '/') > 0 AS split FROM unnest(p_facts) AS x) AS f
    CROSS JOIN LATERAL (
        SELECT CASE WHEN f.parted THEN s.part ELSE 0 END AS part,
               CASE WHEN f.parted THEN CASE WHEN s.day < v_start THEN v_since ELSE v_start END ELSE s.day END AS day,
               s.hit_day < CASE WHEN s.day < v_start THEN v_start ELSE v_unmet END AS met, sum(s.n) AS n
        FROM gridseat.tally AS s
        WHERE s.organisation_id = o.id AND s.fact = f.fact AND s.day < v_until AND s.day <> v_start - 1
          AND s.day >= CASE WHEN f.split THEN v_start WHEN f.present THEN '-infinity' ELSE v_since END
        GROUP BY 1, 2, 3) AS d;
    RETURN QUERY
    SELECT p_ranked, 0::bigint, c.lft, t.starts, gridseat.met(d.met), d.n::bigint, false, true
    FROM gridseat.board_children(o.id) AS c CROSS JOIN LATERAL (
        SELECT s.hit_day < v_unmet AS met, sum(s.n) AS n FROM gridseat.tally AS s
        WHERE s.organisation_id = c.id AND s.fact = p_ranked AND s.day < v_until AND p_ranked = ANY (p_facts)
          AND (s.day >= v_start OR (p_ranked = ANY (v_present) AND s.day <> v_start - 1)) GROUP BY 1) AS d;
END $$;

-- Cases that have changed since they were folded, as the sums have them: taken out.
CREATE OR REPLACE FUNCTION gridseat.taken_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_start date := t.starts AT TIME ZONE t.zone;
    v_since date := t.before_starts AT TIME ZONE t.zone;
    v_until date := gridseat.unsettled_day(t);
    v_present text[] := gridseat.present_facts();
BEGIN
    RETURN QUERY
    SELECT x.fact, x.part, a.lft, gridseat.day_starts(x.day, t.zone), gridseat.day_starts(x.hit_day, t.zone), -1::bigint,
           true, a.parent_id <> o.id OR a.level <> 'community'
    FROM gridseat.measure AS m
    JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN o.lft AND o.rgt
    CROSS JOIN gridseat.tallied_rows(m, p_facts, t.zone) AS x
    WHERE m.number = ANY (p_dirty) AND gridseat.is_whole(x.fact = ANY (v_present), x.day, v_since, v_start, v_until);
END $$;

-- Facts of which the organisation has no sums, and the ranked one of communities below, which have none: their whole
-- days, case by case.
CREATE OR REPLACE FUNCTION gridseat.unsummed_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text,
                                                  p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_facts text[] := CASE WHEN p_ranked = ANY (p_facts) THEN p_facts ELSE p_facts || p_ranked END;
    v_present text[] := gridseat.present_facts();
    v_cut timestamptz := t.starts - interval '1 day';
    v_since date := t.before_starts AT TIME ZONE t.zone;
    v_until timestamptz := gridseat.day_starts(gridseat.unsettled_day(t), t.zone);
    v_below boolean := o.level <> 'community';
BEGIN
    IF p_facts = '{}' AND NOT EXISTS (SELECT FROM gridseat.organisation AS a WHERE a.parent_id = o.id AND a.level = 'community') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT u.fact, u.part, a.lft, u.at, u.hit_at, 1::bigint, u.fact = ANY (p_facts), v_below AND a.level = 'community' AND u.fact = p_ranked
    FROM gridseat.organisation AS a JOIN gridseat.measure AS m ON m.at_id = a.id
    CROSS JOIN gridseat.split_rows(m, v_facts, t.zone) AS u
    WHERE a.lft BETWEEN o.lft AND o.rgt AND (p_facts <> '{}' OR (a.parent_id = o.id AND a.level = 'community'))
      AND m.tallied AND m.number <> ALL (p_dirty) AND (m.days[cardinality(m.days)] >= v_since OR m.facts && v_present)
      AND u.at < v_until AND NOT (u.at >= v_cut AND u.at < t.starts);
END $$;

-- Cases on the days that are cut; and those of whole days before that were met on the cut day, of which the sums
-- know the day, the stretch its hour.
CREATE OR REPLACE FUNCTION gridseat.edge_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_summed text[],
                                              p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_until date := gridseat.unsettled_day(t);
    v_days date[] := ARRAY[(t.before_ends AT TIME ZONE t.zone)::date, v_until, (t.now AT TIME ZONE t.zone)::date];
    v_from timestamptz := gridseat.day_starts(v_until, t.zone);
    v_cut timestamptz := gridseat.day_starts(v_days[1], t.zone);
BEGIN
    RETURN QUERY
    SELECT e.fact, e.part, e.lft, e.at, x.hit_at, x.n, true, e.cut
    FROM (
        SELECT u.fact, u.part, a.lft, u.at, u.hit_at, u.at >= v_from OR (u.at >= v_cut AND u.at < t.starts) AS cut
        FROM gridseat.measure AS m
        JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN o.lft AND o.rgt
        CROSS JOIN gridseat.split_rows(m, p_facts, t.zone) AS u
        WHERE m.tallied AND m.days && v_days AND m.number <> ALL (p_dirty)
          AND (u.at >= v_from OR (u.at >= v_cut AND u.at < t.starts)
               OR (u.hit_at >= v_cut AND u.hit_at < t.starts AND u.at >= t.before_starts AND u.fact = ANY (p_summed)))) AS e
    CROSS JOIN LATERAL (
        SELECT e.hit_at, 1::bigint AS n UNION ALL SELECT v_cut, -1 WHERE NOT e.cut) AS x;
END $$;
