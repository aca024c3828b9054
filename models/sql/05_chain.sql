-- The chain: hash = sha256(previous hash || bytes) over the very bytes that are stored beside it.
-- Algorithm 1: bytes = UTF-8 of a JSON array; instants as microseconds since 1970; sha256 throughout.

CREATE OR REPLACE FUNCTION gridseat.micros(t timestamptz) RETURNS bigint
LANGUAGE sql STABLE AS
$$ SELECT (extract(epoch FROM t) * 1000000)::bigint $$;

CREATE OR REPLACE FUNCTION gridseat.digest(p text) RETURNS text
LANGUAGE sql STABLE AS
$$ SELECT encode(sha256(convert_to(p, 'UTF8')), 'hex') $$;

-- The incident's own facts. Left out: what follows from other tables (tree bounds, bigrams) or from the entries
-- (since when it is urged) and what has no entry of its own (a lease renewed, the chain's head). A promised call-back
-- counts while there is one: entries from before there were any tell the same digest still.
CREATE OR REPLACE FUNCTION gridseat.state_digest(i gridseat.incident) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT gridseat.digest(jsonb_build_array(
        i.number, i.status, i.version, i.round, i.title, i.class_id, i.priority, i.channel, i.restricted,
        i.centre_id, i.organisation_id, i.grid_id, i.place, i.lon, i.lat, i.raw_lon, i.raw_lat, i.datum,
        gridseat.micros(i.occurred_at), gridseat.micros(i.received_at), gridseat.micros(i.recorded_at),
        i.recorded_by, i.at_once, i.drawn, i.external_source, i.external_id, i.dispatch_centre_id,
        i.lead_unit_id, i.lead_grid_id, i.designated, gridseat.micros(i.acknowledged_at), i.responsible_id,
        i.claim_person_id, gridseat.micros(i.claim_at), i.status_before, gridseat.micros(i.resume_at),
        i.merged_into, i.head_number, i.pending, i.confirmation)::text
        || jsonb_build_array(
        gridseat.micros(i.due), gridseat.micros(i.warn_at), i.due_stage, gridseat.micros(i.handling_due),
        gridseat.micros(i.promised_due), i.handling_seconds, i.handling_clock, i.reports, i.returns,
        i.extensions, i.reworks, i.reopens, i.reminders, i.unreached, i.outcome,
        gridseat.micros(i.closed_at), gridseat.micros(i.changed_at), i.last_seq)::text
        || coalesce(nullif(jsonb_build_array(gridseat.micros(i.callback_at), i.callback_person_id)::text,
                           '[null, null]'), ''))
$$;

CREATE OR REPLACE FUNCTION gridseat.entry_bytes(e gridseat.timeline) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT convert_to(jsonb_build_array(
        e.number, e.seq, e.round, gridseat.micros(e.at), e.actor_id, e.centre_id, e.behalf_id, e.action,
        e.from_status, e.to_status, e.reason, e.facts, e.command_id, e.answer, to_jsonb(e.seen), e.restricted,
        gridseat.digest(e.before::text), e.algorithm)::text, 'UTF8')
$$;

-- Personal text goes apart, salted, and leaves its digest in the entry.
CREATE OR REPLACE FUNCTION gridseat.put_texts(t gridseat.turn) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    v_digests jsonb;
BEGIN
    WITH spoken AS (
        SELECT x.key AS field, x.value AS text, uuid_send(gen_random_uuid()) AS salt
        FROM jsonb_each_text(t.texts) AS x WHERE x.value <> ''
    ), kept AS (
        INSERT INTO gridseat.personal (number, seq, field, text, salt, digest)
        SELECT (t.i).number, t.seq, s.field, s.text, s.salt, sha256(s.salt || convert_to(s.text, 'UTF8'))
        FROM spoken AS s
        RETURNING field, digest
    )
    SELECT jsonb_object_agg(k.field, encode(k.digest, 'hex')) INTO v_digests FROM kept AS k;
    RETURN v_digests;
END $$;

-- Organisations that could see the incident before this turn or can after it.
CREATE OR REPLACE FUNCTION gridseat.seen_by(t gridseat.turn) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (
        SELECT array_agg(DISTINCT s.id) FROM (
            SELECT (t.i).centre_id AS id
            UNION ALL SELECT (t.was).centre_id
            UNION ALL SELECT p.organisation_id FROM gridseat.party AS p
                      WHERE p.number = (t.i).number AND (p.until_seq IS NULL OR p.until_seq = t.seq)) AS s
        WHERE s.id IS NOT NULL);
END $$;

-- Appends the turn's entry and moves the incident's head; returns the incident as it must be stored.
CREATE OR REPLACE FUNCTION gridseat.append(t gridseat.turn, p_undoable boolean) RETURNS gridseat.incident
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
    e gridseat.timeline;
    v_texts jsonb;
BEGIN
    IF t.texts NOT IN ('{}', '{"text": ""}') THEN
        v_texts := gridseat.put_texts(t);
    END IF;
    i.last_seq := t.seq;
    i.changed_at := t.at;
    e.number := i.number;
    e.seq := t.seq;
    e.round := i.round;
    e.at := t.at;
    e.actor_id := (t.me).id;
    e.centre_id := t.centre_id;
    e.behalf_id := t.behalf_id;
    e.action := (t.action).key;
    e.from_status := (t.was).status;
    e.to_status := i.status;
    e.reason := t.reason;
    e.facts := jsonb_strip_nulls(t.facts || jsonb_build_object('texts', v_texts, 'state', gridseat.state_digest(i)));
    e.command_id := t.command_id;
    e.answer := gridseat.answer(i);
    e.seen := gridseat.seen_by(t);
    e.restricted := i.restricted AND coalesce((t.was).restricted, true);
    e.before := CASE WHEN p_undoable THEN to_jsonb(t.was) - 'words' END;
    e.algorithm := 1;
    e.bytes := gridseat.entry_bytes(e);
    e.hash := sha256(i.head || e.bytes);
    i.head := e.hash;
    INSERT INTO gridseat.timeline (number, seq, round, at, actor_id, centre_id, behalf_id, action, from_status,
        to_status, reason, facts, command_id, answer, seen, restricted, before, algorithm, bytes, hash)
    VALUES (e.number, e.seq, e.round, e.at, e.actor_id, e.centre_id, e.behalf_id, e.action, e.from_status,
        e.to_status, e.reason, e.facts, e.command_id, e.answer, e.seen, e.restricted, e.before, e.algorithm,
        e.bytes, e.hash);
    RETURN i;
END $$;

CREATE OR REPLACE FUNCTION gridseat.answer(i gridseat.incident) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('number', i.number, 'status', i.status, 'version', i.version, 'round', i.round,
        'due', i.due, 'due_stage', i.due_stage, 'handling_due', i.handling_due, 'promised_due', i.promised_due,
        'pending', i.pending)
$$;
