-- Versions of a grid: what it was before it was drawn, named or given anew stays; one that goes is ended, and cases
-- keep it. Points are looked up among the living alone (03_tree).

-- What the grid is, up to now, beside what it was before.
CREATE OR REPLACE FUNCTION gridseat.keep_version(g gridseat.grid, p_until timestamptz) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO gridseat.grid_version (grid_id, version, name, kind, organisation_id, outline, drawn_at, until)
    VALUES (g.id, g.version, g.name, g.kind, g.organisation_id, g.outline, g.drawn_at, coalesce(g.ended_at, p_until))
$$;

-- Resources that stood in the grid, or stand where it reaches now.
CREATE OR REPLACE FUNCTION gridseat.rehome_resources(p_grid bigint) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    UPDATE gridseat.resource AS r SET grid_id = gridseat.grid_at(r.spot[0], r.spot[1])
    WHERE (r.grid_id = p_grid OR r.id IN (
        SELECT x.id FROM gridseat.grid_ring AS s JOIN gridseat.resource AS x ON x.active AND x.spot <@ box(s.ring)
        WHERE s.grid_id = p_grid))
      AND r.grid_id IS DISTINCT FROM gridseat.grid_at(r.spot[0], r.spot[1])
$$;

-- Takes a grid out of the living; its cases, its people and its outline stay as they are. Answers how much still
-- names it: {"code", "ended", "open", "staff"}, open cases as far as the caller sees them.
CREATE OR REPLACE FUNCTION desk.end_grid(p_code text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
    g gridseat.grid;
    v_open bigint;
BEGIN
    PERFORM gridseat.share_tree();
    SELECT * INTO g FROM gridseat.grid AS x WHERE x.code = p_code FOR UPDATE;
    IF g.id IS NULL THEN
        PERFORM gridseat.reject_input('no_such_grid', jsonb_build_object('grid', left(p_code, 40)));
    ELSIF NOT gridseat.governs(me, g.organisation_id) THEN
        PERFORM gridseat.refuse('outside_your_tree', jsonb_build_object('unit', g.name));
    END IF;
    g.ended_at := coalesce(g.ended_at, desk.now());
    UPDATE gridseat.grid AS x SET ended_at = g.ended_at WHERE x.id = g.id;
    PERFORM gridseat.map_changed('{"added": 0, "updated": 1}');
    PERFORM gridseat.rehome_resources(g.id);
    EXECUTE format('SELECT count(*) FROM gridseat.incident AS i WHERE i.grid_id = $1 AND i.status IN (%s) AND %s',
                   gridseat.open_list(), gridseat.visible_where(me)) INTO v_open USING g.id;
    RETURN jsonb_build_object('code', g.code, 'ended', g.ended_at, 'open', v_open,
        'staff', (SELECT count(*) FROM gridseat.staff AS s WHERE s.grid_id = g.id));
END $$;

-- The versions of a grid, the present one last: until null while it stands, else when it ended.
CREATE OR REPLACE FUNCTION gridseat.versions_of(p_grid bigint)
RETURNS TABLE (version integer, name text, kind text, organisation_id bigint, outline bytea, drawn timestamptz,
               until timestamptz, now boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.version, v.name, v.kind, v.organisation_id, v.outline, v.drawn_at, v.until, false
    FROM gridseat.grid_version AS v WHERE v.grid_id = p_grid
    UNION ALL
    SELECT g.version, g.name, g.kind, g.organisation_id, g.outline, g.drawn_at, g.ended_at, true
    FROM gridseat.grid AS g WHERE g.id = p_grid
$$;

-- The case's grid as it was when the case was recorded; no row for a case without a grid. now: it is so still.
CREATE OR REPLACE FUNCTION desk.grid_at(p_number bigint)
RETURNS TABLE (code text, version integer, name text, kind text, organisation text, outline bytea, drawn timestamptz,
               until timestamptz, now boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := gridseat.seen_incident(p_number);
BEGIN
    RETURN QUERY
    SELECT g.code, v.version, v.name, v.kind, o.code, v.outline, v.drawn, v.until, v.now AND g.ended_at IS NULL
    FROM gridseat.grid AS g
    CROSS JOIN LATERAL (SELECT x.* FROM gridseat.versions_of(g.id) AS x
                        WHERE x.now OR x.until > i.recorded_at ORDER BY x.version LIMIT 1) AS v
    JOIN gridseat.organisation AS o ON o.id = v.organisation_id
    WHERE g.id = i.grid_id;
END $$;

-- The same for the case's card: null where the grid stands as it did. {"version", "name", "until", "ended"}.
CREATE OR REPLACE FUNCTION gridseat.grid_then(i gridseat.incident) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('version', v.version, 'name', v.name, 'until', v.until, 'ended', v.now)
    FROM gridseat.grid AS g
    CROSS JOIN LATERAL (SELECT x.* FROM gridseat.versions_of(g.id) AS x
                        WHERE x.now OR x.until > i.recorded_at ORDER BY x.version LIMIT 1) AS v
    WHERE g.id = i.grid_id AND (g.ended_at IS NOT NULL OR NOT v.now)
$$;

-- Outlines of one version of a grid, for the map; the present one where none is named.
CREATE OR REPLACE FUNCTION desk.grid_outline(p_code text, p_version integer DEFAULT NULL) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.me();
    RETURN (SELECT v.outline FROM gridseat.grid AS g CROSS JOIN LATERAL gridseat.versions_of(g.id) AS v
            WHERE g.code = p_code AND v.version = coalesce(p_version, g.version));
END $$;

-- When grids of a kind began, changed or went: between two of these instants the map is the same. What stood from the
-- first of them on is taken to have stood before: nobody told when it was really drawn.
CREATE OR REPLACE FUNCTION desk.grid_changes(p_kind text) RETURNS timestamptz[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.me();
    RETURN (SELECT coalesce(array_agg(DISTINCT c.at ORDER BY c.at), '{}')
            FROM (SELECT unnest(ARRAY[g.drawn_at, g.ended_at]) FROM gridseat.grid AS g WHERE g.kind = p_kind
                  UNION ALL
                  SELECT unnest(ARRAY[v.drawn_at, v.until]) FROM gridseat.grid_version AS v WHERE v.kind = p_kind) AS c (at)
            WHERE c.at IS NOT NULL);
END $$;

-- What was other than today at an instant: the grids of a kind as they stood, and without an outline those that were not
-- there.
CREATE OR REPLACE FUNCTION desk.grids_then(p_kind text, p_at timestamptz)
RETURNS TABLE (code text, name text, organisation text, outline bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_first timestamptz := (
        SELECT min(coalesce(x.drawn_at, '-infinity')) FROM (
            SELECT g.drawn_at FROM gridseat.grid AS g WHERE g.kind = p_kind
            UNION ALL SELECT v.drawn_at FROM gridseat.grid_version AS v WHERE v.kind = p_kind) AS x);
    v_at timestamptz := greatest(p_at, v_first);
BEGIN
    PERFORM gridseat.me();
    RETURN QUERY
    SELECT g.code, coalesce(v.name, g.name), o.code, v.outline
    FROM gridseat.grid AS g
    LEFT JOIN LATERAL (SELECT x.* FROM gridseat.versions_of(g.id) AS x
                       WHERE x.kind = p_kind AND coalesce(x.drawn, '-infinity') <= v_at
                         AND coalesce(x.until, 'infinity') > v_at) AS v ON true
    JOIN gridseat.organisation AS o ON o.id = coalesce(v.organisation_id, g.organisation_id)
    WHERE (g.drawn_at > v_at OR g.ended_at IS NOT NULL)
      AND (v.version IS NOT NULL OR g.kind = p_kind AND g.ended_at IS NULL)
    ORDER BY g.code;
END $$;
