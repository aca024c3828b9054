-- Handovers given, signed and kept.

-- Over who, to whom, when and what: shows a change by anybody, the owner too.
CREATE OR REPLACE FUNCTION gridseat.handover_digest(h gridseat.handover) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(h.command_id, h.centre_id, h.from_id, h.to_id, h.note,
                                               gridseat.micros(h.at), h.content)::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION gridseat.handover_signature(h gridseat.handover) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(h.digest || convert_to(jsonb_build_array(h.signed_by, gridseat.micros(h.signed_at), h.outcome)::text,
                                         'UTF8'))
$$;

CREATE OR REPLACE FUNCTION gridseat.keep_signed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM gridseat.refuse('handover_signed', jsonb_build_object('id', OLD.id));
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER signed_stays BEFORE UPDATE OR DELETE ON gridseat.handover FOR EACH ROW
WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION gridseat.keep_signed();

CREATE OR REPLACE FUNCTION gridseat.reads_handover(p gridseat.person, h gridseat.handover) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT gridseat.is_seat(p) AND (p.id IN (h.from_id, h.to_id)
        OR h.centre_id IS NOT DISTINCT FROM p.organisation_id OR gridseat.is_duty(p)
        OR ('supervisor' = ANY (p.positions) AND gridseat.below(h.centre_id, p.organisation_id)))
$$;

-- Rows ([number], or [{number, …}]) of cases that p sees, in their order.
CREATE OR REPLACE FUNCTION gridseat.seen_rows(p gridseat.person, p_rows jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(r.row ORDER BY r.place), '[]')
    FROM jsonb_array_elements(p_rows) WITH ORDINALITY AS r (row, place)
    JOIN gridseat.incident AS i ON i.number = coalesce(r.row -> 'number', r.row)::bigint
     AND gridseat.sees_within(p, i, (SELECT desk.my_lft()), (SELECT desk.my_rgt()))
    WHERE p_rows IS NOT NULL
$$;

-- {id, at, from, from_login, to, to_login, centre, note, content, digest, intact, withdrawn_at, signed_at, signed_by,
-- taken: [number], left: [{number, code, facts}], to_sign}: to null is whoever of the centre comes next; to_sign: it
-- waits for the signature of p. Cases that p does not see are in none of its lists.
CREATE OR REPLACE FUNCTION gridseat.handover_row(p gridseat.person, h gridseat.handover) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('id', h.id, 'at', h.at, 'from', f.name, 'from_login', f.login, 'to', t.name,
        'to_login', t.login, 'centre', coalesce(o.alias, o.name), 'note', h.note,
        'content', gridseat.handover_shown(p, h.content), 'digest', encode(h.digest, 'hex'),
        'intact', h.digest = gridseat.handover_digest(h) AND (
                      h.signed_at IS NULL OR h.signature = gridseat.handover_signature(h)),
        'withdrawn_at', h.withdrawn_at, 'signed_at', h.signed_at, 'signed_by', s.name,
        'taken', gridseat.seen_rows(p, h.outcome -> 'taken'), 'left', gridseat.seen_rows(p, h.outcome -> 'left'),
        'to_sign', gridseat.may_sign(p, h))
    FROM gridseat.person AS f
    LEFT JOIN gridseat.person AS t ON t.id = h.to_id
    LEFT JOIN gridseat.person AS s ON s.id = h.signed_by
    LEFT JOIN gridseat.organisation AS o ON o.id = h.centre_id
    WHERE f.id = h.from_id
$$;

CREATE OR REPLACE FUNCTION gridseat.may_sign(p gridseat.person, h gridseat.handover) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT h.signed_at IS NULL AND h.withdrawn_at IS NULL AND h.from_id <> p.id AND gridseat.is_seat(p)
       AND (h.to_id = p.id OR (h.to_id IS NULL AND h.centre_id IS NOT DISTINCT FROM p.organisation_id))
$$;

-- Heads of those that wait for p, the oldest first: [{id, at, from, from_login, note, totals: {claims: 3, callbacks: 1}}].
CREATE OR REPLACE FUNCTION gridseat.handovers_waiting(p gridseat.person) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'at', h.at, 'from', f.name, 'from_login', f.login,
                   'note', h.note, 'totals', (
                       SELECT jsonb_object_agg(l.key, gridseat.seen_total(l.value, gridseat.seen_rows(p, l.value -> 'rows')))
                       FROM jsonb_each(h.content -> 'lists') AS l WHERE l.key IN ('claims', 'callbacks')))
                   ORDER BY h.id), '[]')
        FROM gridseat.handover AS h JOIN gridseat.person AS f ON f.id = h.from_id
        WHERE h.signed_at IS NULL AND h.withdrawn_at IS NULL AND gridseat.may_sign(p, h));
