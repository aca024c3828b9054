-- Is everything as it was written? Answers the entries that are not: seq null where the incident's own row
-- disagrees with its entries. An erased text is no fault.

CREATE OR REPLACE FUNCTION gridseat.broken_entries(p_from bigint, p_to bigint) RETURNS TABLE (number bigint, seq integer)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH chain AS (
        SELECT e.number, e.seq, e.bytes, e.hash, e.facts, gridseat.entry_bytes(e) AS rebuilt,
               coalesce(lag(e.hash) OVER w, '\x') AS previous, row_number() OVER w AS n
        FROM gridseat.timeline AS e WHERE e.number BETWEEN p_from AND p_to
        WINDOW w AS (PARTITION BY e.number ORDER BY e.seq)
    ), texts AS (
        SELECT c.number, c.seq, x.key AS field, x.value AS digest
        FROM chain AS c, jsonb_each_text(c.facts -> 'texts') AS x WHERE jsonb_typeof(c.facts -> 'texts') = 'object'
    )
    SELECT c.number, c.seq FROM chain AS c
    WHERE c.bytes IS DISTINCT FROM c.rebuilt OR c.n <> c.seq OR c.hash <> sha256(c.previous || c.bytes)
    UNION
    SELECT coalesce(x.number, p.number), coalesce(x.seq, p.seq)
    FROM texts AS x
    FULL JOIN (SELECT * FROM gridseat.personal AS q WHERE q.number BETWEEN p_from AND p_to) AS p
        ON (p.number, p.seq, p.field) = (x.number, x.seq, x.field)
    WHERE p.id IS NULL OR x.digest IS DISTINCT FROM encode(p.digest, 'hex')
       OR (p.text IS NOT NULL AND sha256(p.salt || convert_to(p.text, 'UTF8')) <> p.digest)
       OR (p.text IS NULL AND NOT EXISTS (
            SELECT FROM gridseat.timeline AS e WHERE e.number = p.number AND e.action = 'erased' AND e.seq > p.seq))
    UNION
    SELECT coalesce(c.number, a.number), coalesce(c.seq, a.seq)
    FROM (SELECT k.number, k.seq, k.facts -> 'attachment' AS said FROM chain AS k WHERE k.facts ? 'attachment') AS c
    FULL JOIN (SELECT * FROM gridseat.attachment AS q WHERE q.number BETWEEN p_from AND p_to) AS a
        ON (a.number, a.seq) = (c.number, c.seq)
    WHERE a.id IS NULL OR c.said IS NULL
       OR c.said <> jsonb_build_object('name', a.name, 'type', a.media_type, 'size', a.size,
                                       'digest', encode(a.digest, 'hex'))
       OR sha256(a.content) <> a.digest OR length(a.content) <> a.size
$$;

CREATE OR REPLACE FUNCTION gridseat.broken_incidents(p_from bigint, p_to bigint) RETURNS TABLE (number bigint, seq integer)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT i.number, NULL::integer
    FROM gridseat.incident AS i
    LEFT JOIN LATERAL (SELECT e.seq, e.hash, e.facts FROM gridseat.timeline AS e
                       WHERE e.number = i.number ORDER BY e.seq DESC LIMIT 1) AS e ON true
    WHERE i.number BETWEEN p_from AND p_to
      AND (i.last_seq IS DISTINCT FROM e.seq OR i.head IS DISTINCT FROM e.hash
           OR gridseat.state_digest(i) IS DISTINCT FROM e.facts ->> 'state')
    UNION ALL  -- taken away, leaving its entries
    SELECT DISTINCT e.number, NULL::integer FROM gridseat.timeline AS e
    WHERE e.number BETWEEN p_from AND p_to
      AND NOT EXISTS (SELECT FROM gridseat.incident AS i WHERE i.number = e.number)
$$;

-- For the caller's eyes: faults of incidents that they may see, a range of numbers at a time.
CREATE OR REPLACE FUNCTION desk.verify(p_from bigint, p_to bigint) RETURNS TABLE (number bigint, seq integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT b.number, b.seq
    FROM (SELECT * FROM gridseat.broken_entries(p_from, p_to)
          UNION ALL SELECT * FROM gridseat.broken_incidents(p_from, p_to)) AS b
    WHERE gridseat.has_eye(b.number) ORDER BY b.number, b.seq
$$;

CREATE OR REPLACE FUNCTION gridseat.has_eye(p_number bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(desk.sees(p_number), false) OR EXISTS (
        SELECT FROM gridseat.me() AS p LEFT JOIN gridseat.incident AS i ON i.number = p_number
        WHERE 'admin' = ANY (p.positions)
          AND (p.organisation_id IS NULL OR gridseat.below(i.centre_id, p.organisation_id)))
$$;

-- Heads to keep elsewhere, so that even an owner's rewriting shows.
CREATE OR REPLACE FUNCTION desk.anchor(p_from bigint, p_to bigint)
RETURNS TABLE (number bigint, last_seq integer, head text, entries bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT i.number, i.last_seq, encode(i.head, 'hex'),
           (SELECT count(*) FROM gridseat.timeline AS e WHERE e.number = i.number)
    FROM gridseat.incident AS i
    WHERE i.number BETWEEN p_from AND p_to AND gridseat.has_eye(i.number) ORDER BY i.number
$$;

-- Erases what was said about people in one incident; the entry says so, verify reports it as such.
CREATE OR REPLACE FUNCTION desk.erase(p_command uuid, p_number bigint, p_reason text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn;
    v_answer jsonb;
BEGIN
    t.me := gridseat.me();
    IF NOT 'admin' = ANY ((t.me).positions) THEN
        PERFORM gridseat.refuse('not_allowed', '{"action": "erase", "relations": []}');
    ELSIF coalesce(btrim(p_reason), '') = '' THEN
        PERFORM gridseat.refuse('reason_needed', '{"action": "erase"}');
    ELSIF p_command IS NULL THEN
        PERFORM gridseat.reject_input('bad_command_id', '{"command": null}');
    END IF;
    PERFORM gridseat.check_epoch();
    t.action.key := 'erased';
    t.command_id := p_command;
    t.args := '{}';
    t.facts := '{}';
    t.texts := '{}';
    t := gridseat.take(t, p_number);
    v_answer := gridseat.replay((t.me).id, p_command, 'erased', p_number);
    IF v_answer IS NOT NULL THEN
        RETURN v_answer;
    END IF;
    t := gridseat.admit(t, p_number);
    t.reason := left(p_reason, 2000);
    UPDATE gridseat.personal SET text = NULL, salt = NULL WHERE number = p_number;
    RETURN gridseat.answer(gridseat.settle_as(t, 'erased'));
END $$;

-- A turn that no rule knows: what the server itself writes down.
CREATE OR REPLACE FUNCTION gridseat.settle_as(t gridseat.turn, p_action text) RETURNS gridseat.incident
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a gridseat.action;
BEGIN
    a.key := p_action;
    a.versioned := p_action IN ('resumed');
    a.undoable := false;
    t.action := a;
    RETURN gridseat.settle(t);
END $$;
