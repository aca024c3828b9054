-- One action: who, what, may they, is it legal, do it, write it down.

-- The first answer to this command id by this person; null when it is new. One move may write on several
-- incidents (a merge on its main case too): the answer is that of the one it was sent for.
CREATE OR REPLACE FUNCTION gridseat.replay(p_person bigint, p_command uuid, p_action text, p_number bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e record;
BEGIN
    SELECT t.action, t.answer, t.number INTO e FROM gridseat.timeline AS t
    WHERE t.actor_id = p_person AND t.command_id = p_command
    ORDER BY (t.number = p_number) IS TRUE DESC, t.id LIMIT 1;
    IF e.answer IS NOT NULL AND (e.action <> p_action OR e.number <> p_number) THEN
        PERFORM gridseat.refuse('command_reused', jsonb_build_object('action', e.action, 'number', e.number));
    END IF;
    RETURN e.answer;
END $$;

-- Dumps restored elsewhere carry transaction ids of another cluster: the feed's order would lie.
CREATE OR REPLACE FUNCTION gridseat.epoch() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT c.system_identifier || ':' || 'gridseat.timeline'::regclass::oid FROM pg_control_system() AS c);
END $$;

CREATE OR REPLACE FUNCTION gridseat.check_epoch() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF gridseat.setting('epoch', 'null') #>> '{}' IS DISTINCT FROM gridseat.epoch() THEN
        PERFORM gridseat.refuse('upgrade_needed');
    END IF;
END $$;

-- What the person's organisation is to this incident.
CREATE OR REPLACE FUNCTION gridseat.relations(t gridseat.turn) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_mine bigint := (t.me).organisation_id;
    v_found text[] := ARRAY['viewer'];
    v_centre bigint := (t.i).centre_id;
    v_dispatcher bigint := coalesce((t.i).dispatch_centre_id, (t.i).centre_id);
BEGIN
    IF gridseat.is_duty(t.me) THEN
        RETURN ARRAY['viewer', 'owner', 'dispatcher', 'lead', 'party', 'above'];
    END IF;
    IF v_mine = v_centre OR gridseat.covers(v_mine, v_centre, t.at) THEN
        v_found := v_found || 'owner'::text;
    END IF;
    IF v_mine = v_dispatcher OR gridseat.covers(v_mine, v_dispatcher, t.at) THEN
        v_found := v_found || 'dispatcher'::text;
    END IF;
    IF EXISTS (SELECT FROM gridseat.organisation AS o, gridseat.organisation AS c
               WHERE o.id = v_mine AND c.id = v_centre AND o.lft <= c.lft AND o.rgt >= c.rgt) THEN
        v_found := v_found || 'above'::text;
    END IF;
    RETURN v_found || (
        SELECT coalesce(array_agg(DISTINCT r.relation), '{}')
        FROM gridseat.party AS p
        CROSS JOIN LATERAL unnest(CASE p.kind WHEN 'lead' THEN ARRAY['lead', 'party'] ELSE ARRAY['party'] END)
            AS r (relation)
        WHERE p.number = (t.i).number AND p.organisation_id = v_mine AND p.until_seq IS NULL AND p.kind <> 'copy'
          AND (p.grid_id IS NULL OR (t.me).grid_id IS NULL OR p.grid_id = (t.me).grid_id));
END $$;

CREATE OR REPLACE FUNCTION gridseat.find_rule(t gridseat.turn) RETURNS gridseat.rule
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r gridseat.rule;
    v_relations text[] := gridseat.relations(t);
BEGIN
    SELECT * INTO r FROM gridseat.rule AS q
    WHERE q.action = (t.action).key AND q.from_status = (t.i).status AND q.relation = ANY (v_relations)
      AND (gridseat.is_duty(t.me) OR q.positions && (t.me).positions)
    ORDER BY array_position(gridseat.relation_order(), q.relation)
    LIMIT 1;
    IF r.action IS NULL THEN
        IF EXISTS (SELECT FROM gridseat.rule AS q
                   WHERE q.action = (t.action).key AND q.from_status = (t.i).status) THEN
            PERFORM gridseat.refuse('not_allowed', jsonb_build_object(
                'action', (t.action).key, 'number', (t.i).number, 'relations', (
                    SELECT jsonb_agg(DISTINCT q.relation) FROM gridseat.rule AS q
                    WHERE q.action = (t.action).key AND q.from_status = (t.i).status)));
        END IF;
        PERFORM gridseat.refuse('illegal_move', jsonb_build_object(
            'action', (t.action).key, 'number', (t.i).number, 'status', (t.i).status,
            'legal', to_jsonb(gridseat.legal(t))));
    END IF;
    RETURN r;
