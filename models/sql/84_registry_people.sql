-- What is known of a person: shown with a reason, erased on request, forgotten some years after they have left.

-- Which kinds of people of a centre may look at records of an organisation's subtree: seats, supervisors, admins.
CREATE OR REPLACE FUNCTION gridseat.registry_reader(p_organisation bigint) RETURNS gridseat.person
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
BEGIN
    IF NOT me.positions && ARRAY['seat', 'supervisor', 'admin'] THEN
        PERFORM gridseat.refuse('registry_not_yours');
    ELSIF NOT gridseat.governs(me, p_organisation) THEN
        PERFORM gridseat.refuse('outside_your_tree', jsonb_build_object('unit',
            (SELECT o.name FROM gridseat.organisation AS o WHERE o.id = p_organisation)));
    END IF;
    RETURN me;
END $$;

-- A record by its code as it was told (an identity number is known by its digest); the same words for a missing one and
-- for one of another subtree.
CREATE OR REPLACE FUNCTION gridseat.registry_record(p_kind text, p_code text, OUT o_id bigint, OUT o_at bigint)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    v_key text := gridseat.registry_code(p_code, gridseat.setting('registry_salt', '""') #>> '{}');
BEGIN
    IF p_kind = 'resident' THEN
        SELECT r.id, g.organisation_id INTO o_id, o_at
        FROM gridseat.resident AS r JOIN gridseat.grid AS g ON g.id = r.grid_id WHERE r.code = v_key OR r.code = p_code;
    ELSIF p_kind = 'house' THEN
        SELECT h.id, g.organisation_id INTO o_id, o_at
        FROM gridseat.house AS h JOIN gridseat.grid AS g ON g.id = h.grid_id WHERE h.code = v_key OR h.code = p_code;
    ELSE
        PERFORM gridseat.reject_input('not_one_of', jsonb_build_object('option', 'kind', 'value', left(p_kind, 40), 'values', 'resident, house'));
    END IF;
    IF NOT (CASE WHEN gridseat.is_unit(me) THEN p_kind = 'resident' AND EXISTS (  -- a grid worker's, who is to visit them
                    SELECT FROM gridseat.visit_task AS v WHERE v.resident_id = o_id AND v.grid_id = me.grid_id
                      AND NOT gridseat.is_visited(v.result))
                ELSE me.positions && ARRAY['seat', 'supervisor', 'admin'] AND gridseat.governs(me, o_at) END) THEN
        o_id := NULL;
    END IF;
    IF o_id IS NULL THEN
        PERFORM gridseat.refuse('record_not_found', jsonb_build_object('record', left(p_code, 40)));
    END IF;
END $$;

-- A look or an erasure, of one record and with a reason; of a list that is saved or printed which one, place and rows.
CREATE OR REPLACE FUNCTION gridseat.note_registry_act(me gridseat.person, p_action text, p_kind text, p_id bigint, p_reason text,
                                                      p_organisation bigint DEFAULT NULL, p_rows bigint DEFAULT NULL)
RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_action NOT IN ('save', 'print') AND coalesce(btrim(p_reason), '') = '' THEN
        PERFORM gridseat.refuse('reason_needed', jsonb_build_object('action', p_action));
    END IF;
    INSERT INTO gridseat.registry_act (at, person_id, action, kind, record_id, reason, organisation_id, row_count)
    VALUES (desk.now(), me.id, p_action, p_kind, p_id, left(btrim(p_reason), 2000), p_organisation, p_rows);
END $$;

-- A list of the registry, names and addresses masked: the records behind a figure, spot_list or visit_list (a grid worker's
-- own, too). Of lists that are not of the registry nothing is kept.
CREATE OR REPLACE FUNCTION gridseat.note_list(p_action text, p_list text, p_organisation text, p_rows bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, CASE WHEN NOT gridseat.is_unit(me) THEN p_organisation END);
BEGIN
    IF p_list = 'visit_list' THEN
        PERFORM gridseat.visit_grids(me, p_organisation);
    ELSIF p_list = 'spot_list' OR EXISTS (SELECT FROM gridseat.indicator AS i WHERE i.key = split_part(p_list, ':', 1)
                                            AND i.fact IS NULL AND i.sums = 'registry') THEN
        PERFORM gridseat.registry_reader(o.id);
    ELSE
        RETURN;
    END IF;
    PERFORM gridseat.note_registry_act(me, p_action, left(p_list, 80), NULL, '', o.id, greatest(p_rows, 0));
END $$;

-- It becomes a file: told before it does.
CREATE OR REPLACE FUNCTION desk.note_saved_list(p_figure text, p_organisation text, p_rows bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ BEGIN PERFORM gridseat.note_list('save', p_figure, p_organisation, p_rows); END $$;

-- It becomes a command's answer, which can be sent to a file.
CREATE OR REPLACE FUNCTION desk.note_printed_list(p_list text, p_organisation text, p_rows bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ BEGIN PERFORM gridseat.note_list('print', p_list, p_organisation, p_rows); END $$;

-- The texts of one record in clear. That they were asked for stays written, also where nothing is known.
CREATE OR REPLACE FUNCTION desk.reveal_record(p_kind text, p_code text, p_reason text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    x record := gridseat.registry_record(p_kind, p_code);
BEGIN
    PERFORM gridseat.note_registry_act(gridseat.me(), 'reveal', p_kind, x.o_id, p_reason);
    RETURN jsonb_build_object('kind', p_kind, 'code', p_code) || CASE p_kind
        WHEN 'house' THEN (SELECT jsonb_build_object('address', max(t.address)) FROM gridseat.house_text AS t WHERE t.house_id = x.o_id)
        ELSE (SELECT jsonb_build_object('name', max(t.name), 'phone', max(t.phone))
              FROM gridseat.resident_text AS t WHERE t.resident_id = x.o_id) END;
END $$;

-- On the person's request: texts, birth year and household go, kind and grid go on being counted. The code stays (of an
-- identity number there was only ever a digest), so that no import brings the person back.
CREATE OR REPLACE FUNCTION desk.erase_resident(p_code text, p_reason text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
    x record := gridseat.registry_record('resident', p_code);
BEGIN
    LOCK TABLE gridseat.resident IN SHARE ROW EXCLUSIVE MODE;  -- an import that is under way would write the texts again
    PERFORM gridseat.note_registry_act(me, 'erase', 'resident', x.o_id, p_reason);
    DELETE FROM gridseat.resident_text WHERE resident_id = x.o_id;
    DELETE FROM gridseat.visit_task WHERE resident_id = x.o_id AND done_on IS NULL;
    UPDATE gridseat.resident SET birth_year = NULL, alone = false, household_id = NULL, filled = 0, erased = true WHERE id = x.o_id;
    RETURN jsonb_build_object('code', p_code, 'erased', true);
END $$;

-- Whoever left so many years ago is forgotten, and the houses that are gone as long: texts, record and all.
CREATE OR REPLACE FUNCTION gridseat.retire_records(p_now timestamptz, p_limit integer DEFAULT 1000) RETURNS integer
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_before date := (p_now AT TIME ZONE gridseat.fold_zone())::date
        - make_interval(years => (gridseat.setting('registry_years', '2') #>> '{}')::integer);
    v_residents bigint[] := ARRAY(SELECT r.id FROM gridseat.resident AS r WHERE r.left_on < v_before ORDER BY r.id LIMIT p_limit);
    v_houses bigint[] := ARRAY(SELECT h.id FROM gridseat.house AS h WHERE h.left_on < v_before
                               AND NOT EXISTS (SELECT FROM gridseat.household AS u WHERE u.house_id = h.id) ORDER BY h.id LIMIT p_limit);
BEGIN
    IF v_residents || v_houses = '{}' THEN
        RETURN 0;
    END IF;
    DELETE FROM gridseat.resident_text WHERE resident_id = ANY (v_residents);
    DELETE FROM gridseat.visit_task WHERE resident_id = ANY (v_residents) AND done_on IS NULL;
    DELETE FROM gridseat.resident WHERE id = ANY (v_residents);
    DELETE FROM gridseat.house_text WHERE house_id = ANY (v_houses);
    DELETE FROM gridseat.house WHERE id = ANY (v_houses);
    RETURN cardinality(v_residents || v_houses);
END $$;

-- Who looked at, saved, printed and erased what, newest first: for admins, of their own people's organisations.
CREATE OR REPLACE FUNCTION desk.registry_acts(p_limit integer DEFAULT 200)
RETURNS TABLE (at timestamptz, person text, action text, kind text, record_id bigint, reason text, place text, row_count bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
BEGIN
    RETURN QUERY
    SELECT a.at, p.login, a.action, a.kind, a.record_id, a.reason, coalesce(o.alias, o.name), a.row_count
    FROM gridseat.registry_act AS a JOIN gridseat.person AS p ON p.id = a.person_id
    LEFT JOIN gridseat.organisation AS o ON o.id = a.organisation_id
    WHERE p.id = me.id OR gridseat.governs(me, p.organisation_id)
    ORDER BY a.id DESC LIMIT least(greatest(p_limit, 1), 1000);
END $$;

-- The figures of an organisation's registry, as its boards tell them.
CREATE OR REPLACE FUNCTION desk.registry_figures(p_organisation text, p_days integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t gridseat.stretch := gridseat.board_period(o.id, p_days);
BEGIN
    RETURN (SELECT jsonb_object_agg(s.key, jsonb_build_object('hits', s.hits, 'of', s.of_all))
            FROM gridseat.sums_told(ARRAY[o.id], ARRAY(SELECT f.key FROM gridseat.registry_figures() AS f), t.starts, t.now) AS s);
END $$;

-- The records behind a figure, for whoever may look at the organisation's.
CREATE OR REPLACE FUNCTION desk.registry_records(p_key text, p_organisation text, p_days integer, p_which text DEFAULT '',
                                                 p_after bigint DEFAULT 0, p_limit integer DEFAULT 200)
RETURNS TABLE (kind text, id bigint, record_id bigint, code text, grid text, grid_name text, what text, name text, address text,
               birth_year integer, day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    o gridseat.organisation := gridseat.board_organisation(gridseat.me(), p_organisation);
    t gridseat.stretch := gridseat.board_period(o.id, p_days);
BEGIN
    PERFORM gridseat.registry_reader(o.id);
    RETURN QUERY SELECT * FROM gridseat.registry_rows(p_key, coalesce(o.lft, 0), coalesce(o.rgt, 9223372036854775807), t.starts, t.now,
                                                      p_which, p_after, least(greatest(p_limit, 1), 1000));
END $$;
