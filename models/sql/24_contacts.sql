-- Whom to call: who is on duty at the caller's centres now and until tomorrow, for the sheet that is printed when the
-- database is away. A telephone is that of the staff list, where a person stands by name and organisation
-- unless a row names the person: a work number, and for seats and supervisors only.

CREATE OR REPLACE FUNCTION desk.contacts()
RETURNS TABLE (name text, positions text[], organisation text, centre text, phone text, starts timestamptz,
               ends timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    v_at timestamptz := desk.now();
BEGIN
    IF NOT gridseat.is_seat(me) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH turn AS MATERIALIZED (
        SELECT p.id, p.name, p.positions, p.organisation_id, coalesce(c.alias, c.name) AS centre, c.lft, s.starts, s.ends
        FROM gridseat.shift AS s
        JOIN gridseat.person AS p ON p.id = s.person_id
        JOIN gridseat.organisation AS c ON c.id = s.centre_id
        WHERE s.ends > v_at AND s.starts < v_at + interval '24 hours' AND p.disabled_at IS NULL
          AND s.centre_id = ANY (desk.my_circle())
    ), listed AS MATERIALIZED (  -- the staff list once, not once for each turn: a city's has 100,000 lines
        SELECT DISTINCT ON (f.organisation_id, f.name) f.organisation_id, f.name, f.phone
        FROM gridseat.staff AS f
        WHERE f.person_id IS NULL AND f.phone IS NOT NULL
          AND (f.organisation_id, f.name) IN (SELECT x.organisation_id, x.name FROM turn AS x)
        ORDER BY f.organisation_id, f.name, f.id
    )
    SELECT t.name, t.positions, coalesce(o.alias, o.name), t.centre,
           coalesce((SELECT f.phone FROM gridseat.staff AS f WHERE f.person_id = t.id AND f.phone IS NOT NULL
                     ORDER BY f.id LIMIT 1), l.phone),
           t.starts, t.ends
    FROM turn AS t
    LEFT JOIN gridseat.organisation AS o ON o.id = t.organisation_id
    LEFT JOIN listed AS l ON (l.organisation_id, l.name) = (t.organisation_id, t.name)
    ORDER BY t.lft, t.starts, t.id;
END $$;
