-- What lists show of an incident: the columns of the board, instants as epoch seconds. The view answers under
-- the caller's policies; the functions load the caller's bounds into variables, which the planner can use.
-- Names that few rows have are looked up, not joined: beyond eight relations the planner no longer reorders joins,
-- and would read every incident there is for one page.

-- Incidents as they stand now: a suspension past its end is over, whether or not the sweep has written it down. The
-- planner finds no way through this by number, so the rows of the board say the same for each column.
CREATE OR REPLACE VIEW gridseat.present WITH (security_invoker = true) AS
SELECT i.* FROM gridseat.incident AS i WHERE gridseat.suspension_over(i) IS NOT TRUE
UNION ALL
SELECT r.* FROM gridseat.incident AS i CROSS JOIN LATERAL gridseat.resumed(i) AS r
WHERE i.status = 'suspended' AND gridseat.suspension_over(i);

-- From where to read many: nearly always nothing waits to be written down, and the table will do.
CREATE OR REPLACE FUNCTION gridseat.incidents_now() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE WHEN EXISTS (SELECT FROM gridseat.incident AS i WHERE gridseat.suspension_over(i))
                THEN 'gridseat.present' ELSE 'gridseat.incident' END;
END $$;

-- Whether a wall reads: everybody sees it, and free words and names of people are not for everybody. Asked once a query.
CREATE OR REPLACE FUNCTION desk.on_wall() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM gridseat.person AS p WHERE p.role = session_user AND 'wall' = ANY (p.positions)) $$;

CREATE OR REPLACE VIEW gridseat.board_row WITH (security_invoker = true) AS
SELECT i.number,
       CASE WHEN gridseat.suspension_over(i) THEN (gridseat.resumed(i.number)).version ELSE i.version END AS version,
       CASE WHEN gridseat.suspension_over(i) THEN i.status_before ELSE i.status END AS status,
       CASE WHEN (SELECT desk.on_wall()) THEN k.name ELSE i.title END AS title, extract(epoch FROM i.received_at)::float8 AS received,
       k.code AS class_code, k.name AS class_name, i.priority, i.channel, i.round,
       coalesce(c.alias, c.name) AS centre,
       CASE o.level WHEN 'township' THEN o.name WHEN 'community' THEN q.name END AS township,
       CASE o.level WHEN 'community' THEN o.name END AS community,
       CASE WHEN (SELECT desk.on_wall()) THEN '' ELSE i.place END AS place, (SELECT g.code FROM gridseat.grid AS g WHERE g.id = i.grid_id) AS grid_code,
       coalesce((SELECT h.name FROM gridseat.grid AS h WHERE h.id = i.lead_grid_id),
                (SELECT coalesce(u.alias, u.name) FROM gridseat.organisation AS u WHERE u.id = i.lead_unit_id)) AS unit,
       (SELECT p.name FROM gridseat.person AS p WHERE p.id = i.claim_person_id AND i.claim_until > (SELECT gridseat.read_at())
                                                  AND NOT (SELECT desk.on_wall())) AS claim_by,
       CASE WHEN i.claim_until > (SELECT gridseat.read_at()) THEN extract(epoch FROM i.claim_until)::float8 END AS claim_until,
       coalesce((SELECT p.role = session_user FROM gridseat.person AS p
                 WHERE p.id = i.claim_person_id AND i.claim_until > (SELECT gridseat.read_at())), false) AS mine,
       extract(epoch FROM CASE WHEN gridseat.suspension_over(i) THEN (gridseat.resumed(i.number)).due
                               ELSE i.due END)::float8 AS due,
       extract(epoch FROM CASE WHEN gridseat.suspension_over(i) THEN (gridseat.resumed(i.number)).warn_at
                               ELSE i.warn_at END)::float8 AS warn_at,
       extract(epoch FROM CASE WHEN gridseat.suspension_over(i) THEN (gridseat.resumed(i.number)).handling_due
                               ELSE i.handling_due END)::float8 AS handling_due,
       extract(epoch FROM CASE WHEN gridseat.suspension_over(i) THEN (gridseat.resumed(i.number)).promised_due
                               ELSE i.promised_due END)::float8 AS promised_due,
       i.lon, i.lat, i.reminders, i.reports, i.pending, i.restricted,
       extract(epoch FROM i.urged_at)::float8 AS urged, extract(epoch FROM i.callback_at)::float8 AS callback
