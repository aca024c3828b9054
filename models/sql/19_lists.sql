-- Lists of cases that are known by their numbers, such as those behind a figure: which come first, and what a page shows.

-- What a list shows of these cases, in their order; at most a thousand, those that the caller does not see are left out.
CREATE OR REPLACE FUNCTION desk.case_lines(p_numbers bigint[])
RETURNS TABLE (number bigint, status text, title text, class_name text, township text, community text, place text, unit text,
               received double precision, due double precision, closed double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT b.number, b.status, b.title, b.class_name, b.township, b.community, b.place, b.unit, b.received, b.due,
                extract(epoch FROM i.closed_at)::float8
         FROM unnest($1) WITH ORDINALITY AS w (number, at) JOIN gridseat.incident AS i ON i.number = w.number
         JOIN gridseat.board_row AS b ON b.number = i.number WHERE %s ORDER BY w.at', gridseat.visible_where(me))
    USING p_numbers[:1000];
END $$;

-- These cases in the order of a column ('' : as they are told), the last first with p_down; of those with no value there the
-- order is that of their numbers, after all others. p_find: those alone in which each of its words stands.
CREATE OR REPLACE FUNCTION desk.case_order(p_numbers bigint[], p_find text, p_sort text, p_down boolean) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    v_by text := gridseat.case_sorts() ->> p_sort;
    v_words text[] := array_remove(regexp_split_to_array(lower(left(p_find, 100)), '\s+'), '');
    v_found bigint[];
BEGIN
    IF gridseat.is_wall(me) THEN
        PERFORM gridseat.refuse('seats_only');
    ELSIF v_by IS NULL THEN
        PERFORM gridseat.reject_input('not_one_of', jsonb_build_object('option', 'sort', 'value', left(p_sort, 40),
            'values', (SELECT string_agg(k, ', ' ORDER BY k) FROM jsonb_object_keys(gridseat.case_sorts()) AS k WHERE k <> '')));
    END IF;
    EXECUTE format(
        'SELECT array_agg(i.number ORDER BY %s %s NULLS LAST, w.at)
         FROM unnest($1) WITH ORDINALITY AS w (number, at) JOIN gridseat.incident AS i ON i.number = w.number
         JOIN gridseat.catalogue_class AS k ON k.id = i.class_id
         LEFT JOIN gridseat.organisation AS o ON o.id = i.organisation_id LEFT JOIN gridseat.organisation AS q ON q.id = o.parent_id
         LEFT JOIN gridseat.organisation AS u ON u.id = i.lead_unit_id LEFT JOIN gridseat.grid AS h ON h.id = i.lead_grid_id
         WHERE %s AND %s', v_by, CASE WHEN p_down THEN 'DESC' END, gridseat.visible_where(me), coalesce((
            SELECT string_agg(format('strpos(lower(concat_ws('' '', i.number, i.title, i.place, k.name, o.name, o.alias, q.name,
                                                             q.alias, h.name, u.name, u.alias)), %L) > 0', x), ' AND ')
            FROM unnest(v_words) AS x), 'true'))
    INTO v_found USING p_numbers;
    RETURN coalesce(v_found, '{}');
END $$;

-- By what lists of cases are sorted; those of texts by their characters, alike on every machine.
CREATE OR REPLACE FUNCTION gridseat.case_sorts() RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('', 'w.at', 'number', 'i.number', 'received', 'i.received_at', 'due', 'i.due', 'closed', 'i.closed_at',
        'title', 'i.title COLLATE "C"', 'class_name', 'i.class_id', 'unit', 'coalesce(h.name, u.alias, u.name) COLLATE "C"',
        'place', 'coalesce(i.place_lft, i.centre_lft)',
        'status', 'array_position(ARRAY[''reported'', ''accepted'', ''dispatched'', ''handling'', ''suspended'', ''handled'',
                   ''verified'', ''closed'', ''rejected'', ''merged'', ''cancelled''], i.status)')
$$;
