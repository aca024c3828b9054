-- Imports of grids and of the people who work in them.

-- What the grid was is kept (72_grid_versions); one that had ended stands again.
-- p_outline: well-known binary in hex, WGS-84; p_rings: [{"hole", "ring": "((x,y),…)"}].
CREATE OR REPLACE FUNCTION gridseat.take_grid(
    p_me gridseat.person, p_code text, p_name text, p_kind text, p_organisation text, p_outline text, p_rings jsonb,
    p_initials text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    g gridseat.grid;
    v_organisation bigint := (SELECT o.id FROM gridseat.organisation AS o WHERE o.code = p_organisation);
    v_outline bytea := decode(p_outline, 'hex');
    v_now timestamptz := desk.now();
BEGIN
    SELECT * INTO g FROM gridseat.grid AS x WHERE x.code = p_code FOR UPDATE;
    IF NOT gridseat.well_formed(p_code, p_name) THEN
        RETURN gridseat.refused_row('row_malformed', jsonb_build_object('value', left(p_code, 40)));
    ELSIF v_organisation IS NULL THEN
        RETURN gridseat.refused_row('row_no_organisation', jsonb_build_object('organisation', left(p_organisation, 40)));
    ELSIF g.ended_at IS NULL AND (g.name, g.kind, g.organisation_id, g.outline) = (p_name, p_kind, v_organisation, v_outline) THEN
        RETURN '"unchanged"';
    ELSIF NOT (gridseat.governs(p_me, v_organisation)
               AND (g.id IS NULL OR gridseat.governs(p_me, g.organisation_id))) THEN
        RETURN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', p_name));
    END IF;
    IF g.id IS NOT NULL THEN
        PERFORM gridseat.keep_version(g, v_now);
    END IF;
    INSERT INTO gridseat.grid AS x (code, name, kind, organisation_id, outline, initials, drawn_at)
    VALUES (p_code, p_name, p_kind, v_organisation, v_outline, coalesce(p_initials, ''), v_now)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind,
        organisation_id = excluded.organisation_id, outline = excluded.outline, initials = excluded.initials,
        version = x.version + 1, drawn_at = excluded.drawn_at, ended_at = NULL
    RETURNING x.id INTO v_organisation;
    DELETE FROM gridseat.grid_ring WHERE grid_id = g.id;
    INSERT INTO gridseat.grid_ring (grid_id, hole, ring)
    SELECT v_organisation, r.hole, r.ring FROM jsonb_to_recordset(p_rings) AS r (hole boolean, ring polygon);
    PERFORM gridseat.rehome_resources(v_organisation);
    RETURN CASE WHEN g.id IS NULL THEN '"added"' ELSE '"updated"' END::jsonb;
END $$;

-- [{"line", "code", "name", "kind", "organisation", "outline", "rings", "initials"}].
CREATE OR REPLACE FUNCTION desk.import_grids(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
BEGIN
    PERFORM gridseat.share_tree();
    RETURN gridseat.map_changed(gridseat.tally((
        SELECT jsonb_agg(jsonb_build_array(r.line,
            gridseat.take_grid(me, r.code, r.name, r.kind, r.organisation, r.outline, r.rings, r.initials)))
        FROM jsonb_to_recordset(p_rows) AS r (line integer, code text, name text, kind text, organisation text,
                                              outline text, rings jsonb, initials text))));
END $$;

-- Whoever names only a grid belongs to the grid's organisation.
CREATE OR REPLACE FUNCTION gridseat.take_staff(
    p_me gridseat.person, p_code text, p_name text, p_kind text, p_grid text, p_organisation text, p_phone text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s gridseat.staff;
    g gridseat.grid;
    v_organisation bigint := (SELECT o.id FROM gridseat.organisation AS o WHERE o.code = p_organisation);
BEGIN
    SELECT * INTO s FROM gridseat.staff AS x WHERE x.code = p_code;
    SELECT * INTO g FROM gridseat.grid AS x WHERE x.code = p_grid AND x.ended_at IS NULL;
    IF NOT gridseat.well_formed(p_code, p_name) OR length(p_phone) > 40 THEN
        RETURN gridseat.refused_row('row_malformed', jsonb_build_object('value', left(p_code, 40)));
    ELSIF p_grid IS NOT NULL AND g.id IS NULL THEN
        RETURN gridseat.refused_row('row_no_grid', jsonb_build_object('grid', left(p_grid, 40)));
    ELSIF p_organisation IS NOT NULL AND v_organisation IS NULL THEN
        RETURN gridseat.refused_row('row_no_organisation', jsonb_build_object('organisation', left(p_organisation, 40)));
    END IF;
    v_organisation := coalesce(v_organisation, g.organisation_id);
    IF v_organisation IS NULL THEN
        RETURN gridseat.refused_row('row_homeless');
    ELSIF NOT (gridseat.governs(p_me, v_organisation)
               AND (s.id IS NULL OR gridseat.governs(p_me, s.organisation_id))) THEN
        RETURN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', p_name));
    ELSIF (s.name, s.kind, s.organisation_id) = (p_name, p_kind, v_organisation)
      AND (s.grid_id, s.phone) IS NOT DISTINCT FROM (g.id, p_phone) THEN
        RETURN '"unchanged"';
    END IF;
    INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id, phone)
    VALUES (p_code, p_name, p_kind, g.id, v_organisation, p_phone)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, grid_id = excluded.grid_id,
        organisation_id = excluded.organisation_id, phone = excluded.phone;
    RETURN CASE WHEN s.id IS NULL THEN '"added"' ELSE '"updated"' END::jsonb;
END $$;

-- [{"line", "code", "name", "kind", "grid", "organisation", "phone"}].
CREATE OR REPLACE FUNCTION desk.import_staff(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
BEGIN
    PERFORM gridseat.share_tree();
    RETURN gridseat.tally((
        SELECT jsonb_agg(jsonb_build_array(r.line,
            gridseat.take_staff(me, r.code, r.name, r.kind, r.grid, r.organisation, r.phone)))
        FROM jsonb_to_recordset(p_rows)
            AS r (line integer, code text, name text, kind text, grid text, organisation text, phone text)));
END $$;
