-- Registers beside the daily work: households of grids, message groups, calls of the telephone system.

-- [{"line", "grid_code", "households"}]
CREATE OR REPLACE FUNCTION desk.import_grid_households(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_importer();
    v_told jsonb;
BEGIN
    PERFORM gridseat.share_tree();
    WITH told AS MATERIALIZED (
        SELECT x.line, x.households, g.id AS grid_id, g.organisation_id, CASE
            WHEN g.id IS NULL THEN gridseat.refused_row('row_no_grid', jsonb_build_object('grid', left(x.grid_code, 40)))
            WHEN (x.households BETWEEN 0 AND 1000000) IS NOT TRUE
                THEN gridseat.refused_row('row_count', jsonb_build_object('count', x.households, 'most', 1000000))
            WHEN NOT gridseat.governs(me, g.organisation_id)
                THEN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', g.name)) END AS fault
        FROM jsonb_to_recordset(p_rows) AS x (line integer, grid_code text, households bigint)
        LEFT JOIN gridseat.grid AS g ON g.code = x.grid_code AND g.ended_at IS NULL
    ), put AS (
        INSERT INTO gridseat.grid_households AS h (grid_id, organisation_id, households)
        SELECT t.grid_id, t.organisation_id, t.households FROM told AS t WHERE t.fault IS NULL
        ON CONFLICT (grid_id) DO UPDATE SET households = excluded.households, organisation_id = excluded.organisation_id
        WHERE (h.households, h.organisation_id) <> (excluded.households, excluded.organisation_id)
        RETURNING h.grid_id, h.xmax = 0 AS added)
    SELECT gridseat.tally(jsonb_agg(jsonb_build_array(t.line, gridseat.verdict(t.fault, p.added)))) INTO v_told
    FROM told AS t LEFT JOIN put AS p ON p.grid_id = t.grid_id;
    RETURN v_told;
END $$;

-- [{"line", "code", "name", "organisation_code", "grid_code", "joined", "last_message"}]: households joined.
CREATE OR REPLACE FUNCTION desk.import_groups(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_importer();
    v_told jsonb;
    v_today date := gridseat.day_of(desk.now(), gridseat.fold_zone());
BEGIN
    PERFORM gridseat.share_tree();
    WITH told AS MATERIALIZED (
        SELECT x.line, x.code, x.name, o.id AS organisation_id, g.id AS grid_id, x.joined, x.last_message,
               coalesce(CASE
            WHEN NOT gridseat.well_formed(x.code, x.name)
                THEN gridseat.refused_row('row_malformed', jsonb_build_object('value', left(x.code, 40)))
            WHEN o.id IS NULL THEN gridseat.refused_row('row_no_organisation',
                jsonb_build_object('organisation', left(x.organisation_code, 40)))
            WHEN x.grid_code IS NOT NULL AND g.id IS NULL
                THEN gridseat.refused_row('row_no_grid', jsonb_build_object('grid', left(x.grid_code, 40)))
            WHEN (x.joined BETWEEN 0 AND 1000000) IS NOT TRUE
                THEN gridseat.refused_row('row_count', jsonb_build_object('count', x.joined, 'most', 1000000))
            WHEN NOT (gridseat.governs(me, o.id) AND (m.id IS NULL OR gridseat.governs(me, m.organisation_id)))
                THEN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', o.name)) END,
            CASE WHEN x.last_message IS NOT NULL THEN gridseat.day_fault(x.last_message, v_today) END) AS fault
        FROM jsonb_to_recordset(p_rows) AS x (line integer, code text, name text, organisation_code text, grid_code text,
                                              joined bigint, last_message date)
        LEFT JOIN gridseat.organisation AS o ON o.code = x.organisation_code
        LEFT JOIN gridseat.grid AS g ON g.code = x.grid_code AND g.organisation_id = o.id AND g.ended_at IS NULL
        LEFT JOIN gridseat.message_group AS m ON m.code = x.code
    ), put AS (
        INSERT INTO gridseat.message_group AS m (code, name, organisation_id, grid_id, joined, last_message)
        SELECT t.code, t.name, t.organisation_id, t.grid_id, t.joined, t.last_message FROM told AS t WHERE t.fault IS NULL
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, organisation_id = excluded.organisation_id,
            grid_id = excluded.grid_id, joined = excluded.joined, last_message = coalesce(excluded.last_message, m.last_message)
        WHERE (m.name, m.organisation_id, m.grid_id, m.joined, m.last_message) IS DISTINCT FROM
              (excluded.name, excluded.organisation_id, excluded.grid_id, excluded.joined,
               coalesce(excluded.last_message, m.last_message))
        RETURNING m.code, m.xmax = 0 AS added)
    SELECT gridseat.tally(jsonb_agg(jsonb_build_array(t.line, gridseat.verdict(t.fault, p.added)))) INTO v_told
    FROM told AS t LEFT JOIN put AS p ON p.code = t.code;
    RETURN v_told;
END $$;

-- [{"line", "code", "centre_code", "rang", "answered", "seat"}]: the system's own number of the call, the seat by login.
-- Who called is not taken.
CREATE OR REPLACE FUNCTION desk.import_calls(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_importer();
    v_told jsonb;
    v_zone text := gridseat.fold_zone();
    v_today date := gridseat.day_of(desk.now(), v_zone);
BEGIN
    PERFORM gridseat.share_tree();
    WITH told AS MATERIALIZED (
        SELECT x.line, x.code, o.id AS organisation_id, x.rang, x.answered, q.id AS person_id,
               gridseat.day_of(x.rang, v_zone) AS day, coalesce(CASE
            WHEN NOT gridseat.well_formed(x.code, '—')
                THEN gridseat.refused_row('row_malformed', jsonb_build_object('value', left(x.code, 40)))
            WHEN o.id IS NULL THEN gridseat.refused_row('row_no_organisation',
                jsonb_build_object('organisation', left(x.centre_code, 40)))
            WHEN NOT o.centre THEN gridseat.refused_row('row_not_a_centre', jsonb_build_object('centre', o.name))
            WHEN x.seat IS NOT NULL AND q.id IS NULL
                THEN gridseat.refused_row('row_no_person', jsonb_build_object('person', left(x.seat, 40)))
            WHEN NOT gridseat.governs(me, o.id)
                THEN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', o.name))
            WHEN x.answered < x.rang THEN gridseat.refused_row('row_backwards') END,
            gridseat.day_fault(gridseat.day_of(x.rang, v_zone), v_today)) AS fault
        FROM jsonb_to_recordset(p_rows)
            AS x (line integer, code text, centre_code text, rang timestamptz, answered timestamptz, seat text)
        LEFT JOIN gridseat.organisation AS o ON o.code = x.centre_code
        LEFT JOIN gridseat.person AS q ON q.login = x.seat AND q.organisation_id = ANY (desk.my_circle())
    ), put AS (
        INSERT INTO gridseat.call AS c (organisation_id, code, day, rang, answered, person_id)
        SELECT t.organisation_id, t.code, t.day, t.rang, t.answered, t.person_id FROM told AS t WHERE t.fault IS NULL
        ON CONFLICT (organisation_id, code) DO UPDATE SET day = excluded.day, rang = excluded.rang,
            answered = excluded.answered, person_id = excluded.person_id
        WHERE (c.rang, c.answered, c.person_id) IS DISTINCT FROM (excluded.rang, excluded.answered, excluded.person_id)
        RETURNING c.organisation_id, c.code, c.xmax = 0 AS added)
    SELECT gridseat.tally(jsonb_agg(jsonb_build_array(t.line, gridseat.verdict(t.fault, p.added)))) INTO v_told
    FROM told AS t LEFT JOIN put AS p ON (p.organisation_id, p.code) = (t.organisation_id, t.code);
    RETURN v_told;
END $$;