END $$;

-- Given and signed ones that the caller may read, the latest first, each as gridseat.handover_row says.
CREATE OR REPLACE FUNCTION desk.handovers(p_limit integer DEFAULT 20) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.check_seat();
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(gridseat.handover_row(p, x.h) ORDER BY (x.h).id DESC), '[]')
        FROM (SELECT h FROM gridseat.handover AS h WHERE gridseat.reads_handover(p, h)
              ORDER BY h.id DESC LIMIT greatest(1, least(p_limit, 200))) AS x (h));
END $$;

-- Gives the shift to a seat of the caller's centre, or (p_to null) to whoever of it comes next. One given before and not
-- signed yet is withdrawn. The same command again answers what the first did: a gridseat.handover_row.
CREATE OR REPLACE FUNCTION desk.hand_over(p_command uuid, p_to text DEFAULT NULL, p_note text DEFAULT '') RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.check_seat();
    h gridseat.handover;
BEGIN
    SELECT * INTO h FROM gridseat.handover AS x WHERE x.from_id = p.id AND x.command_id = p_command;
    IF h.id IS NULL THEN
        h.command_id := p_command;
        h.centre_id := p.organisation_id;
        h.from_id := p.id;
        h.to_id := gridseat.next_shift(p, p_to);
        h.note := btrim(coalesce(p_note, ''));
        h.at := desk.now();
        IF length(h.note) > 2000 THEN
            PERFORM gridseat.reject_input('too_long',
                jsonb_build_object('field', 'note', 'length', length(h.note), 'limit', 2000));
        END IF;
        h.content := gridseat.handover_facts(p, h.at);
        UPDATE gridseat.handover AS x SET withdrawn_at = h.at
        WHERE x.from_id = p.id AND x.signed_at IS NULL AND x.withdrawn_at IS NULL;
        INSERT INTO gridseat.handover (command_id, centre_id, from_id, to_id, note, at, content, digest)
        VALUES (h.command_id, h.centre_id, h.from_id, h.to_id, h.note, h.at, h.content, gridseat.handover_digest(h))
        RETURNING * INTO h;
    END IF;
    RETURN gridseat.handover_row(p, h);
END $$;

CREATE OR REPLACE FUNCTION gridseat.next_shift(p gridseat.person, p_to text) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    q gridseat.person;
BEGIN
    IF p_to IS NULL THEN
        RETURN NULL;
    END IF;
    q := gridseat.find_seat(p_to);
    IF q.id = p.id THEN
        PERFORM gridseat.reject_input('handover_to_oneself');
    ELSIF p.organisation_id <> q.organisation_id THEN
        PERFORM gridseat.refuse('handover_elsewhere', jsonb_build_object('person', q.name));
    END IF;
    RETURN q.id;
END $$;

-- The next shift signs. With p_take the giver's cases and promised call-backs pass to it, each by an entry of its own
-- with the case: those that the giver holds now, and those handed over that nobody holds any more. What cannot pass
-- stays where it is and is told: left = [{number, code, facts}].
CREATE OR REPLACE FUNCTION desk.sign_handover(p_command uuid, p_id bigint, p_take boolean DEFAULT true) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.check_seat();
    h gridseat.handover;
BEGIN
    SELECT * INTO h FROM gridseat.handover AS x WHERE x.id = p_id FOR UPDATE;
    IF h.id IS NULL OR NOT gridseat.reads_handover(p, h) THEN
        PERFORM gridseat.refuse('no_handover', jsonb_build_object('id', p_id));
    ELSIF h.signed_by = p.id AND h.sign_command_id = p_command THEN
        RETURN gridseat.handover_row(p, h);
    ELSIF h.signed_at IS NOT NULL THEN
        PERFORM gridseat.refuse('handover_signed', jsonb_build_object('id', p_id));
    ELSIF h.withdrawn_at IS NOT NULL THEN
        PERFORM gridseat.refuse('handover_withdrawn', jsonb_build_object('id', p_id));
    ELSIF NOT gridseat.may_sign(p, h) THEN
        PERFORM gridseat.refuse('handover_not_yours', jsonb_build_object('id', p_id));
    END IF;
    PERFORM gridseat.check_epoch();
    h.outcome := gridseat.hand_cases(p, h, p_command, coalesce(p_take, true));
    h.signed_by := p.id;
    h.signed_at := desk.now();
    h.sign_command_id := p_command;
    UPDATE gridseat.handover AS x
    SET (signed_by, signed_at, sign_command_id, outcome, signature)
      = ROW (h.signed_by, h.signed_at, h.sign_command_id, h.outcome, gridseat.handover_signature(h))
    WHERE x.id = h.id RETURNING * INTO h;
    RETURN gridseat.handover_row(p, h);
END $$;
