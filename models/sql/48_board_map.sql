-- A figure of a board for every grid, community, township or county of an organisation at once: what the board of each would say.

-- Which kept measures may hold a fact: of the present those of open cases, else those that have one of its days; of
-- more days than the index is good for, all.
CREATE OR REPLACE FUNCTION gridseat.map_where(t gridseat.stretch, p_at_present boolean) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p_at_present THEN format('i.status IN (%s)', gridseat.open_list())
                WHEN count(*) <= 62 THEN format('m.days && %L::date[]', array_agg(d::date)) ELSE 'true' END
    FROM generate_series(t.starts AT TIME ZONE t.zone, t.now AT TIME ZONE t.zone, interval '1 day') AS d
$$;

-- What ratios are shared out among, of one grid.
CREATE OR REPLACE FUNCTION gridseat.whole_of_grid(p_per text, p_grid bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_per WHEN 'grids' THEN 1 ELSE (SELECT gridseat.of_people(count(*)) FROM gridseat.staff AS s
        WHERE s.grid_id = p_grid AND s.kind IN ('full_time', 'part_time')) END
$$;

-- What counts no cases, by organisation; by grid what is kept of each: grids, workers, people and houses.
CREATE OR REPLACE FUNCTION gridseat.map_places(x gridseat.indicator, p_area text, o gridseat.organisation, t gridseat.stretch)
RETURNS TABLE (area_id bigint, hits bigint, of_all bigint, value numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_area <> 'grid' THEN
        RETURN QUERY SELECT * FROM gridseat.area_figures(ARRAY(
            SELECT a.id FROM gridseat.organisation AS a WHERE a.level = p_area AND (o.id IS NULL OR a.lft BETWEEN o.lft AND o.rgt)), t, x);
    ELSIF x.sums = 'registry' THEN
        RETURN QUERY SELECT * FROM gridseat.grid_figures(x, o, t);
    ELSIF x.key IN ('grids', 'workers', 'staffed') THEN
        RETURN QUERY
        SELECT g.id, v.hits, CASE x.key WHEN 'staffed' THEN 1::bigint END, v.hits::numeric
        FROM gridseat.map_grids(o) AS g
        CROSS JOIN LATERAL (SELECT count(*) AS people FROM gridseat.staff AS s
                            WHERE s.grid_id = g.id AND s.kind IN ('full_time', 'part_time')) AS w
        CROSS JOIN LATERAL (SELECT CASE x.key WHEN 'grids' THEN 1 WHEN 'staffed' THEN least(w.people, 1)
                                              ELSE gridseat.of_people(w.people) END AS hits) AS v;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.map_grids(o gridseat.organisation) RETURNS TABLE (id bigint, code text, parent_id bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.id, g.code, g.organisation_id FROM gridseat.grid AS g JOIN gridseat.organisation AS p ON p.id = g.organisation_id
    WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND ((o).id IS NULL OR p.lft BETWEEN (o).lft AND (o).rgt)
$$;

-- Figures of people and houses by grid, from what is kept of each, old people counted one by one. What is dated (freshness,
-- spot checks, visits) is kept by community only and not told.
CREATE OR REPLACE FUNCTION gridseat.grid_figures(x gridseat.indicator, o gridseat.organisation, t gridseat.stretch)
RETURNS TABLE (area_id bigint, hits bigint, of_all bigint, value numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    f record;
    v_old integer := extract(year FROM t.now AT TIME ZONE t.zone) - 60;
BEGIN
    SELECT * INTO f FROM gridseat.registry_figures() AS r WHERE r.key = x.sum;
    IF f.key IS NULL OR f.counted || ARRAY(SELECT jsonb_object_keys(f.whole))
            && ARRAY['confirmed', 'drawn', 'checked', 'correct', 'visits_due', 'visits_made'] THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH old AS MATERIALIZED (
        SELECT r.grid_id, count(*) FILTER (WHERE r.alone) AS alone, count(*) AS elderly FROM gridseat.resident AS r
        WHERE r.left_on IS NULL AND r.birth_year <= v_old AND x.cells && ARRAY['elderly', 'alone'] GROUP BY 1
    ), kept AS (
        SELECT g.id, g.parent_id, to_jsonb(k) || jsonb_build_object('alone', w.alone, 'together', w.elderly - w.alone,
                   'elderly', w.elderly, 'area', CASE WHEN f.whole ? 'area' THEN (
                       SELECT sum(gridseat.ring_area(r.ring, r.hole)) FROM gridseat.grid_ring AS r WHERE r.grid_id = g.id) END) AS of
        FROM gridseat.map_grids(o) AS g LEFT JOIN gridseat.registry_grid AS k ON k.grid_id = g.id LEFT JOIN old AS w ON w.grid_id = g.id
    ), told AS (
        SELECT k.id, k.parent_id, s.hits, CASE WHEN x.per IS NOT NULL THEN gridseat.whole_of_grid(x.per, k.id) ELSE w.whole END AS whole,
               gridseat.may_tell(ARRAY(SELECT coalesce((k.of ->> c.key)::bigint, 0) FROM unnest(x.cells) WITH ORDINALITY AS c (key, place)
                                       ORDER BY c.place)) AS may
        FROM kept AS k
        CROSS JOIN LATERAL (SELECT coalesce(sum((k.of ->> c)::bigint), 0)::bigint AS hits FROM unnest(f.counted) AS c) AS s
        CROSS JOIN LATERAL (SELECT CASE WHEN f.whole IS NOT NULL THEN round(coalesce(sum((k.of ->> e.key)::numeric * e.value::numeric), 0))::bigint
                            END AS whole FROM jsonb_each_text(f.whole) AS e) AS w
    ), beside AS (
        SELECT d.*, count(*) FILTER (WHERE NOT d.may) OVER w AS few,
               row_number() OVER (PARTITION BY d.parent_id ORDER BY NOT d.may, d.hits = 0, d.hits, d.id) AS place
        FROM told AS d WINDOW w AS (PARTITION BY d.parent_id)
    ), shown AS (  -- one grid alone untold would be what is left of its community: the fewest of the others is not told either
        SELECT b.id, b.whole, CASE WHEN b.may AND NOT (b.few = 1 AND b.place = 1) THEN b.hits END AS hits FROM beside AS b
    )
    SELECT s.id, s.hits, CASE WHEN s.hits IS NOT NULL THEN s.whole END,
           CASE x.kind WHEN 'count' THEN s.hits ELSE round(x.scale * s.hits / nullif(s.whole, 0), 6) END
    FROM shown AS s;
END $$;

-- {"organisation", "days", "from", "at", "rows": [[code, value, numerator, denominator]]}: every area below the
-- organisation (null: one's own), the comprehensive grids by their codes. A value is null where there is nothing to
-- divide by, and where people are too few to be told; of lengths of time it is the median, the numerator the cases.
CREATE OR REPLACE FUNCTION desk.board_map(p_figure text, p_area text, p_organisation text, p_days integer,
                                          p_until date DEFAULT NULL) RETURNS jsonb
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
    RETURN jsonb_build_object('organisation', o.code, 'days', p_days, 'from', t.starts, 'at', t.now, 'rows', (
        WITH area AS (
            SELECT a.id, a.code, a.lft, a.rgt FROM gridseat.organisation AS a
            WHERE a.level = p_area AND (o.id IS NULL OR a.lft BETWEEN o.lft AND o.rgt)
            UNION ALL SELECT g.id, g.code, NULL, NULL FROM gridseat.map_grids(o) AS g WHERE p_area = 'grid'
        ), counted AS (
            SELECT a.code, coalesce(c.numerator, 0) AS numerator, c.value, CASE
                       WHEN m.kind = 'rate' THEN coalesce(c.denominator, 0)
                       WHEN m.per IS NOT NULL AND p_area = 'grid' THEN gridseat.whole_of_grid(m.per, a.id)
                       WHEN m.per IS NOT NULL THEN gridseat.whole_of(m.per, a.lft, a.rgt) END AS denominator
            FROM area AS a LEFT JOIN gridseat.part_figures(me, o, t, ARRAY[p_figure], p_area, m.at_present) AS c ON c.part = a.id
            WHERE m.fact IS NOT NULL
        ), told AS (
            SELECT c.code, CASE m.kind WHEN 'span' THEN c.value ELSE gridseat.told_as(m.kind, c.numerator, c.denominator, c.denominator)
                           END AS value, c.numerator, c.denominator FROM counted AS c
            UNION ALL
            SELECT a.code, p.value, p.hits, p.of_all FROM area AS a
            JOIN gridseat.map_places(m, p_area, o, t) AS p ON p.area_id = a.id WHERE m.fact IS NULL
        )
        SELECT coalesce(jsonb_agg(jsonb_build_array(c.code, c.value, c.numerator, c.denominator) ORDER BY c.code), '[]')
        FROM told AS c));
END $$;
