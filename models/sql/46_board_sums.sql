-- What a board takes from the tallies and the kept measures. A day that a stretch cuts is read case by case: that on
-- which the stretch before ends and, for facts that count only after a while, today.
-- Where cases are read by places or their bounds the plan must see them: a plan for any would read every case, or compare it
-- with each place.

CREATE OR REPLACE FUNCTION gridseat.day_starts(p_day date, p_zone text) RETURNS timestamptz
LANGUAGE sql STABLE AS
$$ SELECT p_day::timestamp AT TIME ZONE p_zone $$;

-- The first day that sums do not tell of the stretch before: that in which it ends or, where it ends with a day, the next.
CREATE OR REPLACE FUNCTION gridseat.cut_day(t gridseat.stretch) RETURNS date
LANGUAGE sql STABLE AS $$ SELECT ((t.before_ends + interval '1 microsecond') AT TIME ZONE t.zone)::date $$;

-- How facts are read. first: the first day that counts; until: the first day that their sums do not tell, since not all of it
-- counts yet or a board of one day tells it by hours; since: when that day begins; upto: the last instant that counts; parted:
-- by its parts; split: by class, type, channel, unit or hour; present: whatever its date; compared: a figure holds it against
-- the stretch before.
CREATE OR REPLACE FUNCTION gridseat.readings(t gridseat.stretch, p_facts text[])
RETURNS TABLE (fact text, place integer, by text, first date, until date, since timestamptz, upto timestamptz,
               parted boolean, split boolean, present boolean, compared boolean)
LANGUAGE sql STABLE ROWS 30 SET search_path = pg_catalog, pg_temp AS $$
    SELECT x.fact, f.place, x.by,
           CASE WHEN i.present THEN '-infinity' ELSE (CASE WHEN i.fact IS NULL THEN t.starts ELSE t.before_starts END AT TIME ZONE t.zone)::date END,
           u.until, gridseat.day_starts(u.until, t.zone), t.now - coalesce(f.settles, '0'),
           x.by <> '' OR f.spans, x.by <> '', coalesce(i.present, false), coalesce(NOT i.present, false)
    FROM (SELECT u.fact, split_part(u.fact, '/', 1) AS base, split_part(u.fact, '/', 2) AS by FROM unnest(p_facts) AS u (fact)) AS x
    JOIN gridseat.fact AS f ON f.key = x.base
    LEFT JOIN (SELECT m.fact, bool_or(m.at_present) AS present FROM gridseat.indicator AS m GROUP BY 1) AS i ON i.fact = x.fact
    CROSS JOIN LATERAL (
        SELECT CASE WHEN t.step = 'hour' AND x.by = '' AND NOT f.spans THEN (t.starts AT TIME ZONE t.zone)::date ELSE coalesce(
            ((t.now - f.settles + interval '1 microsecond') AT TIME ZONE t.zone)::date, (t.now AT TIME ZONE t.zone)::date + 1) END) AS u (until)
$$;

-- The organisation's own sums by day, and by part where a chart has parts; of its children those that are ranked.
CREATE OR REPLACE FUNCTION gridseat.sum_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_start date := t.starts AT TIME ZONE t.zone;
    v_since date := t.before_starts AT TIME ZONE t.zone;
    v_cut date := gridseat.cut_day(t);
    v_unmet date := (t.now AT TIME ZONE t.zone)::date + 1;  -- what is met later was not met by then
    v_before date := least(v_start, v_cut + 1);  -- nor by the end of the stretch before
    v_days date[] := ARRAY(SELECT (e AT TIME ZONE t.zone)::date FROM unnest(t.edges[3:]) AS e ORDER BY 1);
