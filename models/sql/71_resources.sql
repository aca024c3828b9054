-- Resources: stations, cameras, hydrants … that stand at a point, and the outlines of organisations. Everybody who signs
-- in may know them, as they know the grids; a telephone number is told whole to those alone who may have to call there.

ALTER TABLE gridseat.resource ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS standing ON gridseat.resource;
CREATE POLICY standing ON gridseat.resource FOR SELECT USING (active);

-- Work numbers are for the seats and supervisors of the circle; to others masked, to the wall not at all. Asked row by
-- row, so the planner has to take it in.
CREATE OR REPLACE FUNCTION gridseat.work_phone(p_phone text, p_whole boolean, p_wall boolean) RETURNS text
LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN p_whole THEN p_phone WHEN NOT p_wall AND p_phone <> '' THEN gridseat.mask('phone', p_phone) END $$;

CREATE OR REPLACE FUNCTION gridseat.is_wall(p gridseat.person) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT 'wall' = ANY (p.positions) $$;

-- The organisations of whose numbers the caller is told the whole.
CREATE OR REPLACE FUNCTION gridseat.numbers_of(me gridseat.person) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE WHEN gridseat.is_seat(me) THEN desk.my_circle() ELSE '{}' END $$;

-- All kinds where none is named; a kind that is none is bad input.
CREATE OR REPLACE FUNCTION gridseat.kinds_asked(p_kinds text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_all text[] := ARRAY(SELECT k.key FROM gridseat.resource_kind AS k ORDER BY k.place);
BEGIN
    IF NOT coalesce(p_kinds, '{}') <@ v_all THEN
        PERFORM gridseat.reject_input('no_such_kind', jsonb_build_object('known', array_to_string(v_all, ', '), 'kind',
            (SELECT string_agg(left(k, 40), ', ') FROM unnest(p_kinds) AS k WHERE k <> ALL (v_all))));
    END IF;
    RETURN coalesce(nullif(p_kinds, '{}'), v_all);
END $$;

-- By kind in the order of the list, then by place in the tree.
CREATE OR REPLACE FUNCTION desk.resources(p_kinds text[] DEFAULT NULL)
RETURNS TABLE (code text, name text, kind text, organisation text, organisation_name text, grid_code text,
               lon float8, lat float8, raw_lon float8, raw_lat float8, datum text, phone text, note text, initials text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    v_kinds text[] := gridseat.kinds_asked(p_kinds);
    v_told bigint[] := gridseat.numbers_of(me);
    v_wall boolean := gridseat.is_wall(me);
BEGIN
    RETURN QUERY
    SELECT r.code, r.name, r.kind, o.code, coalesce(o.alias, o.name), g.code, r.spot[0], r.spot[1], r.raw[0], r.raw[1],
           r.datum, gridseat.work_phone(r.phone, o.id = ANY (v_told), v_wall), r.note, r.initials
    FROM gridseat.resource AS r
    JOIN gridseat.resource_kind AS k ON k.key = r.kind
    JOIN gridseat.organisation AS o ON o.id = r.organisation_id
    LEFT JOIN gridseat.grid AS g ON g.id = r.grid_id
    WHERE r.active AND r.kind = ANY (v_kinds)
    ORDER BY k.place, o.lft, r.code;
END $$;

CREATE OR REPLACE FUNCTION gridseat.is_spot(p_lon float8, p_lat float8) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce(p_lon BETWEEN -180 AND 180 AND p_lat BETWEEN -90 AND 90, false) $$;

-- r: what the row says; known again by organisation and code. Whose datum is unknown stands nowhere that can be said.
CREATE OR REPLACE FUNCTION gridseat.take_resource(p_me gridseat.person, r gridseat.resource, p_organisation text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    x gridseat.resource;
BEGIN
    r.organisation_id := (SELECT o.id FROM gridseat.organisation AS o WHERE o.code = p_organisation);
    IF NOT gridseat.well_formed(r.code, r.name) OR length(r.phone) > 40 OR length(r.note) > 400
       OR NOT gridseat.is_spot(r.spot[0], r.spot[1]) OR NOT gridseat.is_spot(r.raw[0], r.raw[1])
       OR (r.datum IN ('WGS-84', 'CGCS2000', 'GCJ-02', 'BD-09')) IS NOT TRUE THEN
        RETURN gridseat.refused_row('row_malformed', jsonb_build_object('value', left(r.code, 40)));
    ELSIF r.organisation_id IS NULL THEN
        RETURN gridseat.refused_row('row_no_organisation', jsonb_build_object('organisation', left(p_organisation, 40)));
    ELSIF (r.kind IN (SELECT k.key FROM gridseat.resource_kind AS k)) IS NOT TRUE THEN
        RETURN gridseat.refused_row('row_no_kind', jsonb_build_object('kind', left(r.kind, 40)));
    ELSIF NOT gridseat.governs(p_me, r.organisation_id) THEN
        RETURN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', r.name));
    END IF;
    SELECT * INTO x FROM gridseat.resource AS y
    WHERE y.organisation_id = r.organisation_id AND y.code = r.code FOR UPDATE;
    r.grid_id := gridseat.grid_at(r.spot[0], r.spot[1]);
    IF x.id IS NULL THEN
        INSERT INTO gridseat.resource (organisation_id, code, name, kind, grid_id, spot, raw, datum, phone, note,
                                       initials, active)
        VALUES (r.organisation_id, r.code, r.name, r.kind, r.grid_id, r.spot, r.raw, r.datum, r.phone, r.note,
                r.initials, r.active);
        RETURN '"added"';
    ELSIF to_jsonb(x) - 'id' = to_jsonb(r) - 'id' THEN
        RETURN '"unchanged"';
    END IF;
    UPDATE gridseat.resource AS y SET name = r.name, kind = r.kind, grid_id = r.grid_id, spot = r.spot, raw = r.raw,
        datum = r.datum, phone = r.phone, note = r.note, initials = r.initials, active = r.active
    WHERE y.id = x.id;
    RETURN '"updated"';
END $$;

-- [{"line", "code", "name", "kind", "organisation", "lon", "lat", "raw_lon", "raw_lat", "datum", "phone", "note",
-- "initials", "active"}]: WGS-84 beside what came (the same where only lon and lat are told), active unless told false.
CREATE OR REPLACE FUNCTION desk.import_resources(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
BEGIN
    PERFORM gridseat.share_tree();
    RETURN gridseat.map_changed(gridseat.tally((
        SELECT jsonb_agg(jsonb_build_array(r.line, gridseat.take_resource(me, ROW (NULL, NULL, r.code, r.name, r.kind,
            NULL, point(r.lon, r.lat), point(coalesce(r.raw_lon, r.lon), coalesce(r.raw_lat, r.lat)),
            coalesce(r.datum, 'WGS-84'), nullif(r.phone, ''), coalesce(r.note, ''), coalesce(r.initials, ''),
            coalesce(r.active, true))::gridseat.resource, r.organisation)))
        FROM jsonb_to_recordset(p_rows) AS r (line integer, code text, name text, kind text, organisation text,
            lon float8, lat float8, raw_lon float8, raw_lat float8, datum text, phone text, note text, initials text,
            active boolean))));
END $$;

-- Given outlines of the organisations of a level (null: of all); no row: none is given, and the grids tell the border.
CREATE OR REPLACE FUNCTION desk.outlines(p_level text DEFAULT NULL)
RETURNS TABLE (code text, name text, level text, outline bytea, drawn timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.me();
    RETURN QUERY
    SELECT o.code, coalesce(o.alias, o.name), o.level, l.outline, l.drawn_at
    FROM gridseat.organisation_outline AS l JOIN gridseat.organisation AS o ON o.id = l.organisation_id
    WHERE o.level = coalesce(p_level, o.level) ORDER BY o.lft;
END $$;

CREATE OR REPLACE FUNCTION gridseat.take_outline(p_me gridseat.person, p_organisation text, p_outline text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_organisation bigint := (SELECT o.id FROM gridseat.organisation AS o WHERE o.code = p_organisation);
    v_outline bytea := decode(p_outline, 'hex');
    v_before bytea := (SELECT l.outline FROM gridseat.organisation_outline AS l WHERE l.organisation_id = v_organisation);
BEGIN
    IF v_organisation IS NULL THEN
        RETURN gridseat.refused_row('row_no_organisation', jsonb_build_object('organisation', left(p_organisation, 40)));
    ELSIF NOT gridseat.governs(p_me, v_organisation) THEN
        RETURN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', p_organisation));
    ELSIF v_before = v_outline THEN
        RETURN '"unchanged"';
    END IF;
    INSERT INTO gridseat.organisation_outline AS l (organisation_id, outline, drawn_at)
    VALUES (v_organisation, v_outline, desk.now())
    ON CONFLICT (organisation_id) DO UPDATE SET outline = excluded.outline, drawn_at = excluded.drawn_at;
    RETURN CASE WHEN v_before IS NULL THEN '"added"' ELSE '"updated"' END::jsonb;
END $$;

-- [{"line", "organisation", "outline"}]: the organisation by code, well-known binary in hex, WGS-84.
CREATE OR REPLACE FUNCTION desk.import_outlines(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
BEGIN
    PERFORM gridseat.share_tree();
    RETURN gridseat.map_changed(gridseat.tally((
        SELECT jsonb_agg(jsonb_build_array(r.line, gridseat.take_outline(me, r.organisation, r.outline)))
        FROM jsonb_to_recordset(p_rows) AS r (line integer, organisation text, outline text))));
END $$;
