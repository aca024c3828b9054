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
