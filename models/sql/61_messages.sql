-- Messages between seats, about the work: what is to be known of a resident stands with the case, where it can be erased.

-- To one seat whom the caller may know, or (p_to null) to all of the caller's own centre; about a case, to those alone
-- who see it. The same command again answers what the first did. Answers the message as desk.messages shows it.
CREATE OR REPLACE FUNCTION desk.send_message(p_command uuid, p_to text, p_text text, p_number bigint DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.check_seat();
    m gridseat.message;
    v_text text := btrim(coalesce(p_text, ''), E' \t\r\n\u3000');
    v_to bigint[];
BEGIN
    SELECT * INTO m FROM gridseat.message AS x WHERE x.from_id = p.id AND x.command_id = p_command;
    IF m.id IS NULL THEN
        IF v_text = '' OR p_command IS NULL THEN
            PERFORM gridseat.reject_input('message_empty');
        ELSIF length(v_text) > 500 THEN
            PERFORM gridseat.reject_input('too_long',
                jsonb_build_object('field', 'text', 'length', length(v_text), 'limit', 500));
        ELSIF p_number IS NOT NULL AND desk.sees(p_number) IS NOT TRUE THEN
            PERFORM gridseat.refuse('not_found', jsonb_build_object('number', p_number));
        END IF;
        v_to := gridseat.addressees(p, p_to, p_number);
        INSERT INTO gridseat.message (command_id, from_id, centre_id, number, text, at)
        VALUES (p_command, p.id, CASE WHEN p_to IS NULL THEN p.organisation_id END, p_number, v_text, desk.now())
        RETURNING * INTO m;
        INSERT INTO gridseat.message_to (message_id, person_id) SELECT m.id, x FROM unnest(v_to) AS x;
    END IF;
    RETURN gridseat.message_shown(p, m);
END $$;

CREATE OR REPLACE FUNCTION gridseat.addressees(p gridseat.person, p_to text, p_number bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    q gridseat.person;
    i gridseat.incident;
    v_all bigint[];
BEGIN
    SELECT * INTO i FROM gridseat.incident AS x WHERE x.number = p_number;
    IF p_to IS NULL THEN
        SELECT array_agg(x.id) INTO v_all FROM gridseat.person AS x
        WHERE x.organisation_id IS NOT DISTINCT FROM p.organisation_id AND gridseat.is_seat(x)
          AND x.disabled_at IS NULL AND x.id <> p.id AND (p_number IS NULL OR gridseat.sees(x, i));
        IF v_all IS NULL THEN
            PERFORM gridseat.refuse('nobody_to_tell');
        END IF;
        RETURN v_all;
    END IF;
    q := gridseat.find_seat(p_to);
    IF q.id = p.id THEN
        PERFORM gridseat.reject_input('message_to_oneself');
    ELSIF p_number IS NOT NULL AND NOT gridseat.sees(q, i) THEN
        PERFORM gridseat.refuse('message_unseen', jsonb_build_object('person', q.name, 'number', p_number));
    END IF;
    RETURN ARRAY[q.id];
END $$;

-- A seat whom the caller may know; the same words for one of elsewhere and for none.
CREATE OR REPLACE FUNCTION gridseat.find_seat(p_login text) RETURNS gridseat.person
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    q gridseat.person := gridseat.find_person(p_login);
BEGIN
    IF NOT gridseat.is_seat(q)
       OR NOT (q.organisation_id IS NULL OR q.organisation_id = ANY (desk.my_circle())) THEN
        PERFORM gridseat.reject_input('no_such_person', jsonb_build_object('person', p_login));
    END IF;
    RETURN q;
END $$;

-- {id, at, kind, mine, from, from_login, to, to_login, all, number, title, text, read_at, readers}: kind message or
-- transfer (whose text is the note); to null where it went to all of a centre; number and title null for those who do
-- not see the case. read_at: when the caller read it, or of one's own to one seat, when that one did. readers, of one's
-- own: [{name, login, at}], at null for who has not read it.
CREATE OR REPLACE FUNCTION gridseat.message_shown(p gridseat.person, m gridseat.message) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
    v_mine boolean := m.from_id = p.id;
BEGIN
    SELECT * INTO i FROM gridseat.incident AS x WHERE x.number = m.number AND gridseat.sees(p, x);
    RETURN (
        SELECT jsonb_build_object('id', m.id, 'at', m.at, 'mine', v_mine, 'from', f.name, 'from_login', f.login,
            'kind', CASE WHEN m.seq IS NULL THEN 'message' ELSE 'transfer' END, 'all', m.centre_id IS NOT NULL,
            'to', r.to_name, 'to_login', r.to_login, 'number', i.number, 'title', i.title,
            'text', CASE WHEN m.seq IS NULL THEN m.text ELSE (
                SELECT w.text FROM gridseat.personal AS w
                WHERE (w.number, w.seq, w.field) = (i.number, m.seq, 'note')) END,
            'read_at', r.read_at, 'readers', CASE WHEN v_mine THEN r.readers END)
        FROM gridseat.person AS f
        CROSS JOIN LATERAL (
            SELECT CASE WHEN m.centre_id IS NULL THEN min(q.name) END AS to_name,
                   CASE WHEN m.centre_id IS NULL THEN min(q.login) END AS to_login,
                   min(t.read_at) FILTER (WHERE q.id = p.id OR (v_mine AND m.centre_id IS NULL)) AS read_at,
                   jsonb_agg(jsonb_build_object('name', q.name, 'login', q.login, 'at', t.read_at)
                             ORDER BY t.read_at, q.id) AS readers
            FROM gridseat.message_to AS t JOIN gridseat.person AS q ON q.id = t.person_id
            WHERE t.message_id = m.id) AS r
        WHERE f.id = m.from_id);
END $$;

-- Sent and received, the latest first.
CREATE OR REPLACE FUNCTION desk.messages(p_limit integer DEFAULT 50) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.check_seat();
    v_limit integer := greatest(1, least(p_limit, 500));
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(gridseat.message_shown(p, m) ORDER BY m.id DESC), '[]')
        FROM (SELECT x.id FROM (
                  (SELECT f.id FROM gridseat.message AS f WHERE f.from_id = p.id ORDER BY f.id DESC LIMIT v_limit)
                  UNION
                  (SELECT t.message_id FROM gridseat.message_to AS t WHERE t.person_id = p.id
                   ORDER BY t.message_id DESC LIMIT v_limit)) AS x
              ORDER BY x.id DESC LIMIT v_limit) AS y
        JOIN gridseat.message AS m ON m.id = y.id);
