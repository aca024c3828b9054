-- What is asked before a report is sent, or about a case that stands: the same turn for every question.

-- p_args: what the report would say, as far as it is known; or {"number": N}, a case that the caller sees.
CREATE OR REPLACE FUNCTION gridseat.asked(p_args jsonb) RETURNS gridseat.turn
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn;
BEGIN
    IF NOT coalesce(p_args ? 'number', false) THEN
        RETURN gridseat.draft(p_args);
    END IF;
    t.me := gridseat.me();
    PERFORM gridseat.check_reporting(t.me);
    t.i := gridseat.seen_incident((p_args ->> 'number')::bigint);
    t.at := desk.now();
    t.args := jsonb_strip_nulls(jsonb_build_object('phone', (
        SELECT p.text FROM gridseat.personal AS p
        WHERE p.number = (t.i).number AND p.seq = 1 AND p.field = 'phone')));
    RETURN t;
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range THEN
    PERFORM gridseat.reject_input('bad_number', jsonb_build_object('number', left(p_args ->> 'number', 40)));
END $$;

-- The last eleven digits, however they were typed, as the index has them; null for what is no telephone number.
CREATE OR REPLACE FUNCTION gridseat.phone_digits(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT d.digits FROM right(regexp_replace(p_text, '\D', '', 'g'), 11) AS d (digits) WHERE length(d.digits) >= 7
$$;

-- What the report would become if it were sent now, by the functions that will make it so: {"missing"} names the
-- options that it still needs; of what follows from those, nothing is told.
CREATE OR REPLACE FUNCTION desk.preview(p_args jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn := gridseat.draft(p_args);
    i gridseat.incident := t.i;
    k gridseat.clock;
    h gridseat.clock;
BEGIN
    IF i.class_id IS NOT NULL THEN
        k := gridseat.timed(gridseat.stage_clock(t, gridseat.first_stage(i)));
        h := gridseat.timed(gridseat.clock_from(t, 'handling', i.handling_seconds, i.handling_clock));
    END IF;
    RETURN jsonb_build_object('priority', i.priority, 'urgent_by', t.facts -> 'urgent_by', 'restricted', i.restricted,
        'due', k.due, 'due_stage', k.stage, 'handling_due', h.due,
        'handling_limit', CASE WHEN h.seconds IS NOT NULL
                               THEN jsonb_build_object('seconds', h.seconds, 'clock', h.clock) END,
        'missing', (SELECT coalesce(jsonb_agg(o ->> 'name' ORDER BY n), '[]')
                    FROM jsonb_array_elements((t.action).options) WITH ORDINALITY AS x (o, n)
                    WHERE (o ->> 'required')::boolean AND coalesce(btrim(t.args ->> (o ->> 'name')), '') = '')
    ) || gridseat.place_names(i);
END $$;

CREATE OR REPLACE FUNCTION gridseat.place_names(i gridseat.incident) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('centre', c.code, 'centre_name', coalesce(c.alias, c.name),
        'organisation', o.code, 'organisation_name', coalesce(o.alias, o.name), 'grid_code', g.code, 'grid_name', g.name)
    FROM (SELECT) AS one
    LEFT JOIN gridseat.organisation AS c ON c.id = i.centre_id
    LEFT JOIN gridseat.organisation AS o ON o.id = i.organisation_id
    LEFT JOIN gridseat.grid AS g ON g.id = i.grid_id
$$;
