-- Bulk loading for the owner: whole lives of incidents, told elsewhere, chained here by the same functions.
-- Callers open_bulk() once a session, fill the temporary tables within a transaction, and put_bulk() at its end.

-- A running hash: sha256(what came before || bytes), as gridseat.append does it entry by entry.
CREATE OR REPLACE FUNCTION gridseat.chain_link(p_before bytea, p_bytes bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT sha256(p_before || p_bytes) $$;

CREATE OR REPLACE AGGREGATE gridseat.chained(bytea) (SFUNC = gridseat.chain_link, STYPE = bytea, INITCOND = '');

-- bulk_state: the incident after each entry (last_seq = seq). A card names its clock by stage and started_seq.
CREATE OR REPLACE FUNCTION gridseat.open_bulk() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CREATE TEMP TABLE bulk_state ON COMMIT DELETE ROWS AS SELECT * FROM gridseat.incident WITH NO DATA;
    CREATE TEMP TABLE bulk_entry ON COMMIT DELETE ROWS AS SELECT * FROM gridseat.timeline WITH NO DATA;
    CREATE TEMP TABLE bulk_clock ON COMMIT DELETE ROWS AS SELECT * FROM gridseat.clock WITH NO DATA;
    CREATE TEMP TABLE bulk_party ON COMMIT DELETE ROWS AS SELECT * FROM gridseat.party WITH NO DATA;
    CREATE TEMP TABLE bulk_request ON COMMIT DELETE ROWS AS SELECT * FROM gridseat.request WITH NO DATA;
    CREATE TEMP TABLE bulk_personal ON COMMIT DELETE ROWS AS SELECT * FROM gridseat.personal WITH NO DATA;
    CREATE TEMP TABLE bulk_card ON COMMIT DELETE ROWS AS
        SELECT c.*, k.stage, k.started_seq FROM gridseat.card AS c, gridseat.clock AS k WITH NO DATA;
END $$;

-- The entry with what follows from the incident as it stood after it.
CREATE OR REPLACE FUNCTION gridseat.told_entry(e gridseat.timeline, i gridseat.incident) RETURNS gridseat.timeline
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    e.facts := jsonb_strip_nulls(e.facts || jsonb_build_object('state', gridseat.state_digest(i)));
    e.answer := gridseat.answer(i);
    e.restricted := i.restricted;
    e.algorithm := 1;
    e.bytes := gridseat.entry_bytes(e);
    RETURN e;
END $$;

CREATE OR REPLACE FUNCTION gridseat.told_incident(i gridseat.incident, p_head bytea) RETURNS gridseat.incident
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    i.head := p_head;
    i.words := gridseat.bigrams(concat_ws(' ', i.title, i.place));
    RETURN i;
END $$;

-- Answers how many incidents went in; nothing does when a deadline is not the one that gridseat.due_at tells.
-- The entries stand below every feed's cursor (xid 3): consoles are not woken by what is long past.
CREATE OR REPLACE FUNCTION gridseat.put_bulk() RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_count bigint;
BEGIN
    PERFORM gridseat.check_bulk_clocks();
    WITH told AS MATERIALIZED (
        SELECT gridseat.told_entry(ROW (e.*)::gridseat.timeline, ROW (s.*)::gridseat.incident) AS e
        FROM pg_temp.bulk_entry AS e JOIN pg_temp.bulk_state AS s ON (s.number, s.last_seq) = (e.number, e.seq)
    ), linked AS MATERIALIZED (
        SELECT t.e, (t.e).number, (t.e).seq, gridseat.chained((t.e).bytes) OVER w AS hash,
               row_number() OVER (PARTITION BY (t.e).number ORDER BY (t.e).seq DESC) AS back
        FROM told AS t WINDOW w AS (PARTITION BY (t.e).number ORDER BY (t.e).seq)
    ), entered AS (
        INSERT INTO gridseat.timeline (xid, number, seq, round, at, actor_id, centre_id, behalf_id, action, from_status,
            to_status, reason, facts, command_id, answer, seen, restricted, algorithm, bytes, hash)
        SELECT '3', l.number, l.seq, (l.e).round, (l.e).at, (l.e).actor_id, (l.e).centre_id, (l.e).behalf_id,
               (l.e).action, (l.e).from_status, (l.e).to_status, (l.e).reason, (l.e).facts, (l.e).command_id,
               (l.e).answer, (l.e).seen, (l.e).restricted, (l.e).algorithm, (l.e).bytes, l.hash
        FROM linked AS l ORDER BY l.number, l.seq
    ), ended AS MATERIALIZED (
        SELECT gridseat.told_incident(ROW (s.*)::gridseat.incident, l.hash) AS i
        FROM linked AS l JOIN pg_temp.bulk_state AS s ON (s.number, s.last_seq) = (l.number, l.seq)
        WHERE l.back = 1 ORDER BY l.number
    )
    INSERT INTO gridseat.incident SELECT (d.i).* FROM ended AS d;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    PERFORM gridseat.put_bulk_around();
    PERFORM gridseat.put_bulk_urged();
    INSERT INTO gridseat.unmeasured SELECT DISTINCT s.number FROM pg_temp.bulk_state AS s;
    RETURN v_count;
END $$;

CREATE OR REPLACE FUNCTION gridseat.check_bulk_clocks() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_number bigint;
BEGIN
    SELECT k.number INTO v_number FROM (
        SELECT min(c.number) AS number, c.calendar_id, c.started_at, c.seconds, c.clock, c.due
        FROM pg_temp.bulk_clock AS c GROUP BY c.calendar_id, c.started_at, c.seconds, c.clock, c.due) AS k
    WHERE k.due IS DISTINCT FROM gridseat.due_at(k.calendar_id, k.started_at, k.seconds, k.clock) LIMIT 1;
    IF v_number IS NOT NULL THEN
        RAISE EXCEPTION 'the told deadline of % is not due_at''s', v_number;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.put_bulk_around() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO gridseat.party (number, organisation_id, grid_id, kind, since_seq, since, until_seq, arrived_seq, arrived_at)
    SELECT p.number, p.organisation_id, p.grid_id, p.kind, p.since_seq, p.since, p.until_seq, p.arrived_seq, p.arrived_at
    FROM pg_temp.bulk_party AS p;
    INSERT INTO gridseat.request (number, round, kind, seconds, clock, unit_id, asked_by, asked_seq, asked_at,
                                  decided_by, decided_seq, decided_at, granted)
    SELECT r.number, r.round, r.kind, r.seconds, r.clock, r.unit_id, r.asked_by, r.asked_seq, r.asked_at,
           r.decided_by, r.decided_seq, r.decided_at, r.granted
    FROM pg_temp.bulk_request AS r;
    INSERT INTO gridseat.personal (number, seq, field, text, salt, digest)
    SELECT p.number, p.seq, p.field, p.text, p.salt, p.digest FROM pg_temp.bulk_personal AS p;
    WITH put AS (
        INSERT INTO gridseat.clock (number, round, stage, started_seq, started_at, seconds, clock, calendar_id, due,
                                    warn_at, stopped_seq, stopped_at)
        SELECT k.number, k.round, k.stage, k.started_seq, k.started_at, k.seconds, k.clock, k.calendar_id, k.due,
               k.warn_at, k.stopped_seq, k.stopped_at
        FROM pg_temp.bulk_clock AS k
        RETURNING id, number, stage, started_seq, stopped_seq
    )
    INSERT INTO gridseat.card (number, round, colour, clock_id, seq, at)
    SELECT c.number, c.round, c.colour, k.id, c.seq, c.at
    FROM pg_temp.bulk_card AS c JOIN put AS k USING (number, stage, started_seq)
    WHERE k.stopped_seq IS NULL OR k.stopped_seq > c.seq;
END $$;

-- As gridseat.urged_at tells it step by step; told lives know no words of those who have to act.
CREATE OR REPLACE FUNCTION gridseat.put_bulk_urged() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    UPDATE gridseat.incident AS i SET urged_at = u.at
    FROM (SELECT e.number, max(e.seq) FILTER (WHERE e.action IN ('urge', 'supervise', 'remind', 'card')) AS seq,
                 max(e.at) FILTER (WHERE e.action IN ('urge', 'supervise', 'remind', 'card')) AS at,
                 max(e.seq) FILTER (WHERE a.versioned OR e.action IN ('arrive', 'resumed')) AS answered
          FROM pg_temp.bulk_entry AS e LEFT JOIN gridseat.action AS a ON a.key = e.action GROUP BY e.number) AS u
    WHERE i.number = u.number AND u.seq > u.answered
$$;
