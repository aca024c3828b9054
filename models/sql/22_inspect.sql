-- What an administrator asks about the database itself, and what `verify` needs to go through it in ranges.

CREATE OR REPLACE FUNCTION desk.status() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.check_admin();
    RETURN jsonb_build_object(
        'revision', (SELECT v.version_num FROM gridseat.alembic_version AS v),
        'rules', gridseat.setting('rules', 'null') #>> '{}',
        'postgresql', current_setting('server_version'),
        'prefix', gridseat.prefix(),
        'epoch', gridseat.epoch() || ':' || gridseat.wal_timeline(),
        'upgrade_needed', gridseat.setting('epoch', 'null') #>> '{}' IS DISTINCT FROM gridseat.epoch(),
        'now', desk.now(),
        'size', pg_database_size(current_database()),
        'counts', jsonb_build_object(
            'organisations', (SELECT count(*) FROM gridseat.organisation),
            'grids', (SELECT count(*) FROM gridseat.grid AS g WHERE g.ended_at IS NULL),
            'staff', (SELECT count(*) FROM gridseat.staff),
            'operators', (SELECT count(*) FROM gridseat.person AS p WHERE p.positions <> '{}' AND p.disabled_at IS NULL),
            'classes', (SELECT count(*) FROM gridseat.catalogue_class AS k WHERE k.active),
            'incidents', (SELECT count(*) FROM gridseat.incident),
            'open', (SELECT count(*) FROM gridseat.incident AS i WHERE gridseat.is_open(i)),
            'entries', (SELECT count(*) FROM gridseat.timeline),
            'attachments', (SELECT count(*) FROM gridseat.attachment)),
        'calendars', (SELECT coalesce(jsonb_agg(jsonb_build_object('calendar', c.code, 'years', (
                          SELECT coalesce(jsonb_agg(y.year ORDER BY y.year), '[]')
                          FROM gridseat.calendar_year AS y WHERE y.calendar_id = c.id)) ORDER BY c.id), '[]')
                      FROM gridseat.calendar AS c),
        'settings', gridseat.settings_now((gridseat.me()).organisation_id),
        'alarms', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', a.kind, 'raised_at', a.raised_at,
                       'facts', a.facts) ORDER BY a.id), '[]')
                   FROM gridseat.alarm AS a WHERE a.cleared_at IS NULL));
END $$;

-- Alarms that stand, for everybody whom they concern: those who go by the calendar, and those above them.
CREATE OR REPLACE FUNCTION desk.alarms() RETURNS TABLE (kind text, calendar text, name text, year integer, raised_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
BEGIN
    RETURN QUERY
    SELECT a.kind, c.code, c.name, (a.facts -> 'year')::integer, a.raised_at
    FROM gridseat.alarm AS a JOIN gridseat.calendar AS c ON c.id = (a.facts -> 'calendar')::bigint
    WHERE a.cleared_at IS NULL AND (
        p.organisation_id IS NULL OR c.id = gridseat.calendar_of(p.organisation_id)
        OR EXISTS (SELECT FROM gridseat.organisation AS o
                   WHERE o.calendar_id = c.id AND gridseat.below(o.id, p.organisation_id)))
    ORDER BY a.raised_at, a.id;
END $$;

-- What should hold and does not: none, or a fault.
CREATE OR REPLACE FUNCTION desk.check() RETURNS TABLE (kind text, what text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.check_admin();
    RETURN QUERY
    SELECT f.kind, f.what FROM gridseat.tree_faults() AS f
    UNION ALL
    SELECT f.kind, f.what FROM gridseat.counter_faults() AS f
    UNION ALL
    SELECT f.kind, f.what FROM gridseat.operations_faults() AS f
    UNION ALL
    SELECT f.kind, f.what FROM gridseat.registry_faults() AS f
    UNION ALL
    SELECT 'lead_unit', i.number::text
    FROM gridseat.incident AS i
    WHERE i.status IN ('dispatched', 'handling') AND NOT EXISTS (
        SELECT FROM gridseat.party AS p
        WHERE p.number = i.number AND p.kind = 'lead' AND p.until_seq IS NULL AND p.organisation_id = i.lead_unit_id)
    ORDER BY 1, 2;
END $$;

-- The last number of the next so many incidents that the caller may verify (as gridseat.has_eye says one by one):
-- ranges for verify and anchor. Null: there are no more.
CREATE OR REPLACE FUNCTION desk.range_end(p_from bigint, p_size integer) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
    v_where text := gridseat.visible_where(p);
    v_end bigint;
BEGIN
    IF 'admin' = ANY (p.positions) THEN
        v_where := v_where || coalesce(' OR gridseat.below(i.centre_id, ' || p.organisation_id || ')', ' OR true');
    END IF;
    EXECUTE format('SELECT max(r.number) FROM (SELECT i.number FROM gridseat.incident AS i
                    WHERE i.number >= $1 AND (%s) ORDER BY i.number LIMIT $2) AS r', v_where)
    INTO v_end USING p_from, least(greatest(p_size, 1), 20000);
    RETURN v_end;
END $$;

-- Heads kept elsewhere ([{"number", "last_seq", "head"}]) that no entry has any more: cut, or written anew.
CREATE OR REPLACE FUNCTION desk.differing(p_heads jsonb) RETURNS TABLE (number bigint, seq integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.check_admin();
    RETURN QUERY
    SELECT h.number, h.last_seq
    FROM jsonb_to_recordset(p_heads) AS h (number bigint, last_seq integer, head text)
    WHERE NOT EXISTS (SELECT FROM gridseat.timeline AS e
                      WHERE e.number = h.number AND e.seq = h.last_seq AND encode(e.hash, 'hex') = h.head)
    ORDER BY 1, 2;
END $$;