FROM gridseat.incident AS i
JOIN gridseat.catalogue_class AS k ON k.id = i.class_id
JOIN gridseat.organisation AS c ON c.id = i.centre_id
LEFT JOIN gridseat.organisation AS o ON o.id = i.organisation_id
LEFT JOIN gridseat.organisation AS q ON q.id = o.parent_id;

-- What the caller sees, as a condition on an incident i with the bounds for the planner to see.
CREATE OR REPLACE FUNCTION gridseat.visible_where(me gridseat.person) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_where text := 'NOT i.restricted';
    v_above bigint[] := desk.my_above();
BEGIN
    IF me.organisation_id IS NOT NULL OR gridseat.is_unit(me) THEN
        v_where := format('NOT i.restricted AND (%s)', array_to_string(ARRAY[
            'i.centre_lft BETWEEN ' || desk.my_lft() || ' AND ' || desk.my_rgt(),
            CASE WHEN v_above <> '{}' THEN format('i.centre_id = ANY (%L::bigint[])', v_above) END
        ] || gridseat.parts(me), ' OR '));
    END IF;
    IF EXISTS (SELECT FROM gridseat.named AS n WHERE n.person_id = me.id) THEN
        RETURN format('((%s) OR i.number IN (SELECT n.number FROM gridseat.named AS n WHERE n.person_id = %s))',
                      v_where, me.id);
    END IF;
    RETURN format('(%s)', v_where);
END $$;

-- All open incidents that the caller may see; or, of the numbers given, those that are open and visible still: the feed
-- asks that often and for few, so there the plan is kept and each row is judged by itself.
CREATE OR REPLACE FUNCTION desk.board(p_numbers bigint[] DEFAULT NULL) RETURNS SETOF gridseat.board_row
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
BEGIN
    IF p_numbers IS NULL THEN
        RETURN QUERY EXECUTE format(
            'SELECT b.* FROM gridseat.incident AS i JOIN gridseat.board_row AS b ON b.number = i.number
             WHERE i.status IN (%s) AND %s', gridseat.open_list(), gridseat.visible_where(p));
        RETURN;
    END IF;
    RETURN QUERY
    SELECT b.* FROM gridseat.incident AS i JOIN gridseat.board_row AS b ON b.number = i.number
    WHERE i.number = ANY (p_numbers) AND gridseat.sees(p, i) AND gridseat.is_open(i);
END $$;

CREATE OR REPLACE FUNCTION gridseat.open_list() RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT '''reported'', ''accepted'', ''dispatched'', ''handling'', ''handled'', ''verified'', ''suspended'''
$$;

-- The same of one incident; as a condition on a query's own i it is put in as it stands here, for the index of the open.
CREATE OR REPLACE FUNCTION gridseat.is_open(i gridseat.incident) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT i.status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended') $$;

-- A page of the queue by due and number (keyset, never OFFSET). Filters: status[], class, priority, grade, centre,
-- grid, unit, mine, callback, urged, channel, text, closed (every status).
CREATE OR REPLACE FUNCTION desk.queue(p_filter jsonb DEFAULT '{}', p_after_due double precision DEFAULT NULL,
                                      p_after_number bigint DEFAULT NULL, p_limit integer DEFAULT 200)
RETURNS SETOF gridseat.board_row
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_numbers bigint[];
BEGIN
    EXECUTE format(
        'SELECT array_agg(page.number ORDER BY page.due, page.number) FROM (
             SELECT i.number, i.due FROM %s AS i
             WHERE %s AND %s %s
               AND ($1 IS NULL OR (coalesce(i.due, ''infinity''), i.number) > ($2, $1))
             ORDER BY i.due, i.number LIMIT %s) AS page',
        gridseat.incidents_now(),
        CASE WHEN p_filter -> 'closed' = 'true' THEN 'true'
             ELSE format('i.status IN (%s)', gridseat.open_list()) END,
        gridseat.visible_where(gridseat.me()), gridseat.filter_where(p_filter), greatest(1, least(p_limit, 10000)))
    INTO v_numbers USING p_after_number, coalesce(to_timestamp(p_after_due), 'infinity');
    RETURN QUERY SELECT b.* FROM unnest(v_numbers) WITH ORDINALITY AS page (number, place)
    JOIN gridseat.board_row AS b ON b.number = page.number ORDER BY page.place;
