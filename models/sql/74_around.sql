-- What is around a point. Distances are great-circle metres on the mean sphere (metres_between); an index over plane
-- degrees finds candidates, and the sphere decides.

-- {"number": N}, a case that the caller sees: its point, else the middle of its grid; or {"point": [lon, lat]}, WGS-84.
CREATE OR REPLACE FUNCTION gridseat.spot_asked(p_asked jsonb, OUT lon float8, OUT lat float8, OUT told_by text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
    v_middle point;
BEGIN
    IF p_asked ? 'number' THEN
        i := gridseat.seen_incident((p_asked ->> 'number')::bigint);
        lon := i.lon;
        lat := i.lat;
        told_by := 'case';
        IF lon IS NULL THEN
            SELECT center(box(r.ring)) INTO v_middle FROM gridseat.grid_ring AS r
            WHERE r.grid_id = i.grid_id AND NOT r.hole ORDER BY area(box(r.ring)) DESC LIMIT 1;
            lon := v_middle[0];
            lat := v_middle[1];
            told_by := 'grid';
        END IF;
        IF lon IS NULL THEN
            PERFORM gridseat.refuse('case_without_point', jsonb_build_object('number', i.number));
        END IF;
        RETURN;
    END IF;
    lon := (p_asked #>> '{point,0}')::float8;
    lat := (p_asked #>> '{point,1}')::float8;
    told_by := 'point';
    IF NOT gridseat.is_spot(lon, lat) THEN
        PERFORM gridseat.reject_input('bad_point', jsonb_build_object('point', p_asked -> 'point'));
    END IF;
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range THEN
    PERFORM gridseat.reject_input('bad_point', jsonb_build_object('point', left(p_asked::text, 80)));
END $$;

-- Everything within p_metres, and a little more: half a box in degrees. On the sphere a circle is widest in longitude
-- not at its middle: asin(sin(d) / cos(lat)); where it holds a pole, every longitude. Not across the 180th meridian.
CREATE OR REPLACE FUNCTION gridseat.box_around(p_lon float8, p_lat float8, p_metres float8) RETURNS box
LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT box(point(p_lon - w.wide, p_lat - w.high), point(p_lon + w.wide, p_lat + w.high))
    FROM (SELECT d.angle + 1e-5 AS high,
                 CASE WHEN d.angle + abs(p_lat) < 90 THEN asind(sind(d.angle) / cosd(p_lat)) + 1e-5 ELSE 360 END AS wide
          FROM (SELECT degrees(p_metres / 6371008.8) AS angle) AS d) AS w
$$;

-- The ids of the nearest resources, nearest first. The first p_limit by plain degrees are some candidates, of which
-- the farthest bounds how far the true ones can be; what lies in the box of that radius holds them all.
CREATE OR REPLACE FUNCTION gridseat.nearest_resources(p_lon float8, p_lat float8, p_kinds text[], p_limit integer)
RETURNS TABLE (id bigint, metres float8)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_reach float8;
BEGIN
    SELECT max(gridseat.metres_between(p_lon, p_lat, c.spot[0], c.spot[1])) INTO v_reach FROM (
        SELECT r.spot FROM gridseat.resource AS r WHERE r.active AND r.kind = ANY (p_kinds)
        ORDER BY r.spot <-> point(p_lon, p_lat) LIMIT p_limit) AS c;
    RETURN QUERY
    SELECT r.id, gridseat.metres_between(p_lon, p_lat, r.spot[0], r.spot[1]) AS metres FROM gridseat.resource AS r
    WHERE r.active AND r.kind = ANY (p_kinds) AND r.spot <@ gridseat.box_around(p_lon, p_lat, v_reach)
    ORDER BY metres, r.id LIMIT p_limit;
END $$;

CREATE OR REPLACE FUNCTION gridseat.resource_shown(p_id bigint, p_metres float8, p_wall boolean, p_told bigint[])
RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('code', r.code, 'name', r.name, 'kind', r.kind, 'organisation', coalesce(o.alias, o.name),
        'grid', (SELECT g.code FROM gridseat.grid AS g WHERE g.id = r.grid_id), 'lon', r.spot[0], 'lat', r.spot[1],
        'phone', gridseat.work_phone(r.phone, o.id = ANY (p_told), p_wall), 'note', r.note,
        'metres', round(p_metres::numeric, 1))
    FROM gridseat.resource AS r JOIN gridseat.organisation AS o ON o.id = r.organisation_id WHERE r.id = p_id
$$;

-- {"total", "rows"} of the workers who are told within p_metres, the nearest first.
CREATE OR REPLACE FUNCTION gridseat.staff_shown(me gridseat.person, p_lon float8, p_lat float8, p_metres float8, p_limit integer)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('total', coalesce(max(n.total), 0), 'rows', coalesce(jsonb_agg(jsonb_build_object(
        'code', n.code, 'name', n.name, 'kind', n.kind, 'grid', n.grid_code, 'phone', n.phone, 'lon', n.spot[0],
        'lat', n.spot[1], 'told', n.told, 'rostered', n.rostered,
        'metres', round(n.metres::numeric, 1)) ORDER BY n.metres, n.id), '[]'))
    FROM (SELECT w.*, count(*) OVER () AS total FROM (
              SELECT x.*, gridseat.metres_between(p_lon, p_lat, x.spot[0], x.spot[1]) AS metres
              FROM gridseat.staff_located(me, desk.now(), gridseat.box_around(p_lon, p_lat, p_metres)) AS x) AS w
          WHERE w.metres <= p_metres ORDER BY w.metres, w.id LIMIT p_limit) AS n
$$;

-- The rows of the nearest workers: looked for as far as the nearest places lie, and twice as far while too few of those
-- who are there are the caller's and on duty; 22,000 km hold the earth.
CREATE OR REPLACE FUNCTION gridseat.nearest_staff(me gridseat.person, p_lon float8, p_lat float8, p_limit integer)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_reach float8;
    v_found jsonb;
BEGIN
    SELECT max(gridseat.metres_between(p_lon, p_lat, c.spot[0], c.spot[1])) INTO v_reach FROM (
        SELECT x.spot FROM gridseat.staff_place AS x ORDER BY x.spot <-> point(p_lon, p_lat) LIMIT p_limit) AS c;
    LOOP
        v_reach := least(greatest(v_reach, 1000), 2.2e7);
        v_found := gridseat.staff_shown(me, p_lon, p_lat, v_reach, p_limit);
        EXIT WHEN (v_found ->> 'total')::integer >= p_limit OR v_reach = 2.2e7;
        v_reach := 2 * v_reach;
    END LOOP;
    RETURN v_found -> 'rows';
END $$;

-- The nearest resources of the kinds (null: all) and the nearest workers on duty who said where they are; beside them
-- those whose grid it is. {"point", "told_by": case|grid|point, "resources": [{…, "metres"}], "staff": [{…, "metres"}],
-- "grid": {"code", "name", "staff"} or null}.
CREATE OR REPLACE FUNCTION desk.near(p_asked jsonb, p_kinds text[] DEFAULT NULL, p_limit integer DEFAULT 5) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    v_told bigint[] := gridseat.numbers_of(me);
    v_kinds text[] := gridseat.kinds_asked(p_kinds);
    v_limit integer := least(greatest(p_limit, 1), 200);
    s record := gridseat.spot_asked(p_asked);
BEGIN
    RETURN jsonb_build_object('point', jsonb_build_array(s.lon, s.lat), 'told_by', s.told_by,
        'resources', (SELECT coalesce(jsonb_agg(gridseat.resource_shown(n.id, n.metres, gridseat.is_wall(me), v_told)
                                                ORDER BY n.metres, n.id), '[]')
                      FROM gridseat.nearest_resources(s.lon, s.lat, v_kinds, v_limit) AS n),
        'staff', gridseat.nearest_staff(me, s.lon, s.lat, v_limit),
        'grid', (SELECT jsonb_build_object('code', g.code, 'name', g.name,
                                           'staff', gridseat.staff_of_grid(g.id, me, desk.now()))
                 FROM gridseat.grid AS g WHERE g.id = gridseat.grid_at(s.lon, s.lat)));
END $$;

-- The edges of a ring on the plane that touches the sphere at a point, in metres from there: true to a few in a thousand
-- for as far as a circle may reach. p_slim: the cosine of the latitude.
CREATE OR REPLACE FUNCTION gridseat.edges_on_plane(p_ring polygon, p_lon float8, p_lat float8, p_slim float8)
RETURNS SETOF lseg LANGUAGE sql IMMUTABLE ROWS 20 AS $$
    SELECT lseg(point((v.at[n] - p_lon) * 111194.93 * p_slim, (v.at[n + 1] - p_lat) * 111194.93),
                point((v.at[m] - p_lon) * 111194.93 * p_slim, (v.at[m + 1] - p_lat) * 111194.93))
    FROM (SELECT string_to_array(translate(p_ring::text, '()', ''), ',')::float8[] AS at OFFSET 0) AS v
    CROSS JOIN LATERAL generate_series(1, cardinality(v.at), 2) AS n
    CROSS JOIN LATERAL (SELECT (n + 1) % cardinality(v.at) + 1) AS next (m)
$$;

-- Metres on that plane to the nearest and the farthest point of a box: the circle that holds the farthest holds all that
-- is inside, the one that does not reach the nearest holds nothing. p_slim: the cosine of the latitude. Not strict, so
-- that the planner takes them in.
CREATE OR REPLACE FUNCTION gridseat.nearest_edge(p_box box, p_lon float8, p_lat float8, p_slim float8) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
    SELECT 111194.93 * sqrt(power(p_slim * greatest(0, (p_box[1])[0] - p_lon, p_lon - (p_box[0])[0]), 2)
                            + power(greatest(0, (p_box[1])[1] - p_lat, p_lat - (p_box[0])[1]), 2))
$$;

CREATE OR REPLACE FUNCTION gridseat.farthest_corner(p_box box, p_lon float8, p_lat float8, p_slim float8) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
    SELECT 111194.93 * sqrt(power(p_slim * greatest((p_box[0])[0] - p_lon, p_lon - (p_box[1])[0]), 2)
                            + power(greatest((p_box[0])[1] - p_lat, p_lat - (p_box[1])[1]), 2))
$$;

-- Living grids that reach into the circle, unless it lies in a hole of theirs, and how far away their box begins. A city
-- has ten thousand within 20 km: most rings are told by their box alone, and only those on the rim edge by edge.
CREATE OR REPLACE FUNCTION gridseat.grids_within(p_lon float8, p_lat float8, p_metres float8)
RETURNS TABLE (id bigint, metres float8)
LANGUAGE plpgsql STABLE ROWS 1000 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_box box := gridseat.box_around(p_lon, p_lat, p_metres);
    v_slim float8 := cosd(p_lat);
BEGIN
    RETURN QUERY
    SELECT r.grid_id, min(r.nearest)
    FROM (SELECT b.grid_id, b.hole, b.nearest, CASE
                     WHEN b.farthest <= p_metres THEN NOT b.hole
                     WHEN b.nearest > p_metres THEN false
                     ELSE (SELECT CASE WHEN b.hole THEN i.inside AND i.border > p_metres
                                       ELSE i.inside OR i.border <= p_metres END
                           FROM (SELECT gridseat.in_ring(b.ring, p_lon, p_lat) AS inside, min(e <-> point(0, 0)) AS border
                                 FROM gridseat.edges_on_plane(b.ring, p_lon, p_lat, v_slim) AS e) AS i) END AS told
          FROM (SELECT x.grid_id, x.hole, x.ring, gridseat.nearest_edge(box(x.ring), p_lon, p_lat, v_slim) AS nearest,
                       gridseat.farthest_corner(box(x.ring), p_lon, p_lat, v_slim) AS farthest
                FROM gridseat.grid_ring AS x WHERE box(x.ring) && v_box OFFSET 0) AS b) AS r
    WHERE r.told AND r.grid_id NOT IN (SELECT g.id FROM gridseat.grid AS g WHERE g.ended_at IS NOT NULL)
    GROUP BY r.grid_id HAVING NOT bool_or(r.hole);
END $$;

-- {"total", "rows": [{code, name, kind, organisation}]}, the nearest first.
CREATE OR REPLACE FUNCTION gridseat.grids_shown(p_lon float8, p_lat float8, p_metres float8, p_limit integer)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('total', coalesce(max(n.total), 0), 'rows', coalesce(jsonb_agg(
        jsonb_build_object('code', g.code, 'name', g.name, 'kind', g.kind, 'organisation', coalesce(o.alias, o.name))
        ORDER BY n.metres, g.kind, g.code), '[]'))
    FROM (SELECT w.*, count(*) OVER () AS total FROM gridseat.grids_within(p_lon, p_lat, p_metres) AS w
          ORDER BY w.metres, w.id LIMIT p_limit) AS n
    JOIN gridseat.grid AS g ON g.id = n.id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
$$;

-- Open cases in the circle that the caller sees, nearest first, by the index of spots of the open.
CREATE OR REPLACE FUNCTION gridseat.cases_within(me gridseat.person, p_lon float8, p_lat float8, p_metres float8, p_limit integer)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_box box := gridseat.box_around(p_lon, p_lat, p_metres);
    v_found jsonb;
BEGIN
    EXECUTE format('SELECT jsonb_build_object(''total'', coalesce(max(n.total), 0), ''rows'', coalesce(jsonb_agg(jsonb_build_object(
            ''number'', b.number, ''title'', b.title, ''status'', b.status, ''class'', b.class_code, ''priority'', b.priority,
            ''due'', to_timestamp(b.due), ''grade'', gridseat.grade_now(b.due, b.warn_at, $7), ''lon'', b.lon, ''lat'', b.lat,
            ''restricted'', b.restricted, ''metres'', round(n.metres::numeric, 1)) ORDER BY n.metres, b.number), ''[]''))
        FROM (SELECT x.*, count(*) OVER () AS total FROM (
                  SELECT i.number, gridseat.metres_between($1, $2, i.lon, i.lat) AS metres FROM gridseat.incident AS i
                  WHERE i.closed_at IS NULL AND i.lat BETWEEN $3 AND $4 AND i.lon BETWEEN $5 AND $6
                    AND i.status IN (%s) AND %s) AS x
              WHERE x.metres <= $8 ORDER BY x.metres, x.number LIMIT $9) AS n
        JOIN gridseat.board_row AS b ON b.number = n.number',
        gridseat.open_list(), gridseat.visible_where(me))
    INTO v_found USING p_lon, p_lat, (v_box[1])[1], (v_box[0])[1], (v_box[1])[0], (v_box[0])[0],
                       extract(epoch FROM desk.now())::float8, p_metres, p_limit;
    RETURN v_found;
