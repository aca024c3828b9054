-- One case, whole: what the case panel and the command line show. Names, telephones and addresses are masked.

CREATE OR REPLACE FUNCTION gridseat.mask(p_field text, p_text text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p_text IS NULL THEN NULL
                WHEN p_field = 'phone' AND length(p_text) >= 8 THEN left(p_text, 3) || '****' || right(p_text, 4)
                WHEN p_field = 'phone' THEN '****'
                ELSE left(p_text, 1) || '**' END
$$;

CREATE OR REPLACE FUNCTION gridseat.seen_incident(p_number bigint) RETURNS gridseat.incident
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
BEGIN
    SELECT * INTO i FROM gridseat.present AS x WHERE x.number = p_number;
    IF i.number IS NULL OR NOT gridseat.sees(gridseat.me(), i) THEN
        PERFORM gridseat.refuse('not_found', jsonb_build_object('number', p_number));
    END IF;
    RETURN i;
END $$;

CREATE OR REPLACE FUNCTION desk.incident(p_number bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := gridseat.seen_incident(p_number);
    t gridseat.turn;
BEGIN
    t.me := gridseat.me();
    t.i := i;
    t.at := desk.now();
    RETURN gridseat.answer(i) || (
        SELECT to_jsonb(b) FROM gridseat.board_row AS b WHERE b.number = p_number
    ) || jsonb_build_object('due', i.due, 'handling_due', i.handling_due, 'promised_due', i.promised_due,
        'received', i.received_at, 'occurred', i.occurred_at, 'recorded', i.recorded_at, 'changed', i.changed_at,
        'at_once', i.at_once, 'drawn', i.drawn, 'designated', i.designated, 'confirmation', i.confirmation,
        'point', CASE WHEN i.raw_lon IS NOT NULL THEN jsonb_build_array(i.raw_lon, i.raw_lat) END, 'datum', i.datum,
        'merged_into', i.merged_into, 'head_number', i.head_number, 'resume_at', i.resume_at, 'outcome', i.outcome,
        'closed', i.closed_at, 'returns', i.returns, 'extensions', i.extensions, 'reworks', i.reworks,
        'reopens', i.reopens, 'unreached', i.unreached, 'acknowledged', i.acknowledged_at,
        'claim_at', CASE WHEN i.claim_until > t.at THEN i.claim_at END,
        'claim_until', CASE WHEN i.claim_until > t.at THEN i.claim_until END,
        'responsible', (SELECT coalesce(o.alias, o.name) FROM gridseat.organisation AS o WHERE o.id = i.responsible_id),
        'external', i.external_source || ':' || i.external_id,
        'grid_then', gridseat.grid_then(i), 'urged', i.urged_at, 'callback', gridseat.callback(i),
        'legal', to_jsonb(gridseat.legal(t))
    ) || gridseat.around(i) || gridseat.beside(i);
END $$;

-- What hangs on it: the reporter (masked), parties, requests, cards, files. What stands beside it: 19_beside.
CREATE OR REPLACE FUNCTION gridseat.around(i gridseat.incident) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object(
        'personal', (SELECT coalesce(jsonb_object_agg(p.field, gridseat.mask(p.field, p.text)), '{}')
                     FROM gridseat.personal AS p
                     WHERE p.number = i.number AND p.seq = 1 AND p.field IN ('reporter', 'phone')),
        'text', (SELECT p.text FROM gridseat.personal AS p
                 WHERE p.number = i.number AND p.seq = 1 AND p.field = 'text' AND NOT desk.on_wall()),
        'parties', (SELECT coalesce(jsonb_agg(jsonb_build_object('unit', coalesce(g.name, o.alias, o.name),
                        'code', coalesce(g.code, o.code), 'kind', p.kind, 'since', p.since, 'arrived', p.arrived_at,
                        'current', p.until_seq IS NULL) ORDER BY p.id), '[]')
                    FROM gridseat.party AS p JOIN gridseat.organisation AS o ON o.id = p.organisation_id
                    LEFT JOIN gridseat.grid AS g ON g.id = p.grid_id WHERE p.number = i.number),
        'requests', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'seconds', r.seconds,
                        'clock', r.clock, 'asked', r.asked_at, 'by', CASE WHEN NOT desk.on_wall() THEN n.name END, 'granted', r.granted,
                        'decided', r.decided_at, 'unit', coalesce(o.alias, o.name)) ORDER BY r.id), '[]')
                     FROM gridseat.request AS r JOIN gridseat.person AS n ON n.id = r.asked_by
                     LEFT JOIN gridseat.organisation AS o ON o.id = r.unit_id WHERE r.number = i.number),
        'cards', (SELECT coalesce(jsonb_agg(jsonb_build_object('colour', c.colour, 'at', c.at, 'by', CASE WHEN NOT desk.on_wall() THEN n.name END,
                        'stage', k.stage) ORDER BY c.id), '[]')
                  FROM gridseat.card AS c LEFT JOIN gridseat.person AS n ON n.id = c.given_by
                  LEFT JOIN gridseat.clock AS k ON k.id = c.clock_id WHERE c.number = i.number),
        'files', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'seq', a.seq, 'name', a.name,
                        'type', a.media_type, 'size', a.size) ORDER BY a.id), '[]')
                  FROM gridseat.attachment AS a WHERE a.number = i.number),
        'members', (SELECT coalesce(jsonb_agg(n.name ORDER BY n.id), '[]')
                    FROM gridseat.named AS m JOIN gridseat.person AS n ON n.id = m.person_id
                    WHERE m.number = i.number AND NOT desk.on_wall()),
        'instructions', gridseat.instructions(i.number))
