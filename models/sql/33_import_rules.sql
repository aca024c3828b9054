-- Imports of what holds for everybody: the calendar and the catalogue.

-- The calendar of the caller's organisation. It is theirs to change if nobody outside their tree goes by it.
CREATE OR REPLACE FUNCTION gridseat.own_calendar(p_me gridseat.person) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    c gridseat.calendar;
BEGIN
    SELECT * INTO c FROM gridseat.calendar AS x WHERE x.id = gridseat.calendar_of(p_me.organisation_id) FOR UPDATE;
    IF NOT gridseat.governs_all(p_me) AND EXISTS (
        SELECT FROM gridseat.organisation AS o
        WHERE NOT gridseat.below(o.id, p_me.organisation_id) AND gridseat.calendar_of(o.id) = c.id) THEN
        PERFORM gridseat.refuse('all_needed');
    END IF;
    RETURN c.id;
END $$;

-- New limits of one incident whose working clocks the calendar has moved; a clock turns yellow after as much counted
-- time as before.
CREATE OR REPLACE FUNCTION gridseat.retell(p_number bigint, p_clocks bigint[], p_yellow bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn := gridseat.server_turn(p_number);
BEGIN
    UPDATE gridseat.clock AS k
    SET due = gridseat.due_at(k.calendar_id, k.started_at, k.seconds, k.clock),
        warn_at = gridseat.due_at(k.calendar_id, k.started_at, u.yellow, k.clock)
    FROM unnest(p_clocks, p_yellow) AS u (id, yellow)
    WHERE k.id = u.id AND k.stopped_seq IS NULL;
    IF FOUND THEN
        PERFORM gridseat.settle_as(t, 'due-changed');
    END IF;
END $$;

-- Takes days over the week and tells every running limit anew: [{"day", "working", "name"}]. Sent again, it tells
-- anew what actions that were under way meanwhile had counted by the calendar of before.
CREATE OR REPLACE FUNCTION desk.import_calendar(p_days jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
    v_calendar bigint := gridseat.own_calendar(me);
    v_clocks bigint[];
    v_yellow bigint[];
    v_told jsonb;
    r record;
BEGIN
    PERFORM gridseat.check_epoch();
    PERFORM gridseat.begin_whole();
    SELECT array_agg(k.id), array_agg(coalesce(
        gridseat.elapsed(k.calendar_id, k.started_at, k.warn_at, k.clock), k.seconds * 4 / 5))
    INTO v_clocks, v_yellow
    FROM gridseat.clock AS k WHERE k.calendar_id = v_calendar AND k.stopped_seq IS NULL AND k.clock = 'working';
    v_told := gridseat.set_calendar_days(v_calendar, p_days, 'import');
    FOR r IN SELECT k.number, array_agg(u.id) AS clocks, array_agg(u.yellow) AS yellow
             FROM unnest(v_clocks, v_yellow) AS u (id, yellow) JOIN gridseat.clock AS k ON k.id = u.id
             WHERE k.due IS DISTINCT FROM gridseat.due_at(k.calendar_id, k.started_at, k.seconds, k.clock)
                OR k.warn_at IS DISTINCT FROM gridseat.due_at(k.calendar_id, k.started_at, u.yellow, k.clock)
             GROUP BY k.number ORDER BY k.number LOOP
        PERFORM gridseat.retell(r.number, r.clocks, r.yellow);
    END LOOP;
    FOR r IN SELECT n.number FROM gridseat.newly_known() AS n LOOP
        PERFORM gridseat.due_known(r.number);
    END LOOP;
    PERFORM gridseat.clear_alarms();
    RETURN jsonb_build_object('added', v_told -> 'added', 'updated', v_told -> 'changed',
                              'unchanged', v_told -> 'unchanged', 'refused', '[]'::jsonb);
END $$;

-- [{"group_name", "name", "priority", "amount", "clock", "restricted", "initials"}]: what a row does not say stays,
-- and a new type takes the rest from its class.
CREATE OR REPLACE FUNCTION desk.import_catalogue(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
    v_told jsonb;
BEGIN
    IF NOT gridseat.governs_all(me) THEN
        PERFORM gridseat.refuse('all_needed');
    END IF;
    v_told := gridseat.set_catalogue((
        SELECT coalesce(jsonb_agg(
            coalesce(to_jsonb(c), jsonb_build_object('group_en', s.group_en, 'urgent_amount', s.urgent_amount,
                                                     'urgent_keywords', s.urgent_keywords))
            || jsonb_strip_nulls(r.row)), '[]')
        FROM jsonb_array_elements(p_rows) AS r (row)
        LEFT JOIN gridseat.catalogue_class AS c ON c.code = (r.row ->> 'group_name') || '/' || (r.row ->> 'name')
        LEFT JOIN LATERAL (SELECT * FROM gridseat.catalogue_class AS x
                           WHERE x.group_name = r.row ->> 'group_name' ORDER BY x.id LIMIT 1) AS s ON true));
    RETURN jsonb_build_object('added', v_told -> 'added', 'updated', v_told -> 'changed',
                              'unchanged', v_told -> 'unchanged', 'refused', '[]'::jsonb);
END $$;
