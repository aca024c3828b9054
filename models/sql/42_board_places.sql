-- The people/houses board as far as the database knows: grids, who works in them, and what they bring in.
-- What the registry and daily work tell stands beside them.

-- What is kept of organisations side by side (85_work) whatever the day: none is 0.
CREATE OR REPLACE FUNCTION gridseat.kept_now(p_ids bigint[], p_facts text[]) RETURNS TABLE (id bigint, fact text, n bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.id, f.fact, coalesce(w.n, 0)
    FROM unnest(p_ids) AS p (id) CROSS JOIN unnest(p_facts) AS f (fact)
    LEFT JOIN gridseat.work_areas(p_ids, p_facts, 'infinity', 'infinity') AS w ON (w.id, w.fact) = (p.id, f.fact)
$$;

-- Grids and grid workers of organisations side by side: comprehensive grids, those with a worker, full- and part-time
-- workers; communities, and those that have grids.
CREATE OR REPLACE FUNCTION gridseat.board_grids(p_ids bigint[])
RETURNS TABLE (id bigint, grids bigint, staffed bigint, workers bigint, communities bigint, covered bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.id, k.grids, k.staffed, k.workers, c.communities, c.covered
    FROM (SELECT w.id, sum(w.n) FILTER (WHERE w.fact = 'grids')::bigint AS grids,
                 sum(w.n) FILTER (WHERE w.fact = 'staffed')::bigint AS staffed,
                 sum(w.n) FILTER (WHERE w.fact = 'workers')::bigint AS workers
          FROM gridseat.kept_now(p_ids, ARRAY['grids', 'staffed', 'workers']) AS w GROUP BY w.id) AS k
    JOIN gridseat.organisation AS o ON o.id = k.id
    CROSS JOIN LATERAL (
        SELECT count(*) AS communities, count(*) FILTER (WHERE EXISTS (
                   SELECT FROM gridseat.grid AS g WHERE g.organisation_id = b.id AND gridseat.has_area(g.kind, g.ended_at))) AS covered
        FROM gridseat.organisation AS b WHERE b.level = 'community' AND b.lft BETWEEN o.lft AND o.rgt) AS c
$$;

-- The same as figures: hits, of of_all where that is a rate. Fewer than five people are not told.
CREATE OR REPLACE FUNCTION gridseat.place_figures(p_ids bigint[]) RETURNS TABLE (id bigint, key text, hits bigint, of_all bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT b.id, v.key, v.hits, v.of_all
    FROM gridseat.board_grids(p_ids) AS b
    CROSS JOIN LATERAL (VALUES ('grids', b.grids, NULL), ('workers', gridseat.of_people(b.workers), NULL),
                               ('staffed', b.staffed, b.grids), ('covered', b.covered, b.communities)) AS v (key, hits, of_all)
$$;

-- What ratios are shared out among: comprehensive grids, full- and part-time workers. Fewer than five people are not told.
CREATE OR REPLACE FUNCTION gridseat.wholes_of(p_per text[], p_ids bigint[]) RETURNS TABLE (id bigint, per text, whole bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.id, k.fact, CASE k.fact WHEN 'workers' THEN gridseat.of_people(k.n) ELSE k.n END
    FROM gridseat.kept_now(p_ids, p_per) AS k
$$;

CREATE OR REPLACE FUNCTION gridseat.whole_of(p_per text, p_lft bigint, p_rgt bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_per WHEN 'workers' THEN gridseat.of_people(t.n) ELSE t.n END
    FROM (SELECT coalesce(sum(k.n), 0)::bigint FROM gridseat.kept_now(gridseat.tops_of(p_lft, p_rgt), ARRAY[p_per]) AS k) AS t (n)
$$;

CREATE OR REPLACE FUNCTION gridseat.board_wholes(o gridseat.organisation, p_board text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(w.per, gridseat.whole_of(w.per, coalesce(o.lft, 0), coalesce(o.rgt, 9223372036854775807))), '{}')
    FROM (SELECT DISTINCT i.per FROM gridseat.indicator AS i WHERE i.board = p_board AND i.per IS NOT NULL) AS w
$$;

CREATE OR REPLACE FUNCTION gridseat.board_places(o gridseat.organisation) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_object_agg(f.key, gridseat.board_figure(f.key, f.of_all IS NOT NULL, f.hits, f.of_all, NULL, NULL, false))
    FROM gridseat.place_figures(ARRAY[(o).id]) AS f
$$;

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
-- of them, and the part of which they are what is left. Of what is known by its last day alone, no period that is over.
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
        SELECT t.sums, t.id, jsonb_object_agg(t.key, t.hits) || jsonb_object_agg(t.key || ':of', t.of_all) AS of FROM told AS t GROUP BY 1, 2
    ), valued AS (
        SELECT x.id, m.key, m.kind, m.scale, x.hits, CASE WHEN m.per IS NOT NULL THEN w.whole
                                                          WHEN m.kind <> 'count' THEN x.of_all END AS whole
        FROM figure AS m JOIN told AS x ON x.sums = m.sums AND x.key = m.sum
        JOIN people AS p ON p.sums = x.sums AND p.id = x.id
        LEFT JOIN gridseat.wholes_of(ARRAY(SELECT DISTINCT f.per FROM figure AS f WHERE f.per IS NOT NULL), p_ids) AS w
            ON (w.id, w.per) = (x.id, m.per)
        WHERE NOT (m.last_only AND gridseat.is_over(gridseat.day_of(p_now, gridseat.fold_zone())))
          AND (m.kind = 'rate' AND x.of_all = 0  -- of nobody
               OR gridseat.may_tell(ARRAY(SELECT (p.of ->> c.key)::bigint FROM unnest(m.cells) WITH ORDINALITY AS c (key, place)
                                          ORDER BY c.place)))
    )
    SELECT i.id, f.key, v.hits, v.whole, CASE v.kind WHEN 'count' THEN v.hits ELSE round(v.scale * v.hits / nullif(v.whole, 0), 6) END
    FROM unnest(p_ids) AS i (id) CROSS JOIN figure AS f LEFT JOIN valued AS v ON v.id = i.id AND v.key = f.key
$$;

-- Those of a board for one organisation, in the period and, where that is known, of its whole days and before it.
CREATE OR REPLACE FUNCTION gridseat.board_sums(o gridseat.organisation, t gridseat.stretch, p_board text)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(f.key, jsonb_build_object('key', f.key, 'value', CASE WHEN k.known THEN f.value END,
        'numerator', CASE WHEN k.known THEN f.hits END, 'denominator', f.of_all, 'compared', b.compared, 'before', b.before, 'before_of', b.before_of,
        'change', CASE WHEN b.apart THEN gridseat.changed(i.kind, b.compared, b.compared_of, b.before, b.before_of)
                       ELSE gridseat.changed(i.kind, f.value, f.of_all, b.before, b.before_of) END,
        'unknown', CASE WHEN i.last_only AND gridseat.is_over(gridseat.day_of(t.now, t.zone)) THEN 'last_only'
                        WHEN NOT k.known THEN 'unrecorded' END,
        'spark', '[]'::jsonb, 'cases', false)), '{}')
    FROM gridseat.sums_told(ARRAY[(o).id], ARRAY(
        SELECT i.key FROM gridseat.indicator AS i WHERE i.board = p_board), (t).starts, (t).now) AS f
    JOIN gridseat.indicator AS i ON i.key = f.key CROSS JOIN LATERAL (SELECT gridseat.is_known(i, t) OFFSET 0) AS k (known)
    LEFT JOIN gridseat.sums_compared(o, t, p_board) AS b ON b.key = f.key
$$;

-- Whether people may be told of: their numbers, each a part of the next, and what each leaves of the next; null stands
-- between those of which neither is a part of the other.
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
DECLARE
    v_known constant boolean := gridseat.is_known(x, t);  -- asked once, not area by area
BEGIN
    RETURN QUERY
    WITH told AS (
        SELECT o.id, o.parent_id, f.hits, f.of_all,
               CASE WHEN f.of_all IS NULL THEN f.hits ELSE gridseat.share_of(f.hits, f.of_all) END AS value
        FROM gridseat.place_figures(CASE WHEN x.sums IS NULL THEN p_ids ELSE '{}' END) AS f
        JOIN gridseat.organisation AS o ON o.id = f.id WHERE f.key = x.key
        UNION ALL
        SELECT o.id, o.parent_id, s.hits, s.of_all, s.value
        FROM gridseat.sums_told(CASE WHEN x.sums IS NOT NULL THEN p_ids ELSE '{}' END, ARRAY[x.key], t.starts, t.now) AS s
        JOIN gridseat.organisation AS o ON o.id = s.id
    ), placed AS (
        SELECT s.*, count(*) FILTER (WHERE s.hits IS NULL) OVER w AS few, row_number() OVER (
            PARTITION BY s.parent_id ORDER BY s.hits NULLS LAST, s.id) AS place,
            CASE x.kind WHEN 'rate' THEN s.of_all ELSE s.hits END > 0 AND s.hits IS NOT NULL AND (x.cells <> '{}' OR x.key = 'workers') AS alone
        FROM told AS s WINDOW w AS (PARTITION BY s.parent_id)
    )
    SELECT p.id, v.hits, p.of_all, CASE WHEN v.hits IS NOT NULL THEN p.value END
    FROM placed AS p CROSS JOIN LATERAL (SELECT CASE WHEN v_known AND NOT (p.alone AND p.few = 1 AND p.place = (
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

CREATE OR REPLACE FUNCTION gridseat.board_places_chart(p_organisation bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object('label', coalesce(c.alias, c.name), 'figure', 'grids@' || c.code, 'one', k.grids,
                                        'two', gridseat.of_people(k.workers)) ORDER BY k.grids DESC, c.code)
    FROM gridseat.board_children(p_organisation) AS c
    JOIN (SELECT w.id, sum(w.n) FILTER (WHERE w.fact = 'grids')::bigint AS grids,
                 sum(w.n) FILTER (WHERE w.fact = 'workers')::bigint AS workers
          FROM gridseat.kept_now(ARRAY(SELECT b.id FROM gridseat.board_children(p_organisation) AS b), ARRAY['grids', 'workers']) AS w
          GROUP BY w.id) AS k ON k.id = c.id
$$;

-- Kinds of staff by their keys; the console has their names.
CREATE OR REPLACE FUNCTION gridseat.board_staff_chart(p_lft bigint, p_rgt bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object('label', k.kind, 'figure', 'staff/kind=' || k.kind, 'one', gridseat.of_people(n.people))
                     ORDER BY k.place)
    FROM unnest(gridseat.staff_kinds()) WITH ORDINALITY AS k (kind, place)
    CROSS JOIN LATERAL (SELECT coalesce(sum(w.n), 0)::bigint AS people
                        FROM gridseat.kept_now(gridseat.tops_of(p_lft, p_rgt), ARRAY['staff_' || k.kind]) AS w) AS n
$$;
