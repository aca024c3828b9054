-- Which unit a case should go to, and who beside it: each with its reasons in points that add up to the score.

-- Who answers for the class of case i at its place, by the county's list: the unit, or the place's own grid, community
-- or township. share: a row for the very class counts in full, one for its group less.
CREATE OR REPLACE FUNCTION gridseat.answerable(i gridseat.incident)
RETURNS TABLE (unit_id bigint, grid_id bigint, role text, share numeric, facts jsonb)
LANGUAGE plpgsql STABLE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT ON (u.unit_id, u.grid_id) u.unit_id, u.grid_id, r.role,
           CASE WHEN r.class_id IS NULL THEN 0.7 ELSE 1 END,
           jsonb_strip_nulls(jsonb_build_object('class', coalesce(k.code, r.group_name), 'role', r.role, 'local', r.local,
                                                'centre', coalesce(c.alias, c.name)))
    FROM gridseat.catalogue_class AS asked
    JOIN gridseat.responsibility AS r ON r.group_name = asked.group_name AND (r.class_id IS NULL OR r.class_id = asked.id)
    LEFT JOIN gridseat.catalogue_class AS k ON k.id = r.class_id
    LEFT JOIN gridseat.organisation AS c ON c.id = r.centre_id
    LEFT JOIN gridseat.grid AS g ON g.id = i.grid_id
    CROSS JOIN LATERAL (
        SELECT r.unit_id, NULL::bigint WHERE r.local IS NULL
        UNION ALL SELECT g.organisation_id, g.id WHERE r.local = 'grid' AND g.id IS NOT NULL
        UNION ALL SELECT o.id, NULL FROM gridseat.at_or_above(i.organisation_id) AS a
                  JOIN gridseat.organisation AS o ON o.id = a.id AND o.level = r.local) AS u (unit_id, grid_id)
    WHERE asked.id = i.class_id
      AND (c.id IS NULL OR coalesce(i.place_lft, i.centre_lft) BETWEEN c.lft AND c.rgt)
    ORDER BY u.unit_id, u.grid_id, r.class_id NULLS LAST, c.rgt - c.lft NULLS LAST, r.role DESC;
END $$;

-- While a county has no list at all: the place's own community and township.
CREATE OR REPLACE FUNCTION gridseat.nearest(i gridseat.incident)
RETURNS TABLE (unit_id bigint, grid_id bigint, role text, share numeric, facts jsonb)
LANGUAGE plpgsql STABLE ROWS 3 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT o.id, NULL::bigint, 'lead', 0::numeric, '{}'::jsonb
    FROM gridseat.at_or_above(i.organisation_id) AS a
    JOIN gridseat.organisation AS o ON o.id = a.id AND o.level IN ('community', 'township')
    WHERE i.class_id IS NOT NULL AND NOT gridseat.has_list();
END $$;

CREATE OR REPLACE FUNCTION gridseat.has_list() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM gridseat.responsibility);
END $$;

-- Those who answer for it, and for small matters (no more urgent than usual, a working day at most) or while there is no
-- list the workers of the grid or, where only the community is known, of its grids. Not the centre itself nor whoever
-- stands above it.
CREATE OR REPLACE FUNCTION gridseat.eligible(i gridseat.incident)
RETURNS TABLE (unit_id bigint, grid_id bigint, role text, share numeric, facts jsonb)
LANGUAGE plpgsql STABLE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT e.* FROM (
        SELECT a.* FROM gridseat.answerable(i) AS a
        UNION ALL
        SELECT b.* FROM gridseat.nearest(i) AS b
        UNION ALL
        SELECT g.organisation_id, g.id, 'lead', 0, '{}'
        FROM gridseat.grid AS g
        WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND (i.priority >= 3 AND i.handling_seconds <= 28800
                                            OR i.class_id IS NOT NULL AND NOT gridseat.has_list())
          AND (g.id = i.grid_id OR i.grid_id IS NULL AND g.organisation_id = i.organisation_id)
          AND NOT EXISTS (SELECT FROM gridseat.answerable(i) AS a WHERE a.grid_id = g.id)
    ) AS e
    JOIN gridseat.organisation AS u ON u.id = e.unit_id
    JOIN gridseat.organisation AS c ON c.id = i.centre_id
    WHERE NOT (u.lft <= c.lft AND u.rgt >= c.rgt);
END $$;

-- Whether somebody of the unit, or at it, is on duty by the roster, and until when; null where no roster tells of them
-- for a week around.
CREATE OR REPLACE FUNCTION gridseat.on_duty(p_unit bigint, p_grid bigint, p_at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object('on', bool_or(s.starts <= p_at AND s.ends > p_at),
        'until', max(s.ends) FILTER (WHERE s.starts <= p_at AND s.ends > p_at)))
    FROM (SELECT f.starts, f.ends FROM gridseat.person AS p JOIN gridseat.shift AS f ON f.person_id = p.id
          WHERE p.organisation_id = p_unit AND p.grid_id IS NOT DISTINCT FROM p_grid
            AND f.ends BETWEEN p_at - interval '7 days' AND p_at + interval '14 days'
          UNION ALL
          SELECT f.starts, f.ends FROM gridseat.shift AS f
          WHERE f.centre_id = p_unit AND p_grid IS NULL
            AND f.ends BETWEEN p_at - interval '7 days' AND p_at + interval '14 days') AS s
    WHERE s.starts < p_at + interval '7 days'
    HAVING count(*) > 0
