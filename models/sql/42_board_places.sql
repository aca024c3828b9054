-- The people/houses board as far as the database knows: grids, who works in them, and what they bring in.
-- Residents, houses and spot checks wait for their register; their figures are named as waiting, never guessed.

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

CREATE OR REPLACE FUNCTION gridseat.board_places(o gridseat.organisation, p_counted jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_lft bigint := coalesce(o.lft, 0);
    v_rgt bigint := coalesce(o.rgt, 9223372036854775807);
    g record;
    v_open bigint := (p_counted #>> '{load,numerator}')::bigint;
BEGIN
    SELECT * INTO g FROM gridseat.board_grids(v_lft, v_rgt);
    RETURN jsonb_build_object('figures', jsonb_build_array(
            gridseat.board_figure('grids', false, g.grids, NULL, NULL, NULL, false),
            gridseat.board_figure('workers', false, gridseat.of_people(g.workers), NULL, NULL, NULL, false),
            gridseat.board_figure('staffed', true, g.staffed, g.grids, NULL, NULL, false),
            gridseat.board_figure('covered', true, g.covered, g.communities, NULL, NULL, false),
            p_counted -> 'load' || jsonb_build_object('value', gridseat.share_of(v_open, g.grids), 'denominator', g.grids),
            p_counted -> 'found'),
        'waiting', to_jsonb(ARRAY['residents', 'houses', 'households', 'elderly', 'completeness', 'freshness',
                                  'accuracy', 'visits']),
        'series', jsonb_build_array(
            gridseat.board_series('grids', gridseat.board_places_chart(o.id), 'grids', 'workers'),
            gridseat.board_series('staff', gridseat.board_staff_chart(v_lft, v_rgt), 'people', NULL)));
END $$;

CREATE OR REPLACE FUNCTION gridseat.board_places_chart(p_organisation bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object('chart', 'grids', 'label', coalesce(c.alias, c.name), 'one', g.grids,
                                        'two', gridseat.of_people(g.workers)) ORDER BY g.grids DESC, c.code)
    FROM gridseat.board_children(p_organisation) AS c CROSS JOIN LATERAL gridseat.board_grids(c.lft, c.rgt) AS g
$$;

-- Kinds of staff by their keys; the console has their names.
CREATE OR REPLACE FUNCTION gridseat.board_staff_chart(p_lft bigint, p_rgt bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object('chart', 'staff', 'label', k.kind, 'one', gridseat.of_people(k.people))
                     ORDER BY k.place)
    FROM (SELECT x.kind, x.place, count(s.id) FILTER (WHERE o.lft BETWEEN p_lft AND p_rgt) AS people
          FROM unnest(ARRAY['head', 'deputy', 'full_time', 'part_time', 'liaison', 'mediator', 'volunteer'])
               WITH ORDINALITY AS x (kind, place)
          LEFT JOIN gridseat.staff AS s ON s.kind = x.kind
          LEFT JOIN gridseat.organisation AS o ON o.id = s.organisation_id
          GROUP BY x.kind, x.place) AS k
$$;
