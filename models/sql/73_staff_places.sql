-- Where grid workers are: told by themselves, on duty, the last word alone. No track is kept, and nothing of residents.

ALTER TABLE gridseat.staff_place ENABLE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION gridseat.place_since(p_now timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT p_now - make_interval(mins => (gridseat.setting('place_minutes', '30') #>> '{}')::integer) $$;

-- Whom the roster of these weeks knows, and whether they are on duty now.
CREATE OR REPLACE FUNCTION gridseat.rosters(p_now timestamptz) RETURNS TABLE (person_id bigint, on_duty boolean)
LANGUAGE sql STABLE AS $$
    SELECT f.person_id, bool_or(f.starts <= p_now AND f.ends > p_now) FROM gridseat.shift AS f
    WHERE f.ends BETWEEN p_now - interval '7 days' AND p_now + interval '14 days'
      AND f.starts < p_now + interval '7 days'
    GROUP BY f.person_id
$$;

-- The caller's own row of the staff list; found once by grid and name where nobody has linked it yet.
CREATE OR REPLACE FUNCTION gridseat.my_staff(me gridseat.person) RETURNS gridseat.staff
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s gridseat.staff;
    v_ids bigint[];
BEGIN
    SELECT * INTO s FROM gridseat.staff AS x WHERE x.person_id = me.id ORDER BY x.id LIMIT 1;
    IF s.id IS NULL THEN
        v_ids := ARRAY(SELECT x.id FROM gridseat.staff AS x
                       WHERE x.grid_id = me.grid_id AND x.name = me.name AND x.person_id IS NULL);
        IF cardinality(v_ids) <> 1 THEN
            PERFORM gridseat.refuse('not_in_staff_list', jsonb_build_object('person', me.name));
        END IF;
        UPDATE gridseat.staff AS x SET person_id = me.id WHERE x.id = v_ids[1] RETURNING x.* INTO s;
    END IF;
    RETURN s;
END $$;

-- The caller is at this point: p_lon, p_lat in WGS-84 beside what came, with its datum. Off duty nobody is asked.
CREATE OR REPLACE FUNCTION desk.tell_place(p_lon float8, p_lat float8, p_raw_lon float8, p_raw_lat float8, p_datum text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    s gridseat.staff := gridseat.my_staff(me);
    v_now timestamptz := desk.now();
BEGIN
    IF NOT gridseat.is_spot(p_lon, p_lat) OR NOT gridseat.is_spot(p_raw_lon, p_raw_lat) THEN
        PERFORM gridseat.reject_input('bad_point', jsonb_build_object('point', p_raw_lon || ',' || p_raw_lat));
    ELSIF (p_datum IN ('WGS-84', 'CGCS2000', 'GCJ-02', 'BD-09')) IS NOT TRUE THEN
        PERFORM gridseat.reject_input('datum_needed');
    ELSIF (SELECT r.on_duty FROM gridseat.rosters(v_now) AS r WHERE r.person_id = me.id) = false THEN
        PERFORM gridseat.refuse('off_duty', jsonb_build_object('person', me.name));
    END IF;
    INSERT INTO gridseat.staff_place AS x (staff_id, spot, raw, datum, told_at)
    VALUES (s.id, point(p_lon, p_lat), point(p_raw_lon, p_raw_lat), p_datum, v_now)
    ON CONFLICT (staff_id) DO UPDATE
        SET spot = excluded.spot, raw = excluded.raw, datum = excluded.datum, told_at = excluded.told_at;
    RETURN jsonb_build_object('code', s.code, 'name', s.name, 'told', v_now, 'datum', p_datum,
        'grid', (SELECT g.code FROM gridseat.grid AS g WHERE g.id = gridseat.grid_at(p_lon, p_lat)),
        'shown_until', v_now + (v_now - gridseat.place_since(v_now)));
END $$;

-- Takes the word back: going off duty.
CREATE OR REPLACE FUNCTION desk.withdraw_place() RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM gridseat.staff_place AS x USING gridseat.staff AS s
    WHERE s.id = x.staff_id AND s.person_id = (gridseat.me()).id;
    RETURN FOUND;
END $$;

-- What is not shown any more is not kept either.
CREATE OR REPLACE FUNCTION gridseat.forget_places(p_now timestamptz) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM gridseat.staff_place AS x WHERE x.staff_id IN (
        SELECT y.staff_id FROM gridseat.staff_place AS y WHERE y.told_at <= gridseat.place_since(p_now)
        FOR UPDATE SKIP LOCKED)
$$;

-- Workers on duty who said where they are not long ago, of the organisations of the caller's circle: for seats and
-- supervisors alone; in a box where one is given. Who is off duty by the roster is not told, whatever was said.
CREATE OR REPLACE FUNCTION gridseat.staff_located(me gridseat.person, p_now timestamptz, p_box box DEFAULT NULL)
RETURNS TABLE (id bigint, code text, name text, kind text, grid_code text, organisation text, phone text, spot point,
               told timestamptz, rostered boolean)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_circle bigint[] := gridseat.numbers_of(me);
    v_box box := coalesce(p_box, box(point(-180, -90), point(180, 90)));  -- never null: a plan for all cases keeps the index
BEGIN
    RETURN QUERY
    SELECT s.id, s.code, s.name, s.kind, g.code, o.code, s.phone, x.spot, x.told_at, coalesce(d.on_duty, false)
    FROM gridseat.staff_place AS x
    JOIN gridseat.staff AS s ON s.id = x.staff_id
    JOIN gridseat.organisation AS o ON o.id = s.organisation_id
    LEFT JOIN gridseat.grid AS g ON g.id = s.grid_id
    LEFT JOIN gridseat.rosters(p_now) AS d ON d.person_id = s.person_id
    WHERE x.told_at > (SELECT gridseat.place_since(p_now)) AND x.spot <@ v_box
      AND s.organisation_id = ANY (v_circle) AND d.on_duty IS NOT FALSE;
END $$;

CREATE OR REPLACE FUNCTION desk.staff_places()
RETURNS TABLE (code text, name text, kind text, grid_code text, organisation text, phone text, lon float8, lat float8,
               told timestamptz, rostered boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT x.code, x.name, x.kind, x.grid_code, x.organisation, x.phone, x.spot[0], x.spot[1], x.told, x.rostered
    FROM gridseat.staff_located(gridseat.me(), desk.now()) AS x ORDER BY x.code;
END $$;

-- Those whose grid it is, as far as the caller may know them; on_duty is null where no roster tells. Nobody is named to
-- the wall.
CREATE OR REPLACE FUNCTION gridseat.staff_of_grid(p_grid bigint, me gridseat.person, p_now timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_circle bigint[] := desk.my_circle();
BEGIN
    IF gridseat.is_wall(me) THEN
        RETURN '[]';
    END IF;
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object('code', s.code, 'name', s.name, 'kind', s.kind,
            'phone', gridseat.work_phone(s.phone, gridseat.is_seat(me), false), 'on_duty', d.on_duty)
            ORDER BY array_position(ARRAY['head', 'deputy', 'full_time', 'part_time', 'liaison', 'mediator', 'volunteer'],
                                    s.kind), s.code), '[]')
        FROM gridseat.staff AS s LEFT JOIN gridseat.rosters(p_now) AS d ON d.person_id = s.person_id
        WHERE s.grid_id = p_grid AND s.organisation_id = ANY (v_circle));
END $$;
