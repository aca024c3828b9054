-- Claims: a seat takes a case for a while, so that two do not work on it. They are leases, and end by time.

CREATE OR REPLACE FUNCTION gridseat.step_claim(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (t.i).claim_until > t.at AND (t.i).claim_person_id <> (t.me).id THEN
        IF NOT ('supervisor' = ANY ((t.me).positions) AND t.reason IS NOT NULL) THEN
            PERFORM gridseat.refuse('claimed', gridseat.claim_facts(t.i));
        END IF;
        t.facts := jsonb_build_object('taken_from', (t.i).claim_person_id);
    END IF;
    IF (t.i).claim_person_id IS DISTINCT FROM (t.me).id OR (t.i).claim_until <= t.at THEN
        t.i.claim_at := t.at;
    END IF;
    t.i.claim_person_id := (t.me).id;
    t.i.claim_until := t.at + gridseat.lease();
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.lease() RETURNS interval
LANGUAGE sql STABLE AS
$$ SELECT (gridseat.setting('claim_minutes', '10') #>> '{}')::integer * interval '1 minute' $$;

CREATE OR REPLACE FUNCTION gridseat.end_claim(i gridseat.incident) RETURNS gridseat.incident
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    i.claim_person_id := NULL;
    i.claim_at := NULL;
    i.claim_until := NULL;
    RETURN i;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_release(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (t.i).claim_person_id IS NULL THEN
        PERFORM gridseat.refuse('not_claimed', jsonb_build_object('number', (t.i).number));
    ELSIF (t.i).claim_person_id <> (t.me).id AND (t.i).claim_until > t.at
          AND NOT ('supervisor' = ANY ((t.me).positions) AND gridseat.relations(t) && ARRAY['owner', 'above']) THEN
        PERFORM gridseat.refuse('claimed', gridseat.claim_facts(t.i));
    END IF;
    t.i := gridseat.end_claim(t.i);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_transfer(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.find_person(t.args ->> 'to');
    u gridseat.turn := t;
BEGIN
    u.me := p;
    IF gridseat.is_held(t) AND NOT 'supervisor' = ANY ((t.me).positions) AND NOT t.facts ? 'handover' THEN
        PERFORM gridseat.refuse('claimed', gridseat.claim_facts(t.i));
    ELSIF NOT gridseat.is_seat(p) OR NOT gridseat.sees(p, t.i) THEN
        PERFORM gridseat.refuse('not_a_seat_here', jsonb_build_object('person', p.login));
    ELSIF NOT (t.rule).relation = ANY (gridseat.relations(u)) THEN
        PERFORM gridseat.refuse('cannot_take_over', jsonb_build_object('person', p.name, 'number', (t.i).number));
    END IF;
    t.facts := t.facts || jsonb_build_object('to', p.login);
    t.texts := jsonb_build_object('note', coalesce(t.args ->> 'note', ''));
    t.i.claim_person_id := p.id;
    t.i.claim_at := t.at;
    t.i.claim_until := t.at + gridseat.lease();
    IF (t.i).callback_at IS NOT NULL THEN  -- a promise goes with the case
        t.i.callback_person_id := p.id;
    END IF;
    PERFORM gridseat.tell_transfer(t, p.id);
    RETURN t;
END $$;

-- A claim is kept alive by input at its seat; no entry, no fact.
CREATE OR REPLACE FUNCTION desk.renew(p_numbers bigint[]) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
    v_now timestamptz := desk.now();
    v_kept bigint[];
BEGIN
    WITH mine AS (
        SELECT i.number FROM gridseat.incident AS i
        WHERE i.number = ANY (p_numbers) AND i.claim_person_id = p.id AND i.claim_until > v_now
        ORDER BY i.number FOR NO KEY UPDATE
    ), kept AS (
        UPDATE gridseat.incident AS i SET claim_until = v_now + gridseat.lease()
        FROM mine WHERE i.number = mine.number RETURNING i.number
    )
    SELECT coalesce(array_agg(k.number), '{}') INTO v_kept FROM kept AS k;
    RETURN v_kept;
END $$;

-- The next unclaimed case of the caller's centre, skipping those that others are just taking. The person's own row is
-- locked: the same command sent twice at once must not take two.
CREATE OR REPLACE FUNCTION desk.take_next(p_command uuid, p_statuses text[] DEFAULT ARRAY['reported', 'accepted'])
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
    v_answer jsonb;
    v_number bigint;
BEGIN
    PERFORM FROM gridseat.person AS q WHERE q.id = p.id FOR NO KEY UPDATE;
    v_answer := gridseat.replay(p.id, p_command, 'claim', NULL);
    IF v_answer IS NOT NULL THEN
        RETURN v_answer;
    END IF;
    v_number := coalesce(gridseat.free_case(p, p_statuses, 'claim_person_id IS NULL'),
                         gridseat.free_case(p, p_statuses, 'claim_until <= desk.now()'));
    IF v_number IS NULL THEN
        PERFORM gridseat.refuse('nothing_to_take');
    END IF;
    RETURN desk.act(p_command, 'claim', v_number);
END $$;

-- The most pressing one, along the index of what nobody holds; and locked.
CREATE OR REPLACE FUNCTION gridseat.free_case(p gridseat.person, p_statuses text[], p_condition text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_number bigint;
BEGIN
    EXECUTE format(
        'SELECT i.number FROM gridseat.incident AS i
         WHERE i.%s AND i.status IN (%s) AND i.status = ANY ($1) AND NOT i.restricted %s
         ORDER BY i.priority, i.due, i.number LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED',
        p_condition, gridseat.open_list(),
        CASE WHEN gridseat.is_duty(p) THEN '' ELSE 'AND i.centre_id = $2' END)
    INTO v_number USING p_statuses, p.organisation_id;
    RETURN v_number;
END $$;
