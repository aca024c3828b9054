-- The charts of a board, each a row of gridseat.chart: trends over the period's steps, parts by something, funnels.

-- The charts in their order: {"key", "kind", "labels": [{"zh", "en", "figure"}], "lines": [{"key", "values", "of"}]}. figure:
-- what to ask desk.board_cases for.
CREATE OR REPLACE FUNCTION gridseat.board_series(o gridseat.organisation, p_board text, p_counts gridseat.counted[], p_figures jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('key', c.key, 'kind', c.kind) || CASE c.kind
        WHEN 'trend' THEN gridseat.trend_series(c.lines, p_figures)
        WHEN 'funnel' THEN gridseat.funnel_series(c.lines, p_counts)
        WHEN 'answers' THEN gridseat.answers_series(c.lines, p_counts)
        WHEN 'places' THEN gridseat.places_series(o, c.key, c.lines)
        ELSE gridseat.parts_series(c.fact, c.lines, p_counts) END ORDER BY c.place), '[]')
    FROM gridseat.chart AS c WHERE c.board = p_board
$$;

-- Figures over time: the marks are the board's own steps. of: a rate's cases step by step.
CREATE OR REPLACE FUNCTION gridseat.trend_series(p_lines text[], p_figures jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('labels', '[]'::jsonb, 'lines', jsonb_agg(
        jsonb_build_object('key', l.key, 'values', coalesce(p_figures -> l.key -> 'spark', '[]'),
                           'of', coalesce(p_figures -> l.key -> 'spark_of', '[]')) ORDER BY l.place))
    FROM unnest(p_lines) WITH ORDINALITY AS l (key, place)
$$;

-- How far the cases received in the period have come. FACT:of counts all of a fact's, FACT those that meet it.
CREATE OR REPLACE FUNCTION gridseat.funnel_series(p_lines text[], p_counts gridseat.counted[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object(
        'labels', jsonb_agg(jsonb_build_object('zh', f.line, 'en', f.line, 'figure',
                                CASE WHEN f.line LIKE '%:of' THEN f.line ELSE f.line || ':hit' END) ORDER BY f.place),
        'lines', jsonb_build_array(jsonb_build_object('key', 'cases', 'values', jsonb_agg(f.cases ORDER BY f.place))))
    FROM (SELECT l.line, l.place, coalesce(sum(CASE WHEN l.line LIKE '%:of' THEN x.n ELSE x.h END), 0) AS cases
          FROM unnest(p_lines) WITH ORDINALITY AS l (line, place)
          LEFT JOIN unnest(p_counts) AS x ON x.fact = split_part(l.line, ':', 1) AND x.step >= 3
          GROUP BY l.line, l.place) AS f
$$;

-- Rates side by side, each of its own cases.
CREATE OR REPLACE FUNCTION gridseat.answers_series(p_lines text[], p_counts gridseat.counted[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object(
        'labels', jsonb_agg(jsonb_build_object('zh', f.key, 'en', f.key, 'figure', f.key || ':of') ORDER BY f.place),
        'lines', jsonb_build_array(jsonb_build_object('key', 'valid', 'values', jsonb_agg(f.n ORDER BY f.place)),
                                   jsonb_build_object('key', 'yes', 'values', jsonb_agg(f.h ORDER BY f.place))))
    FROM (SELECT l.key, l.place, coalesce(sum(x.n), 0) AS n, coalesce(sum(x.h), 0) AS h
          FROM unnest(p_lines) WITH ORDINALITY AS l (key, place)
          LEFT JOIN unnest(p_counts) AS x ON x.fact = l.key AND x.step >= 3
          GROUP BY l.key, l.place) AS f
$$;

-- A fact by its parts, the most first; hours of the week all and in their order.
CREATE OR REPLACE FUNCTION gridseat.parts_series(p_fact text, p_lines text[], p_counts gridseat.counted[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH raw AS MATERIALIZED (
        SELECT x.part, sum(x.n)::bigint AS n, sum(x.h)::bigint AS h FROM unnest(p_counts) AS x
        WHERE x.fact = p_fact AND x.step >= 3 GROUP BY 1 HAVING sum(x.n) > 0
    ), part AS (
        SELECT w.zh, w.en, format('%s=%s:of', p_fact, w.name) AS figure, coalesce(x.n, 0) AS n, coalesce(x.h, 0) AS h, w.place
        FROM gridseat.part_words(split_part(p_fact, '/', 2), ARRAY(SELECT r.part FROM raw AS r)) AS w
        LEFT JOIN raw AS x ON x.part = w.part
        WHERE x.n > 0 OR w.place IS NOT NULL
    )
    SELECT jsonb_build_object('labels', coalesce(jsonb_agg(jsonb_build_object('zh', p.zh, 'en', p.en, 'figure', p.figure) ORDER BY k), '[]'),
        'lines', jsonb_build_array(jsonb_build_object('key', p_lines[1], 'values', coalesce(jsonb_agg(p.n ORDER BY k), '[]')))
            || CASE WHEN p_lines[2] IS NULL THEN '[]' ELSE jsonb_build_array(
                jsonb_build_object('key', p_lines[2], 'values', coalesce(jsonb_agg(p.h ORDER BY k), '[]'))) END)
    FROM (SELECT part.*, row_number() OVER (ORDER BY part.place, part.n DESC, part.figure) AS k FROM part) AS p
$$;

-- What parts are called, how a question names them, and their place where they have one of their own. p_parts: of units
-- these alone. Channels by
-- their keys: the console has their names.
CREATE OR REPLACE FUNCTION gridseat.part_words(p_by text, p_parts bigint[] DEFAULT NULL) RETURNS TABLE (part bigint, name text, zh text, en text, place bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CASE p_by
        WHEN 'class' THEN
            RETURN QUERY SELECT min(k.id), k.group_name, k.group_name, min(k.group_en), NULL::bigint
                         FROM gridseat.catalogue_class AS k GROUP BY k.group_name;
        WHEN 'type' THEN
            RETURN QUERY SELECT k.id, k.code, k.name, k.name_en, NULL::bigint FROM gridseat.catalogue_class AS k;
        WHEN 'unit' THEN
            RETURN QUERY SELECT u.id, u.code, coalesce(u.alias, u.name), coalesce(u.alias, u.name), NULL::bigint
                         FROM gridseat.organisation AS u WHERE p_parts IS NULL OR u.id IN (SELECT unnest(p_parts));
        WHEN 'channel' THEN
            RETURN QUERY SELECT c.place, c.key, c.key, c.key, NULL::bigint
                         FROM unnest(gridseat.channels()) WITH ORDINALITY AS c (key, place);
        WHEN 'day' THEN
            RETURN QUERY SELECT g, d.day, d.day, d.day, g FROM generate_series(0::bigint, gridseat.read_at()::date - date '1999-12-31') AS g
                         CROSS JOIN LATERAL (SELECT (date '2000-01-01' + g::integer)::text) AS d (day);
        ELSE
            RETURN QUERY SELECT g, g::text, g::text, g::text, g FROM generate_series(0::bigint, 167) AS g;
    END CASE;
END $$;
