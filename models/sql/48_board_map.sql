-- A figure of a board for every grid, community, township or county of an organisation at once: what the board of each would say.

-- Which kept measures may hold a fact: of the present those of open cases, else those that have one of its days; of
-- more days than the index is good for, all.
CREATE OR REPLACE FUNCTION gridseat.map_where(t gridseat.stretch, p_at_present boolean) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p_at_present THEN format('i.status IN (%s)', gridseat.open_list())
                WHEN count(*) <= 62 THEN format('m.days && %L::date[]', array_agg(d::date)) ELSE 'true' END
    FROM generate_series(t.starts AT TIME ZONE t.zone, t.now AT TIME ZONE t.zone, interval '1 day') AS d
$$;

-- Hits and cases by the number of the place or grid, of those cases that whoever asks may see: one pass over what is
-- kept of them; those that have changed since, and a fact that is not kept, as they stand now.
CREATE OR REPLACE FUNCTION gridseat.map_cases(me gridseat.person, o gridseat.organisation, t gridseat.stretch,
                                              p_figure text, p_grids boolean)
RETURNS TABLE (id bigint, hits bigint, cases bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    m gridseat.indicator;
    v_dirty bigint[] := gridseat.unfolded(t.zone, 5000);
    v_anew bigint[];
BEGIN
    SELECT * INTO m FROM gridseat.indicator AS x WHERE x.key = p_figure;
    v_anew := CASE WHEN v_dirty IS NULL THEN gridseat.board_numbers(me, o, t.starts)
                   WHEN m.fact = ANY (gridseat.kept_facts()) THEN gridseat.visible_of(me, o, v_dirty)
                   ELSE gridseat.visible_of(me, o, ARRAY(SELECT i.number FROM gridseat.incident AS i
                            WHERE i.claim_person_id IS NOT NULL AND i.claim_until > t.now)) END;
    RETURN QUERY EXECUTE format('
        SELECT u.id, count(*) FILTER (WHERE u.hit_at <= $2 OR $3), count(*)
        FROM (SELECT CASE WHEN $1 THEN i.grid_id ELSE m.at_id END AS id, m.ats[f.place] AS at, m.hits[f.place] AS hit_at
              FROM gridseat.measure AS m JOIN gridseat.incident AS i ON i.number = m.number
              CROSS JOIN LATERAL (SELECT array_position(m.facts, $4)) AS f (place)
              WHERE $5 IS NOT NULL AND m.number <> ALL ($5) AND f.place IS NOT NULL AND %s AND %s
              UNION ALL
              SELECT CASE WHEN $1 THEN i.grid_id ELSE m.at_id END, m.ats[1], m.hits[1]
              FROM gridseat.measured($6, ARRAY[$4], $7) AS m JOIN gridseat.incident AS i ON i.number = m.number
              WHERE m.facts <> ''{}'') AS u
        WHERE u.at BETWEEN $8 AND $9 GROUP BY u.id', gridseat.map_where(t, m.at_present), gridseat.board_where(me, o))
    USING p_grids, t.now, m.kind = 'count', m.fact, v_dirty, v_anew, t.zone,
          CASE WHEN m.at_present THEN '-infinity' ELSE t.starts END, coalesce(t.now - gridseat.settles(m.fact), 'infinity');
END $$;

-- The same by the number of the area: places are few, so that the tree is asked once a place.
CREATE OR REPLACE FUNCTION gridseat.map_counts(me gridseat.person, o gridseat.organisation, t gridseat.stretch,
                                               p_figure text, p_area text)
RETURNS TABLE (area_id bigint, hits bigint, cases bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH place AS MATERIALIZED (SELECT * FROM gridseat.map_cases(me, o, t, p_figure, p_area = 'grid'))
    SELECT p.id, p.hits, p.cases FROM place AS p WHERE p_area = 'grid'
    UNION ALL
    SELECT a.id, sum(p.hits)::bigint, sum(p.cases)::bigint
    FROM place AS p JOIN gridseat.organisation AS w ON w.id = p.id
    JOIN gridseat.organisation AS a ON a.level = p_area AND w.lft BETWEEN a.lft AND a.rgt
    WHERE p_area <> 'grid' GROUP BY a.id
$$;

-- What ratios are shared out among, of one grid.
CREATE OR REPLACE FUNCTION gridseat.whole_of_grid(p_per text, p_grid bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_per WHEN 'grids' THEN 1 ELSE (SELECT gridseat.of_people(count(*)) FROM gridseat.staff AS s
        WHERE s.grid_id = p_grid AND s.kind IN ('full_time', 'part_time')) END
$$;

-- What is taken of grids and workers by grid, as gridseat.board_grids has it, and what counts no cases by organisation.
CREATE OR REPLACE FUNCTION gridseat.map_places(x gridseat.indicator, p_area text, o gridseat.organisation, t gridseat.stretch)
RETURNS TABLE (area_id bigint, hits bigint, of_all bigint, value numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_area <> 'grid' THEN
        RETURN QUERY SELECT * FROM gridseat.area_figures(ARRAY(
            SELECT a.id FROM gridseat.organisation AS a WHERE a.level = p_area AND (o.id IS NULL OR a.lft BETWEEN o.lft AND o.rgt)), t, x);
    ELSIF x.key IN ('grids', 'workers', 'staffed') THEN
        RETURN QUERY
        SELECT g.id, v.hits, CASE x.key WHEN 'staffed' THEN 1::bigint END, v.hits::numeric
        FROM gridseat.grid AS g JOIN gridseat.organisation AS p ON p.id = g.organisation_id
        CROSS JOIN LATERAL (SELECT count(*) AS people FROM gridseat.staff AS s
                            WHERE s.grid_id = g.id AND s.kind IN ('full_time', 'part_time')) AS w
        CROSS JOIN LATERAL (SELECT CASE x.key WHEN 'grids' THEN 1 WHEN 'staffed' THEN least(w.people, 1)
                                              ELSE gridseat.of_people(w.people) END AS hits) AS v
        WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND (o.id IS NULL OR p.lft BETWEEN o.lft AND o.rgt);
    END IF;
END $$;

-- {"organisation", "days", "from", "at", "rows": [[code, value, numerator, denominator]]}: every area below the
-- organisation (null: one's own), the comprehensive grids by their codes. A value is null where there is nothing to
-- divide by, and where people are too few to be told.
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
    SELECT * INTO m FROM gridseat.indicator AS x WHERE x.key = p_figure AND x.kind <> 'span';
    t := gridseat.board_period(o.id, p_days, CASE WHEN NOT m.at_present THEN p_until END);
    IF m.key IS NULL THEN
        PERFORM gridseat.reject_input('figure_unknown', jsonb_build_object('figure', p_figure, 'board', ''));
    END IF;
    RETURN jsonb_build_object('organisation', o.code, 'days', p_days, 'from', t.starts, 'at', t.now, 'rows', (
        WITH area AS (
            SELECT a.id, a.code, a.lft, a.rgt FROM gridseat.organisation AS a
            WHERE a.level = p_area AND (o.id IS NULL OR a.lft BETWEEN o.lft AND o.rgt)
            UNION ALL
            SELECT g.id, g.code, NULL, NULL FROM gridseat.grid AS g JOIN gridseat.organisation AS p ON p.id = g.organisation_id
            WHERE p_area = 'grid' AND g.kind = 'comprehensive' AND g.ended_at IS NULL
              AND (o.id IS NULL OR p.lft BETWEEN o.lft AND o.rgt)
        ), counted AS (
            SELECT a.code, coalesce(c.hits, 0) AS numerator, CASE
                       WHEN m.kind = 'rate' THEN coalesce(c.cases, 0)
                       WHEN m.per IS NOT NULL AND p_area = 'grid' THEN gridseat.whole_of_grid(m.per, a.id)
                       WHEN m.per IS NOT NULL THEN gridseat.whole_of(m.per, a.lft, a.rgt) END AS denominator
            FROM area AS a LEFT JOIN gridseat.map_counts(me, o, t, p_figure, p_area) AS c ON c.area_id = a.id
            WHERE m.fact IS NOT NULL
        ), told AS (
            SELECT c.*, CASE WHEN m.kind <> 'count' THEN gridseat.share_of(c.numerator, c.denominator)
                             ELSE c.numerator END AS value FROM counted AS c
            UNION ALL
            SELECT a.code, p.hits, p.of_all, p.value FROM area AS a
            JOIN gridseat.map_places(m, p_area, o, t) AS p ON p.area_id = a.id WHERE m.fact IS NULL
        )
        SELECT coalesce(jsonb_agg(jsonb_build_array(c.code, c.value, c.numerator, c.denominator) ORDER BY c.code), '[]')
        FROM told AS c));
END $$;
