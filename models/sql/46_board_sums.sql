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
RETURNS TABLE (fact text, until date, parted boolean, split boolean, present boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT x.fact, CASE WHEN t.step = 'hour' AND NOT x.parted THEN (t.starts AT TIME ZONE t.zone)::date ELSE coalesce(
               ((t.now - gridseat.settles(x.fact) + interval '1 microsecond') AT TIME ZONE t.zone)::date,
               (t.now AT TIME ZONE t.zone)::date + 1) END,
           x.parted, strpos(x.fact, '/') > 0, x.fact = ANY (gridseat.present_facts())
    FROM (SELECT f.fact, f.fact = ANY (gridseat.parted(p_facts)) AS parted FROM unnest(p_facts) AS f (fact)) AS x
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
BEGIN
    RETURN QUERY  -- fact by fact, so that each reads its own stretch of the index
    SELECT f.fact, d.part, NULL::bigint, gridseat.day_starts(d.day, t.zone), gridseat.met(d.met), d.n::bigint, true, false
    FROM gridseat.readings(t, p_facts) AS f CROSS JOIN LATERAL (
        SELECT CASE WHEN f.parted THEN s.part ELSE 0 END AS part,
               CASE WHEN f.parted THEN CASE WHEN s.day < v_start THEN v_since ELSE v_start END ELSE s.day END AS day,
               s.hit_day < CASE WHEN s.day < v_start THEN v_start ELSE v_unmet END AS met, sum(s.n) AS n
        FROM gridseat.tally AS s
        WHERE s.organisation_id = o.id AND s.fact = f.fact AND s.day < f.until AND (f.present OR s.day <> v_cut)
          AND s.day >= CASE WHEN f.split THEN v_start WHEN f.present THEN '-infinity' ELSE v_since END
        GROUP BY 1, 2, 3) AS d;
    RETURN QUERY
    SELECT f.fact, 0::bigint, c.lft, t.starts, gridseat.met(d.met), d.n::bigint, false, true
    FROM gridseat.readings(t, p_facts) AS f CROSS JOIN gridseat.board_children(o.id) AS c CROSS JOIN LATERAL (
        SELECT s.hit_day < v_unmet AS met, sum(s.n) AS n FROM gridseat.tally AS s
        WHERE s.organisation_id = c.id AND s.fact = f.fact AND s.day < f.until
          AND (f.present OR s.day >= v_start) GROUP BY 1) AS d
    WHERE f.fact = ANY (p_ranked);
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

-- Facts of which the organisation has no sums, and the ranked ones of communities below, which have none: case by case.
CREATE OR REPLACE FUNCTION gridseat.unsummed_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text[],
                                                  p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_facts text[] := ARRAY(SELECT unnest(p_facts) UNION SELECT unnest(p_ranked));
    v_present text[] := gridseat.present_facts();
    v_since date := t.before_starts AT TIME ZONE t.zone;
BEGIN
    IF p_facts = '{}' AND NOT EXISTS (SELECT FROM gridseat.organisation AS a WHERE a.parent_id = o.id AND a.level = 'community') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT u.fact, u.part, a.lft, u.at, u.hit_at, 1::bigint, u.fact = ANY (p_facts),
           u.fact = ANY (p_ranked) AND a.parent_id = o.id AND a.level = 'community'
    FROM gridseat.organisation AS a JOIN gridseat.measure AS m ON m.at_id = a.id
    CROSS JOIN gridseat.split_rows(m, v_facts, t.zone) AS u
    WHERE a.lft BETWEEN o.lft AND o.rgt AND (p_facts <> '{}' OR (a.parent_id = o.id AND a.level = 'community'))
      AND m.tallied AND m.number <> ALL (p_dirty) AND (m.days[cardinality(m.days)] >= v_since OR m.facts && v_present);
END $$;

-- Today's cases by facts that count only after a while, case by case; and of the day that is cut those of the stretch
-- before, added up. What was met on that day after the stretch had ended, the sums have as met in it: set right.
CREATE OR REPLACE FUNCTION gridseat.edge_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_today date := t.now AT TIME ZONE t.zone;
    v_late text[] := ARRAY(SELECT f.fact FROM gridseat.readings(t, p_facts) AS f WHERE f.until <= v_today);
    v_from date := (SELECT min(f.until) FROM gridseat.readings(t, v_late) AS f);
    v_cut date := gridseat.cut_day(t);
    v_cut_at timestamptz := gridseat.day_starts(v_cut, t.zone);
    v_before text[] := ARRAY(SELECT f.fact FROM gridseat.readings(t, p_facts) AS f
                             WHERE NOT f.split AND NOT f.present AND isfinite(v_cut));
    v_parted text[] := gridseat.parted(v_before);
BEGIN
    RETURN QUERY
    SELECT u.fact, u.part, a.lft, u.at, u.hit_at, 1::bigint, true, a.parent_id <> o.id OR a.level <> 'community'
    FROM gridseat.measure AS m
    JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN o.lft AND o.rgt
    CROSS JOIN gridseat.split_rows(m, v_late, t.zone) AS u JOIN gridseat.readings(t, v_late) AS f ON f.fact = u.fact
    WHERE m.tallied AND m.days && ARRAY[v_from, v_today] AND m.number <> ALL (p_dirty)
      AND u.at >= gridseat.day_starts(f.until, t.zone) AND u.at <= t.now;
    RETURN QUERY
    SELECT e.fact, e.part, NULL::bigint, t.before_starts, gridseat.met(x.met), sum(x.n)::bigint, true, false
    FROM (
        SELECT u.fact, CASE WHEN u.fact = ANY (v_parted) THEN u.part ELSE 0 END AS part, u.at >= v_cut_at AS cut,
               u.hit_at <= t.before_ends AS met
        FROM gridseat.measure AS m
        JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN o.lft AND o.rgt
        CROSS JOIN gridseat.rows_of(m) AS u
        WHERE m.tallied AND m.days && ARRAY[v_cut] AND m.number <> ALL (p_dirty) AND u.fact = ANY (v_before)
          AND ((u.at >= v_cut_at AND u.at < t.before_ends)
               OR (u.hit_at > t.before_ends AND u.hit_at < t.starts AND u.at >= t.before_starts AND u.at < v_cut_at))) AS e
    CROSS JOIN LATERAL (SELECT e.met, 1 AS n UNION ALL SELECT true, -1 WHERE NOT e.cut) AS x
    GROUP BY e.fact, e.part, x.met;
END $$;
