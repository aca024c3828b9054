-- What a board takes from the tallies and the kept measures. A day that a stretch cuts is read case by case: that on
-- which the stretch before ends, and today (with yesterday for a minute, until its last pick-ups are settled).

CREATE OR REPLACE FUNCTION gridseat.cut_days(t gridseat.stretch) RETURNS date[]
LANGUAGE sql STABLE AS $$
    SELECT ARRAY[(t.before_ends AT TIME ZONE t.zone)::date, ((t.now - interval '1 minute') AT TIME ZONE t.zone)::date,
                 (t.now AT TIME ZONE t.zone)::date]
$$;

-- Days that are told by their sums: past, not cut and, unless the fact is of the present, within the stretches.
CREATE OR REPLACE FUNCTION gridseat.is_whole(p_fact text, p_day date, t gridseat.stretch) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT p_day < ((t.now - interval '1 minute') AT TIME ZONE t.zone)::date
       AND p_day <> (t.before_ends AT TIME ZONE t.zone)::date
       AND (p_fact IN ('open', 'overdue') OR p_day >= (t.before_starts AT TIME ZONE t.zone)::date)
$$;

CREATE OR REPLACE FUNCTION gridseat.day_starts(p_day date, p_zone text) RETURNS timestamptz
LANGUAGE sql STABLE AS
$$ SELECT p_day::timestamp AT TIME ZONE p_zone $$;

CREATE OR REPLACE FUNCTION gridseat.sum_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text)
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT s.fact, s.part, NULL::bigint, gridseat.day_starts(s.day, t.zone), gridseat.day_starts(s.hit_day, t.zone), s.n, true, false
    FROM gridseat.tally AS s
    WHERE s.organisation_id = o.id AND s.fact = ANY (p_facts) AND gridseat.is_whole(s.fact, s.day, t)
    UNION ALL
    SELECT s.fact, s.part, c.lft, gridseat.day_starts(s.day, t.zone), gridseat.day_starts(s.hit_day, t.zone), s.n, false, true
    FROM gridseat.board_children(o.id) AS c JOIN gridseat.tally AS s ON s.organisation_id = c.id
    WHERE s.fact = p_ranked AND gridseat.is_whole(s.fact, s.day, t) AND s.day >= (t.starts AT TIME ZONE t.zone)::date;
END $$;

-- Cases that have changed since they were folded, as the sums have them: taken out.
CREATE OR REPLACE FUNCTION gridseat.taken_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT x.fact, x.part, a.lft, gridseat.day_starts(x.day, t.zone), gridseat.day_starts(x.hit_day, t.zone), -1::bigint,
           true, a.parent_id <> o.id OR a.level <> 'community'
    FROM gridseat.measure AS m
    JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN o.lft AND o.rgt
    CROSS JOIN gridseat.tallied_rows(m, t.zone) AS x
    WHERE m.number = ANY (p_dirty) AND o.level <> 'community' AND x.fact = ANY (p_facts) AND gridseat.is_whole(x.fact, x.day, t);
END $$;

-- Communities have no sums: their whole days, case by case.
CREATE OR REPLACE FUNCTION gridseat.community_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_ranked text,
                                                   p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_own boolean := o.level = 'community';
BEGIN
    RETURN QUERY
    SELECT u.fact, u.part, a.lft, u.at, u.hit_at, 1::bigint, v_own, NOT v_own
    FROM gridseat.measure AS m
    JOIN gridseat.organisation AS a ON a.id = m.at_id
    CROSS JOIN unnest(m.facts, m.parts, m.ats, m.hits) AS u (fact, part, at, hit_at)
    WHERE m.at_id IN (SELECT x.id FROM gridseat.organisation AS x
                      WHERE x.level = 'community' AND (x.id = o.id OR (x.parent_id = o.id AND NOT v_own)))
      AND m.tallied AND m.number <> ALL (p_dirty) AND u.fact = ANY (CASE WHEN v_own THEN p_facts ELSE ARRAY[p_ranked] END)
      AND gridseat.is_whole(u.fact, (u.at AT TIME ZONE t.zone)::date, t);
END $$;

-- Cases on the days that are cut; and those of whole days that were met on the day on which the stretch before ends:
-- the sums know that day, the stretch its hour.
CREATE OR REPLACE FUNCTION gridseat.edge_rows(o gridseat.organisation, t gridseat.stretch, p_facts text[], p_dirty bigint[])
RETURNS SETOF gridseat.counting LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_cut date[] := gridseat.cut_days(t);
BEGIN
    RETURN QUERY
    SELECT u.fact, u.part, a.lft, u.at, x.hit_at, x.n, true, v.cut
    FROM gridseat.measure AS m
    JOIN gridseat.organisation AS a ON a.id = m.at_id AND a.lft BETWEEN o.lft AND o.rgt
    CROSS JOIN unnest(m.facts, m.parts, m.ats, m.hits) AS u (fact, part, at, hit_at)
    CROSS JOIN LATERAL (SELECT (u.at AT TIME ZONE t.zone)::date = ANY (v_cut) AS cut) AS v
    CROSS JOIN LATERAL (
        SELECT u.hit_at, 1::bigint AS n
        UNION ALL SELECT gridseat.day_starts(v_cut[1], t.zone), -1 WHERE NOT v.cut) AS x
    WHERE m.tallied AND m.days && v_cut AND m.number <> ALL (p_dirty) AND u.fact = ANY (p_facts)
      AND (v.cut OR (u.fact = 'closing' AND o.level <> 'community' AND (u.hit_at AT TIME ZONE t.zone)::date = v_cut[1]
                     AND gridseat.is_whole(u.fact, (u.at AT TIME ZONE t.zone)::date, t)));
END $$;
