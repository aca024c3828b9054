-- What stands beside a case: the one above it, the reports under it, those linked with it, and what happened before at
-- its place and in its grid. All of it only as far as the caller sees those cases too.

CREATE OR REPLACE FUNCTION gridseat.beside_one(x gridseat.incident) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('number', x.number, 'title', CASE WHEN desk.on_wall() THEN '' ELSE x.title END, 'outcome', x.outcome, 'received', x.received_at,
        'status', CASE WHEN gridseat.suspension_over(x) THEN x.status_before ELSE x.status END)
$$;

-- Every report under the case, however deep: who reported it (masked), by which channel, how it came
-- here, and the version that a step out again must name.
CREATE OR REPLACE FUNCTION gridseat.reports_under(p_number bigint, me gridseat.person) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE under AS (
        SELECT i.number, CASE WHEN i.merged_into IS NOT NULL THEN 'merged' ELSE 'head' END AS how
        FROM gridseat.incident AS i WHERE i.merged_into = p_number OR i.head_number = p_number
        UNION
        SELECT i.number, CASE WHEN i.merged_into IS NOT NULL THEN 'merged' ELSE 'head' END
        FROM under AS u JOIN gridseat.incident AS i ON i.merged_into = u.number OR i.head_number = u.number)
    SELECT coalesce(jsonb_agg(gridseat.beside_one(x) || jsonb_build_object('how', u.how, 'version', x.version,
        'channel', x.channel,
        'reporter', (SELECT gridseat.mask(p.field, p.text) FROM gridseat.personal AS p
                     WHERE p.number = x.number AND p.seq = 1 AND p.field = 'reporter'),
        'phone', (SELECT gridseat.mask(p.field, p.text) FROM gridseat.personal AS p
                  WHERE p.number = x.number AND p.seq = 1 AND p.field = 'phone')) ORDER BY x.number), '[]')
    FROM under AS u JOIN gridseat.incident AS x ON x.number = u.number
    WHERE x.number <> p_number AND gridseat.sees(me, x)
$$;

CREATE OR REPLACE FUNCTION gridseat.beside(i gridseat.incident) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
BEGIN
    RETURN jsonb_build_object(
        'main', (SELECT gridseat.beside_one(x)
                 FROM gridseat.incident AS x
                 WHERE x.number = coalesce(i.merged_into, i.head_number) AND gridseat.sees(me, x)),
        'under', gridseat.reports_under(i.number, me),
        'linked', (SELECT coalesce(jsonb_agg(gridseat.beside_one(x) ORDER BY x.number), '[]')
                   FROM gridseat.incident AS x
                   WHERE x.number IN (SELECT l.other FROM gridseat.link AS l WHERE l.number = i.number
                                      UNION SELECT l.number FROM gridseat.link AS l WHERE l.other = i.number)
                     AND gridseat.sees(me, x)));
END $$;

-- Condition on an incident i of a query: within so many metres of this one, or by the same words at the same place of
-- the tree. The grids that reach into the circle come first, because they have an index by time; a point outside all of them is looked for
-- among its neighbours in the tree.
CREATE OR REPLACE FUNCTION gridseat.near_where(here gridseat.incident, p_metres integer) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_lat float8 := p_metres / 111000.0;
    v_lon float8 := v_lat / greatest(cosd(here.lat), 0.01);
    v_grids bigint[];
    v_found text[];
BEGIN
    IF here.lon IS NOT NULL THEN
        SELECT array_agg(DISTINCT r.grid_id) INTO v_grids FROM gridseat.grid_ring AS r
        WHERE box(r.ring) && box(point(here.lon - v_lon, here.lat - v_lat), point(here.lon + v_lon, here.lat + v_lat));
        v_found := v_found || format('(%s AND i.lon BETWEEN %s AND %s AND i.lat BETWEEN %s AND %s
                AND gridseat.metres_between(%s, %s, i.lon, i.lat) <= %s)',
            CASE WHEN here.grid_id IS NULL THEN 'i.grid_id IS NULL AND i.place_lft ' || coalesce('= ' || here.place_lft, 'IS NULL')
                 ELSE format('i.grid_id = ANY (%L::bigint[])', v_grids) END,
            here.lon - v_lon, here.lon + v_lon, here.lat - v_lat, here.lat + v_lat, here.lon, here.lat, p_metres);
    END IF;
    IF here.place <> '' AND here.place_lft IS NOT NULL THEN
        v_found := v_found || format('(i.place_lft = %s AND i.place = %L AND i.words @> %L)',
            here.place_lft, here.place, gridseat.bigrams(here.place));
    END IF;
    RETURN coalesce(array_to_string(v_found, ' OR '), 'false');
END $$;

-- How many, of which classes, how they ended, and the last few.
CREATE OR REPLACE FUNCTION gridseat.gathered(p_numbers bigint[], p_shown integer) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH x AS MATERIALIZED (SELECT i.* FROM gridseat.incident AS i WHERE i.number = ANY (p_numbers))
    SELECT jsonb_build_object('count', (SELECT count(*) FROM x),
        'classes', (SELECT coalesce(jsonb_agg(jsonb_build_object('class', k.code, 'count', c.n) ORDER BY c.n DESC, k.code), '[]')
                    FROM (SELECT x.class_id, count(*) AS n FROM x GROUP BY x.class_id) AS c
                    JOIN gridseat.catalogue_class AS k ON k.id = c.class_id),
        'outcomes', (SELECT coalesce(jsonb_object_agg(o.outcome, o.n), '{}')
                     FROM (SELECT coalesce(x.outcome, 'open') AS outcome, count(*) AS n FROM x GROUP BY 1) AS o),
        'cases', (SELECT coalesce(jsonb_agg(gridseat.beside_one(l) ORDER BY l.received_at DESC, l.number DESC), '[]')
                  FROM (SELECT i.* FROM gridseat.incident AS i JOIN x ON x.number = i.number
                        ORDER BY i.received_at DESC, i.number DESC LIMIT p_shown) AS l))
$$;

-- What was reported at the place of a case ("place") and in its grid ("grid") in the days before; reports that were
-- merged into others, and those under this very case, are no cases of their own.
CREATE OR REPLACE FUNCTION desk.history(p_number bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := gridseat.seen_incident(p_number);
    v_days integer := gridseat.setting('history_days', '90') #>> '{}';
    v_metres integer := gridseat.setting('history_metres', '100') #>> '{}';
    v_since timestamptz := desk.now() - make_interval(days => v_days);
    v_ask text := format('SELECT coalesce(array_agg(i.number), ''{}'') FROM gridseat.incident AS i
        WHERE i.received_at >= %L AND i.number <> %s AND i.status <> ''merged'' AND %s AND (%%s)',
        v_since, p_number, gridseat.visible_where(gridseat.me()));
    v_place bigint[];
    v_grid bigint[] := '{}';
BEGIN
    EXECUTE format(v_ask, gridseat.near_where(i, v_metres)) INTO v_place;
    IF i.grid_id IS NOT NULL THEN
        EXECUTE format(v_ask, 'i.grid_id = ' || i.grid_id) INTO v_grid;
    END IF;
    RETURN jsonb_build_object('days', v_days, 'metres', v_metres, 'point', i.lon IS NOT NULL,
        'place', gridseat.gathered(v_place, 5),
        'grid', CASE WHEN i.grid_id IS NOT NULL THEN gridseat.gathered(v_grid, 5) END);
END $$;
