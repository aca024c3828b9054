-- Who sees what. The rule stands twice: as text, for the policies of free reads and (18_rows) for lists, and as
-- gridseat.sees for one row at hand; a test proves on trees and cases drawn by chance that both say the same.

-- Bounds of the caller's subtree: (null, null) for a unit's people, everything for people of no organisation.
CREATE OR REPLACE FUNCTION desk.my_lft() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p.organisation_id IS NULL THEN 0 ELSE o.lft END
    FROM gridseat.me() AS p LEFT JOIN gridseat.organisation AS o ON o.id = p.organisation_id
    WHERE NOT gridseat.is_unit(p)
$$;

CREATE OR REPLACE FUNCTION desk.my_rgt() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p.organisation_id IS NULL THEN 9223372036854775807 ELSE o.rgt END
    FROM gridseat.me() AS p LEFT JOIN gridseat.organisation AS o ON o.id = p.organisation_id
    WHERE NOT gridseat.is_unit(p)
$$;

-- Centres above the caller's, whose incidents their subtree sees.
CREATE OR REPLACE FUNCTION desk.my_above() RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(a.id), '{}')
    FROM gridseat.me() AS p
    JOIN gridseat.organisation AS o ON o.id = p.organisation_id
    JOIN gridseat.organisation AS a ON a.lft < o.lft AND a.rgt > o.rgt
    WHERE NOT gridseat.is_unit(p)
$$;

-- Conditions on an incident i in which the person's organisation has a part; for a unit's people also those that they
-- reported and those of the community or grid that they walk. One by one, so that each finds its index.
CREATE OR REPLACE FUNCTION gridseat.parts(p gridseat.person) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_lft bigint := (SELECT o.lft FROM gridseat.organisation AS o WHERE o.id = p.organisation_id);
BEGIN
    RETURN array_remove(ARRAY[
        'i.number IN (SELECT q.number FROM gridseat.party AS q WHERE q.until_seq IS NULL AND q.organisation_id = '
            || p.organisation_id || coalesce(' AND (q.grid_id IS NULL OR q.grid_id = ' || p.grid_id || ')', '') || ')',
        CASE WHEN gridseat.is_unit(p) THEN 'i.recorded_by = ' || p.id END,
        CASE WHEN gridseat.is_unit(p) THEN 'i.place_lft = ' || v_lft || coalesce(' AND i.grid_id = ' || p.grid_id, '') END
    ], NULL);
END $$;

CREATE OR REPLACE FUNCTION desk.my_parts() RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_condition text;
BEGIN
    FOREACH v_condition IN ARRAY gridseat.parts(gridseat.me()) LOOP
        RETURN QUERY EXECUTE 'SELECT i.number FROM gridseat.incident AS i WHERE ' || v_condition;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION desk.my_named() RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT n.number FROM gridseat.me() AS p JOIN gridseat.named AS n ON n.person_id = p.id $$;

CREATE OR REPLACE FUNCTION gridseat.in_my_tree(p gridseat.person, p_centre bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF gridseat.is_unit(p) OR p.organisation_id IS NULL THEN
        RETURN NOT gridseat.is_unit(p);
    END IF;
    RETURN EXISTS (
        SELECT FROM gridseat.organisation AS mine, gridseat.organisation AS c
        WHERE mine.id = p.organisation_id AND c.id = p_centre
          AND (c.lft BETWEEN mine.lft AND mine.rgt OR mine.lft BETWEEN c.lft AND c.rgt));
END $$;

CREATE OR REPLACE FUNCTION gridseat.has_part(p gridseat.person, i gridseat.incident)
RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (gridseat.is_unit(p) AND (i.recorded_by = p.id OR gridseat.walks(p, i))) OR EXISTS (
        SELECT FROM gridseat.party AS q
        WHERE q.number = i.number AND q.organisation_id = p.organisation_id AND q.until_seq IS NULL
          AND (p.grid_id IS NULL OR q.grid_id IS NULL OR q.grid_id = p.grid_id));
END $$;

-- A grid worker sees what happened in their grid, a community's desk what happened in the community: they are asked
-- to confirm and to check it.
CREATE OR REPLACE FUNCTION gridseat.walks(p gridseat.person, i gridseat.incident) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT i.organisation_id = p.organisation_id AND (p.grid_id IS NULL OR coalesce(i.grid_id = p.grid_id, false)) $$;

CREATE OR REPLACE FUNCTION gridseat.is_named(p gridseat.person, p_number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM gridseat.named AS n WHERE n.number = p_number AND n.person_id = p.id);
END $$;

CREATE OR REPLACE FUNCTION gridseat.sees(p gridseat.person, i gridseat.incident) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT i.restricted
       AND (gridseat.in_my_tree(p, i.centre_id) OR gridseat.has_part(p, i)) THEN
        RETURN true;
    END IF;
    RETURN gridseat.is_named(p, i.number);
END $$;

-- The caller's own eyes, for policies of tables that hang on an incident.
CREATE OR REPLACE FUNCTION desk.sees(p_number bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT gridseat.sees(gridseat.me(), i) FROM gridseat.incident AS i WHERE i.number = p_number $$;

ALTER TABLE gridseat.incident ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS visible ON gridseat.incident;
CREATE POLICY visible ON gridseat.incident FOR SELECT USING (
    (NOT restricted AND (
        centre_lft BETWEEN (SELECT desk.my_lft()) AND (SELECT desk.my_rgt())
        OR centre_id = ANY ((SELECT desk.my_above())::bigint[])
        OR number IN (SELECT desk.my_parts())))
    OR number IN (SELECT desk.my_named())
);

DO $$
DECLARE
    v_table text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['party', 'named', 'clock', 'request', 'card', 'timeline', 'attachment', 'personal'] LOOP
        EXECUTE format('ALTER TABLE gridseat.%I ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('DROP POLICY IF EXISTS visible ON gridseat.%I', v_table);
        EXECUTE format('CREATE POLICY visible ON gridseat.%I FOR SELECT USING (
            EXISTS (SELECT FROM gridseat.incident AS i WHERE i.number = %I.number))', v_table, v_table);
    END LOOP;
END $$;

ALTER TABLE gridseat.link ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS visible ON gridseat.link;
CREATE POLICY visible ON gridseat.link FOR SELECT USING (
    EXISTS (SELECT FROM gridseat.incident AS i WHERE i.number = link.number)
    AND EXISTS (SELECT FROM gridseat.incident AS i WHERE i.number = link.other));
