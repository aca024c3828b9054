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
    SELECT p.name, p.positions, coalesce(o.alias, o.name), coalesce(c.alias, c.name),
           (SELECT f.phone FROM gridseat.staff AS f WHERE f.phone IS NOT NULL AND (f.person_id = p.id
                OR f.person_id IS NULL AND f.organisation_id = p.organisation_id AND f.name = p.name)
            ORDER BY f.person_id, f.id LIMIT 1),
           s.starts, s.ends
    FROM gridseat.shift AS s
    JOIN gridseat.person AS p ON p.id = s.person_id
    JOIN gridseat.organisation AS c ON c.id = s.centre_id
    LEFT JOIN gridseat.organisation AS o ON o.id = p.organisation_id
    WHERE s.ends > v_at AND s.starts < v_at + interval '24 hours' AND p.disabled_at IS NULL
      AND s.centre_id = ANY (desk.my_circle())
    ORDER BY c.lft, s.starts, p.id;
END $$;
