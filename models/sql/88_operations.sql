-- The figures of the operations board that are not of cases, and the records behind each.

-- fact: what it counts (of the facts of 85_work; null: cases), n or those that meet it; of_fact: what it is taken of.
CREATE OR REPLACE FUNCTION gridseat.operations_keys() RETURNS TABLE (key text, fact text, met boolean, of_fact text)
LANGUAGE sql IMMUTABLE AS $$
    VALUES ('on_duty', 'on_duty', true, 'on_duty'),
           ('patrols', 'patrols', false, NULL),
           ('household_visits', 'visits', false, NULL),
           ('patrolled', 'visited', false, 'households'),
           ('group_reach', 'joined', false, 'households'),
           ('groups_live', 'groups_told', false, 'groups'),
           ('answered_15s', 'answered', true, 'answered'),
           ('flags_kept', 'flags', true, 'flags'),
           ('inspected', 'drawn', true, 'drawn'),
           ('inspection_passed', 'found', true, 'found'),
           ('reports_per_worker', NULL, false, 'workers')
$$;

-- One row a figure: a count (of_all null), or hits of of_all. Ratios: load_per_seat claims to seats, claim_age minutes to
-- claims.
CREATE OR REPLACE FUNCTION gridseat.operations_sums(p_lft bigint, p_rgt bigint, p_starts timestamptz, p_now timestamptz)
RETURNS TABLE (key text, hits bigint, of_all bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
    SELECT a.key, sum(a.hits)::bigint, sum(a.of_all)::bigint
    FROM gridseat.operations_areas(gridseat.tops_of(p_lft, p_rgt), NULL, p_starts, p_now) AS a GROUP BY a.key
$$;

-- The same of organisations side by side; p_keys: of these figures, null: of all. Households are those of the registry;
-- while it is being filled, what is told of each grid is more, and counts in its place.
CREATE OR REPLACE FUNCTION gridseat.operations_areas(p_ids bigint[], p_keys text[], p_starts timestamptz, p_now timestamptz)
RETURNS TABLE (id bigint, key text, hits bigint, of_all bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_since date := gridseat.day_of(p_starts, gridseat.fold_zone());
    v_until date := gridseat.day_of(p_now, gridseat.fold_zone());
    v_over boolean := gridseat.is_over(v_until);
    v_seats boolean := p_keys IS NULL OR p_keys && ARRAY['seated', 'load_per_seat', 'claim_age'];
    v_facts text[] := ARRAY(SELECT unnest(ARRAY[k.fact, k.of_fact]) FROM gridseat.operations_keys() AS k
                            WHERE k.fact IS NOT NULL AND (p_keys IS NULL OR k.key = ANY (p_keys)));
BEGIN
    RETURN QUERY
    WITH told AS MATERIALIZED (
        SELECT w.id, w.fact, w.n - coalesce(d.n, 0) AS n, w.hits FROM gridseat.work_areas(p_ids, v_facts, v_since, v_until) AS w
        LEFT JOIN gridseat.not_due_yet(CASE WHEN v_over OR 'on_duty' <> ALL (v_facts) THEN '{}' ELSE p_ids END, desk.now()) AS d
          ON d.id = w.id AND w.fact = 'on_duty'
        WHERE NOT (v_over AND w.fact = 'visited')
        UNION ALL
        SELECT v.id, 'visited', v.n, 0 FROM gridseat.visited_areas(p_ids, v_since, v_until) AS v
        WHERE v_over AND 'visited' = ANY (v_facts)
    ), registered AS MATERIALIZED (
        SELECT r.id, r.hits AS n FROM gridseat.registry_areas(p_ids, ARRAY['households'], p_now, p_now) AS r
        WHERE 'households' = ANY (v_facts)
    )
    SELECT p.id, k.key, coalesce(CASE WHEN k.met THEN a.hits ELSE a.n END, 0),
           CASE WHEN k.of_fact = 'households' THEN greatest(r.n, b.n) WHEN k.of_fact IS NOT NULL THEN coalesce(b.n, 0) END
    FROM unnest(p_ids) AS p (id) CROSS JOIN gridseat.operations_keys() AS k
    LEFT JOIN told AS a ON (a.id, a.fact) = (p.id, k.fact) LEFT JOIN told AS b ON (b.id, b.fact) = (p.id, k.of_fact)
    LEFT JOIN registered AS r ON r.id = p.id
    WHERE k.fact IS NOT NULL AND (p_keys IS NULL OR k.key = ANY (p_keys))
    UNION ALL
    SELECT o.id, s.key, s.hits, s.of_all
    FROM gridseat.organisation AS o CROSS JOIN LATERAL gridseat.seat_sums(o.lft, o.rgt, desk.now()) AS s  -- of now, whatever the period
    WHERE o.id = ANY (CASE WHEN v_seats THEN p_ids END) AND (p_keys IS NULL OR s.key = ANY (p_keys));
END $$;

CREATE OR REPLACE FUNCTION gridseat.registered_households(p_lft bigint, p_rgt bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT r.hits FROM gridseat.registry_sums(p_lft, p_rgt, gridseat.read_at(), gridseat.read_at()) AS r WHERE r.key = 'households');
END $$;

-- Claims of seats that are there; of restricted cases nobody learns.
CREATE OR REPLACE FUNCTION gridseat.seats_now(p_lft bigint, p_rgt bigint, p_now timestamptz)
RETURNS TABLE (person_id bigint, number bigint, claim_at timestamptz)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT q.id, i.number, i.claim_at
    FROM gridseat.presence AS x
    JOIN gridseat.person AS q ON q.id = x.person_id
    JOIN gridseat.organisation AS o ON o.id = q.organisation_id AND o.lft BETWEEN p_lft AND p_rgt
    LEFT JOIN gridseat.incident AS i ON i.claim_person_id = q.id AND i.claim_until > p_now AND NOT i.restricted
    WHERE x.seen_at > gridseat.away_since(p_now)
$$;

CREATE OR REPLACE FUNCTION gridseat.minutes_since(p_at timestamptz, p_now timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT floor(extract(epoch FROM p_now - p_at) / 60)::bigint $$;

CREATE OR REPLACE FUNCTION gridseat.seat_sums(p_lft bigint, p_rgt bigint, p_now timestamptz)
RETURNS TABLE (key text, hits bigint, of_all bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.key, v.hits, v.of_all
    FROM (SELECT count(DISTINCT s.person_id) AS seats, count(s.number) AS claims,
                 coalesce(sum(gridseat.minutes_since(s.claim_at, p_now)), 0)::bigint AS minutes
          FROM gridseat.seats_now(p_lft, p_rgt, p_now) AS s) AS x
    CROSS JOIN LATERAL (VALUES ('seated', x.seats, NULL::bigint), ('load_per_seat', x.claims, x.seats),
                               ('claim_age', x.minutes, x.claims)) AS v (key, hits, of_all)
$$;

-- How a record of each source is called: its code, its name, and what they are read from beside it; of attendance only who
-- is due by now ($6: today, $7: whether working hours have begun).
CREATE OR REPLACE FUNCTION gridseat.work_sources() RETURNS TABLE (source text, code text, name text, beside text)
LANGUAGE sql IMMUTABLE AS $$
    VALUES ('attendance', 'y.code', 'y.name', 'LEFT JOIN gridseat.shifts_begun(desk.now()) AS b ON b.staff_id = x.staff_id
                JOIN gridseat.staff AS y ON y.id = x.staff_id AND gridseat.is_due(x.came, x.day, $6, coalesce(b.begun, $7))'),
           ('patrol', 'y.code', 'y.name', 'JOIN gridseat.staff AS y ON y.id = x.staff_id'),
           ('visit', 'x.household', 'y.name', 'JOIN gridseat.staff AS y ON y.id = x.staff_id'),
           ('grid_households', 'y.code', 'y.name', 'JOIN gridseat.grid AS y ON y.id = x.grid_id'),
           ('message_group', 'x.code', 'x.name', ''),
           ('staff', 'x.code', 'x.name', ''),
           ('call', 'x.code', 'y.name', 'LEFT JOIN gridseat.person AS y ON y.id = x.person_id'),
           ('flag_month', 'y.key', 'y.zh', 'JOIN gridseat.flag AS y ON y.id = x.flag_id'),
           ('inspection', 'coalesce(x.number::text, y.code)', 'y.name', 'LEFT JOIN gridseat.staff AS y ON y.id = x.staff_id')
$$;

-- Who sits behind a figure of the seats: the seats, or their claims by number; claim_age counts minutes.
CREATE OR REPLACE FUNCTION gridseat.seat_rows(p_key text, p_lft bigint, p_rgt bigint, p_now timestamptz, p_which text)
RETURNS TABLE (code text, name text, organisation text, day date, n bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_seats boolean := p_key = 'seated' OR (p_key = 'load_per_seat' AND p_which = 'of');
BEGIN
    IF p_which = 'rest' OR (p_key = 'seated' AND p_which = 'of') THEN
        PERFORM gridseat.refuse_part(p_key, p_which);
    END IF;
    RETURN QUERY
    SELECT CASE WHEN v_seats THEN q.login ELSE s.number::text END, q.name, o.code, NULL::date,
           CASE WHEN p_key = 'claim_age' AND p_which = '' THEN gridseat.minutes_since(min(s.claim_at), desk.now()) ELSE 1 END
    FROM gridseat.seats_now(p_lft, p_rgt, desk.now()) AS s JOIN gridseat.person AS q ON q.id = s.person_id
    JOIN gridseat.organisation AS o ON o.id = q.organisation_id
    WHERE v_seats OR s.number IS NOT NULL
    GROUP BY q.id, o.id, CASE WHEN NOT v_seats THEN s.number END, 1 ORDER BY o.lft, q.login, 1;
END $$;

-- The records of a fact: n is how many each stands for, so that their sum is the figure. p_which '' those that it
-- counts, 'of' those that it is taken of, 'rest' those that miss it, where both are the same records.
CREATE OR REPLACE FUNCTION gridseat.operations_rows(p_key text, p_lft bigint, p_rgt bigint, p_starts timestamptz,
                                                    p_now timestamptz, p_which text)
RETURNS TABLE (code text, name text, organisation text, day date, n bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_since date := gridseat.day_of(p_starts, gridseat.fold_zone());
    v_until date := gridseat.day_of(p_now, gridseat.fold_zone());
    k record;
    f record;
    s record;
BEGIN
    IF p_key IN ('seated', 'load_per_seat', 'claim_age') THEN
        RETURN QUERY SELECT * FROM gridseat.seat_rows(p_key, p_lft, p_rgt, p_now, p_which);
        RETURN;
    END IF;
    IF p_key = 'patrolled' AND p_which = '' THEN
        RETURN QUERY SELECT * FROM gridseat.visited_rows(p_lft, p_rgt, v_since, v_until);
        RETURN;
    END IF;
    SELECT * INTO k FROM gridseat.operations_keys() AS x WHERE x.key = p_key;
    SELECT * INTO f FROM gridseat.work_facts() AS x WHERE x.fact = CASE p_which WHEN 'of' THEN k.of_fact ELSE k.fact END;
    SELECT * INTO s FROM gridseat.work_sources() AS x WHERE x.source = f.source;
    IF (p_which = 'of' AND k.of_fact IS NULL) OR (p_which = 'rest' AND NOT k.met) THEN
        PERFORM gridseat.refuse_part(p_key, p_which);
    ELSIF s.source IS NULL THEN
        PERFORM gridseat.reject_input('figure_unknown', jsonb_build_object('figure', p_key, 'board', 'operations'));
    END IF;
    IF f.fact = 'households' AND gridseat.registered_households(p_lft, p_rgt) > coalesce((
           SELECT t.n FROM gridseat.work_totals(p_lft, p_rgt, v_since, v_until) AS t WHERE t.fact = f.fact), 0) THEN
        RETURN QUERY
        SELECT g.code, g.name, o.code, NULL::date, x.households FROM gridseat.registry_grid AS x
        JOIN gridseat.grid AS g ON g.id = x.grid_id
        JOIN gridseat.organisation AS o ON o.id = g.organisation_id AND o.lft BETWEEN p_lft AND p_rgt
        WHERE x.households > 0 ORDER BY o.lft, g.code;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format('
        SELECT %s, %s, o.code, nullif(x.told_day, ''-infinity''), x.told
        FROM (SELECT r.*, %s AS told_day, (%s)::bigint AS told FROM gridseat.%I AS r) AS x
        JOIN gridseat.organisation AS o ON o.id = x.organisation_id AND o.lft BETWEEN $1 AND $2 %s
        WHERE x.told <> 0 AND gridseat.work_holds($5, x.told_day, $3, $4)
        ORDER BY x.told_day DESC, o.lft, 1', s.code, s.name, f.day,
        CASE WHEN p_which = 'of' OR NOT k.met THEN f.n WHEN p_which = 'rest' THEN f.n || ' - ' || f.hits ELSE f.hits END,
        s.source, s.beside)
    USING p_lft, p_rgt, v_since, v_until, f.fact, gridseat.day_of(desk.now(), gridseat.fold_zone()), gridseat.workday_begun(desk.now());
END $$;

-- The caller's own coming, or going, now. Without a roster of that day they are there without having been due.
CREATE OR REPLACE FUNCTION desk.punch(p_out boolean DEFAULT false) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s gridseat.staff := gridseat.my_staff(gridseat.me());
    v_now timestamptz := desk.now();
    v_day date := gridseat.day_of(v_now, gridseat.fold_zone());
    a gridseat.attendance;
BEGIN
    IF NOT p_out THEN
        INSERT INTO gridseat.attendance AS x (staff_id, day, organisation_id, due, came)
        VALUES (s.id, v_day, s.organisation_id, false, v_now)
        ON CONFLICT ON CONSTRAINT attendance_pkey DO UPDATE SET came = coalesce(x.came, excluded.came) RETURNING x.* INTO a;
    ELSE
        UPDATE gridseat.attendance AS x SET went = v_now
        WHERE x.staff_id = s.id AND x.came IS NOT NULL AND x.came > v_now - interval '36 hours' AND x.day = (
            SELECT max(y.day) FROM gridseat.attendance AS y WHERE y.staff_id = s.id AND y.came IS NOT NULL)
        RETURNING x.* INTO a;
        IF a.staff_id IS NULL THEN
            PERFORM gridseat.refuse('not_punched_in', jsonb_build_object('person', s.name));
        END IF;
    END IF;
    RETURN jsonb_build_object('code', s.code, 'name', s.name, 'day', a.day, 'due', a.due, 'came', a.came, 'went', a.went);
END $$;

-- Who was due and who came on a day: for supervisors their subtree, for others themselves.
CREATE OR REPLACE FUNCTION desk.attendance(p_organisation text, p_day date)
RETURNS TABLE (code text, name text, kind text, grid_code text, organisation text, due boolean, came timestamptz, went timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    v_all boolean := gridseat.leads(me);
    v_day date := coalesce(p_day, gridseat.day_of(desk.now(), gridseat.fold_zone()));
BEGIN
    RETURN QUERY
    SELECT s.code, s.name, s.kind, g.code, p.code, a.due, a.came, a.went
    FROM gridseat.organisation AS p
    JOIN gridseat.attendance AS a ON a.organisation_id = p.id AND a.day = v_day
    JOIN gridseat.staff AS s ON s.id = a.staff_id
    LEFT JOIN gridseat.grid AS g ON g.id = s.grid_id
    WHERE p.lft BETWEEN o.lft AND o.rgt AND (v_all OR s.person_id = me.id)
    ORDER BY a.due DESC, p.lft, s.code;
END $$;

-- Whoever answers for others' work.
CREATE OR REPLACE FUNCTION gridseat.leads(p gridseat.person) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT p.positions && ARRAY['supervisor', 'admin'] $$;

-- The register of message groups of a part of the tree.
CREATE OR REPLACE FUNCTION desk.groups(p_organisation text)
RETURNS TABLE (code text, name text, organisation text, grid_code text, joined bigint, households bigint, last_message date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
BEGIN
    RETURN QUERY
    SELECT m.code, m.name, p.code, g.code, m.joined, nullif(greatest(h.told, h.known), 0), m.last_message
    FROM gridseat.message_group AS m
    JOIN gridseat.organisation AS p ON p.id = m.organisation_id AND p.lft BETWEEN o.lft AND o.rgt
    LEFT JOIN gridseat.grid AS g ON g.id = m.grid_id
    CROSS JOIN LATERAL (  -- of its grid, else of all of its organisation; whichever is known of more, as the boards say
        SELECT sum(t.households)::bigint AS told, sum(r.households)::bigint AS known
        FROM gridseat.organisation AS w JOIN gridseat.grid AS y ON y.organisation_id = w.id
        LEFT JOIN gridseat.grid_households AS t ON t.grid_id = y.id LEFT JOIN gridseat.registry_grid AS r ON r.grid_id = y.id
        WHERE w.lft BETWEEN p.lft AND p.rgt AND y.id = coalesce(m.grid_id, y.id)) AS h
    WHERE NOT gridseat.is_wall(me)
    ORDER BY p.lft, m.code;
END $$;
