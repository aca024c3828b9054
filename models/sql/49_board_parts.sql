-- A board's figures that count cases by class, type, channel, unit, day or hour of the week, or by area, all at once.

-- Those counts as figures, by part or by the areas of a level; value as on a board: of lengths of time the median in
-- seconds, p90 beside it.
CREATE OR REPLACE FUNCTION gridseat.part_figures(me gridseat.person, o gridseat.organisation, t gridseat.stretch, p_keys text[],
                                                 p_by text, p_present boolean)
RETURNS TABLE (key text, part bigint, value numeric, numerator bigint, denominator bigint, p90 numeric)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
    WITH figure AS (
        SELECT m.* FROM gridseat.indicator AS m WHERE m.key = ANY (p_keys) AND m.at_present = p_present
    ), counted AS (
        SELECT c.fact, CASE WHEN p_by IN ('county', 'township', 'community') THEN a.area_id ELSE c.part END AS part, c.step,
               sum(c.hits) AS hits, sum(c.cases) AS cases
        FROM gridseat.part_counts(me, o, t, ARRAY(SELECT DISTINCT f.fact FROM figure AS f), p_by, p_present) AS c
        LEFT JOIN gridseat.places_in(p_by, o) AS a ON a.id = c.part GROUP BY 1, 2, 3
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
-- {"value", "numerator", "denominator", "p90"}}}]}: every part that has a case, by name or in the order of time; by day and
-- hour without figures of the present. A figure's cases in a part: desk.board_cases of FIGURE/BY=part.
CREATE OR REPLACE FUNCTION desk.board_parts(p_board text, p_by text, p_organisation text, p_days integer,
                                            p_until date DEFAULT NULL, p_figures text[] DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t gridseat.stretch := gridseat.board_period(o.id, p_days, p_until);
    v_timed constant boolean := p_by IN ('day', 'hour');  -- what is so at present is of no day and of no hour
    v_keys text[] := ARRAY(SELECT i.key FROM gridseat.indicator AS i WHERE i.board = p_board AND i.fact IS NOT NULL AND i.kind <> 'ratio'
                           AND NOT (v_timed AND i.at_present) AND (p_figures IS NULL OR i.key = ANY (p_figures)) ORDER BY i.place);
    v_other text := (SELECT min(f) FROM unnest(p_figures) AS f WHERE f <> ALL (v_keys));
BEGIN
    IF NOT EXISTS (SELECT FROM gridseat.indicator AS i WHERE i.board = p_board) THEN
        PERFORM gridseat.reject_input('board_unknown', jsonb_build_object('board', p_board));
    ELSIF p_by IS NULL OR p_by <> ALL (ARRAY['class', 'type', 'channel', 'unit', 'day', 'hour']) THEN
        PERFORM gridseat.reject_input('split_unknown', jsonb_build_object('by', left(p_by, 40)));
    ELSIF v_timed AND EXISTS (SELECT FROM gridseat.indicator AS i WHERE i.key = v_other AND i.board = p_board AND i.at_present) THEN
        PERFORM gridseat.reject_input('figure_of_now', jsonb_build_object('by', p_by, 'figure', v_other));
    ELSIF v_other IS NOT NULL THEN
        PERFORM gridseat.reject_input('figure_not_split', jsonb_build_object('by', p_by, 'board', p_board, 'figure', left(v_other, 80)));
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
