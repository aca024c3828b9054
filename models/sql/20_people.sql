-- People: each a login role of their own, whose name follows from the login so that a console can sign in
-- without asking first. Passwords arrive as SCRAM verifiers, made by the console.

CREATE OR REPLACE FUNCTION gridseat.prefix() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT gridseat.setting('prefix', '"gridseat"') #>> '{}' $$;

CREATE OR REPLACE FUNCTION gridseat.role_of(p_login text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT gridseat.prefix() || '.p_' || left(encode(sha256(convert_to(p_login, 'UTF8')), 'hex'), 16) $$;

CREATE OR REPLACE FUNCTION gridseat.check_admin() RETURNS gridseat.person
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
BEGIN
    IF NOT 'admin' = ANY (p.positions) THEN
        PERFORM gridseat.refuse('admin_needed');
    END IF;
    RETURN p;
END $$;

CREATE OR REPLACE FUNCTION gridseat.put_person(p_login text, p_name text, p_positions text[], p_organisation bigint,
                                               p_grid bigint, p_verifier text)
RETURNS gridseat.person LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_role text := gridseat.role_of(p_login);
    v_groups text;
    p gridseat.person;
BEGIN
    SELECT string_agg(quote_ident(gridseat.prefix() || '.gridseat_' || x), ', ') INTO v_groups
    FROM unnest(p_positions) AS x;
    EXECUTE format('CREATE ROLE %I LOGIN IN ROLE %s', v_role, v_groups);
    IF p_verifier IS NOT NULL THEN
        EXECUTE format('ALTER ROLE %I PASSWORD %L', v_role, p_verifier);
    END IF;
    INSERT INTO gridseat.person (login, name, role, organisation_id, grid_id, positions)
    VALUES (p_login, p_name, v_role, p_organisation, p_grid, p_positions) RETURNING * INTO p;
    RETURN p;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    PERFORM gridseat.refuse('person_exists', jsonb_build_object('person', p_login));
END $$;

CREATE OR REPLACE FUNCTION desk.add_person(p_login text, p_name text, p_positions text[], p_organisation text,
                                           p_grid text, p_verifier text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
    v_organisation bigint := gridseat.find_organisation(p_organisation);
    v_grid bigint := (SELECT g.id FROM gridseat.grid AS g WHERE g.code = p_grid AND g.ended_at IS NULL);
BEGIN
    IF (btrim(p_login) <> '' AND btrim(p_name) <> '' AND greatest(length(p_login), length(p_name)) <= 80) IS NOT TRUE THEN
        PERFORM gridseat.reject_input('bad_login', jsonb_build_object('person', p_login));
    ELSIF p_verifier IS NOT NULL AND p_verifier !~ '^SCRAM-SHA-256\$' THEN
        PERFORM gridseat.reject_input('bad_verifier');
    ELSIF coalesce(cardinality(p_positions), 0) = 0
       OR NOT p_positions <@ ARRAY['seat', 'supervisor', 'unit', 'wall', 'worker', 'admin'] THEN
        PERFORM gridseat.reject_input('not_one_of', jsonb_build_object('option', 'position',
            'value', array_to_string(p_positions, ','), 'values', 'seat, supervisor, unit, wall, worker, admin'));
    ELSIF (p_organisation IS NOT NULL AND v_organisation IS NULL) OR (p_grid IS NOT NULL AND v_grid IS NULL) THEN
        PERFORM gridseat.reject_input('no_such_unit', jsonb_build_object('unit', coalesce(p_grid, p_organisation)));
    ELSIF me.organisation_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM gridseat.organisation AS o, gridseat.organisation AS m
        WHERE o.id = v_organisation AND m.id = me.organisation_id AND o.lft BETWEEN m.lft AND m.rgt) THEN
        PERFORM gridseat.refuse('outside_your_tree', jsonb_build_object('unit', p_organisation));
    END IF;
    PERFORM gridseat.put_person(p_login, p_name, p_positions, v_organisation, v_grid, p_verifier);
    RETURN jsonb_build_object('login', p_login, 'name', p_name, 'positions', p_positions, 'organisation', p_organisation);
END $$;

CREATE OR REPLACE FUNCTION desk.disable_person(p_login text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
    p gridseat.person := gridseat.find_person(p_login);
BEGIN
    IF p.id = me.id THEN
        PERFORM gridseat.refuse('not_yourself');
    ELSIF me.organisation_id IS NOT NULL AND NOT gridseat.below(p.organisation_id, me.organisation_id) THEN
        PERFORM gridseat.refuse('outside_your_tree', jsonb_build_object('unit', p_login));
    END IF;
    UPDATE gridseat.person SET disabled_at = desk.now() WHERE id = p.id;
    EXECUTE format('ALTER ROLE %I NOLOGIN', p.role);
    PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity AS a WHERE a.usename = p.role;
    RETURN jsonb_build_object('login', p.login, 'disabled', true);
END $$;

CREATE OR REPLACE FUNCTION gridseat.below(p_lower bigint, p_upper bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT l.lft BETWEEN u.lft AND u.rgt FROM gridseat.organisation AS l, gridseat.organisation AS u
                     WHERE l.id = p_lower AND u.id = p_upper), false)
$$;

-- Whom the caller may know of by name; a wall knows itself.
CREATE OR REPLACE FUNCTION desk.people() RETURNS TABLE (login text, name text, positions text[], organisation text,
                                                        organisation_code text, grid text, disabled boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
BEGIN
    RETURN QUERY
    SELECT p.login, p.name, p.positions, o.name, o.code, g.name, p.disabled_at IS NOT NULL
    FROM gridseat.person AS p
    LEFT JOIN gridseat.organisation AS o ON o.id = p.organisation_id
    LEFT JOIN gridseat.grid AS g ON g.id = p.grid_id
    WHERE p.positions <> '{}'
      AND (p.id = me.id OR NOT gridseat.is_wall(me)
           AND (me.organisation_id IS NULL OR gridseat.below(p.organisation_id, me.organisation_id)))
    ORDER BY o.lft NULLS FIRST, p.id;
END $$;

CREATE OR REPLACE FUNCTION desk.whoami() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('login', p.login, 'name', p.name, 'positions', p.positions, 'organisation', o.name,
                              'organisation_code', o.code, 'level', o.level, 'grid', g.code, 'id', p.id,
                              'home', coalesce(o.code, (SELECT h.code FROM gridseat.organisation AS h
                                                        WHERE h.id = gridseat.first_organisation())),
                              'sample', gridseat.setting('sample', 'false'),
                              'revision', (SELECT v.version_num FROM gridseat.alembic_version AS v))
    FROM gridseat.me() AS p
    LEFT JOIN gridseat.organisation AS o ON o.id = p.organisation_id
    LEFT JOIN gridseat.grid AS g ON g.id = p.grid_id
$$;

-- Whose people the caller may know: those of the organisations of their own subtree and of the centres above it.
CREATE OR REPLACE FUNCTION desk.my_circle() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(o.id), '{}')
    FROM gridseat.me() AS p
    LEFT JOIN gridseat.organisation AS m ON m.id = p.organisation_id
    JOIN gridseat.organisation AS o
      ON m.id IS NULL OR o.lft BETWEEN m.lft AND m.rgt OR (o.centre AND o.lft < m.lft AND o.rgt > m.rgt)
$$;

ALTER TABLE gridseat.person ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS known ON gridseat.person;
CREATE POLICY known ON gridseat.person FOR SELECT USING (
    organisation_id IS NULL OR organisation_id = ANY ((SELECT desk.my_circle())::bigint[])
);
