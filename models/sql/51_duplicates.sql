-- Which living cases a report would repeat: scored by distance (or place), time, telephone, words and class, each with
-- its points.

-- Thresholds and weights as the county has set them (23_settings); the weights are told as shares of their sum.
CREATE OR REPLACE FUNCTION gridseat.duplicate_rules() RETURNS gridseat.duplicate_rule
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH told AS (
        SELECT substr(s.key, 11) AS key, coalesce(x.value #>> '{}', s.otherwise)::numeric AS value
        FROM gridseat.settings() AS s LEFT JOIN gridseat.setting AS x ON x.key = s.key
        WHERE s.key LIKE 'duplicate\_%'
    ), weighed AS (
        SELECT t.key, CASE WHEN t.key LIKE 'weight\_%' THEN t.value / nullif(
            sum(t.value) FILTER (WHERE t.key LIKE 'weight\_%') OVER (), 0) ELSE t.value END AS value
        FROM told AS t
    )
    SELECT max(value) FILTER (WHERE key = 'metres'), max(value) FILTER (WHERE key = 'hours'),
           max(value) FILTER (WHERE key = 'score') / 100,
           max(value) FILTER (WHERE key = 'weight_distance'), max(value) FILTER (WHERE key = 'weight_time'),
           max(value) FILTER (WHERE key = 'weight_phone'), max(value) FILTER (WHERE key = 'weight_text'),
           max(value) FILTER (WHERE key = 'weight_class')
    FROM weighed
$$;

-- Living cases worth a closer look, by index: near the point; with some of its words in the same community within 30
-- days or, where one of the two has no community, at the same centre within the hours that count. The words are looked
-- at last: their index knows every case that ever had one of them.
CREATE OR REPLACE FUNCTION gridseat.maybe_same(i gridseat.incident, p_words text[], w gridseat.duplicate_rule)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 50 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_lat float8 := degrees(w.metres / 6371000);
    v_lon float8 := v_lat / greatest(cos(radians(i.lat)), 0.01);
    v_hours interval := w.hours * interval '1 hour';
BEGIN
    RETURN QUERY
    (SELECT x.number FROM gridseat.incident AS x
     WHERE x.closed_at IS NULL AND x.lat BETWEEN i.lat - v_lat AND i.lat + v_lat
       AND x.lon BETWEEN i.lon - v_lon AND i.lon + v_lon
     ORDER BY x.received_at DESC LIMIT 200)
    UNION ALL
    (SELECT x.number FROM (
         SELECT y.number, y.words FROM gridseat.incident AS y
         WHERE y.place_lft = i.place_lft AND y.received_at BETWEEN i.received_at - interval '30 days'
                                                               AND i.received_at + interval '30 days'
           AND y.closed_at IS NULL
         ORDER BY y.received_at DESC LIMIT 500) AS x
     WHERE x.words && p_words)
    UNION ALL
    (SELECT x.number FROM (
         SELECT y.number, y.words FROM gridseat.incident AS y
         WHERE (i.place_lft IS NULL OR y.place_lft IS NULL) AND y.centre_id = i.centre_id
           AND y.received_at BETWEEN i.received_at - v_hours AND i.received_at + v_hours
           AND y.closed_at IS NULL
         ORDER BY y.received_at DESC LIMIT 1000) AS x
     WHERE x.words && p_words);
END $$;

-- The last cases that were reported by this telephone number.
CREATE OR REPLACE FUNCTION gridseat.told_by(p_digits text) RETURNS SETOF bigint
LANGUAGE sql STABLE ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.number FROM gridseat.personal AS p
    WHERE p.field = 'phone' AND p.seq = 1 AND right(regexp_replace(p.text, '\D', '', 'g'), 11) = p_digits
    ORDER BY p.number DESC LIMIT 100
$$;

-- The case that stands for x now: x itself, or the one on top of those it was merged into or attached to.
CREATE OR REPLACE FUNCTION gridseat.main_of(x gridseat.incident) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_main bigint := x.number;
    v_above bigint := coalesce(x.merged_into, x.head_number);
BEGIN
    WHILE v_above IS NOT NULL LOOP
        v_main := v_above;
        SELECT coalesce(y.merged_into, y.head_number) INTO v_above FROM gridseat.incident AS y WHERE y.number = v_main;
    END LOOP;
    RETURN v_main;
END $$;

-- How near the living cases that may be the same are to what is asked, in facts. same_place where no distance can be
-- measured: 1 the same words for the place, 0.5 the same community, 0 not known; null where it is measured, or known to
-- be elsewhere. alike is Dice's coefficient of the bigrams: 2 |a ∩ b| / (|a| + |b|).
CREATE OR REPLACE FUNCTION gridseat.compared(t gridseat.turn, p_words text[], w gridseat.duplicate_rule)
RETURNS TABLE (number bigint, metres numeric, same_place numeric, seconds numeric, same_phone boolean,
               alike numeric, same_class numeric)
LANGUAGE plpgsql STABLE ROWS 50 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
    v_at timestamptz := coalesce(i.occurred_at, i.received_at);
    v_group text := (SELECT k.group_name FROM gridseat.catalogue_class AS k WHERE k.id = i.class_id);
    v_phone bigint[] := ARRAY(SELECT gridseat.told_by(gridseat.phone_digits(t.args ->> 'phone')));
BEGIN
    RETURN QUERY
    SELECT x.number, gridseat.metres_between(i.lon, i.lat, x.lon, x.lat)::numeric,
           CASE WHEN i.lon + x.lon IS NOT NULL OR x.place_lft <> i.place_lft THEN NULL
                WHEN x.place = i.place THEN 1 WHEN x.place_lft = i.place_lft THEN 0.5 ELSE 0 END,
           abs(extract(epoch FROM coalesce(x.occurred_at, x.received_at) - v_at)),
           x.number = ANY (v_phone),
           coalesce(2.0 * (SELECT count(*) FROM unnest(p_words) AS one (word) WHERE one.word = ANY (x.words))
                    / nullif(cardinality(p_words) + cardinality(x.words), 0), 0),
           CASE WHEN x.class_id = i.class_id THEN 1.0 WHEN k.group_name = v_group THEN 0.5 ELSE 0 END
    FROM (SELECT gridseat.maybe_same(i, p_words, w) UNION SELECT unnest(v_phone)) AS n (number)
    JOIN gridseat.incident AS x ON x.number = n.number
    JOIN gridseat.catalogue_class AS k ON k.id = x.class_id
    WHERE x.closed_at IS NULL;
END $$;

-- The points of one case, each reason with the facts that earned it. Near and soon earn half of their weight at the very
-- threshold and nothing beyond it. Where no distance can be measured its weight goes to the same place, and what that
-- does not earn is shared out over the other reasons by their own weights. Thousandths, rounded down: never over 1.
CREATE OR REPLACE FUNCTION gridseat.duplicate_points(
    w gridseat.duplicate_rule, p_metres numeric, p_same_place numeric, p_seconds numeric, p_same_phone boolean,
    p_alike numeric, p_same_class numeric)
RETURNS TABLE (reason text, points numeric, facts jsonb)
LANGUAGE sql IMMUTABLE ROWS 6 AS $$
    SELECT p.* FROM (
        SELECT s.reason, trunc(s.weight * s.share + 0.00001, 3) AS points, s.facts
        FROM (SELECT coalesce((1 - w.distance * p_same_place) / nullif(1 - w.distance, 0), 1)) AS rest (part)
        CROSS JOIN LATERAL (VALUES
            ('distance', w.distance, CASE WHEN p_metres <= w.metres THEN 1 - p_metres / w.metres / 2 END,
                jsonb_build_object('metres', round(p_metres))),
            ('same_place', w.distance, p_same_place,
                jsonb_build_object('same', CASE p_same_place WHEN 1 THEN 'place' ELSE 'community' END)),
            ('time', w."time" * rest.part, CASE WHEN p_seconds <= w.hours * 3600
                                                THEN 1 - p_seconds / (w.hours * 3600) / 2 END,
                jsonb_build_object('minutes', floor(p_seconds / 60))),
            ('phone', w.phone * rest.part, CASE WHEN p_same_phone THEN 1 END, '{}'),
            ('text', w.text * rest.part, p_alike, jsonb_build_object('alike', round(p_alike, 2))),
            ('class', w.class * rest.part, p_same_class,
                jsonb_build_object('same', CASE p_same_class WHEN 1 THEN 'class' ELSE 'group' END))
        ) AS s (reason, weight, share, facts)) AS p
    WHERE p.points > 0
$$;

-- Open cases that the report (or the case) p_args would repeat, likeliest first, ten at most; what stands under another
-- case counts for that. reasons add up to score; attachable: the caller may put the one under the other by themselves.
CREATE OR REPLACE FUNCTION desk.duplicates(p_args jsonb)
RETURNS TABLE (number bigint, title text, status text, place text, class_code text, score real, metres real,
               minutes integer, same_phone boolean, alike real, head boolean, reports integer, reasons jsonb,
               attachable boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.turn := gridseat.asked(p_args);
    v_words text[] := gridseat.bigrams(concat_ws(' ', coalesce((t.i).title, left(t.args ->> 'text', 200)), (t.i).place));
    v_own boolean := gridseat.is_seat(t.me)
        AND ((t.i).number IS NULL AND NOT t.args ? 'centre' OR 'owner' = ANY (gridseat.relations(t)));
    w gridseat.duplicate_rule := gridseat.duplicate_rules();
BEGIN
    RETURN QUERY
    WITH near AS MATERIALIZED (
        SELECT c.*, p.total FROM gridseat.compared(t, v_words, w) AS c
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(p.points), 0) FROM gridseat.duplicate_points(
                w, c.metres, c.same_place, c.seconds, c.same_phone, c.alike, c.same_class) AS p) AS p (total)
        WHERE p.total >= w.floor
    ), likely AS MATERIALIZED (
        SELECT DISTINCT ON (u.main) n.*, u.main
        FROM near AS n
        JOIN gridseat.incident AS x ON x.number = n.number
        CROSS JOIN LATERAL (SELECT CASE WHEN x.merged_into IS NULL AND x.head_number IS NULL THEN x.number
                                        ELSE gridseat.main_of(x) END) AS u (main)
        WHERE gridseat.sees(t.me, x)
        ORDER BY u.main, n.total DESC, n.number
    )
    SELECT m.number, m.title, m.status, m.place, k.code, s.total::real, s.metres::real, floor(s.seconds / 60)::integer,
           s.same_phone, s.alike::real,
           EXISTS (SELECT FROM gridseat.incident AS u WHERE u.head_number = m.number),
           m.reports, r.reasons, v_own AND 'owner' = ANY (gridseat.relations(gridseat.at_case(t, m)))
    FROM likely AS s
    JOIN gridseat.incident AS m ON m.number = s.main
    JOIN gridseat.catalogue_class AS k ON k.id = m.class_id
    CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('reason', p.reason, 'points', p.points) || p.facts
                         || CASE WHEN s.number <> s.main THEN jsonb_build_object('report', s.number) ELSE '{}' END
                         ORDER BY p.points DESC)
        FROM gridseat.duplicate_points(
            w, s.metres, s.same_place, s.seconds, s.same_phone, s.alike, s.same_class) AS p) AS r (reasons)
    WHERE m.closed_at IS NULL AND gridseat.sees(t.me, m)
      AND m.number IS DISTINCT FROM CASE WHEN (t.i).number IS NOT NULL THEN gridseat.main_of(t.i) END
      AND m.number IS DISTINCT FROM (t.i).number
    ORDER BY s.total DESC, m.number LIMIT 10;
END $$;

CREATE OR REPLACE FUNCTION gridseat.at_case(t gridseat.turn, i gridseat.incident) RETURNS gridseat.turn
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t.i := i;
    RETURN t;
END $$;
