-- 交接班: what a seat leaves to the next shift, put together from the facts.

-- The lists: which open cases of the centre (or, whatever their status, of the seat itself), and what a row says beside
-- number, title, status, priority, due and whether the seat holds it. {1} the seat, {2} now, {3} its centre.
CREATE OR REPLACE FUNCTION gridseat.handover_lists() RETURNS TABLE (key text, own boolean, condition text, extra text)
LANGUAGE sql IMMUTABLE AS $$
    VALUES
    ('claims', true, 'i.claim_person_id = {1} AND i.claim_until > {2}', ''),
    ('callbacks', true, 'i.callback_person_id = {1} AND i.callback_at IS NOT NULL', ', ''at'', i.callback_at'),
    ('due_soon', false, 'i.due > {2} AND i.due <= {2} + interval ''1 hour''', ''),
    ('overdue', false, 'i.due <= {2}', ''),
    ('urged', false, 'i.urged_at IS NOT NULL', ', ''at'', i.urged_at'),
    ('pending', false, 'i.pending IS NOT NULL', ', ''pending'', i.pending'),
    ('urgent', false, 'i.priority = 1', ''),
    ('instructions', false,
     'i.number IN (SELECT e.number FROM gridseat.timeline AS e WHERE e.action = ''instruct'')
      AND gridseat.unanswered(i.number) <> ''[]''', ', ''waiting'', gridseat.unanswered(i.number)')
$$;

-- Instructions without an answer: [{seq, by, at, due}]; the words stay with the case.
CREATE OR REPLACE FUNCTION gridseat.unanswered(p_number bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(x - ARRAY['text', 'answered_seq', 'answered_at', 'overdue']), '[]')
    FROM jsonb_array_elements(gridseat.instructions(p_number)) AS x WHERE x ->> 'answered_seq' IS NULL
$$;

-- {"total": how many there are, "rows": [the first hundred by due, and every restricted one; of one's own all]}.
CREATE OR REPLACE FUNCTION gridseat.handover_list(p gridseat.person, p_now timestamptz, p_own boolean,
                                                  p_condition text, p_extra text)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_where text := p_condition;
    v_told jsonb;
BEGIN
    IF NOT p_own THEN
        v_where := format('i.status IN (%s) AND (i.centre_lft = {3} OR {3} IS NULL) AND (%s)',
                          gridseat.open_list(), p_condition);
    END IF;
    EXECUTE replace(replace(replace(format(
        'SELECT jsonb_build_object(''total'', coalesce(max(x.total), 0), ''rows'', coalesce(jsonb_agg(
                    jsonb_build_object(''number'', i.number, ''title'', i.title, ''status'', i.status,
                        ''priority'', i.priority, ''due'', i.due,
                        ''mine'', coalesce(i.claim_person_id = {1} AND i.claim_until > {2}, false)%s)
                    ORDER BY x.place), ''[]''))
         FROM (SELECT i.number, count(*) OVER () AS total, row_number() OVER (ORDER BY i.due, i.number) AS place
               FROM gridseat.incident AS i
               WHERE (%s) AND (NOT i.restricted OR gridseat.is_named($1, i.number))) AS x
         JOIN gridseat.incident AS i ON i.number = x.number
         WHERE %L OR x.place <= 100 OR i.restricted', p_extra, v_where, p_own),
        '{1}', '$1.id'), '{2}', '$2'), '{3}', '$3')
    INTO v_told USING p, p_now, (SELECT o.lft FROM gridseat.organisation AS o WHERE o.id = p.organisation_id);
    RETURN v_told;
END $$;

-- When the seat's shift began: by the roster, else when it signed the last handover, else when it signed in, at most
-- twelve hours ago.
CREATE OR REPLACE FUNCTION gridseat.shift_began(p gridseat.person, p_now timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT greatest(p_now - interval '12 hours', coalesce(
        (SELECT max(s.starts) FROM gridseat.shift AS s
         WHERE s.person_id = p.id AND s.starts <= p_now AND s.ends > p_now - interval '2 hours'),
        (SELECT max(h.signed_at) FROM gridseat.handover AS h
         WHERE h.signed_by = p.id AND h.signed_at > p_now - interval '12 hours'),
        (SELECT x.signed_in_at FROM gridseat.presence AS x WHERE x.person_id = p.id)))
$$;

-- {since, at, lists: {claims, callbacks, due_soon, overdue, urged, pending, urgent, instructions, notes}}, each
-- {total, rows}; notes are the seat's own notes and calls of its shift: number, title, at, seq, action.
CREATE OR REPLACE FUNCTION gridseat.handover_facts(p gridseat.person, p_now timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_since timestamptz := gridseat.shift_began(p, p_now);
BEGIN
    RETURN jsonb_build_object('since', v_since, 'at', p_now, 'lists', (
        SELECT jsonb_object_agg(l.key, gridseat.handover_list(p, p_now, l.own, l.condition, l.extra))
        FROM gridseat.handover_lists() AS l
    ) || jsonb_build_object('notes', (
        SELECT jsonb_build_object('total', count(*), 'rows', coalesce(jsonb_agg(jsonb_build_object(
                   'number', i.number, 'title', i.title, 'status', i.status, 'priority', i.priority, 'due', i.due,
                   'at', e.at, 'seq', e.seq, 'action', e.action) ORDER BY e.at, e.id), '[]'))
        FROM gridseat.timeline AS e JOIN gridseat.incident AS i ON i.number = e.number
        WHERE e.actor_id = p.id AND e.at >= v_since AND e.action IN ('note', 'call')
          AND gridseat.sees(p, i))));
END $$;

-- The facts for the eyes of p: rows of cases that they see, with what was noted in words; the totals count no other.
CREATE OR REPLACE FUNCTION gridseat.handover_shown(p gridseat.person, p_facts jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_set(p_facts, '{lists}', jsonb_object_agg(l.key, jsonb_build_object(
        'total', gridseat.seen_total(l.value, s.rows),
        'rows', CASE l.key WHEN 'notes' THEN gridseat.with_words(s.rows) ELSE s.rows END)))
    FROM jsonb_each(p_facts -> 'lists') AS l
    CROSS JOIN LATERAL (SELECT gridseat.seen_rows(p, l.value -> 'rows') AS rows) AS s
$$;

-- How many of a list there are, without those of its rows that are not among p_seen.
CREATE OR REPLACE FUNCTION gridseat.seen_total(p_list jsonb, p_seen jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (p_list -> 'total')::bigint - jsonb_array_length(p_list -> 'rows') + jsonb_array_length(p_seen)
$$;

CREATE OR REPLACE FUNCTION gridseat.with_words(p_rows jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(r.row || jsonb_build_object('text', w.text) ORDER BY r.place), '[]')
    FROM jsonb_array_elements(p_rows) WITH ORDINALITY AS r (row, place)
    LEFT JOIN gridseat.personal AS w
      ON (w.number, w.seq, w.field) = ((r.row -> 'number')::bigint, (r.row -> 'seq')::integer, 'text')
$$;

-- What the caller would hand over now.
CREATE OR REPLACE FUNCTION desk.handover() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.check_seat();
BEGIN
    RETURN gridseat.handover_shown(p, gridseat.handover_facts(p, desk.now()));
END $$;
