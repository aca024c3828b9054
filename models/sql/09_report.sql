-- A report: the only action that makes an incident.

CREATE OR REPLACE FUNCTION gridseat.report(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.check_reporting(t.me);
    PERFORM gridseat.check_needs(t);
    PERFORM gridseat.share_tree();
    t.at := desk.now();
    t.seq := 1;
    t := gridseat.drafted(t);
    t.i := gridseat.with_external(t);
    t.i.number := nextval('gridseat.incident_number');
    t.centre_id := coalesce((t.me).organisation_id, (t.i).centre_id);
    INSERT INTO gridseat.incident SELECT (t.i).*;
    IF (t.i).restricted THEN
        INSERT INTO gridseat.named (number, person_id, since_seq) VALUES ((t.i).number, (t.me).id, 1);
    END IF;
    t.texts := jsonb_build_object('reporter', coalesce(t.args ->> 'reporter', ''),
        'phone', coalesce(t.args ->> 'phone', ''), 'text', coalesce(t.args ->> 'text', ''));
    RETURN gridseat.begin_report(t);
END $$;

CREATE OR REPLACE FUNCTION gridseat.check_reporting(p_me gridseat.person) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT p_me.positions && ARRAY['seat', 'supervisor', 'unit', 'worker'] THEN
        PERFORM gridseat.refuse('not_allowed', jsonb_build_object('action', 'report', 'relations', '[]'::jsonb));
    END IF;
END $$;

-- The case that the report would make, as far as it is told: nothing is asked for here, and nothing is stored.
CREATE OR REPLACE FUNCTION gridseat.drafted(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
    k gridseat.catalogue_class;
BEGIN
    IF t.args ? 'class' THEN
        k := gridseat.class_of(t);
    END IF;
    i.status := 'reported';
    i.version := 1;
    i.round := 1;
    i.title := btrim(t.args ->> 'title');
    i.channel := gridseat.one_of(t, 'channel', gridseat.channels());
    i.recorded_at := t.at;
    i.recorded_by := (t.me).id;
    i.received_at := coalesce(gridseat.instant(t.args ->> 'received', 'received'), t.at);
    i.occurred_at := gridseat.instant(t.args ->> 'occurred', 'occurred');
    IF greatest(i.received_at, i.occurred_at) > t.at + interval '5 minutes' THEN
        PERFORM gridseat.reject_input('in_the_future', jsonb_build_object('at', greatest(i.received_at, i.occurred_at)));
    END IF;
    i.restricted := coalesce(k.restricted, false) OR gridseat.flag(t, 'restricted');
    i.at_once := gridseat.flag(t, 'handled');
    i.place := nullif(btrim(t.args ->> 'place'), '');
    i.reports := 0; i.returns := 0; i.extensions := 0; i.reworks := 0; i.reopens := 0; i.reminders := 0;
    i.unreached := 0; i.drawn := false; i.designated := false; i.last_seq := 0; i.head := '\x'; i.changed_at := t.at;
    i.words := gridseat.bigrams(concat_ws(' ', i.title, i.place));
    t.i := i;
    t.i := gridseat.with_place(t);
    IF k.id IS NOT NULL THEN
        t.i := gridseat.with_class(t, k);
    END IF;
    t.facts := jsonb_build_object('title', i.title, 'class', k.code, 'priority', (t.i).priority,
        'channel', i.channel, 'place', i.place, 'point', t.args -> 'point', 'raw_point', t.args -> 'raw_point',
        'urgent_by', gridseat.urgent_by(t, k), 'datum', (t.i).datum, 'external', t.args ->> 'external', 'restricted', nullif(i.restricted, false));
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.channels() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['phone', 'counter', 'wechat', 'wechat_group', 'resident_app', 'resident', 'grid_worker',
                 'dedicated_grid', 'patrol', 'door_to_door', 'hotline', 'camera', 'department', 'township',
                 'superior', 'sensor']
$$;

-- SOURCE:ID; the same one twice is the same report. Sent twice at once it ends in unique_violation, which a console
-- answers by sending again. Whoever sent the first or sees the case is told its number. Anybody else learns only that
-- the source's own number is taken, in the same words whether the case is restricted or another centre's: less could
-- not be said without taking one report twice.
CREATE OR REPLACE FUNCTION gridseat.with_external(t gridseat.turn) RETURNS gridseat.incident
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
    v_text text := t.args ->> 'external';
    v_twin gridseat.incident;
BEGIN
    IF v_text IS NULL THEN
        RETURN i;
    ELSIF v_text !~ '^[^:]+:.+$' THEN
        PERFORM gridseat.reject_input('bad_external', jsonb_build_object('external', v_text));
    END IF;
    i.external_source := split_part(v_text, ':', 1);
    i.external_id := substr(v_text, length(i.external_source) + 2);
    SELECT * INTO v_twin FROM gridseat.incident AS x
    WHERE x.external_source = i.external_source AND x.external_id = i.external_id;
    IF gridseat.replay((t.me).id, t.command_id, 'report', v_twin.number) IS NOT NULL THEN
        RAISE unique_violation USING MESSAGE = 'reported by this very command; send it again';
    ELSIF v_twin.number IS NOT NULL THEN
        PERFORM gridseat.refuse('already_reported', jsonb_build_object('external', v_text, 'number',
            CASE WHEN v_twin.recorded_by = (t.me).id OR gridseat.sees(t.me, v_twin) THEN v_twin.number END));
    END IF;
    RETURN i;
END $$;

-- The centre: as told, else that of the case that it goes under, else the point's township, else the actor's, for duty
-- the first root.
CREATE OR REPLACE FUNCTION gridseat.with_place(t gridseat.turn) RETURNS gridseat.incident
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
BEGIN
    IF t.args ? 'point' THEN
        i := gridseat.place_point(t);
    END IF;
    IF t.args ?| ARRAY['at_grid', 'at_organisation'] THEN
        t.i := i;
        i := gridseat.place_named(t);
    END IF;
    IF t.args ? 'centre' THEN
        i.centre_id := gridseat.find_centre(t.args ->> 'centre');
    ELSE
        i.centre_id := coalesce(
            gridseat.centre_above(t),
            gridseat.centre_at(i.organisation_id),
            gridseat.centre_at((t.me).organisation_id),
            (SELECT o.id FROM gridseat.organisation AS o WHERE o.parent_id IS NULL ORDER BY o.lft LIMIT 1));
    END IF;
    IF i.centre_id IS NULL THEN
        PERFORM gridseat.refuse('no_centre');
    END IF;
    i.responsible_id := i.centre_id;
    i.centre_lft := (SELECT o.lft FROM gridseat.organisation AS o WHERE o.id = i.centre_id);
    i.place_lft := (SELECT o.lft FROM gridseat.organisation AS o WHERE o.id = i.organisation_id);
    RETURN i;
END $$;

-- Priority and handling limit follow from the class; priority 1 always runs continuous, whatever its type:
-- a working day of it is a day of 24 hours then.
CREATE OR REPLACE FUNCTION gridseat.with_class(t gridseat.turn, k gridseat.catalogue_class) RETURNS gridseat.incident
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
BEGIN
    IF t.args ? 'priority' AND t.args ->> 'priority' !~ '^[1-4]$' THEN
        PERFORM gridseat.reject_input('bad_priority', jsonb_build_object('priority', t.args ->> 'priority'));
    END IF;
    i.class_id := k.id;
    i.priority := coalesce((t.args ->> 'priority')::smallint,
                           CASE WHEN gridseat.urgent_by(t, k) IS NOT NULL THEN 1 END, k.priority);
    i.handling_seconds := k.amount;
    i.handling_clock := k.clock;
    IF i.priority = 1 THEN
        i.handling_seconds := coalesce(k.urgent_amount, CASE
            WHEN k.clock = 'working' AND k.amount % 28800 = 0 THEN k.amount / 28800 * 86400 ELSE k.amount END);
        i.handling_clock := 'continuous';
    END IF;
    RETURN i;
END $$;

-- A crowd makes a dispute urgent: the word of the class's urgent ones that the title or what was said about it holds.
-- A priority that the operator gives wins.
CREATE OR REPLACE FUNCTION gridseat.urgent_by(t gridseat.turn, k gridseat.catalogue_class) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF t.args ? 'priority' OR k.priority = 1 OR k.urgent_keywords = '{}' THEN
        RETURN NULL;
    END IF;
    RETURN gridseat.urgent_word(k, concat_ws(' ', (t.i).title, t.args ->> 'text', (
        SELECT p.text FROM gridseat.personal AS p
        WHERE p.number = (t.i).number AND p.seq = 1 AND p.field = 'text')));
END $$;

CREATE OR REPLACE FUNCTION gridseat.urgent_word(k gridseat.catalogue_class, p_said text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT w.word FROM unnest(k.urgent_keywords) WITH ORDINALITY AS w (word, place)
    WHERE w.word <> '' AND position(lower(w.word) IN lower(p_said)) > 0 ORDER BY w.place LIMIT 1
$$;

-- Reported; or handled at once: a tenth, drawn by number, is checked on site, the others go straight to close.
CREATE OR REPLACE FUNCTION gridseat.begin_report(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT (t.i).at_once THEN
        PERFORM gridseat.start_stage(t, gridseat.first_stage(t.i));
        RETURN t;
    END IF;
    t.i.status := 'handled';
    t.i.dispatch_centre_id := (t.i).centre_id;
    t.i.drawn := get_byte(sha256(convert_to((t.i).number::text, 'UTF8')), 0) % 10 = 0;
    t.facts := t.facts || jsonb_build_object('at_once', true, 'drawn', (t.i).drawn);
    PERFORM gridseat.start_stage(t, gridseat.first_stage(t.i));
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.first_stage(i gridseat.incident) RETURNS text
LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN NOT i.at_once THEN 'accept' WHEN i.drawn THEN 'verify' ELSE 'close' END $$;

CREATE OR REPLACE FUNCTION gridseat.reported_by_unit(i gridseat.incident) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.organisation_id IS NOT NULL AND gridseat.is_unit(p) FROM gridseat.person AS p WHERE p.id = i.recorded_by
$$;

-- A seat's own "handled at once" that fails its check has no unit to go back to: it waits for dispatch like any case.
CREATE OR REPLACE FUNCTION gridseat.back_to_desk(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.stop_clocks(t, ARRAY['verify', 'close']);
    t.i.status := 'accepted';
    t.i.reworks := (t.i).reworks + 1;
    t.i.at_once := false;
    t.i.drawn := false;
    t.i.dispatch_centre_id := NULL;
    PERFORM gridseat.start_stage(t, 'dispatch');
    RETURN t;
END $$;

-- The same matter from the same place, ended within 30 days, that the caller sees, latest first: within a known
-- organisation the same grid or the same words; where none is known, the same words at the same centre.
CREATE OR REPLACE FUNCTION gridseat.ended_before(t gridseat.turn) RETURNS SETOF gridseat.incident
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
    v_words text[] := gridseat.bigrams(i.place);
BEGIN
    RETURN QUERY
    SELECT x.* FROM gridseat.incident AS x
    WHERE (x.place_lft = i.place_lft AND (x.grid_id = i.grid_id OR x.place = i.place)
           OR i.place_lft IS NULL AND x.place_lft IS NULL AND x.centre_id = i.centre_id
              AND x.place = i.place AND x.words @> v_words)
      AND x.received_at > t.at - interval '1 year' AND x.closed_at > t.at - interval '30 days'
      AND x.status IN ('closed', 'rejected') AND x.class_id = i.class_id AND gridseat.sees(t.me, x)
    ORDER BY x.closed_at DESC LIMIT 20;
END $$;

-- Reopening is offered before a new case goes on: with the answer to a report, and to a form before it is sent.
CREATE OR REPLACE FUNCTION gridseat.reopen_offer(t gridseat.turn) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT CASE WHEN count(*) > 0
                    THEN jsonb_build_object('reopen', jsonb_agg(x.number ORDER BY x.closed_at DESC)) ELSE '{}' END
        FROM gridseat.ended_before(t) AS x);
END $$;

-- A turn at a report that is not sent yet. p_args: what it would say, as far as it is known.
CREATE OR REPLACE FUNCTION gridseat.draft(p_args jsonb) RETURNS gridseat.turn
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    a gridseat.action;
    t gridseat.turn;
BEGIN
    SELECT * INTO a FROM gridseat.action AS x WHERE x.key = 'report';
    t.me := gridseat.me();
    PERFORM gridseat.check_reporting(t.me);
    t.action := a;
    t.args := gridseat.clean_args(a, p_args);
    t.at := desk.now();
    RETURN gridseat.drafted(t);
END $$;

-- Needs the class; place, point with datum, at_grid, at_organisation and centre as far as they are known.
CREATE OR REPLACE FUNCTION desk.reopen_candidates(p_args jsonb)
RETURNS TABLE (number bigint, title text, status text, place text, closed_at timestamptz, outcome text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT x.number, x.title, x.status, x.place, x.closed_at, x.outcome
    FROM gridseat.ended_before(gridseat.draft(p_args)) AS x
    ORDER BY x.closed_at DESC;
END $$;
