-- Who is named for a restricted case: by hand (task-force), by revealing it, and by being the unit that it is sent to.

-- The desks of the units that have it now, those sitting at the unit itself, and no longer those of units that have
-- it no more. Whom a dispatch named carries its number, as the unit does.
CREATE OR REPLACE FUNCTION gridseat.name_parties(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_gone text[];
    v_come text[];
BEGIN
    WITH gone AS (
        DELETE FROM gridseat.named AS n USING gridseat.person AS p
        WHERE n.number = (t.i).number AND p.id = n.person_id AND EXISTS (
            SELECT FROM gridseat.party AS q
            WHERE q.number = n.number AND q.organisation_id = p.organisation_id AND q.since_seq = n.since_seq
              AND q.kind IN ('lead', 'co') AND q.until_seq IS NOT NULL)
        RETURNING p.login
    )
    SELECT coalesce(array_agg(g.login ORDER BY g.login), '{}') INTO v_gone FROM gone AS g;
    WITH come AS (
        INSERT INTO gridseat.named (number, person_id, since_seq)
        SELECT DISTINCT ON (p.id) q.number, p.id, q.since_seq
        FROM gridseat.party AS q
        JOIN gridseat.person AS p
          ON p.organisation_id = q.organisation_id AND p.grid_id IS NOT DISTINCT FROM q.grid_id
        WHERE q.number = (t.i).number AND q.until_seq IS NULL AND q.kind IN ('lead', 'co')
          AND p.disabled_at IS NULL AND p.positions && ARRAY['unit', 'seat', 'supervisor']
        ORDER BY p.id, q.id
        ON CONFLICT DO NOTHING RETURNING person_id
    )
    SELECT coalesce(array_agg(p.login ORDER BY p.login), '{}') INTO v_come
    FROM come AS c JOIN gridseat.person AS p ON p.id = c.person_id;
    t.facts := t.facts || jsonb_strip_nulls(jsonb_build_object(
        'named', (SELECT jsonb_agg(c.login) FROM unnest(v_come) AS c (login) WHERE c.login <> ALL (v_gone)),
        'unnamed', (SELECT jsonb_agg(g.login) FROM unnest(v_gone) AS g (login) WHERE g.login <> ALL (v_come))));
    RETURN t;
END $$;

-- Restricted cases with nobody named on duty that this supervisor may open (by a reveal with a reason): the number
-- and since when, nothing of what it is about. Told with the open ones as literals: only so their index serves.
CREATE OR REPLACE FUNCTION desk.unattended() RETURNS TABLE (number bigint, since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn;
BEGIN
    t.me := gridseat.me();
    t.at := desk.now();
    t.action.key := 'reveal';
    RETURN QUERY EXECUTE format(
        'SELECT i.number, greatest(i.received_at, (
             SELECT max(s.ends) FROM gridseat.named AS n JOIN gridseat.shift AS s ON s.person_id = n.person_id
             WHERE n.number = i.number AND s.ends <= ($1).at))
         FROM gridseat.incident AS i
         WHERE i.restricted AND i.status IN (%s)
           AND gridseat.may_open($1, i) AND NOT gridseat.is_named(($1).me, i.number)
         ORDER BY 2, 1', gridseat.open_list()) USING t;
END $$;
