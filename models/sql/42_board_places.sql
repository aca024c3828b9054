-- The people/houses board as far as the database knows: grids, who works in them, and what they bring in.
-- What the registry and daily work tell stands beside them.

-- Grids and grid workers of each organisation: comprehensive grids, those with a worker, full- and part-time workers.
CREATE OR REPLACE FUNCTION gridseat.board_grids(p_lft bigint, p_rgt bigint)
RETURNS TABLE (grids bigint, staffed bigint, workers bigint, communities bigint, covered bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH grid AS (
        SELECT g.id, g.organisation_id FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
        WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND o.lft BETWEEN p_lft AND p_rgt
    ), worker AS (
        SELECT s.grid_id FROM gridseat.staff AS s JOIN gridseat.organisation AS o ON o.id = s.organisation_id
        WHERE s.kind IN ('full_time', 'part_time') AND o.lft BETWEEN p_lft AND p_rgt
    )
    SELECT (SELECT count(*) FROM grid),
           (SELECT count(*) FROM grid AS g WHERE g.id IN (SELECT w.grid_id FROM worker AS w)),
           (SELECT count(*) FROM worker),
           (SELECT count(*) FROM gridseat.organisation AS o WHERE o.level = 'community' AND o.lft BETWEEN p_lft AND p_rgt),
           (SELECT count(*) FROM gridseat.organisation AS o WHERE o.level = 'community' AND o.lft BETWEEN p_lft AND p_rgt
              AND o.id IN (SELECT g.organisation_id FROM grid AS g))
$$;

-- What ratios are shared out among: comprehensive grids, full- and part-time workers. Fewer than five people are not told.
CREATE OR REPLACE FUNCTION gridseat.whole_of(p_per text, p_lft bigint, p_rgt bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_per
        WHEN 'grids' THEN (SELECT count(*) FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
                           WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND o.lft BETWEEN p_lft AND p_rgt)
        WHEN 'workers' THEN (SELECT gridseat.of_people(count(*)) FROM gridseat.staff AS s
                             JOIN gridseat.organisation AS o ON o.id = s.organisation_id
                             WHERE s.kind IN ('full_time', 'part_time') AND o.lft BETWEEN p_lft AND p_rgt) END
$$;

CREATE OR REPLACE FUNCTION gridseat.board_wholes(o gridseat.organisation, p_board text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(w.per, gridseat.whole_of(w.per, coalesce(o.lft, 0), coalesce(o.rgt, 9223372036854775807))), '{}')
    FROM (SELECT DISTINCT i.per FROM gridseat.indicator AS i WHERE i.board = p_board AND i.per IS NOT NULL) AS w
$$;

CREATE OR REPLACE FUNCTION gridseat.board_places(o gridseat.organisation) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    g record;
BEGIN
    SELECT * INTO g FROM gridseat.board_grids(coalesce(o.lft, 0), coalesce(o.rgt, 9223372036854775807));
    RETURN jsonb_build_object(
        'grids', gridseat.board_figure('grids', false, g.grids, NULL, NULL, NULL, false),
        'workers', gridseat.board_figure('workers', false, gridseat.of_people(g.workers), NULL, NULL, NULL, false),
        'staffed', gridseat.board_figure('staffed', true, g.staffed, g.grids, NULL, NULL, false),
        'covered', gridseat.board_figure('covered', true, g.covered, g.communities, NULL, NULL, false));
END $$;

-- The sums of a register for organisations side by side, asked only for the figures that are shown.
CREATE OR REPLACE FUNCTION gridseat.sums_of(p_sums text, p_ids bigint[], p_keys text[], p_starts timestamptz, p_now timestamptz)
RETURNS TABLE (id bigint, key text, hits bigint, of_all bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CASE p_sums
        WHEN 'registry' THEN RETURN QUERY SELECT * FROM gridseat.registry_areas(p_ids, p_keys, p_starts, p_now);
        WHEN 'operations' THEN RETURN QUERY SELECT * FROM gridseat.operations_areas(p_ids, p_keys, p_starts, p_now);
    END CASE;
END $$;

-- Figures that registers tell, of organisations side by side. Too few people are not told, nor what tells of them: a part
-- of them, and the part of which they are what is left.
CREATE OR REPLACE FUNCTION gridseat.sums_told(p_ids bigint[], p_keys text[], p_starts timestamptz, p_now timestamptz)
RETURNS TABLE (id bigint, key text, hits bigint, of_all bigint, value numeric)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
    WITH figure AS (
        SELECT m.* FROM gridseat.indicator AS m WHERE m.key = ANY (p_keys) AND m.sums IS NOT NULL
    ), told AS MATERIALIZED (
        SELECT s.sums, x.* FROM (SELECT f.sums, array_agg(DISTINCT k.key) AS keys FROM figure AS f
                                 CROSS JOIN LATERAL unnest(f.sum || f.cells) AS k (key) GROUP BY f.sums) AS s
        CROSS JOIN LATERAL gridseat.sums_of(s.sums, p_ids, s.keys, p_starts, p_now) AS x
    ), people AS (
        SELECT t.sums, t.id, jsonb_object_agg(t.key, t.hits) AS of FROM told AS t GROUP BY 1, 2
    ), valued AS (
        SELECT x.id, m.key, m.kind, m.scale, x.hits, CASE WHEN m.per IS NOT NULL THEN gridseat.whole_of(m.per, o.lft, o.rgt)
                                                          WHEN m.kind <> 'count' THEN x.of_all END AS whole
        FROM figure AS m JOIN told AS x ON x.sums = m.sums AND x.key = m.sum
        JOIN people AS p ON p.sums = x.sums AND p.id = x.id JOIN gridseat.organisation AS o ON o.id = x.id
        WHERE gridseat.may_tell(ARRAY(SELECT (p.of ->> c.key)::bigint FROM unnest(m.cells) WITH ORDINALITY AS c (key, place)
                                      ORDER BY c.place))
    )
    SELECT i.id, f.key, v.hits, v.whole, CASE v.kind WHEN 'count' THEN v.hits ELSE round(v.scale * v.hits / nullif(v.whole, 0), 6) END
    FROM unnest(p_ids) AS i (id) CROSS JOIN figure AS f LEFT JOIN valued AS v ON v.id = i.id AND v.key = f.key
$$;

-- Those of a board for one organisation, in the period and, unless they are of the present, before it.
CREATE OR REPLACE FUNCTION gridseat.board_sums(o gridseat.organisation, t gridseat.stretch, p_board text)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(f.key, jsonb_build_object('key', f.key, 'value', f.value, 'numerator', f.hits,
        'denominator', f.of_all, 'before', b.value, 'change', f.value - b.value, 'spark', '[]'::jsonb, 'cases', false)), '{}')
    FROM gridseat.sums_told(ARRAY[(o).id], ARRAY(
        SELECT i.key FROM gridseat.indicator AS i WHERE i.board = p_board), (t).starts, (t).now) AS f
    LEFT JOIN gridseat.sums_told(ARRAY[(o).id], ARRAY(
        SELECT i.key FROM gridseat.indicator AS i WHERE i.board = p_board AND NOT i.at_present), (t).before_starts, (t).before_ends) AS b
        ON b.key = f.key
$$;

-- Whether people may be told of: their numbers, each a part of the next, and what each leaves of the next.
CREATE OR REPLACE FUNCTION gridseat.may_tell(p_cells bigint[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM generate_subscripts(p_cells, 1) AS i
                       WHERE p_cells[i] BETWEEN 1 AND 4 OR p_cells[i + 1] - p_cells[i] BETWEEN 1 AND 4)
$$;

-- Figures that count no cases, of organisations side by side as the board of each tells them. Where few people alone would
-- be left untold among neighbours, whose parent tells them all together, the fewest of the others are not told either.
CREATE OR REPLACE FUNCTION gridseat.area_figures(p_ids bigint[], t gridseat.stretch, x gridseat.indicator)
RETURNS TABLE (id bigint, hits bigint, of_all bigint, value numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH told AS (
        SELECT o.id, o.parent_id, (f.of ->> 'numerator')::bigint AS hits, (f.of ->> 'denominator')::bigint AS of_all,
               (f.of ->> 'value')::numeric AS value
        FROM gridseat.organisation AS o CROSS JOIN LATERAL (SELECT gridseat.board_places(o) -> x.key) AS f (of)
        WHERE o.id = ANY (p_ids) AND x.sums IS NULL
        UNION ALL
        SELECT o.id, o.parent_id, s.hits, s.of_all, s.value
        FROM gridseat.sums_told(CASE WHEN x.sums IS NOT NULL THEN p_ids ELSE '{}' END, ARRAY[x.key], t.starts, t.now) AS s
        JOIN gridseat.organisation AS o ON o.id = s.id
    ), placed AS (
        SELECT s.*, count(*) FILTER (WHERE s.value IS NULL) OVER w AS few, row_number() OVER (
            PARTITION BY s.parent_id ORDER BY s.hits NULLS LAST, s.id) AS place,
            s.hits > 0 AND (x.cells <> '{}' OR x.key = 'workers') AS alone
        FROM told AS s WINDOW w AS (PARTITION BY s.parent_id)
    )
    SELECT p.id, v.hits, p.of_all, CASE WHEN v.hits IS NOT NULL THEN p.value END
    FROM placed AS p CROSS JOIN LATERAL (SELECT CASE WHEN NOT (p.alone AND p.few = 1 AND p.place = (
        SELECT min(q.place) FROM placed AS q WHERE q.parent_id IS NOT DISTINCT FROM p.parent_id AND q.alone)) THEN p.hits END) AS v (hits);
END $$;

-- The organisations below, ranked by such a figure.
CREATE OR REPLACE FUNCTION gridseat.ranked_sums(o gridseat.organisation, t gridseat.stretch, x gridseat.indicator) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'name', coalesce(c.alias, c.name), 'value', s.value,
               'numerator', coalesce(s.hits, 0), 'denominator', coalesce(s.of_all, s.hits, 0)) ORDER BY s.value DESC NULLS LAST, c.code), '[]')
    FROM gridseat.board_children(o.id) AS c
    JOIN gridseat.area_figures(ARRAY(SELECT b.id FROM gridseat.board_children(o.id) AS b), t, x) AS s ON s.id = c.id
$$;

-- The charts of places: grids and workers of each organisation below, and the staff by kind, whose names the console has.
CREATE OR REPLACE FUNCTION gridseat.places_series(o gridseat.organisation, p_chart text, p_lines text[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH c AS MATERIALIZED (  -- asked for once
        SELECT CASE p_chart WHEN 'grids' THEN gridseat.board_places_chart(o.id)
               ELSE gridseat.board_staff_chart(coalesce(o.lft, 0), coalesce(o.rgt, 9223372036854775807)) END AS rows
    )
    SELECT jsonb_build_object(
        'labels', coalesce(jsonb_agg(jsonb_build_object('zh', r.row ->> 'label', 'en', r.row ->> 'label',
                                                        'figure', r.row ->> 'figure') ORDER BY r.place)
                           FILTER (WHERE r.row IS NOT NULL), '[]'),
        'lines', (SELECT jsonb_agg(jsonb_build_object('key', l.key, 'values', coalesce(
                      (SELECT jsonb_agg(x.row -> (ARRAY['one', 'two'])[l.place] ORDER BY x.place)
                       FROM jsonb_array_elements(c.rows) WITH ORDINALITY AS x (row, place)), '[]')) ORDER BY l.place)
                  FROM unnest(p_lines) WITH ORDINALITY AS l (key, place)))
    FROM c LEFT JOIN LATERAL jsonb_array_elements(c.rows) WITH ORDINALITY AS r (row, place) ON true
    GROUP BY c.rows
$$;

-- Grids and workers are counted once for all organisations below.
CREATE OR REPLACE FUNCTION gridseat.board_places_chart(p_organisation bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_lfts bigint[] := ARRAY(SELECT c.lft FROM gridseat.board_children(p_organisation) AS c ORDER BY c.lft);
    v_rgt bigint := (SELECT max(c.rgt) FROM gridseat.board_children(p_organisation) AS c);
BEGIN
    RETURN (
        WITH counted AS (
            SELECT o.lft, 1 AS grids, 0 AS workers FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
            WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND o.lft BETWEEN v_lfts[1] AND v_rgt
            UNION ALL
            SELECT o.lft, 0, 1 FROM gridseat.staff AS s JOIN gridseat.organisation AS o ON o.id = s.organisation_id
            WHERE s.kind IN ('full_time', 'part_time') AND o.lft BETWEEN v_lfts[1] AND v_rgt
        ), placed AS MATERIALIZED (
            SELECT n.lft, sum(n.grids) AS grids, sum(n.workers) AS workers FROM counted AS n GROUP BY n.lft
        )
        SELECT jsonb_agg(jsonb_build_object('label', coalesce(c.alias, c.name), 'figure', 'grids@' || c.code, 'one', g.grids,
                                            'two', gridseat.of_people(g.workers)) ORDER BY g.grids DESC, c.code)
        FROM gridseat.board_children(p_organisation) AS c CROSS JOIN LATERAL (
            SELECT coalesce(sum(n.grids), 0)::bigint AS grids, coalesce(sum(n.workers), 0)::bigint AS workers
            FROM placed AS n WHERE n.lft BETWEEN c.lft AND c.rgt) AS g);
END $$;

-- Kinds of staff by their keys; the console has their names.
CREATE OR REPLACE FUNCTION gridseat.board_staff_chart(p_lft bigint, p_rgt bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object('label', k.kind, 'figure', 'staff/kind=' || k.kind,
                                        'one', gridseat.of_people(coalesce(n.people, 0))) ORDER BY k.place)
    FROM unnest(ARRAY['head', 'deputy', 'full_time', 'part_time', 'liaison', 'mediator', 'volunteer'])
         WITH ORDINALITY AS k (kind, place)
    LEFT JOIN (SELECT s.kind, count(*) AS people FROM gridseat.staff AS s JOIN gridseat.organisation AS o ON o.id = s.organisation_id
               WHERE o.lft BETWEEN p_lft AND p_rgt GROUP BY s.kind) AS n ON n.kind = k.kind
$$;