END $$;

-- A filter of a list as a condition on an incident i. The instant is written into it: asked for row by row, no index would help.
CREATE OR REPLACE FUNCTION gridseat.filter_where(p_filter jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(string_agg(' AND ' || CASE f.key
        WHEN 'status' THEN format('%L::jsonb ? i.status', f.value)
        WHEN 'class' THEN format('i.class_id IN (SELECT k.id FROM gridseat.catalogue_class AS k
                                                 WHERE k.code = %1$L OR k.group_name = %1$L)', f.value #>> '{}')
        WHEN 'priority' THEN format('i.priority::text = %L', f.value #>> '{}')
        WHEN 'channel' THEN format('i.channel = %L', f.value #>> '{}')
        WHEN 'grid' THEN format('i.grid_id IN (SELECT g.id FROM gridseat.grid AS g WHERE g.code = %L)', f.value #>> '{}')
        WHEN 'centre' THEN format('i.centre_id = gridseat.find_organisation(%L)', f.value #>> '{}')
        WHEN 'unit' THEN format('i.lead_unit_id = gridseat.find_organisation(%L)', f.value #>> '{}')
        WHEN 'mine' THEN CASE WHEN f.value = 'true' THEN format('i.claim_until > %L AND i.claim_person_id = %s', n.now, (gridseat.me()).id) ELSE 'true' END
        WHEN 'callback' THEN 'i.callback_at IS NOT NULL'
        WHEN 'urged' THEN 'i.urged_at IS NOT NULL'
        WHEN 'grade' THEN CASE f.value #>> '{}'
            WHEN 'red' THEN format('i.due <= %L', n.now)
            WHEN 'yellow' THEN format('i.warn_at <= %1$L AND i.due > %1$L', n.now)
            WHEN 'green' THEN format('i.warn_at > %L', n.now)
            ELSE 'i.due IS NULL' END
        WHEN 'text' THEN format('(i.words @> %L OR i.title ILIKE %L)', gridseat.bigrams(f.value #>> '{}'),
            '%' || replace(replace(replace(f.value #>> '{}', '\', '\\'), '%', '\%'), '_', '\_') || '%')
        ELSE 'true' END, ''), '')
    FROM jsonb_each(p_filter) AS f CROSS JOIN (SELECT gridseat.read_at()) AS n (now) WHERE f.key <> 'closed'
$$;

-- Open incidents by status and grade: the figures on top of the window.
CREATE OR REPLACE FUNCTION desk.counts() RETURNS TABLE (status text, total bigint, near bigint, overdue bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT i.status, count(*), count(*) FILTER (WHERE i.warn_at <= $1 AND i.due > $1),
                count(*) FILTER (WHERE i.due <= $1)
         FROM %s AS i WHERE i.status IN (%s) AND %s GROUP BY i.status',
        gridseat.incidents_now(), gridseat.open_list(), gridseat.visible_where(gridseat.me())) USING desk.now();
END $$;
