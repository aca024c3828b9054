-- What a database carries from its first day, and what it puts right after it was moved.

-- 值班, supervisor and admin of all, and 系统, which writes down what time alone changes and cannot log in.
CREATE OR REPLACE FUNCTION gridseat.first_people() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM gridseat.person AS p WHERE p.login = '系统') THEN
        INSERT INTO gridseat.person (login, name, role, positions)
        VALUES ('系统', '系统', gridseat.prefix() || '.p_system', '{}');
        PERFORM gridseat.put_person('duty', '值班', ARRAY['seat', 'supervisor', 'admin'], NULL, NULL, NULL);
    END IF;
END $$;

-- After a dump was restored elsewhere, transaction ids are another cluster's: entries keep their order by id.
CREATE OR REPLACE FUNCTION gridseat.rebase_feed() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF gridseat.setting('epoch', 'null') #>> '{}' IS DISTINCT FROM gridseat.epoch() THEN
        UPDATE gridseat.timeline SET xid = '3' WHERE xid <> '3';
        INSERT INTO gridseat.setting VALUES ('epoch', to_jsonb(gridseat.epoch()))
        ON CONFLICT (key) DO UPDATE SET value = excluded.value;
    END IF;
END $$;

-- A clone from a template takes roles of its own: the people and groups of the new prefix.
CREATE OR REPLACE FUNCTION gridseat.adopt_prefix(p_prefix text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_old text := gridseat.prefix();
    v_group text;
    p gridseat.person;
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    FOREACH v_group IN ARRAY ARRAY['seat', 'supervisor', 'unit', 'wall', 'worker', 'admin'] LOOP
        EXECUTE format('CREATE ROLE %I NOLOGIN', p_prefix || '.gridseat_' || v_group);
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), p_prefix || '.gridseat_' || v_group);
        EXECUTE format('GRANT %I TO %s WITH ADMIN OPTION', p_prefix || '.gridseat_' || v_group, (
            SELECT n.nspowner::regrole FROM pg_namespace AS n WHERE n.nspname = 'gridseat'));
    END LOOP;
    UPDATE gridseat.setting SET value = to_jsonb(p_prefix) WHERE key = 'prefix';
    FOR p IN SELECT * FROM gridseat.person LOOP
        UPDATE gridseat.person SET role = p_prefix || substr(p.role, length(v_old) + 1) WHERE id = p.id;
        IF p.positions <> '{}' THEN
            EXECUTE format('CREATE ROLE %I LOGIN IN ROLE %s', p_prefix || substr(p.role, length(v_old) + 1), (
                SELECT string_agg(quote_ident(p_prefix || '.gridseat_' || x), ', ') FROM unnest(p.positions) AS x));
        END IF;
    END LOOP;
    PERFORM gridseat.grant_rights();
END $$;
