-- Actions beside the main road: words from above, merging, head incidents, notes, follow-up, reopening, undo.

CREATE OR REPLACE FUNCTION gridseat.step_follow_up(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_yes_no constant text[] := ARRAY['yes', 'no'];
BEGIN
    PERFORM gridseat.check_answers(t);
    t.facts := jsonb_build_object('contacted', gridseat.one_of(t, 'contacted', v_yes_no),
        'solved', gridseat.one_of(t, 'solved', v_yes_no), 'satisfied', gridseat.one_of(t, 'satisfied', v_yes_no),
        'kept', gridseat.one_of(t, 'kept', v_yes_no));
    IF t.args ->> 'contacted' = 'yes' THEN
        t := gridseat.call_back(t, NULL);
    END IF;
    t.i.unreached := CASE WHEN t.args ->> 'contacted' = 'no' THEN (t.i).unreached + 1 ELSE 0 END;
    IF (t.i).unreached >= 3 THEN
        t.facts := t.facts || jsonb_build_object('unreachable', true);
    END IF;
    IF t.args ->> 'solved' = 'no' THEN
        t.facts := t.facts || jsonb_build_object('offer', 'reopen');
    END IF;
    RETURN t;
END $$;

-- A new round under the same number; earlier rounds stay.
CREATE OR REPLACE FUNCTION gridseat.step_reopen(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t := gridseat.drop_request(t);
    UPDATE gridseat.party SET until_seq = t.seq
    WHERE number = (t.i).number AND until_seq IS NULL AND kind IN ('lead', 'co');
    t.i.round := (t.i).round + 1;
    t.i.reopens := (t.i).reopens + 1;
    t.i.closed_at := NULL;
    t.i.outcome := NULL;
    t.i.at_once := false;
    t.i.drawn := false;
    t.i.dispatch_centre_id := NULL;
    t.i.lead_unit_id := NULL;
    t.i.lead_grid_id := NULL;
    t.i.designated := false;
    t.i.acknowledged_at := NULL;
    t.i.unreached := 0;
    PERFORM gridseat.start_stage(t, 'dispatch');
    PERFORM gridseat.unanswer_children(t);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_copy(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_to bigint := gridseat.find_centre(t.args ->> 'to');
BEGIN
    IF EXISTS (SELECT FROM gridseat.party AS p WHERE p.number = (t.i).number AND p.organisation_id = v_to
                 AND p.kind = 'copy' AND p.until_seq IS NULL) THEN
        PERFORM gridseat.refuse('copied_already', jsonb_build_object('unit', t.args ->> 'to'));
    END IF;
    INSERT INTO gridseat.party (number, organisation_id, kind, since_seq, since)
    VALUES ((t.i).number, v_to, 'copy', t.seq, t.at);
    t.facts := jsonb_build_object('to', t.args ->> 'to', 'centre_id', v_to);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_supervise(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO gridseat.card (number, round, colour, given_by, seq, at)
    VALUES ((t.i).number, (t.i).round, gridseat.one_of(t, 'card', ARRAY['yellow', 'red']), (t.me).id, t.seq, t.at);
    t.facts := jsonb_build_object('card', t.args ->> 'card');
    RETURN t;
END $$;

-- A reminder to a merged report is one to its main case too.
CREATE OR REPLACE FUNCTION gridseat.step_remind(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t.i.reminders := (t.i).reminders + 1;
    IF (t.i).status = 'merged' THEN
        PERFORM gridseat.echo(t, coalesce((t.i).merged_into, (t.i).head_number), 0, 1);
    END IF;
    RETURN t;
END $$;

-- The same action, written on the main case: so many reports and reminders more. Who works on that does not conflict.
CREATE OR REPLACE FUNCTION gridseat.echo(t gridseat.turn, p_main bigint, p_reports integer, p_reminders integer)
RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
    v_child bigint := (t.i).number;
BEGIN
    SELECT * INTO i FROM gridseat.incident AS x WHERE x.number = p_main FOR NO KEY UPDATE;
    IF i.number IS NULL THEN
        RETURN;
    END IF;
    i.reports := i.reports + p_reports;
    i.reminders := i.reminders + p_reminders;
    t.was := i;
    t.i := i;
    t.seq := i.last_seq + 1;
    t.facts := jsonb_build_object('report', v_child);
    t.texts := '{}';
    t.action.versioned := false;
    t.action.undoable := false;
    PERFORM gridseat.settle(t);
END $$;

-- The other incident of a pair; unseen is not found.
CREATE OR REPLACE FUNCTION gridseat.other_incident(t gridseat.turn) RETURNS gridseat.incident
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m gridseat.incident;
BEGIN
    SELECT * INTO m FROM gridseat.incident AS x WHERE x.number = gridseat.other_number(t);
    IF m.number IS NULL OR NOT gridseat.sees(t.me, m) THEN
        PERFORM gridseat.refuse('not_found', jsonb_build_object('number', gridseat.other_number(t)));
    END IF;
    RETURN m;
END $$;

-- Both are open, both are the caller's to move, and only the locked pair is looked at: opposite merges leave one.
CREATE OR REPLACE FUNCTION gridseat.step_under(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    u gridseat.turn := t;
    m gridseat.incident := gridseat.other_incident(t);
BEGIN
    IF m.number = (t.i).number THEN
        PERFORM gridseat.refuse('merge_with_itself', jsonb_build_object('number', m.number));
    ELSIF m.status IN ('closed', 'rejected', 'merged', 'cancelled') THEN
        PERFORM gridseat.refuse('main_not_open', jsonb_build_object('number', m.number, 'status', m.status));
    END IF;
    u.i := m;
    IF NOT 'owner' = ANY (gridseat.relations(u)) THEN
        PERFORM gridseat.refuse('not_allowed', jsonb_build_object('action', (t.action).key, 'number', m.number,
            'relations', '["owner"]'::jsonb));
    END IF;
    PERFORM gridseat.suspend_clocks(t);
    t := gridseat.drop_request(t);
    t.i := gridseat.end_claim(t.i);
    IF (t.was).status <> 'suspended' THEN
        t.i.status_before := (t.was).status;
    END IF;
    IF (t.action).key = 'merge' THEN
        t.i.merged_into := m.number;
    ELSE
        t.i.head_number := m.number;
    END IF;
    t.facts := jsonb_build_object('main', m.number);
    PERFORM gridseat.echo(t, m.number, 1, 0);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_apart(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_main bigint := CASE (t.action).key WHEN 'unmerge' THEN (t.i).merged_into ELSE (t.i).head_number END;
BEGIN
    IF v_main IS NULL THEN
        PERFORM gridseat.refuse('not_under_one', jsonb_build_object('number', (t.i).number, 'action', (t.action).key));
    END IF;
    t.i.merged_into := NULL;
    t.i.head_number := NULL;
    t.i.outcome := NULL;
    t.i.closed_at := NULL;
    IF (t.i).resume_at IS NOT NULL THEN
        t.i.status := 'suspended';
    ELSE
        t.i := gridseat.back_in_place(t.i);
        PERFORM gridseat.resume_clocks(t);
    END IF;
    t.facts := jsonb_build_object('main', v_main);
    PERFORM gridseat.echo(t, v_main, -1, 0);
    RETURN t;
END $$;

-- Every reporter of a merged case keeps number, answer and follow-up: the end of the main case is told to each.
CREATE OR REPLACE FUNCTION gridseat.answer_children(t gridseat.turn) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
    u gridseat.turn := t;
BEGIN
    FOR i IN SELECT x.* FROM gridseat.incident AS x
             WHERE x.status = 'merged' AND (x.merged_into = (t.i).number OR x.head_number = (t.i).number)
             ORDER BY x.number FOR NO KEY UPDATE LOOP
        u.was := i;
        i.outcome := (t.i).outcome;
        i.closed_at := (t.i).closed_at;
        u.i := i;
        u.seq := i.last_seq + 1;
        u.facts := jsonb_strip_nulls(jsonb_build_object('main', (t.i).number, 'outcome', (t.i).outcome));
        u.action.undoable := false;
        PERFORM gridseat.settle(u);
        PERFORM gridseat.answer_children(u);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_link(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    m gridseat.incident := gridseat.other_incident(t);
BEGIN
    IF m.number = (t.i).number OR EXISTS (
        SELECT FROM gridseat.link AS l WHERE (l.number, l.other) IN
            (((t.i).number, m.number), (m.number, (t.i).number))) THEN
        PERFORM gridseat.refuse('linked_already', jsonb_build_object('number', m.number));
    END IF;
    INSERT INTO gridseat.link (number, other, seq) VALUES ((t.i).number, m.number, t.seq);
    t.facts := jsonb_build_object('other', m.number);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_task_force(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.find_person(t.args ->> 'member');
BEGIN
    IF gridseat.is_named(p, (t.i).number) THEN
        PERFORM gridseat.refuse('named_already', jsonb_build_object('person', p.login));
    END IF;
    INSERT INTO gridseat.named (number, person_id, since_seq) VALUES ((t.i).number, p.id, t.seq);
    t.facts := jsonb_build_object('member', p.login);
    RETURN t;
END $$;

-- The holder of the claim sees at once; anybody else gives a reason. Either is in the timeline, which is the audit.
CREATE OR REPLACE FUNCTION gridseat.step_reveal(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF t.reason IS NULL AND NOT ((t.i).claim_person_id = (t.me).id AND (t.i).claim_until > t.at) IS TRUE THEN
        PERFORM gridseat.refuse('reason_needed', jsonb_build_object('action', 'reveal'));
    END IF;
    IF gridseat.may_open(t, t.i) AND NOT gridseat.sees(t.me, t.i) THEN
        INSERT INTO gridseat.named (number, person_id, since_seq) VALUES ((t.i).number, (t.me).id, t.seq);
        t.facts := jsonb_build_object('opened', true);
    END IF;
    RETURN t;
END $$;

-- What a reveal shows. Never stored with the answer, so that an erasure leaves no copy.
CREATE OR REPLACE FUNCTION gridseat.shown(t gridseat.turn) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF (t.action).key <> 'reveal' OR NOT gridseat.sees(t.me, t.i) THEN
        RETURN '{}';
    END IF;
    RETURN jsonb_build_object('personal', (
        SELECT coalesce(jsonb_object_agg(p.field, p.text), '{}')
        FROM gridseat.personal AS p
        WHERE p.number = (t.i).number AND p.seq = 1 AND p.field IN ('reporter', 'phone')));
END $$;

-- By what the bytes are, not by what they are called.
CREATE OR REPLACE FUNCTION gridseat.media_type(p bytea) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.type FROM (VALUES
        ('image/jpeg', 1, '\xffd8ff'::bytea), ('image/png', 1, '\x89504e470d0a1a0a'), ('image/webp', 9, 'WEBP'),
        ('image/heic', 5, 'ftypheic'), ('application/pdf', 1, '%PDF-'), ('audio/wav', 9, 'WAVE'),
        ('audio/ogg', 1, 'OggS'), ('audio/mpeg', 1, 'ID3'), ('audio/mpeg', 1, '\xfffb'),
        ('audio/mp4', 5, 'ftypM4A'), ('video/mp4', 5, 'ftypisom'), ('video/mp4', 5, 'ftypmp42'),
        ('audio/amr', 1, '#!AMR')) AS m (type, at, mark)
    WHERE substr(p, m.at, length(m.mark)) = m.mark LIMIT 1
$$;

CREATE OR REPLACE FUNCTION gridseat.put_attachment(t gridseat.turn, p_content bytea) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_type text := gridseat.media_type(p_content);
    v_cap integer := (gridseat.setting('attachment_bytes', '10485760') #>> '{}')::integer;
    v_name text := left(coalesce(t.args ->> 'file_name', t.args ->> 'file', t.args ->> 'photo', 'file'), 200);
BEGIN
    IF NOT (t.action).options @> '[{"kind": "file"}]' THEN
        PERFORM gridseat.reject_input('unknown_option', jsonb_build_object('action', (t.action).key, 'option', 'file'));
    ELSIF length(p_content) > v_cap THEN
        PERFORM gridseat.reject_input('attachment_too_large', jsonb_build_object('file', v_name, 'limit', v_cap));
    ELSIF v_type IS NULL THEN
        PERFORM gridseat.reject_input('file_type_unknown', jsonb_build_object('file', v_name));
    END IF;
    INSERT INTO gridseat.attachment (number, seq, name, media_type, size, digest, content)
    VALUES ((t.i).number, t.seq, v_name, v_type, length(p_content), sha256(p_content), p_content);
    t.facts := t.facts || jsonb_build_object('attachment', jsonb_build_object(
        'name', v_name, 'type', v_type, 'size', length(p_content), 'digest', encode(sha256(p_content), 'hex')));
    RETURN t;
END $$;