BEGIN
    RETURN QUERY  -- fact by fact, so that each reads its own stretch of the index
    SELECT f.fact, 0::bigint, NULL::bigint, gridseat.day_starts(d.day, t.zone), gridseat.met(d.met), d.n::bigint, true, false
    FROM gridseat.readings(t, p_facts) AS f CROSS JOIN LATERAL (
        SELECT CASE WHEN s.day < v_start THEN v_since ELSE v_days[width_bucket(s.day, v_days)] END AS day,
               s.hit_day < CASE WHEN s.day < v_start THEN v_before ELSE v_unmet END AS met, sum(s.n) AS n
        FROM gridseat.tally AS s
        WHERE s.organisation_id = o.id AND s.fact = f.fact AND s.day >= f.first AND s.day < f.until
          AND (f.present OR s.day < v_cut OR s.day >= v_start)
        GROUP BY 1, 2) AS d
    WHERE NOT f.parted;
    RETURN QUERY SELECT * FROM gridseat.part_rows(o, t, p_facts);
    RETURN QUERY
    SELECT f.fact, 0::bigint, c.lft, t.starts, gridseat.met(d.met), d.n::bigint, false, true
    FROM gridseat.readings(t, p_facts) AS f CROSS JOIN gridseat.board_children(o.id) AS c CROSS JOIN LATERAL (
        SELECT s.hit_day < v_unmet AS met, sum(s.n) AS n FROM gridseat.tally AS s
        WHERE s.organisation_id = c.id AND s.fact = f.fact AND s.day >= CASE WHEN f.present THEN f.first ELSE v_start END
          AND s.day < f.until GROUP BY 1) AS d
    WHERE f.fact = ANY (p_ranked);
END $$;

-- By parts, added up over each stretch: whole months where what was met later than the stretch is told apart by months.
CREATE OR REPLACE FUNCTION gridseat.part_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_start date := t.starts AT TIME ZONE t.zone;
    v_since date := t.before_starts AT TIME ZONE t.zone;
    v_past date := gridseat.cut_day(t);
    v_unmet date := (t.now AT TIME ZONE t.zone)::date + 1;
    v_told date := (SELECT f.months_to FROM gridseat.fold AS f);
    v_split date := CASE WHEN v_unmet = gridseat.month_of(v_unmet) OR v_unmet > gridseat.read_at() AT TIME ZONE t.zone THEN v_told END;
BEGIN
    RETURN QUERY
    SELECT f.fact, d.part, NULL::bigint, gridseat.day_starts(r.since, t.zone), gridseat.met(d.met), sum(d.n)::bigint, true, false
    FROM gridseat.readings(t, p_facts) AS f
    CROSS JOIN LATERAL (SELECT v_start, f.until, v_unmet UNION ALL SELECT v_since, v_past, v_start WHERE f.compared) AS r (since, until, unmet)
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
    v_start date := t.starts AT TIME ZONE t.zone;
    v_cut date := gridseat.cut_day(t);
BEGIN
    RETURN QUERY
    SELECT x.fact, x.part, a.lft, gridseat.day_starts(x.day, t.zone), gridseat.day_starts(x.hit_day, t.zone), -1::bigint,
           true, a.parent_id <> o.id OR a.level <> 'community'
    FROM gridseat.measure AS m
    JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN o.lft AND o.rgt
    CROSS JOIN gridseat.tallied_rows(m, p_facts, t.zone) AS x JOIN gridseat.readings(t, p_facts) AS f ON f.fact = x.fact
    WHERE m.number = ANY (p_dirty) AND x.day >= f.first AND x.day < f.until AND (f.present OR x.day < v_cut OR x.day >= v_start);
END $$;

-- Facts of which the organisation has no sums, and the ranked ones of communities below, which have none.
CREATE OR REPLACE FUNCTION gridseat.unsummed_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text[],
                                                  p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_child text := format('a.parent_id = %s AND a.level = ''community''', o.id);
    v_recent text := format('m.days[cardinality(m.days)] >= %L', t.before_starts AT TIME ZONE t.zone)
                     || (SELECT string_agg(DISTINCT format(' OR m.ats[%s] IS NOT NULL', gridseat.fact_place(i.fact)), '')
                         FROM gridseat.indicator AS i WHERE i.at_present AND i.fact IS NOT NULL);
