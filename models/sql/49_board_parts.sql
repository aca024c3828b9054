-- A board's figures that count cases by class, type, channel, unit, day or hour of the week, or by area, all at once.

-- Cases and hits by fact, part and step of time (of lengths of time; else 0): one pass over what is kept of the cases
-- that whoever asks may see; those that have changed since, and facts that are not kept, as they stand now.
CREATE OR REPLACE FUNCTION gridseat.part_counts(me gridseat.person, o gridseat.organisation, t gridseat.stretch, p_facts text[],
                                                p_by text, p_present boolean)
RETURNS TABLE (fact text, part bigint, step bigint, hits bigint, cases bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_dirty bigint[] := gridseat.unfolded(t.zone, 5000);
    v_asked text[] := ARRAY(SELECT f FROM unnest(p_facts) AS f WHERE f = ANY (gridseat.asked_facts()));
    v_kept text[] := ARRAY(SELECT f FROM unnest(p_facts) AS f WHERE f <> ALL (v_asked));
    v_row constant text := 'f.fact, m.parts[p.at] AS step, m.ats[p.at] AS at, m.hits[p.at] AS hit_at, %s AS part
        FROM %s CROSS JOIN unnest(%s) AS f (fact) CROSS JOIN LATERAL (SELECT array_position(m.facts, f.fact)) AS p (at)';
    v_part constant text := CASE p_by
        WHEN 'class' THEN 'm.group_id' WHEN 'type' THEN 'm.class_id' WHEN 'channel' THEN 'm.channel_id' WHEN 'unit' THEN 'm.unit_id'
        WHEN 'day' THEN '(m.ats[p.at] AT TIME ZONE $6)::date - date ''2000-01-01'''
        WHEN 'hour' THEN 'gridseat.week_hour(m.ats[p.at], $6)' WHEN 'grid' THEN 'm.grid_id' ELSE 'm.at_id' END;
BEGIN
    RETURN QUERY EXECUTE 'SELECT u.fact, u.part::bigint, u.step, count(*) FILTER (WHERE u.hit_at <= $8), count(*) FROM ('
        || 'SELECT ' || format(v_row, v_part, 'gridseat.measure AS m JOIN gridseat.incident AS i ON i.number = m.number', '$1')
        || format(' WHERE $3 IS NOT NULL AND m.number <> ALL ($3) AND p.at IS NOT NULL AND %s AND %s',
                  gridseat.map_where(t, p_present), gridseat.board_where(me, o))
        || ' UNION ALL SELECT ' || format(v_row, v_part, 'gridseat.measured($4, $1, $6) AS m', '$1') || ' WHERE p.at IS NOT NULL'
        || ' UNION ALL SELECT ' || format(v_row, v_part, 'gridseat.measured($5, $2, $6) AS m', '$2') || ' WHERE p.at IS NOT NULL'
        || ') AS u WHERE u.part IS NOT NULL AND u.at BETWEEN $7 AND $8 AND gridseat.is_settled(u.fact, u.at, $8) GROUP BY 1, 2, 3'
    USING v_kept, v_asked, v_dirty,
          CASE WHEN v_dirty IS NULL THEN gridseat.board_numbers(me, o, t.starts) ELSE gridseat.visible_of(me, o, v_dirty) END,
          CASE WHEN v_asked = '{}' THEN '{}' ELSE gridseat.visible_of(me, o, ARRAY(
              SELECT i.number FROM gridseat.incident AS i WHERE i.claim_person_id IS NOT NULL AND i.claim_until > t.now)) END,
          t.zone, CASE WHEN p_present THEN '-infinity' ELSE t.starts END, t.now;
END $$;

-- Those counts as figures, by part or by the areas of a level; value as on a board: of lengths of time the median in
-- seconds, p90 beside it.
CREATE OR REPLACE FUNCTION gridseat.part_figures(me gridseat.person, o gridseat.organisation, t gridseat.stretch, p_keys text[],
                                                 p_by text, p_present boolean)
RETURNS TABLE (key text, part bigint, value numeric, numerator bigint, denominator bigint, p90 numeric)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
    WITH figure AS (
        SELECT m.* FROM gridseat.indicator AS m WHERE m.key = ANY (p_keys) AND m.at_present = p_present
    ), counted AS (
        SELECT c.fact, CASE WHEN p_by IN ('county', 'township', 'community') THEN a.area ELSE c.part END AS part, c.step,
               sum(c.hits) AS hits, sum(c.cases) AS cases
        FROM gridseat.part_counts(me, o, t, ARRAY(SELECT DISTINCT f.fact FROM figure AS f), p_by, p_present) AS c
        LEFT JOIN (SELECT w.id, x.id AS area FROM gridseat.organisation AS x JOIN gridseat.organisation AS w
                   ON w.lft BETWEEN x.lft AND x.rgt WHERE x.level = p_by) AS a ON a.id = c.part GROUP BY 1, 2, 3
    ), ranked AS (
        SELECT c.*, sum(c.cases) OVER (PARTITION BY c.fact, c.part ORDER BY c.step) AS upto,
               sum(c.cases) OVER (PARTITION BY c.fact, c.part) AS whole FROM counted AS c WHERE c.part IS NOT NULL
    ), told AS (
        SELECT r.fact, r.part, sum(r.hits)::bigint AS h, sum(r.cases)::bigint AS n,
               gridseat.span_middle(min(r.step) FILTER (WHERE r.upto >= r.whole * 0.5)) AS median,
               gridseat.span_middle(min(r.step) FILTER (WHERE r.upto >= r.whole * 0.9)) AS p90
        FROM ranked AS r GROUP BY r.fact, r.part
    )
    SELECT f.key, x.part, CASE f.kind WHEN 'span' THEN x.median ELSE gridseat.told_as(f.kind, v.h, x.n, NULL) END, v.h,
           CASE f.kind WHEN 'rate' THEN x.n END, CASE f.kind WHEN 'span' THEN x.p90 END
    FROM figure AS f JOIN told AS x ON x.fact = f.fact
    CROSS JOIN LATERAL (SELECT CASE WHEN f.kind IN ('count', 'span') THEN x.n ELSE x.h END) AS v (h)
$$;

-- {"board", "by", "organisation", "days", "from", "at", "figures": [keys], "rows": [{"part", "zh", "en", "figures": {key:
-- {"value", "numerator", "denominator", "p90"}}}]}: every part that has a case, by name or in the order of time. A figure's
-- cases in a part: desk.board_cases of FIGURE/BY=part.
CREATE OR REPLACE FUNCTION desk.board_parts(p_board text, p_by text, p_organisation text, p_days integer,
                                            p_until date DEFAULT NULL, p_figures text[] DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t gridseat.stretch := gridseat.board_period(o.id, p_days, p_until);
    v_keys text[] := ARRAY(SELECT i.key FROM gridseat.indicator AS i WHERE i.board = p_board AND i.fact IS NOT NULL
                           AND i.kind <> 'ratio' AND (p_figures IS NULL OR i.key = ANY (p_figures)) ORDER BY i.place);
BEGIN
    IF NOT EXISTS (SELECT FROM gridseat.indicator AS i WHERE i.board = p_board) THEN
        PERFORM gridseat.reject_input('board_unknown', jsonb_build_object('board', p_board));
    ELSIF p_by IS NULL OR p_by <> ALL (ARRAY['class', 'type', 'channel', 'unit', 'day', 'hour']) THEN
        PERFORM gridseat.reject_input('split_unknown', jsonb_build_object('by', left(p_by, 40)));
    ELSIF NOT p_figures <@ v_keys THEN
        PERFORM gridseat.reject_input('figure_not_split', jsonb_build_object('by', p_by, 'board', p_board, 'figure',
            left((SELECT min(f) FROM unnest(p_figures) AS f WHERE f <> ALL (v_keys)), 80)));
    END IF;
    RETURN jsonb_build_object('board', p_board, 'by', p_by, 'days', p_days, 'from', t.starts, 'at', t.now, 'until', p_until,
        'organisation', jsonb_build_object('code', o.code, 'name', o.name, 'level', o.level), 'figures', to_jsonb(v_keys), 'rows', (
        WITH figure AS (
            SELECT * FROM gridseat.part_figures(me, o, t, v_keys, p_by, false)
            UNION ALL SELECT * FROM gridseat.part_figures(me, o, gridseat.board_period(o.id, p_days), v_keys, p_by, true)
        )
        SELECT coalesce(jsonb_agg(jsonb_build_object('part', w.name, 'zh', w.zh, 'en', w.en, 'figures', f.figures)
                                  ORDER BY w.place, w.name), '[]')
        FROM (SELECT f.part, jsonb_object_agg(f.key, jsonb_build_object('value', f.value, 'numerator', f.numerator,
                  'denominator', f.denominator, 'p90', f.p90)) AS figures FROM figure AS f GROUP BY f.part) AS f
        JOIN gridseat.part_words(p_by) AS w ON w.part = f.part));
END $$;