END $$;

-- A reason is what a rule asks of a move that is possible: without it the move is refused (exit 1 at a command line).
-- Any other option is what the action is about: without it the input is wrong (exit 2).
CREATE OR REPLACE FUNCTION gridseat.check_needs(t gridseat.turn) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_name text;
BEGIN
    FOR v_name IN
        SELECT o ->> 'name' FROM jsonb_array_elements((t.action).options) AS o
        WHERE (o ->> 'required')::boolean AND o ->> 'kind' <> 'file'
        UNION SELECT unnest((t.rule).needs)
    LOOP
        IF coalesce(btrim(t.args ->> v_name), '') = '' THEN
            IF v_name = 'reason' THEN
                PERFORM gridseat.refuse('reason_needed', jsonb_build_object('action', (t.action).key));
            END IF;
            PERFORM gridseat.reject_input('option_missing',
                jsonb_build_object('action', (t.action).key, 'option', v_name));
        END IF;
    END LOOP;
END $$;

-- Another's live claim refuses the centre's moves; notes, calls and reminders pass, and so do the unit's moves.
CREATE OR REPLACE FUNCTION gridseat.check_claim(t gridseat.turn) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (t.action).versioned AND (t.rule).relation IN ('owner', 'dispatcher')
       AND gridseat.is_held(t) THEN
        PERFORM gridseat.refuse('claimed', gridseat.claim_facts(t.i));
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.claim_facts(i gridseat.incident) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('number', i.number, 'by', p.name, 'since', i.claim_at, 'until', i.claim_until)
    FROM gridseat.person AS p WHERE p.id = i.claim_person_id
$$;

-- Who changed it, when, and the row as it is now: what a conflict card shows.
CREATE OR REPLACE FUNCTION gridseat.check_version(t gridseat.turn, p_version integer) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (t.action).versioned AND p_version IS NOT NULL AND p_version <> (t.i).version THEN
        PERFORM gridseat.refuse('stale_version', (
            SELECT jsonb_build_object('number', (t.i).number, 'version', (t.i).version, 'yours', p_version,
                'status', (t.i).status, 'by', p.name, 'at', e.at, 'action', e.action,
                'now', gridseat.answer(t.i))
            FROM gridseat.timeline AS e JOIN gridseat.person AS p ON p.id = e.actor_id
            WHERE e.number = (t.i).number AND (e.answer -> 'version')::integer = (t.i).version
            ORDER BY e.seq LIMIT 1));
    END IF;
END $$;

-- Locks the incident (a pair in the order of their numbers), and only then looks at the clock.
CREATE OR REPLACE FUNCTION gridseat.take(t gridseat.turn, p_number bigint) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
    v_pair bigint := gridseat.other_number(t);
BEGIN
    IF v_pair IS NOT NULL THEN
        PERFORM FROM gridseat.incident AS x WHERE x.number IN (p_number, v_pair) ORDER BY x.number FOR NO KEY UPDATE;
    END IF;
    SELECT * INTO i FROM gridseat.incident AS x WHERE x.number = p_number FOR NO KEY UPDATE;
    t.i := i;
    t.at := desk.now();
    RETURN t;
END $$;

-- "Not found" alike for none and for unseen. What time alone has changed since is written first.
CREATE OR REPLACE FUNCTION gridseat.admit(t gridseat.turn, p_number bigint) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
BEGIN
    IF i.number IS NULL OR NOT (gridseat.sees(t.me, i) OR gridseat.may_open(t, i)) THEN
        PERFORM gridseat.refuse('not_found', jsonb_build_object('number', p_number));
    END IF;
    IF gridseat.suspension_over(i) THEN
        PERFORM gridseat.resume_due(i.number);
        SELECT * INTO i FROM gridseat.incident AS x WHERE x.number = p_number;
    END IF;
    t.i := i;
    t.was := i;
    t.seq := i.last_seq + 1;
    t.centre_id := CASE WHEN gridseat.is_duty(t.me) THEN i.centre_id ELSE (t.me).organisation_id END;
    RETURN t;