BEGIN
    IF p_facts <> '{}' OR EXISTS (SELECT FROM gridseat.organisation AS a WHERE a.parent_id = o.id AND a.level = 'community') THEN
        RETURN QUERY
        SELECT r.fact, r.part, r.lft, r.at, r.hit_at, r.n, r.fact = ANY (p_facts), r.lft IS NOT NULL
        FROM gridseat.added_rows(o, t, ARRAY(SELECT unnest(p_facts) UNION SELECT unnest(p_ranked)), p_ranked, p_dirty, v_child,
                                 format('(%s) AND %s', v_recent, CASE WHEN p_facts = '{}' THEN v_child ELSE 'true' END)) AS r;
    END IF;
END $$;

-- Cases read one by one, added up by the period's steps. p_child, p_which: conditions on what is kept (m) and its place (a):
-- where the facts p_ranked are told by place, and which of the cases not in p_dirty are meant.
CREATE OR REPLACE FUNCTION gridseat.added_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text[],
                                               p_dirty bigint[], p_child text, p_which text)
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET enable_sort = off AS $$
BEGIN
    RETURN QUERY EXECUTE format('
        SELECT u.fact, u.part, u.lft, coalesce(($1).edges[u.step], ($1).before_starts), gridseat.met(u.met), count(*), true, true
        FROM (SELECT f.fact, gridseat.part_of(m, f.by, m.parts[f.place], s.at, ($1).zone) AS part, f.present,
                     width_bucket(s.at, ($1).edges) AS step,
                     m.hits[f.place] <= CASE WHEN s.at < ($1).starts THEN ($1).before_ends ELSE ($1).now END AS met,
                     CASE WHEN f.fact = ANY ($3) AND %s THEN a.lft END AS lft
              FROM gridseat.measure AS m JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN %s AND %s
              CROSS JOIN gridseat.readings($1, $2) AS f CROSS JOIN LATERAL (SELECT m.ats[f.place]) AS s (at)
              WHERE m.tallied AND m.number <> ALL ($4) AND %s
                AND s.at <= f.upto) AS u
        WHERE u.part IS NOT NULL AND (u.present OR u.step NOT IN (0, 2))  -- before both stretches, between them
        GROUP BY u.fact, u.part, u.lft, u.step, u.met', p_child, o.lft, o.rgt, p_which) USING t, p_facts, p_ranked, p_dirty;
END $$;

-- Days that the stretch cuts, read case by case and added up by the period's steps: today, of facts that count only after a
-- while or are told by hours; and the day in which the stretch before ends.
CREATE OR REPLACE FUNCTION gridseat.edge_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text[],
                                              p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_places bigint[] := gridseat.places_of(o);
    v_late text[] := ARRAY(SELECT f.fact FROM gridseat.readings(t, p_facts) AS f WHERE f.until <= (t.now AT TIME ZONE t.zone)::date);
BEGIN
    IF v_late <> '{}' THEN
        RETURN QUERY SELECT * FROM gridseat.today_rows(o, t, v_places, v_late, p_ranked, p_dirty);
    END IF;
    IF gridseat.day_starts(gridseat.cut_day(t), t.zone) < t.starts THEN
        RETURN QUERY SELECT * FROM gridseat.cut_rows(t, v_places, p_facts, p_dirty);
    END IF;
END $$;

-- Those of today, and of yesterday where not all of that counts yet. Places are told by the child that they lie in.
CREATE OR REPLACE FUNCTION gridseat.today_rows(o gridseat.organisation, t gridseat.stretch, p_places bigint[], p_facts text[],
                                               p_ranked text[], p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_sort = off AS $$
DECLARE
    v_days date[] := ARRAY(SELECT f.until FROM gridseat.readings(t, p_facts) AS f UNION SELECT (t.now AT TIME ZONE t.zone)::date);
    v_children bigint[] := ARRAY(SELECT c.lft FROM gridseat.organisation AS c WHERE c.parent_id = o.id ORDER BY c.lft);
BEGIN
    RETURN QUERY
    SELECT u.fact, u.part, v_children[width_bucket(a.lft, v_children)], t.edges[u.step], gridseat.met(u.met), sum(u.n)::bigint,
           true, a.ranked
    FROM (
        SELECT f.fact, gridseat.part_of(m, f.by, m.parts[f.place], f.at, t.zone) AS part, width_bucket(f.at, t.edges) AS step,
               m.hits[f.place] <= CASE WHEN f.at < t.starts THEN t.before_ends ELSE t.now END AS met,
               CASE WHEN f.fact = ANY (p_ranked) THEN m.at_id END AS at_id, count(*) AS n
        FROM gridseat.measure AS m
        CROSS JOIN LATERAL (  -- case by case: OFFSET
            SELECT x.*, m.ats[x.place] AS at FROM gridseat.readings(t, p_facts) AS x OFFSET 0) AS f
        WHERE m.tallied AND m.days && v_days AND m.number <> ALL (p_dirty) AND (p_places IS NULL OR m.at_id = ANY (p_places))
          AND f.at <= f.upto AND f.at >= f.since
        GROUP BY 1, 2, 3, 4, 5) AS u
    LEFT JOIN LATERAL (  -- of those that are ranked alone: OFFSET
        SELECT b.lft, b.parent_id <> o.id OR b.level <> 'community' AS ranked FROM gridseat.organisation AS b
        WHERE b.id = u.at_id OFFSET 0) AS a ON true
    WHERE u.part IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 8;
END $$;

-- Of the day in which the stretch before ends those of that stretch. What was met on that day after it had ended, the sums
-- have as met in it: set right.
CREATE OR REPLACE FUNCTION gridseat.cut_rows(t gridseat.stretch, p_places bigint[], p_facts text[], p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_sort = off AS $$
DECLARE
    v_cut constant date := gridseat.cut_day(t);
    v_cut_at constant timestamptz := gridseat.day_starts(v_cut, t.zone);
    v_next constant timestamptz := gridseat.day_starts(v_cut + 1, t.zone);
    v_facts constant integer[] := ARRAY(SELECT f.place FROM gridseat.readings(t, p_facts) AS f WHERE f.compared AND f.until > v_cut);
BEGIN
    RETURN QUERY
    SELECT f.key, e.part, NULL::bigint, t.before_starts, gridseat.met(x.met), x.n, true, false
    FROM (
        SELECT w.place, m.parts[w.place] AS part, count(*) FILTER (WHERE w.at >= v_cut_at) AS cut,
               count(*) FILTER (WHERE w.at >= v_cut_at AND m.hits[w.place] <= t.before_ends) AS met,
               count(*) FILTER (WHERE w.at < v_cut_at) AS later
        FROM gridseat.measure AS m
        CROSS JOIN LATERAL (  -- case by case: OFFSET
            SELECT p.place, m.ats[p.place] AS at FROM unnest(v_facts) AS p (place) OFFSET 0) AS w
        WHERE m.tallied AND m.days && ARRAY[v_cut] AND m.number <> ALL (p_dirty) AND (p_places IS NULL OR m.at_id = ANY (p_places))
          AND w.at < t.before_ends AND w.at >= t.before_starts
          AND (w.at >= v_cut_at OR (m.hits[w.place] > t.before_ends AND m.hits[w.place] < v_next))
        GROUP BY 1, 2) AS e
    JOIN gridseat.fact AS f ON f.place = e.place
    CROSS JOIN LATERAL (VALUES (true, e.met - e.later), (false, e.cut - e.met + e.later)) AS x (met, n)
    WHERE x.n <> 0;
END $$;
