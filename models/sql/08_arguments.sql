-- What an action is told: checked here too, because a seat with psql is held to the same rules.

CREATE OR REPLACE FUNCTION gridseat.clean_args(a gridseat.action, p_args jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_key text;
    v_length integer;
    v_cap integer;
BEGIN
    IF jsonb_typeof(coalesce(p_args, '{}')) <> 'object' THEN
        PERFORM gridseat.reject_input('bad_arguments', jsonb_build_object('action', a.key));
    END IF;
    p_args := jsonb_strip_nulls(coalesce(p_args, '{}'));
    FOR v_key, v_length IN SELECT e.key, length(e.value) FROM jsonb_each_text(p_args) AS e LOOP
        IF NOT a.options @> jsonb_build_array(jsonb_build_object('name', v_key))
           AND v_key NOT IN ('file_name', 'raw_point', 'at_organisation', 'at_grid') THEN
            PERFORM gridseat.reject_input('unknown_option', jsonb_build_object('action', a.key, 'option', v_key));
        END IF;
        v_cap := CASE WHEN v_key IN ('text', 'note', 'with') THEN 20000
                      WHEN v_key IN ('reporter', 'phone') THEN 80
                      WHEN v_key = 'reason' THEN 2000
                      ELSE 200 END;
        IF v_length > v_cap THEN
            PERFORM gridseat.reject_input('too_long',
                jsonb_build_object('field', v_key, 'length', v_length, 'limit', v_cap));
        END IF;
    END LOOP;
    RETURN p_args;
END $$;

-- {"seconds": 7200, "clock": "working"}; null where none was given.
CREATE OR REPLACE FUNCTION gridseat.limit_seconds(t gridseat.turn) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_seconds bigint;
BEGIN
    IF t.args ? 'limit' THEN
        v_seconds := (t.args #>> '{limit,seconds}')::bigint;
        IF v_seconds IS NULL OR v_seconds <= 0 OR v_seconds > 400 * 86400
           OR coalesce(t.args #>> '{limit,clock}', '') NOT IN ('working', 'continuous') THEN
            PERFORM gridseat.reject_input('bad_limit', jsonb_build_object('limit', t.args -> 'limit'));
        END IF;
    END IF;
    RETURN v_seconds;
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range THEN
    PERFORM gridseat.reject_input('bad_limit', jsonb_build_object('limit', t.args -> 'limit'));
END $$;

CREATE OR REPLACE FUNCTION gridseat.instant(p_text text, p_option text) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_text !~ '^\d{4}-\d\d-\d\d' THEN
        PERFORM gridseat.reject_input('bad_instant', jsonb_build_object('option', p_option, 'value', p_text));
    END IF;
    RETURN p_text::timestamptz;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format OR invalid_parameter_value THEN
    PERFORM gridseat.reject_input('bad_instant', jsonb_build_object('option', p_option, 'value', p_text));
END $$;

CREATE OR REPLACE FUNCTION gridseat.flag(t gridseat.turn, p_option text) RETURNS boolean
LANGUAGE sql STABLE AS
$$ SELECT coalesce(gridseat.one_of(t, p_option, ARRAY['true', 'false'])::boolean, false) $$;

CREATE OR REPLACE FUNCTION gridseat.class_of(t gridseat.turn) RETURNS gridseat.catalogue_class
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    k gridseat.catalogue_class;
    v_text text := t.args ->> 'class';
BEGIN
    SELECT * INTO k FROM gridseat.catalogue_class AS c WHERE c.code = v_text AND c.active;
    IF k.id IS NULL THEN
        SELECT * INTO k FROM gridseat.catalogue_class AS c WHERE v_text = ANY (c.aliases) AND c.active LIMIT 1;
    END IF;
    IF k.id IS NULL THEN
        PERFORM gridseat.reject_input('no_such_class', jsonb_build_object('class', v_text));
    END IF;
    RETURN k;
END $$;

-- A unit is an organisation, or one of its grids.
CREATE OR REPLACE FUNCTION gridseat.find_unit(p_text text, OUT organisation bigint, OUT grid bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_count bigint;
BEGIN
    organisation := gridseat.find_organisation(p_text);
    IF organisation IS NOT NULL THEN
        RETURN;
    END IF;
    SELECT count(*), min(g.id), min(g.organisation_id) INTO v_count, grid, organisation
    FROM gridseat.grid AS g WHERE (g.code = p_text OR g.name = p_text) AND g.ended_at IS NULL;
    IF v_count > 1 THEN
        PERFORM gridseat.reject_input('ambiguous_unit', jsonb_build_object('unit', p_text, 'candidates', (
            SELECT jsonb_agg(jsonb_build_object('code', g.code, 'name', g.name) ORDER BY g.code)
            FROM gridseat.grid AS g WHERE g.name = p_text AND g.ended_at IS NULL)));
    ELSIF organisation IS NULL THEN
        PERFORM gridseat.reject_input('no_such_unit', jsonb_build_object('unit', p_text));
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.find_centre(p_text text) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_id bigint := gridseat.find_organisation(p_text);
BEGIN
    IF v_id IS NULL THEN
        PERFORM gridseat.reject_input('no_such_unit', jsonb_build_object('unit', p_text));
    ELSIF NOT (SELECT o.centre FROM gridseat.organisation AS o WHERE o.id = v_id) THEN
        PERFORM gridseat.reject_input('not_a_centre', jsonb_build_object('unit', p_text));
    END IF;
    RETURN v_id;
END $$;

CREATE OR REPLACE FUNCTION gridseat.find_person(p_login text) RETURNS gridseat.person
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person;
BEGIN
    SELECT * INTO p FROM gridseat.person AS q WHERE q.login = p_login AND q.disabled_at IS NULL
      AND q.positions <> '{}';
    IF p.id IS NULL THEN
        PERFORM gridseat.reject_input('no_such_person', jsonb_build_object('person', p_login));
    END IF;
    RETURN p;
END $$;

-- One of a closed list, or a sentence that lists it.
CREATE OR REPLACE FUNCTION gridseat.one_of(t gridseat.turn, p_option text, p_values text[]) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF t.args ->> p_option <> ALL (p_values) THEN
        PERFORM gridseat.reject_input('not_one_of', jsonb_build_object(
            'option', p_option, 'value', t.args ->> p_option, 'values', array_to_string(p_values, ', ')));
    END IF;
    RETURN t.args ->> p_option;
END $$;

-- Two characters at a time: search in Chinese without an extension.
CREATE OR REPLACE FUNCTION gridseat.bigrams(p_text text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT substr(w, n, 2)), '{}')
    FROM regexp_split_to_table(lower(p_text), '[^[:alnum:]]+') AS w, generate_series(1, greatest(length(w) - 1, 1)) AS n
    WHERE w <> ''
$$;

-- The grid that is named by its code, with the organisation that it belongs to, or an organisation alone. A point that
-- can be looked up says better where it is: then a name decides only between grids that the point lies in, or where it
-- lies in none; a name that contradicts the point that a case has already is refused.
CREATE OR REPLACE FUNCTION gridseat.place_named(t gridseat.turn) RETURNS gridseat.incident
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
    g gridseat.grid;
    v_organisation bigint := gridseat.find_organisation(t.args ->> 'at_organisation');
    v_at bigint;
BEGIN
    IF t.args ? 'at_grid' THEN
        SELECT * INTO g FROM gridseat.grid AS x WHERE x.code = t.args ->> 'at_grid' AND x.ended_at IS NULL;
        IF g.id IS NULL THEN
            PERFORM gridseat.reject_input('no_such_grid', jsonb_build_object('grid', t.args ->> 'at_grid'));
        ELSIF t.args ? 'at_organisation' AND (v_organisation IN (
            SELECT a.id FROM gridseat.at_or_above(g.organisation_id) AS a)) IS NOT TRUE THEN
            PERFORM gridseat.reject_input('grid_elsewhere', jsonb_build_object(
                'grid', g.code, 'organisation', t.args ->> 'at_organisation'));
        END IF;
    END IF;
    v_at := CASE WHEN i.lon IS NOT NULL THEN gridseat.grid_at(i.lon, i.lat) END;
    IF v_at IS NULL OR (g.id IS NOT NULL AND gridseat.in_grid(g.id, i.lon, i.lat) IS NOT FALSE) THEN
        i.grid_id := g.id;
        i.organisation_id := coalesce(g.organisation_id, v_organisation);
    ELSIF (t.action).key <> 'report' AND NOT t.args ? 'point' AND (g.id IS NOT NULL OR (v_organisation IN (
        SELECT a.id FROM gridseat.at_or_above(i.organisation_id) AS a)) IS NOT TRUE) THEN
        PERFORM gridseat.refuse('point_elsewhere', jsonb_build_object(
            'here', (SELECT x.code FROM gridseat.grid AS x WHERE x.id = v_at),
            'named', coalesce(g.code, t.args ->> 'at_organisation')));
    END IF;
    i.place_lft := (SELECT o.lft FROM gridseat.organisation AS o WHERE o.id = i.organisation_id);
    RETURN i;
END $$;

-- The point, raw as it came and converted once; its grid and the organisation that the grid belongs to.
CREATE OR REPLACE FUNCTION gridseat.place_point(t gridseat.turn) RETURNS gridseat.incident
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
BEGIN
    i.datum := coalesce(gridseat.one_of(t, 'datum', ARRAY['WGS-84', 'CGCS2000', 'GCJ-02', 'BD-09', 'unknown']),
                        'unknown');
    i.raw_lon := coalesce((t.args #>> '{raw_point,0}')::float8, (t.args #>> '{point,0}')::float8);
    i.raw_lat := coalesce((t.args #>> '{raw_point,1}')::float8, (t.args #>> '{point,1}')::float8);
    i.lon := (t.args #>> '{point,0}')::float8;
    i.lat := (t.args #>> '{point,1}')::float8;
    IF (i.raw_lon BETWEEN -180 AND 180 AND i.raw_lat BETWEEN -90 AND 90
        AND i.lon BETWEEN -180 AND 180 AND i.lat BETWEEN -90 AND 90) IS NOT TRUE THEN
        PERFORM gridseat.reject_input('bad_point', jsonb_build_object('point', t.args -> 'point'));
    END IF;
    i.grid_id := NULL;
    IF i.datum = 'unknown' THEN
        i.lon := NULL;
        i.lat := NULL;
    ELSE
        i.grid_id := gridseat.grid_at(i.lon, i.lat);
        SELECT g.organisation_id INTO i.organisation_id FROM gridseat.grid AS g WHERE g.id = i.grid_id;
        i.place_lft := (SELECT o.lft FROM gridseat.organisation AS o WHERE o.id = i.organisation_id);
    END IF;
    RETURN i;
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range THEN
    PERFORM gridseat.reject_input('bad_point', jsonb_build_object('point', t.args -> 'point'));
END $$;
