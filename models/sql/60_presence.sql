-- Who sits at a console, and at which case they look: told every few seconds, true for half a minute.

-- What hangs on cases and people, read through these functions alone: no policy lets anybody else in.
DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['presence', 'message', 'message_to', 'handover'] LOOP
        EXECUTE format('ALTER TABLE gridseat.%I ENABLE ROW LEVEL SECURITY', v_table);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION gridseat.check_seat() RETURNS gridseat.person
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
BEGIN
    IF NOT gridseat.is_seat(p) THEN
        PERFORM gridseat.refuse('seats_only');
    END IF;
    RETURN p;
END $$;

-- Whom a console has not spoken for since then is away.
CREATE OR REPLACE FUNCTION gridseat.away_since(p_now timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS
$$ SELECT p_now - interval '30 seconds' $$;

-- Whether the seat that has claimed a case is there: a claim outlives a closed console by some minutes.
CREATE OR REPLACE FUNCTION gridseat.is_attended(p_number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM gridseat.incident AS i JOIN gridseat.presence AS x ON x.person_id = i.claim_person_id
                   WHERE i.number = p_number AND x.seen_at > gridseat.away_since(gridseat.read_at()));
END $$;

-- A console's word that this seat is there and looks at p_number (null: at none), and what it hears in the same trip:
-- {"looking": [{number, name, login, since}], "messages": unread ones, "handover": those that wait for a signature}.
-- Of people who are no seats nothing is written and nothing told.
CREATE OR REPLACE FUNCTION desk.attend(p_number bigint DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
    v_now timestamptz := desk.now();
    v_number bigint;
BEGIN
    IF NOT gridseat.is_seat(p) THEN
        RETURN '{"looking": [], "messages": [], "handover": []}';
    END IF;
    SELECT i.number INTO v_number FROM gridseat.incident AS i WHERE i.number = p_number AND gridseat.sees(p, i);
    INSERT INTO gridseat.presence AS x (person_id, signed_in_at, seen_at, number, since)
    VALUES (p.id, v_now, v_now, v_number, CASE WHEN v_number IS NOT NULL THEN v_now END)
    ON CONFLICT ON CONSTRAINT presence_pkey DO UPDATE SET
        signed_in_at = CASE WHEN x.seen_at > gridseat.away_since(v_now) THEN x.signed_in_at ELSE v_now END,
        seen_at = v_now, number = excluded.number,
        since = CASE WHEN x.number = excluded.number AND x.seen_at > gridseat.away_since(v_now) THEN x.since
                     ELSE excluded.since END;
    RETURN jsonb_build_object('looking', gridseat.looking(p, v_now), 'messages', gridseat.unread(p),
                              'handover', gridseat.handovers_waiting(p));
END $$;

-- As gridseat.sees, for many rows at once: it is asked only where the bounds of the person's tree do not settle it.
CREATE OR REPLACE FUNCTION gridseat.sees_within(p gridseat.person, i gridseat.incident, p_lft bigint, p_rgt bigint)
RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT (NOT i.restricted AND i.centre_lft BETWEEN p_lft AND p_rgt) OR gridseat.sees(p, i) $$;

-- Others, at cases that this person sees.
CREATE OR REPLACE FUNCTION gridseat.looking(p gridseat.person, p_now timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_lft bigint := desk.my_lft();
    v_rgt bigint := desk.my_rgt();
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object('number', x.number, 'name', q.name, 'login', q.login,
                                                     'since', x.since) ORDER BY x.since, q.id), '[]')
        FROM gridseat.presence AS x
        JOIN gridseat.incident AS i ON i.number = x.number
        JOIN gridseat.person AS q ON q.id = x.person_id
        WHERE x.seen_at > gridseat.away_since(p_now) AND x.person_id <> p.id
          AND gridseat.sees_within(p, i, v_lft, v_rgt));
END $$;

-- Who sits where, and what each has in hand: for supervisors their subtree, for seats their own centre. Restricted cases
-- count only for those who see them; done are those that the seat has brought to an end today.
CREATE OR REPLACE FUNCTION desk.seats()
RETURNS TABLE (login text, name text, organisation text, signed_in timestamptz, looking bigint, claims integer,
               overdue integer, near integer, oldest_claim timestamptz, done_today integer, urgent integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
    v_now timestamptz := desk.now();
    v_lft bigint := desk.my_lft();
    v_rgt bigint := desk.my_rgt();
BEGIN
    RETURN QUERY
    WITH held AS (
        SELECT i.claim_person_id AS id, count(*)::integer AS claims, min(i.claim_at) AS oldest,
               (count(*) FILTER (WHERE i.due <= v_now))::integer AS overdue,
               (count(*) FILTER (WHERE i.warn_at <= v_now AND i.due > v_now))::integer AS near,
               (count(*) FILTER (WHERE i.priority = 1))::integer AS urgent
        FROM gridseat.incident AS i
        WHERE i.claim_person_id IS NOT NULL AND i.claim_until > v_now
          AND gridseat.sees_within(p, i, v_lft, v_rgt)
        GROUP BY i.claim_person_id
    ), done AS (
        SELECT e.actor_id AS id, count(*)::integer AS n
        FROM gridseat.incident AS i
        JOIN gridseat.timeline AS e ON e.number = i.number AND e.at = i.closed_at AND e.to_status <> e.from_status
        WHERE i.closed_at >= gridseat.day_began(p.organisation_id, v_now)
          AND (NOT i.restricted OR gridseat.is_named(p, i.number))
        GROUP BY e.actor_id
    )
    SELECT q.login, q.name, coalesce(o.alias, o.name), x.signed_in_at, l.number, coalesce(h.claims, 0),
           coalesce(h.overdue, 0), coalesce(h.near, 0), h.oldest, coalesce(d.n, 0), coalesce(h.urgent, 0)
    FROM gridseat.person AS q
    LEFT JOIN gridseat.organisation AS o ON o.id = q.organisation_id
    LEFT JOIN gridseat.presence AS x ON x.person_id = q.id AND x.seen_at > gridseat.away_since(v_now)
    LEFT JOIN gridseat.incident AS l ON l.number = x.number AND gridseat.sees_within(p, l, v_lft, v_rgt)
    LEFT JOIN held AS h ON h.id = q.id
    LEFT JOIN done AS d ON d.id = q.id
    WHERE q.disabled_at IS NULL AND gridseat.is_seat(q) AND gridseat.is_colleague(p, q)
    ORDER BY o.lft NULLS FIRST, q.id;
END $$;

CREATE OR REPLACE FUNCTION gridseat.is_colleague(p gridseat.person, q gridseat.person) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT gridseat.is_seat(p) AND (q.id = p.id OR gridseat.is_duty(p)
        OR q.organisation_id IS NOT DISTINCT FROM p.organisation_id
        OR ('supervisor' = ANY (p.positions) AND gridseat.below(q.organisation_id, p.organisation_id)))
$$;

CREATE OR REPLACE FUNCTION gridseat.day_began(p_organisation bigint, p_now timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT date_trunc('day', p_now AT TIME ZONE z.zone) AT TIME ZONE z.zone
    FROM (SELECT coalesce((SELECT c.timezone FROM gridseat.calendar AS c
                           WHERE c.id = gridseat.calendar_of(p_organisation)), 'Asia/Shanghai') AS zone) AS z
$$;
