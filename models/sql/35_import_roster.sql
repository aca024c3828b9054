-- Imports of the roster (值班表): who is on duty when, and which centre stands in for which (夜间代班).

-- Stood for by the person's own centre; somebody of no organisation serves the centre itself.
CREATE OR REPLACE FUNCTION gridseat.take_shift(
    p_me gridseat.person, p_person text, p_centre text, p_starts timestamptz, p_ends timestamptz)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person;
    c gridseat.organisation;
    s gridseat.shift;
    v_by bigint;
BEGIN
    SELECT * INTO p FROM gridseat.person AS x
    WHERE x.login = p_person AND x.positions <> '{}' AND x.disabled_at IS NULL
      AND (x.organisation_id IS NULL OR x.organisation_id = ANY (desk.my_circle()));
    SELECT * INTO c FROM gridseat.organisation AS x WHERE x.code = p_centre;
    IF p.id IS NULL THEN
        RETURN gridseat.refused_row('row_no_person', jsonb_build_object('person', left(p_person, 40)));
    ELSIF c.id IS NULL THEN
        RETURN gridseat.refused_row('row_no_organisation', jsonb_build_object('organisation', left(p_centre, 40)));
    ELSIF NOT c.centre THEN
        RETURN gridseat.refused_row('row_not_a_centre', jsonb_build_object('centre', c.name));
    ELSIF NOT gridseat.governs(p_me, c.id) THEN
        RETURN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', c.name));
    ELSIF p_ends <= p_starts THEN
        RETURN gridseat.refused_row('row_backwards');
    ELSIF p_ends > p_starts + interval '7 days' THEN
        RETURN gridseat.refused_row('row_shift_long', '{"days": 7}');
    END IF;
    v_by := coalesce(gridseat.centre_at(p.organisation_id), c.id);
    SELECT * INTO s FROM gridseat.shift AS x
    WHERE x.person_id = p.id AND x.centre_id = c.id AND x.starts = p_starts FOR UPDATE;
    IF s.id IS NULL THEN
        INSERT INTO gridseat.shift (centre_id, by_centre_id, person_id, starts, ends)
        VALUES (c.id, v_by, p.id, p_starts, p_ends);
        RETURN '"added"';
    ELSIF (s.by_centre_id, s.ends) = (v_by, p_ends) THEN
        RETURN '"unchanged"';
    END IF;
    UPDATE gridseat.shift SET by_centre_id = v_by, ends = p_ends WHERE id = s.id;
    RETURN '"updated"';
END $$;

-- [{"line", "person", "centre", "starts", "ends"}]: person by login, centre by code. Known again by person, centre and
-- start; one import at a time, so that nothing goes in twice.
CREATE OR REPLACE FUNCTION desk.import_roster(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
BEGIN
    PERFORM gridseat.share_tree();
    LOCK TABLE gridseat.shift IN SHARE ROW EXCLUSIVE MODE;
    RETURN gridseat.tally((
        SELECT jsonb_agg(jsonb_build_array(r.line, gridseat.take_shift(me, r.person, r.centre, r.starts, r.ends)))
        FROM jsonb_to_recordset(p_rows)
            AS r (line integer, person text, centre text, starts timestamptz, ends timestamptz)));
END $$;
