-- Past incidents: they enter closed, without clocks, cards or urging, below every feed's cursor: no console is woken
-- by what is long past. When they were closed nobody knows, so closed_at stays empty and no figure of a period counts it.

CREATE OR REPLACE FUNCTION gridseat.check_importer() RETURNS gridseat.person
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
BEGIN
    IF NOT p.positions && ARRAY['admin', 'supervisor'] THEN
        PERFORM gridseat.refuse('importer_needed');
    END IF;
    RETURN p;
END $$;

-- The incident as its row tells it, closed; o is where the place lies, if anybody knows.
CREATE OR REPLACE FUNCTION gridseat.past_incident(
    t gridseat.turn, k gridseat.catalogue_class, o gridseat.organisation, p_row jsonb) RETURNS gridseat.incident
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
BEGIN
    i.status := 'closed'; i.version := 2; i.round := 1; i.outcome := 'imported'; i.last_seq := 2;
    i.title := p_row ->> 'title';
    i.channel := p_row ->> 'channel';
    i.place := p_row ->> 'place';
    i.received_at := (p_row ->> 'reported')::timestamptz;
    i.recorded_at := t.at;
    i.recorded_by := (t.me).id;
    i.changed_at := t.at;
    i.restricted := k.restricted;
    i.external_source := 'import';
    i.external_id := p_row ->> 'external';
    i.organisation_id := o.id;
    i.place_lft := o.lft;
    i.centre_id := coalesce(
        gridseat.centre_at(o.id), gridseat.centre_at((t.me).organisation_id),
        (SELECT x.id FROM gridseat.organisation AS x WHERE x.parent_id IS NULL ORDER BY x.lft LIMIT 1));
    IF i.centre_id IS NULL THEN
        PERFORM gridseat.refuse('no_centre');
    END IF;
    i.centre_lft := (SELECT x.lft FROM gridseat.organisation AS x WHERE x.id = i.centre_id);
    i.responsible_id := i.centre_id;
    i.reports := 0; i.returns := 0; i.extensions := 0; i.reworks := 0; i.reopens := 0; i.reminders := 0;
    i.unreached := 0; i.at_once := false; i.drawn := false; i.designated := false;
    t.i := i;
    i := gridseat.with_class(t, k);
    i.number := nextval('gridseat.incident_number');
    RETURN i;
END $$;

-- May the row go in, and as which incident?
CREATE OR REPLACE FUNCTION gridseat.weigh_past(t gridseat.turn, p_row jsonb, OUT verdict jsonb, OUT i gridseat.incident)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.catalogue_class;
    o gridseat.organisation;
    v_title text;
    v_at timestamptz;
BEGIN
    SELECT x.title, x.received_at INTO v_title, v_at FROM gridseat.incident AS x
    WHERE x.external_source = 'import' AND x.external_id = p_row ->> 'external';
    SELECT * INTO k FROM gridseat.catalogue_class AS c WHERE c.code = p_row ->> 'category';
    IF (v_title, v_at) = (p_row ->> 'title', (p_row ->> 'reported')::timestamptz) THEN
        verdict := '"unchanged"';
    ELSIF v_title IS NOT NULL THEN
        verdict := gridseat.refused_row('row_known_otherwise', jsonb_build_object('id', p_row ->> 'external'));
    ELSIF (length(p_row ->> 'title') BETWEEN 1 AND 200 AND length(p_row ->> 'external') BETWEEN 1 AND 120
           AND coalesce(length(p_row ->> 'place') <= 200, true)
           AND coalesce(length(p_row ->> 'outcome') <= 2000, true)
           AND coalesce(length(p_row ->> 'handled_by') <= 200, true)
           AND p_row ->> 'channel' = ANY (gridseat.channels())) IS NOT TRUE THEN
        verdict := gridseat.refused_row('row_malformed', jsonb_build_object('value', left(p_row ->> 'title', 40)));
    ELSIF (p_row ->> 'reported')::timestamptz > t.at + interval '5 minutes' THEN
        verdict := gridseat.refused_row('in_the_future', jsonb_build_object('at', p_row -> 'reported'));
    ELSIF k.id IS NULL THEN
        verdict := gridseat.refused_row('no_such_class', jsonb_build_object('class', left(p_row ->> 'category', 80)));
    ELSE
        SELECT * INTO o FROM gridseat.organisation AS x WHERE x.code = p_row ->> 'organisation';
        i := gridseat.past_incident(t, k, o, p_row);
        verdict := CASE WHEN gridseat.governs(t.me, i.centre_id) THEN '"added"'
                        ELSE gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', o.name)) END;
    END IF;
END $$;