END $$;

CREATE OR REPLACE FUNCTION gridseat.grade_now(p_due float8, p_warn_at float8, p_now float8) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p_due IS NULL THEN 'none' WHEN p_due <= p_now THEN 'red'
                WHEN p_warn_at <= p_now THEN 'yellow' ELSE 'green' END
$$;

-- What lies within p_metres of a case or point: {"point", "told_by", "metres", "cases": {"total", "rows"}, "resources":
-- {"total", "rows"}, "staff": […], "staff_total", "grids": [{code, name, kind, organisation}], "grids_total"}; rows
-- nearest first, at most p_limit of each.
CREATE OR REPLACE FUNCTION desk.within(p_asked jsonb, p_metres float8, p_kinds text[] DEFAULT NULL, p_limit integer DEFAULT 200)
RETURNS jsonb LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    v_told bigint[] := gridseat.numbers_of(me);
    v_kinds text[] := gridseat.kinds_asked(p_kinds);
    v_limit integer := least(greatest(p_limit, 1), 1000);
    s record := gridseat.spot_asked(p_asked);
    v_grids jsonb;
    v_staff jsonb;
BEGIN
    IF (p_metres BETWEEN 1 AND 50000) IS NOT TRUE THEN
        PERFORM gridseat.reject_input('bad_radius', jsonb_build_object('metres', p_metres, 'most', 50000));
    END IF;
    v_grids := gridseat.grids_shown(s.lon, s.lat, p_metres, v_limit);
    v_staff := gridseat.staff_shown(me, s.lon, s.lat, p_metres, v_limit);
    RETURN jsonb_build_object('point', jsonb_build_array(s.lon, s.lat), 'told_by', s.told_by, 'metres', p_metres,
        'cases', gridseat.cases_within(me, s.lon, s.lat, p_metres, v_limit),
        'resources', (
            SELECT jsonb_build_object('total', coalesce(max(n.total), 0), 'rows', coalesce(jsonb_agg(
                gridseat.resource_shown(n.id, n.metres, gridseat.is_wall(me), v_told) ORDER BY n.metres, n.id), '[]'))
            FROM (SELECT x.*, count(*) OVER () AS total FROM (
                      SELECT r.id, gridseat.metres_between(s.lon, s.lat, r.spot[0], r.spot[1]) AS metres
                      FROM gridseat.resource AS r
                      WHERE r.active AND r.kind = ANY (v_kinds)
                        AND r.spot <@ gridseat.box_around(s.lon, s.lat, p_metres)) AS x
                  WHERE x.metres <= p_metres ORDER BY x.metres, x.id LIMIT v_limit) AS n),
        'staff', v_staff -> 'rows', 'staff_total', v_staff -> 'total',
        'grids', v_grids -> 'rows', 'grids_total', v_grids -> 'total');
END $$;
