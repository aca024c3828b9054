-- Imports of the list of responsibilities (权责清单): which unit answers for which class, as lead or beside it.

-- The unit so called in the centre's tree; else the only one anywhere.
CREATE OR REPLACE FUNCTION gridseat.unit_within(p_text text, p_centre bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce((
        SELECT min(o.id) FROM gridseat.organisation AS c
        JOIN gridseat.organisation AS o ON o.lft BETWEEN c.lft AND c.rgt AND p_text IN (o.name, o.alias)
        WHERE c.id = p_centre HAVING count(*) = 1), gridseat.find_organisation(p_text));
END $$;

-- A county's administrator speaks for the county: without a centre a row holds for whatever they stand over.
CREATE OR REPLACE FUNCTION gridseat.take_responsibility(
    p_me gridseat.person, p_group text, p_type text, p_unit text, p_local text, p_role text, p_centre text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_class bigint := (SELECT k.id FROM gridseat.catalogue_class AS k WHERE k.code = p_group || '/' || p_type);
    v_centre bigint := p_me.organisation_id;
    v_unit bigint;
    v_facts text;
    r gridseat.responsibility;
BEGIN
    IF p_type IS NOT NULL AND v_class IS NULL
       OR NOT EXISTS (SELECT FROM gridseat.catalogue_class AS k WHERE k.group_name = p_group) THEN
        RETURN gridseat.refused_row('no_such_class', jsonb_build_object('class', left(concat_ws('/', p_group, p_type), 80)));
    END IF;
    IF p_centre IS NOT NULL THEN
        v_centre := gridseat.find_organisation(p_centre);
        IF v_centre IS NULL THEN
            RETURN gridseat.refused_row('no_such_unit', jsonb_build_object('unit', left(p_centre, 40)));
        ELSIF NOT gridseat.governs(p_me, v_centre) THEN
            RETURN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', left(p_centre, 40)));
        END IF;
    END IF;
    IF p_local IS NULL THEN
        v_unit := gridseat.unit_within(p_unit, v_centre);
        IF v_unit IS NULL THEN
            RETURN gridseat.refused_row('no_such_unit', jsonb_build_object('unit', left(p_unit, 40)));
        END IF;
    END IF;
    SELECT * INTO r FROM gridseat.responsibility AS x
    WHERE x.group_name = p_group AND x.class_id IS NOT DISTINCT FROM v_class AND x.unit_id IS NOT DISTINCT FROM v_unit
      AND x.local IS NOT DISTINCT FROM p_local AND x.centre_id IS NOT DISTINCT FROM v_centre FOR UPDATE;
    IF coalesce(r.role, 'none') = p_role THEN
        RETURN '"unchanged"';
    ELSIF r.id IS NULL THEN
        INSERT INTO gridseat.responsibility (group_name, class_id, unit_id, local, centre_id, role)
        VALUES (p_group, v_class, v_unit, p_local, v_centre, p_role);
        RETURN '"added"';
    ELSIF p_role = 'none' THEN
        DELETE FROM gridseat.responsibility WHERE id = r.id;
    ELSE
        UPDATE gridseat.responsibility SET role = p_role WHERE id = r.id;
    END IF;
    RETURN '"updated"';
EXCEPTION WHEN SQLSTATE 'GS002' THEN
    GET STACKED DIAGNOSTICS v_facts = PG_EXCEPTION_DETAIL;
    RETURN gridseat.refused_row(SQLERRM, v_facts::jsonb);
END $$;

-- [{"line", "group", "type", "unit", "local", "role", "centre"}]: role lead, co or none, which takes a row away; local
-- in place of unit: grid, community or township of the place. One import at a time, so that nothing goes in twice.
CREATE OR REPLACE FUNCTION desk.import_responsibilities(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
BEGIN
    PERFORM gridseat.share_tree();
    LOCK TABLE gridseat.responsibility IN SHARE ROW EXCLUSIVE MODE;
    RETURN gridseat.tally((
        SELECT jsonb_agg(jsonb_build_array(r.line,
            gridseat.take_responsibility(me, r."group", r.type, r.unit, r.local, r.role, r.centre)))
        FROM jsonb_to_recordset(p_rows)
            AS r (line integer, "group" text, type text, unit text, local text, role text, centre text)));
END $$;