-- What was reported then (the incident as it stood before its end), and what became of it.
CREATE OR REPLACE FUNCTION gridseat.past_entry(p_me gridseat.person, i gridseat.incident, p_action text, p_facts jsonb)
RETURNS gridseat.timeline LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e gridseat.timeline;
BEGIN
    e.from_status := CASE p_action WHEN 'imported' THEN 'reported' END;
    IF p_action = 'report' THEN
        i.status := 'reported'; i.version := 1; i.outcome := NULL; i.last_seq := 1;
    END IF;
    e.number := i.number;
    e.seq := i.last_seq;
    e.round := i.round;
    e.at := i.recorded_at;
    e.actor_id := p_me.id;
    e.centre_id := coalesce(p_me.organisation_id, i.centre_id);
    e.action := p_action;
    e.to_status := i.status;
    e.facts := p_facts;
    e.command_id := gen_random_uuid();
    e.seen := ARRAY[i.centre_id];
    RETURN gridseat.told_entry(e, i);
END $$;

CREATE OR REPLACE FUNCTION gridseat.past_facts(i gridseat.incident, p_class text) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('title', i.title, 'class', p_class, 'priority', i.priority, 'channel', i.channel,
        'place', i.place, 'received', i.received_at, 'external', 'import:' || i.external_id,
        'restricted', nullif(i.restricted, false))
$$;

-- Writes incidents with their two entries each. Who acted and how it ended may name people: kept apart, salted.
CREATE OR REPLACE FUNCTION gridseat.write_past(p_me gridseat.person, p_past gridseat.incident[], p_rows jsonb[])
RETURNS void LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    WITH past AS MATERIALIZED (
        SELECT unnest(p_past) AS i, unnest(p_rows) AS said
    ), kept AS (
        INSERT INTO gridseat.personal (number, seq, field, text, salt, digest)
        SELECT s.number, 2, s.field, s.text, s.salt, sha256(s.salt || convert_to(s.text, 'UTF8'))
        FROM (SELECT (p.i).number, f.field, p.said ->> f.field AS text, uuid_send(gen_random_uuid()) AS salt
              FROM past AS p, (VALUES ('handled_by'), ('outcome')) AS f (field)) AS s
        WHERE s.text <> ''
        RETURNING number, field, digest
    ), texts AS (
        SELECT k.number, jsonb_object_agg(k.field, encode(k.digest, 'hex')) AS digests FROM kept AS k GROUP BY k.number
    ), told AS MATERIALIZED (
        SELECT p.i,
               gridseat.past_entry(p_me, p.i, 'report', gridseat.past_facts(p.i, p.said ->> 'category')) AS first,
               gridseat.past_entry(p_me, p.i, 'imported', jsonb_build_object('texts', x.digests)) AS last
        FROM past AS p LEFT JOIN texts AS x ON x.number = (p.i).number
    ), linked AS MATERIALIZED (
        SELECT t.i, t.first, t.last, sha256((t.first).bytes) AS first_hash,
               gridseat.chain_link(sha256((t.first).bytes), (t.last).bytes) AS last_hash
        FROM told AS t
    ), entered AS (
        INSERT INTO gridseat.timeline (xid, number, seq, round, at, actor_id, centre_id, action, from_status, to_status,
            facts, command_id, answer, seen, restricted, algorithm, bytes, hash)
        SELECT '3', (x.e).number, (x.e).seq, (x.e).round, (x.e).at, (x.e).actor_id, (x.e).centre_id, (x.e).action,
               (x.e).from_status, (x.e).to_status, (x.e).facts, (x.e).command_id, (x.e).answer, (x.e).seen,
               (x.e).restricted, (x.e).algorithm, (x.e).bytes, x.hash
        FROM linked AS l, LATERAL (VALUES (l.first, l.first_hash), (l.last, l.last_hash)) AS x (e, hash)
    ), named AS (
        INSERT INTO gridseat.named (number, person_id, since_seq)
        SELECT (l.i).number, p_me.id, 1 FROM linked AS l WHERE (l.i).restricted
    ), unmeasured AS (
        INSERT INTO gridseat.unmeasured SELECT (l.i).number FROM linked AS l
    ), ended AS MATERIALIZED (
        SELECT gridseat.told_incident(l.i, l.last_hash) AS i FROM linked AS l
    )
    INSERT INTO gridseat.incident SELECT (d.i).* FROM ended AS d
$$;

-- [{"line", "reported", "place", "channel", "category", "title", "handled_by", "outcome", "organisation", "external"}]:
-- organisation is the code of the matched place, external what the row is known again by.
CREATE OR REPLACE FUNCTION desk.import_incidents(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn;
    r jsonb;
    x record;
    v_past gridseat.incident[];
    v_rows jsonb[];
    v_verdicts jsonb[];
BEGIN
    t.me := gridseat.check_importer();
    PERFORM gridseat.check_epoch();
    PERFORM gridseat.share_tree();
    t.at := desk.now();
    t.args := '{}';
    FOR r IN SELECT e FROM jsonb_array_elements(p_rows) AS e LOOP
        x := gridseat.weigh_past(t, r);
        v_verdicts := array_append(v_verdicts, jsonb_build_array(r -> 'line', x.verdict));
        IF x.verdict = '"added"' THEN
            v_past := array_append(v_past, x.i);
            v_rows := array_append(v_rows, r);
        END IF;
    END LOOP;
    PERFORM gridseat.write_past(t.me, v_past, v_rows);
    RETURN gridseat.tally(to_jsonb(v_verdicts));
END $$;
