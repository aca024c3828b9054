-- The cases of each grid, fact by fact, in the order of their instants: two looks into that order tell how many a stretch
-- of any length has. Sums by day would be as many as the cases.

-- As what is kept of the cases of some organisations' places has them.
CREATE OR REPLACE FUNCTION gridseat.grid_orders(p_after bigint, p_upto bigint) RETURNS SETOF gridseat.tally_grid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
    SELECT f.place, m.at_id, coalesce(m.grid_id, 0), array_agg(u.at ORDER BY u.at, u.hit),
           coalesce(array_agg(u.at ORDER BY u.at, u.hit) FILTER (WHERE u.hit < 'infinity'), '{}'), array_agg(u.hit ORDER BY u.at, u.hit)
    FROM gridseat.measure AS m CROSS JOIN gridseat.ordered_places() AS f (place)
    CROSS JOIN LATERAL (SELECT m.ats[f.place], m.hits[f.place]) AS u (at, hit)
    WHERE m.tallied AND m.at_id > p_after AND m.at_id <= p_upto AND u.at IS NOT NULL GROUP BY 1, 2, 3
$$;

-- The places of the facts that are kept so: of which a figure of a period is told. What is so at present is told by the open
-- cases, and lengths of time have an order of their own.
CREATE OR REPLACE FUNCTION gridseat.ordered_places() RETURNS TABLE (place integer)
LANGUAGE sql STABLE ROWS 20 SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.place FROM gridseat.fact AS f
    WHERE f.kept AND f.key IN (SELECT i.fact FROM gridseat.indicator AS i WHERE NOT i.at_present AND i.kind <> 'span')
$$;

-- Whether a fact's orders are all told.
CREATE OR REPLACE FUNCTION gridseat.is_ordered(p_fact text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.grids_to IS NULL AND gridseat.fact_place(p_fact) IN (SELECT p.place FROM gridseat.ordered_places() AS p) FROM gridseat.fold AS f
$$;

-- Some organisations' more, in the order in which they are read; answers how many.
CREATE OR REPLACE FUNCTION gridseat.add_grids(p_limit integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_after bigint := (SELECT f.grids_to FROM gridseat.fold AS f);
    v_next bigint[] := ARRAY(SELECT o.id FROM gridseat.organisation AS o WHERE o.id > v_after ORDER BY o.id LIMIT p_limit);
    v_upto bigint := v_next[cardinality(v_next)];
BEGIN
    IF v_after IS NOT NULL THEN
        INSERT INTO gridseat.tally_grid
        SELECT g.* FROM gridseat.grid_orders(v_after, v_upto) AS g ORDER BY g.place, g.at_id, g.grid_id;
        UPDATE gridseat.fold SET grids_to = v_upto;
    END IF;
    RETURN cardinality(v_next);
END $$;

-- Takes cases out of the orders of their grids, and puts them in as they stand now: each order that changes is written anew,
-- looked up by its key.
CREATE OR REPLACE FUNCTION gridseat.change_grids(p_before gridseat.measure[], p_after gridseat.measure[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    v_upto bigint := (SELECT coalesce(f.grids_to, 9223372036854775807) FROM gridseat.fold AS f);
BEGIN
    IF v_upto = 0 THEN
        RETURN;
    END IF;
    MERGE INTO gridseat.tally_grid AS t USING (
        WITH changed AS MATERIALIZED (
            SELECT f.place, m.at_id, coalesce(m.grid_id, 0) AS grid_id, u.at, u.hit, sum(m.n) AS n
            FROM (SELECT x.*, -1 AS n FROM unnest(p_before) AS x UNION ALL SELECT x.*, 1 FROM unnest(p_after) AS x) AS m
            CROSS JOIN gridseat.ordered_places() AS f (place) CROSS JOIN LATERAL (SELECT m.ats[f.place], m.hits[f.place]) AS u (at, hit)
            WHERE m.tallied AND m.at_id <= v_upto AND u.at IS NOT NULL GROUP BY 1, 2, 3, 4, 5 HAVING sum(m.n) <> 0
        ), each AS (
            SELECT c.* FROM changed AS c
            UNION ALL
            SELECT k.place, k.at_id, k.grid_id, u.at, u.hit, 1 FROM (SELECT DISTINCT c.place, c.at_id, c.grid_id FROM changed AS c) AS c
            JOIN gridseat.tally_grid AS k ON (k.place, k.at_id, k.grid_id) = (c.place, c.at_id, c.grid_id)
            CROSS JOIN unnest(k.ats, k.hits) AS u (at, hit)
        ), summed AS (
            SELECT e.place, e.at_id, e.grid_id, e.at, e.hit, sum(e.n)::integer AS n FROM each AS e GROUP BY 1, 2, 3, 4, 5
        )
        SELECT s.place, s.at_id, s.grid_id, array_agg(s.at ORDER BY s.at, s.hit) FILTER (WHERE s.n > 0) AS ats,
               coalesce(array_agg(s.at ORDER BY s.at, s.hit) FILTER (WHERE s.n > 0 AND s.hit < 'infinity'), '{}') AS met,
               array_agg(s.hit ORDER BY s.at, s.hit) FILTER (WHERE s.n > 0) AS hits
        FROM summed AS s CROSS JOIN LATERAL generate_series(1, greatest(s.n, 1)) GROUP BY 1, 2, 3) AS d
    ON (t.place, t.at_id, t.grid_id) = (d.place, d.at_id, d.grid_id)
    WHEN MATCHED AND d.ats IS NULL THEN DELETE
    WHEN MATCHED THEN UPDATE SET ats = d.ats, met = d.met, hits = d.hits
    WHEN NOT MATCHED THEN INSERT VALUES (d.place, d.at_id, d.grid_id, d.ats, d.met, d.hits);
END $$;
