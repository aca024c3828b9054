-- What the centre's actions do, from report to dispatch. The rule has been found and its move made.

CREATE OR REPLACE FUNCTION gridseat.all_stages() RETURNS text[]
LANGUAGE sql IMMUTABLE AS
$$ SELECT ARRAY['accept', 'dispatch', 'acknowledge', 'handling', 'verify', 'close', 'promised'] $$;

CREATE OR REPLACE FUNCTION gridseat.step_confirm(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t.i.confirmation := gridseat.one_of(t, 'result', ARRAY['asked', 'true', 'false']);
    t.facts := jsonb_build_object('result', (t.i).confirmation);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_accept(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.stop_clocks(t, ARRAY['accept']);
    PERFORM gridseat.start_stage(t, 'dispatch');
    t.i.responsible_id := (t.i).centre_id;
    RETURN t;
END $$;

-- Ends the round: rejected, answered, referred, withdrawn, cancelled, closed by force or in order.
CREATE OR REPLACE FUNCTION gridseat.step_end(t gridseat.turn, p_outcome text) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.stop_clocks(t, gridseat.all_stages());
    t := gridseat.drop_request(t);
    t.i := gridseat.end_claim(t.i);
    t.i.outcome := p_outcome;
    t.i.closed_at := t.at;
    t.i.resume_at := NULL;
    t.facts := t.facts || jsonb_build_object('outcome', p_outcome);
    PERFORM gridseat.answer_children(t);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_refer(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t.facts := jsonb_build_object('to', t.args ->> 'to', 'reference', t.args ->> 'reference', 'at', gridseat.micros(t.at));
    RETURN gridseat.step_end(t, 'referred');
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_close(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (t.was).status = 'handled' THEN
        IF (t.i).drawn OR NOT (t.i).at_once THEN
            PERFORM gridseat.refuse('verify_first', jsonb_build_object('number', (t.i).number, 'drawn', (t.i).drawn));
        END IF;
        PERFORM gridseat.check_passed(t);
    END IF;
    PERFORM gridseat.check_dispute(t, 'agreement');
    t.facts := jsonb_strip_nulls(jsonb_build_object('result', t.args ->> 'result',
        'agreement', gridseat.one_of(t, 'agreement', ARRAY['yes', 'no'])));
    RETURN gridseat.step_end(t, CASE WHEN (t.i).at_once THEN 'at_once' ELSE 'done' END);
END $$;

-- A request that a move has overtaken lapses.
CREATE OR REPLACE FUNCTION gridseat.drop_request(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (t.i).pending IS NOT NULL THEN
        UPDATE gridseat.request SET decided_seq = t.seq, decided_at = t.at
        WHERE number = (t.i).number AND decided_seq IS NULL;
        t.i.pending := NULL;
    END IF;
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_classify(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.catalogue_class;
BEGIN
    IF t.args ? 'class' THEN
        k := gridseat.class_of(t);
    ELSE
        SELECT * INTO k FROM gridseat.catalogue_class AS c WHERE c.id = (t.i).class_id;
    END IF;
    IF t.args ?| ARRAY['class', 'priority']
       OR ((t.i).priority > 1 AND gridseat.urgent_word(k, t.args ->> 'text') IS NOT NULL) THEN
        t.facts := jsonb_build_object('urgent_by', gridseat.urgent_by(t, k));
        t.i := gridseat.with_class(t, k);
        PERFORM gridseat.restart_clocks(t);
    END IF;
    IF t.args ? 'point' THEN
        PERFORM gridseat.share_tree();
        t.i := gridseat.place_point(t);
    END IF;
    IF t.args ?| ARRAY['at_grid', 'at_organisation'] THEN
        PERFORM gridseat.share_tree();
        t.i := gridseat.place_named(t);
    END IF;
    IF t.args ? 'place' THEN
        t.i.place := btrim(t.args ->> 'place');
        t.i.words := gridseat.bigrams(concat_ws(' ', (t.i).title, (t.i).place));
    END IF;
    IF t.args ? 'restricted' OR (t.args ? 'class' AND k.restricted) THEN
        t.i.restricted := k.restricted OR gridseat.flag(t, 'restricted');
        INSERT INTO gridseat.named (number, person_id, since_seq)
        SELECT (t.i).number, x.id, t.seq
        FROM (SELECT (t.me).id UNION SELECT (t.i).claim_person_id) AS x (id) WHERE x.id IS NOT NULL AND (t.i).restricted
        ON CONFLICT DO NOTHING;
    END IF;
    t.facts := t.facts || (t.args - 'text') || jsonb_build_object('class', k.code, 'priority', (t.i).priority,
        'left', nullif((t.was).organisation_id, (t.i).organisation_id), 'from_place', gridseat.place_left(t));
    RETURN t;
END $$;

-- Where it was before it is placed anew, which the new place alone would not tell.
CREATE OR REPLACE FUNCTION gridseat.place_left(t gridseat.turn) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('place', (t.was).place, 'lon', (t.was).lon, 'lat', (t.was).lat, 'grid', (t.was).grid_id,
                              'organisation', (t.was).organisation_id)
    WHERE t.args ?| ARRAY['point', 'place', 'at_grid', 'at_organisation']
$$;

-- A new lead unit gets a full limit; what the citizen was promised never starts again.
CREATE OR REPLACE FUNCTION gridseat.step_dispatch(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_unit bigint;
    v_grid bigint;
    v_seconds bigint := gridseat.limit_seconds(t);
BEGIN
    SELECT u.organisation, u.grid INTO v_unit, v_grid FROM gridseat.find_unit(t.args ->> 'unit') AS u;
    t := gridseat.settle_return(t, v_unit, v_grid);
    PERFORM gridseat.check_unit(t, v_unit);
    PERFORM gridseat.stop_clocks(t, ARRAY['dispatch', 'acknowledge', 'handling']);
    UPDATE gridseat.party SET until_seq = t.seq
    WHERE number = (t.i).number AND until_seq IS NULL AND kind IN ('lead', 'co');
    IF v_seconds IS NOT NULL THEN
        t.i.handling_seconds := v_seconds;
        t.i.handling_clock := CASE WHEN (t.i).priority = 1 THEN 'continuous' ELSE t.args #>> '{limit,clock}' END;
    END IF;
    t.i.dispatch_centre_id := (t.i).centre_id;
    t.i.lead_unit_id := v_unit;
    t.i.lead_grid_id := v_grid;
    t.i.designated := (t.action).key = 'designate';
    t.i.acknowledged_at := NULL;
    INSERT INTO gridseat.party (number, organisation_id, grid_id, kind, since_seq, since)
    VALUES ((t.i).number, v_unit, v_grid, 'lead', t.seq, t.at);
    PERFORM gridseat.summon(t);
    PERFORM gridseat.start_handling(t);
    t.facts := t.facts || jsonb_build_object('unit', t.args ->> 'unit', 'unit_id', v_unit, 'grid_id', v_grid,
        'with', t.args -> 'with', 'seconds', (t.i).handling_seconds, 'clock', (t.i).handling_clock);
    RETURN t;
END $$;

-- 吹哨: co-handlers are summoned beside the lead, each to arrive.
CREATE OR REPLACE FUNCTION gridseat.summon(t gridseat.turn) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_text text;
    v_unit bigint;
    v_grid bigint;
BEGIN
    FOR v_text IN SELECT jsonb_array_elements_text(coalesce(t.args -> 'with', '[]')) LOOP
        SELECT u.organisation, u.grid INTO v_unit, v_grid FROM gridseat.find_unit(v_text) AS u;
        IF EXISTS (SELECT FROM gridseat.party AS p WHERE p.number = (t.i).number AND p.until_seq IS NULL
                     AND p.kind IN ('lead', 'co') AND p.organisation_id = v_unit
                     AND p.grid_id IS NOT DISTINCT FROM v_grid) THEN
            PERFORM gridseat.refuse('unit_twice', jsonb_build_object('unit', v_text));
        END IF;
        INSERT INTO gridseat.party (number, organisation_id, grid_id, kind, since_seq, since)
        VALUES ((t.i).number, v_unit, v_grid, 'co', t.seq, t.at);
    END LOOP;
EXCEPTION WHEN invalid_parameter_value THEN
    PERFORM gridseat.reject_input('bad_arguments', jsonb_build_object('action', (t.action).key));
END $$;

CREATE OR REPLACE FUNCTION gridseat.start_handling(t gridseat.turn) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.start_stage(t, 'acknowledge');
    PERFORM gridseat.start_clock(t, 'handling', (t.i).handling_seconds, (t.i).handling_clock);
    IF NOT EXISTS (SELECT FROM gridseat.clock AS k
                   WHERE k.number = (t.i).number AND k.round = (t.i).round AND k.stage = 'promised'
                     AND k.stopped_seq IS NULL) THEN
        PERFORM gridseat.start_clock(t, 'promised', (t.i).handling_seconds, (t.i).handling_clock);
    END IF;
END $$;

-- Not the centre itself nor one above it; and after two returns a consultation, then a designation.
CREATE OR REPLACE FUNCTION gridseat.check_unit(t gridseat.turn, p_unit bigint) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_second integer := gridseat.second_return(t.i);
BEGIN
    IF EXISTS (SELECT FROM gridseat.organisation AS u, gridseat.organisation AS c
               WHERE u.id = p_unit AND c.id = (t.i).centre_id AND u.lft <= c.lft AND u.rgt >= c.rgt) THEN
        PERFORM gridseat.refuse('unit_above', jsonb_build_object('unit', t.args ->> 'unit'));
    END IF;
    IF v_second IS NULL THEN
        RETURN;
    ELSIF NOT gridseat.is_consulted(t.i, v_second) THEN
        PERFORM gridseat.refuse('consultation_needed', jsonb_build_object('number', (t.i).number));
    ELSIF (t.action).key = 'dispatch' THEN
        PERFORM gridseat.refuse('designation_needed', jsonb_build_object('number', (t.i).number));
    END IF;
END $$;

-- The owner changes; there the case is reported anew. No level is skipped.
CREATE OR REPLACE FUNCTION gridseat.move_to(t gridseat.turn, p_centre bigint) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.stop_clocks(t, ARRAY['accept', 'dispatch']);
    t := gridseat.drop_request(t);
    t.i := gridseat.end_claim(t.i);
    PERFORM gridseat.share_tree();
    t.i.centre_id := p_centre;
    t.i.centre_lft := (SELECT o.lft FROM gridseat.organisation AS o WHERE o.id = p_centre);
    t.i.dispatch_centre_id := NULL;
    PERFORM gridseat.start_stage(t, 'accept');
    t.facts := jsonb_build_object('from_centre', (t.was).centre_id, 'to_centre', p_centre);
    RETURN t;
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_escalate(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_parent bigint := gridseat.parent_centre((t.i).centre_id);
BEGIN
    IF v_parent IS NULL THEN
        PERFORM gridseat.refuse('no_centre_above', jsonb_build_object('number', (t.i).number));
    END IF;
    RETURN gridseat.move_to(t, v_parent);
END $$;

CREATE OR REPLACE FUNCTION gridseat.step_hand_down(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_child bigint := gridseat.find_centre(t.args ->> 'to');
BEGIN
    IF gridseat.parent_centre(v_child) IS DISTINCT FROM (t.i).centre_id THEN
        PERFORM gridseat.refuse('not_a_child_centre', jsonb_build_object('unit', t.args ->> 'to'));
    END IF;
    RETURN gridseat.move_to(t, v_child);
END $$;
