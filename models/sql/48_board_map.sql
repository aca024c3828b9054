-- A figure of a board for every grid, community, township or county of an organisation at once: what the board of each would say.

-- The areas of a level; grids are the comprehensive ones. Without a setting, so that the planner takes it in.
CREATE OR REPLACE FUNCTION gridseat.map_areas(p_area text, o gridseat.organisation) RETURNS TABLE (id bigint, code text)
LANGUAGE sql STABLE AS $$
    SELECT a.id, a.code FROM gridseat.organisation AS a
    WHERE a.level = p_area AND ((o).id IS NULL OR a.lft BETWEEN (o).lft AND (o).rgt)
    UNION ALL SELECT g.id, g.code FROM gridseat.map_grids(o) AS g WHERE p_area = 'grid'
$$;

-- A figure of every area of a level that has one.
CREATE OR REPLACE FUNCTION gridseat.map_figures(me gridseat.person, o gridseat.organisation, t gridseat.stretch, m gridseat.indicator,
                                                p_area text)
RETURNS TABLE (code text, value double precision, hits bigint, of_all bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
BEGIN
    IF m.fact IS NULL THEN
        RETURN QUERY SELECT * FROM gridseat.map_places(m, p_area, o, t);
    ELSIF m.kind = 'span' THEN
        RETURN QUERY SELECT a.code, c.value::double precision, coalesce(c.cases, 0), NULL::bigint FROM gridseat.map_areas(p_area, o) AS a
                     LEFT JOIN gridseat.area_spans(me, o, t, m, p_area) AS c ON c.area_id = a.id;
    ELSIF m.kind = 'count' THEN
        RETURN QUERY SELECT a.code, coalesce(c.cases, 0)::double precision, coalesce(c.cases, 0), NULL::bigint
                     FROM gridseat.map_areas(p_area, o) AS a
                     LEFT JOIN gridseat.area_counts(me, o, t, m, p_area) AS c ON c.area_id = a.id;
    ELSE
        RETURN QUERY
        SELECT a.code, gridseat.share_of(n.hits, n.of_all)::double precision, n.hits, n.of_all
        FROM gridseat.map_areas(p_area, o) AS a
        LEFT JOIN gridseat.area_counts(me, o, t, m, p_area) AS c ON c.area_id = a.id
        LEFT JOIN gridseat.map_wholes(m.per, p_area, o) AS w ON w.area_id = a.id
        CROSS JOIN LATERAL (SELECT coalesce(c.hits, 0) AS hits, CASE m.kind WHEN 'rate' THEN coalesce(c.cases, 0) ELSE w.whole END AS of_all) AS n;
    END IF;
END $$;

-- What ratios are shared out among, by area: comprehensive grids; full- and part-time workers, from five on.
CREATE OR REPLACE FUNCTION gridseat.map_wholes(p_per text, p_area text, o gridseat.organisation)
RETURNS TABLE (area_id bigint, whole bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_area = 'grid' THEN
        RETURN QUERY
        SELECT g.id, CASE p_per WHEN 'grids' THEN 1 ELSE gridseat.of_people(coalesce(w.people, 0)) END
        FROM gridseat.map_grids(o) AS g
        LEFT JOIN (SELECT s.grid_id, count(*) AS people FROM gridseat.staff AS s
                   WHERE s.kind IN ('full_time', 'part_time') AND p_per = 'workers' GROUP BY 1) AS w ON w.grid_id = g.id
        WHERE p_per IS NOT NULL;
    ELSIF p_per IS NOT NULL THEN
        RETURN QUERY SELECT w.id, w.whole FROM gridseat.wholes_of(ARRAY[p_per], ARRAY(SELECT a.id FROM gridseat.map_areas(p_area, o) AS a)) AS w;
    END IF;
END $$;

-- What counts no cases, by organisation; by grid what is kept of each: grids, workers, people and houses.
CREATE OR REPLACE FUNCTION gridseat.map_places(x gridseat.indicator, p_area text, o gridseat.organisation, t gridseat.stretch)
RETURNS TABLE (code text, value double precision, hits bigint, of_all bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_area <> 'grid' THEN
        RETURN QUERY SELECT a.code, f.value::double precision, f.hits, f.of_all
                     FROM gridseat.area_figures(ARRAY(SELECT m.id FROM gridseat.map_areas(p_area, o) AS m), t, x) AS f
                     JOIN gridseat.organisation AS a ON a.id = f.id;
    ELSIF x.sums = 'registry' THEN
        RETURN QUERY SELECT * FROM gridseat.grid_figures(x, o, t);
    ELSIF x.key IN ('grids', 'workers', 'staffed') THEN
        RETURN QUERY
        SELECT g.code, v.hits::double precision, v.hits, CASE x.key WHEN 'staffed' THEN 1::bigint END
        FROM gridseat.map_grids(o) AS g
        LEFT JOIN (SELECT s.grid_id, count(*) AS people FROM gridseat.staff AS s
                   WHERE s.kind IN ('full_time', 'part_time') AND x.key <> 'grids' GROUP BY 1) AS w ON w.grid_id = g.id
        CROSS JOIN LATERAL (SELECT CASE x.key WHEN 'grids' THEN 1 WHEN 'staffed' THEN least(coalesce(w.people, 0), 1)
                                              ELSE gridseat.of_people(coalesce(w.people, 0)) END AS hits) AS v;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.map_grids(o gridseat.organisation) RETURNS TABLE (id bigint, code text, parent_id bigint)
LANGUAGE sql STABLE AS $$
    SELECT g.id, g.code, g.organisation_id FROM gridseat.grid AS g JOIN gridseat.organisation AS p ON p.id = g.organisation_id
    WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND ((o).id IS NULL OR p.lft BETWEEN (o).lft AND (o).rgt)
$$;

-- Figures of people and houses by grid, from what is kept of each. What is dated (freshness,
-- spot checks, visits) is kept by community only and not told.
CREATE OR REPLACE FUNCTION gridseat.grid_figures(x gridseat.indicator, o gridseat.organisation, t gridseat.stretch)
RETURNS TABLE (code text, value double precision, hits bigint, of_all bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    f record;
    v_needed text[];
BEGIN
    SELECT * INTO f FROM gridseat.registry_figures() AS r WHERE r.key = x.sum;
    v_needed := f.counted || ARRAY(SELECT jsonb_object_keys(f.whole))
                || ARRAY(SELECT unnest(r.counted) FROM gridseat.registry_figures() AS r WHERE r.key = ANY (x.cells));
    IF f.key IS NULL OR v_needed && ARRAY['confirmed', 'drawn', 'checked', 'timely', 'correct', 'visits_due', 'visits_made'] THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format('
        WITH told AS (
            SELECT g.id, g.code, g.parent_id, %s AS hits, round(%s)::bigint AS whole, %s AS may
            FROM gridseat.map_grids($1) AS g LEFT JOIN gridseat.registry_grid AS k ON k.grid_id = g.id %s
        ), beside AS (  -- one grid alone untold would be what is left of its community: the fewest of the others is not told either
            SELECT DISTINCT ON (d.parent_id) d.id, false AS may FROM told AS d
            WHERE $2 AND d.may AND d.parent_id IN (SELECT b.parent_id FROM told AS b GROUP BY 1 HAVING count(*) FILTER (WHERE NOT b.may) = 1)
            ORDER BY d.parent_id, d.hits = 0, d.hits, d.id
        )
        SELECT s.code, (%s)::double precision, s.hits, CASE WHEN s.hits IS NOT NULL THEN s.whole END
        FROM (SELECT d.code, d.whole, CASE WHEN coalesce(b.may, d.may) THEN d.hits END AS hits
              FROM told AS d LEFT JOIN beside AS b ON b.id = d.id) AS s',
        gridseat.grid_sum(x.sum),
        CASE WHEN x.per IS NOT NULL THEN 'p.whole' ELSE coalesce(
            (SELECT string_agg(format('%s * %s', e.value, gridseat.grid_cell(e.key)), ' + ') FROM jsonb_each_text(f.whole) AS e), 'NULL::numeric') END,
        gridseat.cells_tell(x.cells), gridseat.grid_beside(v_needed, gridseat.year_of_old(t.now))
            || CASE WHEN x.per IS NOT NULL THEN format(' LEFT JOIN gridseat.map_wholes(%L, ''grid'', $1) AS p ON p.area_id = g.id', x.per) ELSE '' END,
        CASE x.kind WHEN 'count' THEN 's.hits' ELSE format('round(%s::numeric * s.hits / nullif(s.whole, 0), 6)', x.scale) END)
    USING o, x.cells <> '{}';
END $$;

-- A number that is kept of grids (k), or worked out beside them: old people (w), area (a).
CREATE OR REPLACE FUNCTION gridseat.grid_cell(p_key text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('coalesce(%s, 0)', CASE p_key WHEN 'area' THEN 'a.area' WHEN 'alone' THEN 'w.alone'
                                                WHEN 'together' THEN 'w.elderly - w.alone' ELSE 'k.' || quote_ident(p_key) END)
$$;

-- What a figure counts of them.
CREATE OR REPLACE FUNCTION gridseat.grid_sum(p_figure text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT '(' || string_agg(gridseat.grid_cell(c), ' + ') || ')'
    FROM gridseat.registry_figures() AS r CROSS JOIN unnest(r.counted) AS c WHERE r.key = p_figure
$$;

-- Old people of the year that runs are kept, of another counted one by one.
CREATE OR REPLACE FUNCTION gridseat.grid_beside(p_needed text[], p_old integer) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat(
        CASE WHEN p_needed && ARRAY['alone', 'together'] THEN format(' LEFT JOIN %s AS w ON w.grid_id = g.id',
            CASE WHEN p_old = gridseat.old_kept() THEN 'gridseat.registry_old' ELSE format('gridseat.old_recounted(%s)', p_old) END) END,
        CASE WHEN 'area' = ANY (p_needed) THEN ' LEFT JOIN (
            SELECT r.grid_id, sum(gridseat.ring_area(r.ring, r.hole)) AS area FROM gridseat.grid_ring AS r GROUP BY 1) AS a ON a.grid_id = g.id' END)
$$;

-- gridseat.may_tell of these numbers, each a part of the next, as a condition: none of them, nor what it leaves of the next, is few.
CREATE OR REPLACE FUNCTION gridseat.cells_tell(p_cells text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(string_agg(gridseat.grid_sum(c.key) || ' NOT BETWEEN 1 AND 4' || CASE WHEN c.place < cardinality(p_cells) THEN format(
               ' AND %s - %s NOT BETWEEN 1 AND 4', gridseat.grid_sum(p_cells[c.place + 1]), gridseat.grid_sum(c.key)) ELSE '' END, ' AND '), 'true')
    FROM unnest(p_cells) WITH ORDINALITY AS c (key, place)
$$;

-- The areas of a level below the organisation (null: one's own), in no order, each with the figure's value, what it counts
-- and of how many; comprehensive grids where that is told of them. A value is null where there is nothing to divide
-- by, and where people are too few to be told; of lengths of time it is the median, what it counts the cases.
CREATE OR REPLACE FUNCTION desk.board_map(p_figure text, p_area text, p_organisation text, p_days integer, p_until date DEFAULT NULL,
                                          OUT organisation text, OUT days integer, OUT starts timestamptz, OUT at timestamptz,
                                          OUT codes text[], OUT "values" double precision[], OUT numerators bigint[],
                                          OUT denominators bigint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t gridseat.stretch;
    m gridseat.indicator;
BEGIN
    IF p_area NOT IN ('grid', 'community', 'township', 'county') OR p_area IS NULL THEN
        PERFORM gridseat.reject_input('area_unknown', jsonb_build_object('area', p_area));
    END IF;
    SELECT * INTO m FROM gridseat.indicator AS x WHERE x.key = p_figure;
    t := gridseat.board_period(o.id, p_days, CASE WHEN NOT m.at_present THEN p_until END);
    IF m.key IS NULL THEN
        PERFORM gridseat.reject_input('figure_unknown', jsonb_build_object('figure', p_figure, 'board', ''));
    END IF;
    organisation := o.code;
    days := p_days;
    starts := t.starts;
    at := t.now;
    SELECT coalesce(array_agg(f.code), '{}'), coalesce(array_agg(f.value), '{}'), coalesce(array_agg(f.hits), '{}'),
           coalesce(array_agg(f.of_all), '{}') INTO codes, "values", numerators, denominators
    FROM gridseat.map_figures(me, o, t, m, p_area) AS f;
END $$;