$$;

-- What an entry's facts name by code or login, in words: beside the old keys, which stay as they were chained.
CREATE OR REPLACE FUNCTION gridseat.unit_name(p_unit bigint, p_grid bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT g.name FROM gridseat.grid AS g WHERE g.id = p_grid),
                    (SELECT coalesce(o.alias, o.name) FROM gridseat.organisation AS o WHERE o.id = p_unit))
$$;

CREATE OR REPLACE FUNCTION gridseat.unit_name(p_code text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT coalesce(o.alias, o.name) FROM gridseat.organisation AS o WHERE o.code = p_code),
                    (SELECT g.name FROM gridseat.grid AS g WHERE g.code = p_code), p_code)
$$;

CREATE OR REPLACE FUNCTION gridseat.fact_names(p_action text, f jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'unit_name', coalesce(gridseat.unit_name((f ->> 'unit_id')::bigint, (f ->> 'grid_id')::bigint),
                              gridseat.unit_name(f ->> 'unit')),
        'with_names', CASE WHEN jsonb_typeof(f -> 'with') = 'array' THEN (
            SELECT jsonb_agg(gridseat.unit_name(w.code) ORDER BY w.place)
            FROM jsonb_array_elements_text(f -> 'with') WITH ORDINALITY AS w (code, place)) END,
        'to_name', CASE p_action
            WHEN 'transfer' THEN (SELECT p.name FROM gridseat.person AS p WHERE p.login = f ->> 'to')
            WHEN 'copy' THEN gridseat.unit_name((f ->> 'centre_id')::bigint, NULL)
            ELSE gridseat.unit_name((f ->> 'to_centre')::bigint, NULL) END,
        'named_names', CASE WHEN f ? 'named' THEN (
            SELECT jsonb_agg(p.name ORDER BY p.id) FROM gridseat.person AS p WHERE f -> 'named' ? p.login) END,
        'member_name', (SELECT p.name FROM gridseat.person AS p WHERE p.login = f ->> 'member')))
$$;

-- The story, first entry first; texts about people masked, others as they were said; erased ones are null.
CREATE OR REPLACE FUNCTION desk.timeline(p_number bigint)
RETURNS TABLE (seq integer, round smallint, at timestamptz, actor text, centre text, behalf text, action text,
               from_status text, to_status text, reason text, facts jsonb, texts jsonb, command_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := gridseat.seen_incident(p_number);
    v_wall boolean := desk.on_wall();
BEGIN
    RETURN QUERY
    SELECT e.seq, e.round, e.at, CASE WHEN NOT v_wall THEN n.name ELSE '' END,
           coalesce(c.alias, c.name), coalesce(b.alias, b.name), e.action,
           e.from_status, e.to_status, CASE WHEN NOT v_wall THEN e.reason END,
           CASE WHEN NOT v_wall THEN e.facts - 'texts' - 'state' || gridseat.fact_names(e.action, e.facts)
                ELSE '{}' END,
           (SELECT coalesce(jsonb_object_agg(p.field, CASE
                WHEN p.field IN ('reporter', 'phone') THEN gridseat.mask(p.field, p.text)
                WHEN NOT v_wall THEN p.text END), '{}')
            FROM gridseat.personal AS p WHERE p.number = e.number AND p.seq = e.seq),
           e.command_id
    FROM gridseat.timeline AS e
    JOIN gridseat.person AS n ON n.id = e.actor_id
    LEFT JOIN gridseat.organisation AS c ON c.id = e.centre_id
    LEFT JOIN gridseat.organisation AS b ON b.id = e.behalf_id
    WHERE e.number = i.number ORDER BY e.seq;
END $$;

-- Why this deadline: every clock of the case, with the pieces of time that counted or will count.
CREATE OR REPLACE FUNCTION desk.clocks(p_number bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := gridseat.seen_incident(p_number);
BEGIN
    RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('round', k.round, 'stage', k.stage, 'started', k.started_at,
                'seconds', k.seconds, 'clock', k.clock, 'due', k.due, 'warn_at', k.warn_at, 'stopped', k.stopped_at,
                'suspended', k.suspended AND NOT gridseat.suspension_over(x), 'segments', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object('from', s.starts, 'to', s.ends,
                                                                 'seconds', s.seconds) ORDER BY s.starts), '[]')
                    FROM gridseat.segments(k.calendar_id, k.started_at, coalesce(least(k.stopped_at, k.due), k.due),
                                           k.clock) AS s)) ORDER BY k.started_at, k.id), '[]')
            FROM gridseat.incident AS x
            CROSS JOIN LATERAL (SELECT c.* FROM gridseat.clock AS c WHERE c.number = x.number
                                UNION ALL SELECT g.* FROM gridseat.going_on(x, x.resume_at) AS g
                                WHERE gridseat.suspension_over(x)) AS k
            WHERE x.number = i.number);
END $$;

CREATE OR REPLACE FUNCTION desk.attachment(p_id bigint)
RETURNS TABLE (name text, media_type text, content bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT a.name, a.media_type, a.content FROM gridseat.attachment AS a
    WHERE a.id = p_id AND desk.sees(a.number) AND NOT desk.on_wall();
    IF NOT FOUND THEN
        PERFORM gridseat.refuse('not_found', jsonb_build_object('number', p_id));
    END IF;
END $$;
