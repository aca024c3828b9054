-- Past incidents: they enter closed, without clocks, cards or urging. When they were closed nobody knows, so closed_at
-- stays empty and no figure of a period counts it.

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

-- The incident as its row tells it; number null where the row cannot go in.
CREATE OR REPLACE FUNCTION gridseat.past_incident(
    t gridseat.turn, k gridseat.catalogue_class, o gridseat.organisation, p_row jsonb) RETURNS gridseat.incident
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
BEGIN
    i.status := 'reported'; i.version := 1; i.round := 1;
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
    i.unreached := 0; i.at_once := false; i.drawn := false; i.designated := false; i.last_seq := 0; i.head := '\x';
    i.words := gridseat.bigrams(concat_ws(' ', i.title, i.place));
    t.i := i;
    RETURN gridseat.with_class(t, k);
END $$;

-- Two entries: what was reported then, and what became of it. Who acted and how it ended may name people.
CREATE OR REPLACE FUNCTION gridseat.write_past(t gridseat.turn, k gridseat.catalogue_class, p_row jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
BEGIN
    i.number := nextval('gridseat.incident_number');
    t.centre_id := coalesce((t.me).organisation_id, i.centre_id);
    INSERT INTO gridseat.incident SELECT i.*;
    IF i.restricted THEN
        INSERT INTO gridseat.named (number, person_id, since_seq) VALUES (i.number, (t.me).id, 1);
    END IF;
    t.i := i;
    t.seq := 1;
    t.action.key := 'report';
    t.command_id := gen_random_uuid();
    t.facts := jsonb_build_object('title', i.title, 'class', k.code, 'priority', i.priority, 'channel', i.channel,
        'place', i.place, 'received', i.received_at, 'external', 'import:' || i.external_id,
        'restricted', nullif(i.restricted, false));
    t.i := gridseat.append(t, false);
    t.was := t.i;
    t.seq := 2;
    t.action.key := 'imported';
    t.command_id := gen_random_uuid();
    t.facts := '{}';
    t.texts := jsonb_build_object('outcome', coalesce(p_row ->> 'outcome', ''),
                                  'handled_by', coalesce(p_row ->> 'handled_by', ''));
    t.i.status := 'closed';
    t.i.version := 2;
    t.i.outcome := 'imported';
    PERFORM gridseat.store(gridseat.append(t, false));
END $$;

CREATE OR REPLACE FUNCTION gridseat.take_past(t gridseat.turn, p_row jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.catalogue_class;
    o gridseat.organisation;
    v_known gridseat.incident;
BEGIN
    SELECT * INTO v_known FROM gridseat.incident AS x
    WHERE x.external_source = 'import' AND x.external_id = p_row ->> 'external';
    IF (v_known.title, v_known.received_at) = (p_row ->> 'title', (p_row ->> 'reported')::timestamptz) THEN
        RETURN '"unchanged"';
    ELSIF v_known.number IS NOT NULL THEN
        RETURN gridseat.refused_row('row_known_otherwise', jsonb_build_object('id', p_row ->> 'external'));
    ELSIF (length(p_row ->> 'title') BETWEEN 1 AND 200 AND length(p_row ->> 'external') BETWEEN 1 AND 120
           AND coalesce(length(p_row ->> 'place') <= 200, true)
           AND coalesce(length(p_row ->> 'outcome') <= 2000, true)
           AND coalesce(length(p_row ->> 'handled_by') <= 200, true)
           AND p_row ->> 'channel' = ANY (gridseat.channels())) IS NOT TRUE THEN
        RETURN gridseat.refused_row('row_malformed', jsonb_build_object('value', left(p_row ->> 'title', 40)));
    ELSIF (p_row ->> 'reported')::timestamptz > t.at + interval '5 minutes' THEN
        RETURN gridseat.refused_row('in_the_future', jsonb_build_object('at', p_row -> 'reported'));
    END IF;
    SELECT * INTO k FROM gridseat.catalogue_class AS c WHERE c.code = p_row ->> 'category';
    IF k.id IS NULL THEN
        RETURN gridseat.refused_row('no_such_class', jsonb_build_object('class', left(p_row ->> 'category', 80)));
    END IF;
    SELECT * INTO o FROM gridseat.organisation AS x WHERE x.code = p_row ->> 'organisation';
    t.i := gridseat.past_incident(t, k, o, p_row);
    IF NOT gridseat.governs(t.me, (t.i).centre_id) THEN
        RETURN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', o.name));
    END IF;
    PERFORM gridseat.write_past(t, k, p_row);
    RETURN '"added"';
END $$;

-- [{"line", "reported", "place", "channel", "category", "title", "handled_by", "outcome", "organisation", "external"}]:
-- organisation is the code of the matched place, external what the row is known again by.
CREATE OR REPLACE FUNCTION desk.import_incidents(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn;
BEGIN
    t.me := gridseat.check_importer();
    PERFORM gridseat.check_epoch();
    PERFORM gridseat.share_tree();
    t.at := desk.now();
    t.args := '{}';
    t.texts := '{}';
    RETURN gridseat.tally((
        SELECT jsonb_agg(jsonb_build_array(r -> 'line', gridseat.take_past(t, r))) FROM jsonb_array_elements(p_rows) AS r));
END $$;