END $$;

-- What waits to be read, the oldest first.
CREATE OR REPLACE FUNCTION gridseat.unread(p gridseat.person) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(gridseat.message_shown(p, m) ORDER BY m.id), '[]')
        FROM (SELECT t.message_id FROM gridseat.message_to AS t
              WHERE t.person_id = p.id AND t.read_at IS NULL ORDER BY t.message_id LIMIT 50) AS t
        JOIN gridseat.message AS m ON m.id = t.message_id);
END $$;

-- Answers which of them are now read by the caller.
CREATE OR REPLACE FUNCTION desk.read_messages(p_ids bigint[]) RETURNS bigint[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.check_seat();
BEGIN
    UPDATE gridseat.message_to AS t SET read_at = desk.now()
    WHERE t.person_id = p.id AND t.message_id = ANY (p_ids) AND t.read_at IS NULL;
    RETURN (SELECT coalesce(array_agg(t.message_id ORDER BY t.message_id), '{}') FROM gridseat.message_to AS t
            WHERE t.person_id = p.id AND t.message_id = ANY (p_ids));
END $$;

-- Whom a case is passed to hears of it, and reads the note where it stands: with the case.
CREATE OR REPLACE FUNCTION gridseat.tell_transfer(t gridseat.turn, p_to bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_to <> (t.me).id THEN
        WITH told AS (
            INSERT INTO gridseat.message (command_id, from_id, number, seq, at)
            VALUES (t.command_id, (t.me).id, (t.i).number, t.seq, t.at) RETURNING id
        )
        INSERT INTO gridseat.message_to (message_id, person_id) SELECT m.id, p_to FROM told AS m;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.forget_messages(p_now timestamptz) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM gridseat.message AS m
    WHERE m.at < p_now - (gridseat.setting('message_days', '30') #>> '{}')::integer * interval '1 day'
$$;