$$;

-- Cases with the unit now; restricted ones are not told.
CREATE OR REPLACE FUNCTION gridseat.unit_load(p_unit bigint, p_grid bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT count(*) FROM gridseat.incident AS i
            WHERE i.lead_unit_id = p_unit AND i.status IN ('dispatched', 'handling', 'handled', 'suspended')
              AND i.lead_grid_id IS NOT DISTINCT FROM p_grid AND NOT i.restricted);
END $$;

-- Metres from the middle of a grid to the case.
CREATE OR REPLACE FUNCTION gridseat.grid_metres(p_grid bigint, i gridseat.incident) RETURNS numeric
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT min(gridseat.metres_between(i.lon, i.lat, m.middle[0], m.middle[1]))::numeric
    FROM gridseat.grid_ring AS r CROSS JOIN LATERAL (SELECT center(box(r.ring)) AS middle) AS m
    WHERE r.grid_id = p_grid AND NOT r.hole
$$;

-- Who asked to be rid of it and was let go will hardly want it back.
CREATE OR REPLACE FUNCTION gridseat.has_returned(p_number bigint, p_unit bigint, p_grid bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM gridseat.request AS r JOIN gridseat.party AS q ON q.number = r.number AND q.kind = 'lead'
        WHERE r.number = p_number AND r.kind = 'return' AND r.granted
          AND q.organisation_id = p_unit AND q.grid_id IS NOT DISTINCT FROM p_grid
          AND r.asked_seq > q.since_seq AND (q.until_seq IS NULL OR r.asked_seq < q.until_seq));
END $$;

-- The points of one unit, as {"reason", "points", …facts}, most first. All five in full make one.
CREATE OR REPLACE FUNCTION gridseat.unit_reasons(
    t gridseat.turn, p_unit bigint, p_grid bigint, p_share numeric, p_facts jsonb, OUT score numeric, OUT reasons jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_load bigint := gridseat.unit_load(p_unit, p_grid);
    v_metres numeric := gridseat.grid_metres(p_grid, t.i);
    v_duty jsonb := gridseat.on_duty(p_unit, p_grid, t.at);
    v_worker text := (SELECT s.name FROM gridseat.staff AS s WHERE s.grid_id = p_grid
                      ORDER BY array_position(ARRAY['full_time', 'part_time', 'head', 'deputy'], s.kind), s.code LIMIT 1);
BEGIN
    SELECT coalesce(sum(r.points), 0),
           jsonb_agg(jsonb_build_object('reason', r.reason, 'points', r.points) || r.facts ORDER BY r.points DESC, r.place)
    INTO score, reasons
    FROM (SELECT v.place, v.reason, round(v.points, 3) AS points, v.facts FROM (VALUES
        (1, 'responsibility', 0.5 * nullif(p_share, 0), p_facts),
        (2, 'grid', CASE WHEN p_grid IS NOT NULL THEN 0.2 END, jsonb_strip_nulls(jsonb_build_object(
            'grid', (SELECT g.name FROM gridseat.grid AS g WHERE g.id = p_grid), 'worker', v_worker))),
        (3, 'load', 0.15 * 10 / (10 + v_load), jsonb_build_object('open', v_load)),
        (4, 'duty', CASE WHEN v_duty IS NOT NULL THEN 0.1 * (v_duty ->> 'on')::boolean::integer END, v_duty),
        (5, 'distance', 0.05 * 1000 / (1000 + v_metres), jsonb_build_object('metres', round(v_metres))),
        (6, 'returned', CASE WHEN gridseat.has_returned((t.i).number, p_unit, p_grid) THEN -0.4 END, '{}'),
        (7, 'no_list', CASE WHEN NOT gridseat.has_list() THEN 0 END, '{}')
        ) AS v (place, reason, points, facts) WHERE v.points IS NOT NULL) AS r;
END $$;

-- Units to send a report of p_args (or the case p_args) to, best first: up to five of kind lead, then up to five of
-- kind co, to be summoned beside it. Without a class nobody can be named.
CREATE OR REPLACE FUNCTION desk.recommend(p_args jsonb)
RETURNS TABLE (unit_code text, unit_name text, kind text, score real, reasons jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn := gridseat.asked(p_args);
BEGIN
    RETURN QUERY
    WITH told AS (
        SELECT coalesce(g.code, o.code) AS code, coalesce(g.name, o.alias, o.name) AS name, e.role, r.score, r.reasons,
               row_number() OVER (PARTITION BY e.role ORDER BY r.score DESC, coalesce(g.code, o.code)) AS place
        FROM gridseat.eligible(t.i) AS e
        JOIN gridseat.organisation AS o ON o.id = e.unit_id
        LEFT JOIN gridseat.grid AS g ON g.id = e.grid_id
        CROSS JOIN LATERAL gridseat.unit_reasons(t, e.unit_id, e.grid_id, e.share, e.facts) AS r
    )
    SELECT told.code, told.name, told.role, told.score::real, told.reasons
    FROM told WHERE told.place <= 5 ORDER BY told.role DESC, told.place;
END $$;