END $$;

-- A restricted case with nobody named on duty is opened by the duty supervisor, by revealing it with a reason.
CREATE OR REPLACE FUNCTION gridseat.may_open(t gridseat.turn, i gridseat.incident) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (t.action).key = 'reveal' AND i.restricted AND 'supervisor' = ANY ((t.me).positions)
       AND (gridseat.is_duty(t.me) OR gridseat.below(i.centre_id, (t.me).organisation_id))
       AND NOT EXISTS (
           SELECT FROM gridseat.named AS n JOIN gridseat.shift AS s ON s.person_id = n.person_id
           WHERE n.number = i.number AND s.starts <= t.at AND s.ends > t.at)
$$;

CREATE OR REPLACE FUNCTION gridseat.other_number(t gridseat.turn) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE (t.action).key WHEN 'report' THEN t.args ->> 'into'
                               WHEN 'merge' THEN t.args ->> 'into'
                               WHEN 'attach-report' THEN t.args ->> 'to'
                               WHEN 'link' THEN t.args ->> 'to' END::bigint;
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range THEN
    PERFORM gridseat.reject_input('bad_number', jsonb_build_object('number', coalesce(t.args ->> 'into', t.args ->> 'to')));
END $$;

CREATE OR REPLACE FUNCTION desk.act(p_command uuid, p_action text, p_number bigint DEFAULT NULL,
                                    p_version integer DEFAULT NULL, p_args jsonb DEFAULT '{}',
                                    p_content bytea DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn;
    a gridseat.action;
    i gridseat.incident;
    v_answer jsonb;
BEGIN
    t.me := gridseat.me();
    SELECT * INTO a FROM gridseat.action WHERE key = p_action;
    IF a.key IS NULL OR p_command IS NULL THEN
        PERFORM gridseat.reject_input('no_such_action', jsonb_build_object('action', p_action));
    END IF;
    PERFORM gridseat.check_epoch();
    t.action := a;
    t.command_id := p_command;
    t.args := gridseat.clean_args(a, p_args);
    t.reason := t.args ->> 'reason';
    t.facts := '{}';
    t.texts := jsonb_build_object('text', coalesce(t.args ->> 'text', ''));
    IF p_action = 'report' THEN
        v_answer := gridseat.replay((t.me).id, p_command, p_action, NULL);
        IF v_answer IS NOT NULL THEN
            RETURN gridseat.replayed_report(t.me, p_command, v_answer);
        END IF;
        t := gridseat.report(t);
    ELSE
        t := gridseat.take(t, p_number);
        v_answer := gridseat.replay((t.me).id, p_command, p_action, p_number);
        IF v_answer IS NOT NULL THEN
            RETURN v_answer || gridseat.shown(t);
        END IF;
        t := gridseat.admit(t, p_number);
        PERFORM gridseat.check_version(t, p_version);
        t.rule := gridseat.find_rule(t);
        PERFORM gridseat.check_needs(t);
        PERFORM gridseat.check_claim(t);
        IF (t.rule).relation IN ('lead', 'party') AND gridseat.is_duty(t.me) THEN
            t.behalf_id := (t.i).lead_unit_id;
        END IF;
        IF (t.rule).to_status NOT IN ('before') THEN
            t.i.status := (t.rule).to_status;
        END IF;
        t := gridseat.step(t, p_content);
    END IF;
    IF p_content IS NOT NULL THEN
        t := gridseat.put_attachment(t, p_content);
    ELSIF t.args ?| ARRAY['file', 'photo'] THEN
        PERFORM gridseat.reject_input('option_missing', jsonb_build_object('action', p_action, 'option', 'file'));
    END IF;
    i := gridseat.settle(t);
    t.i := i;
    IF p_action = 'report' AND t.args ? 'into' THEN
        RETURN gridseat.answer((gridseat.put_under(t)).i);
    END IF;
    RETURN gridseat.answer(i) || gridseat.shown(t)
        || CASE WHEN p_action = 'report' THEN gridseat.reopen_offer(t) ELSE '{}' END;
END $$;
