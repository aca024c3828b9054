-- Scores of units that explain themselves: each part with its rate, its numbers, its weight and its points. Departments
-- are scored by the cases that they lead, townships and counties by those of their area, each among its peers.

-- The weights in force for a period that ends on this day.
CREATE OR REPLACE FUNCTION gridseat.weights_at(p_day date) RETURNS TABLE (part text, weight numeric, since date)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT ON (w.part) w.part, w.weight, w.since FROM gridseat.score_weight AS w
    WHERE w.since <= p_day ORDER BY w.part, w.since DESC, w.id DESC
$$;

-- Cases and those that meet it, of each peer and each figure.
CREATE OR REPLACE FUNCTION gridseat.score_counts(me gridseat.person, o gridseat.organisation, t gridseat.stretch, p_group text)
RETURNS TABLE (id bigint, figure text, cases bigint, hits bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_figures constant text[] := ARRAY['closing', 'on_time', 'rework', 'satisfied'];
BEGIN
    IF p_group = 'department' THEN
        RETURN QUERY
        SELECT r.part, split_part(r.fact, '/', 1), sum(r.n)::bigint, (sum(r.n) FILTER (WHERE r.hit_at <= t.now))::bigint
        FROM gridseat.board_rows(me, o, gridseat.period_alone(t), ARRAY(SELECT f || '/unit' FROM unnest(v_figures) AS f), NULL) AS r
        WHERE r.total AND r.at >= t.starts AND r.at <= t.now AND gridseat.is_settled(r.fact, r.at, t.now)
        GROUP BY r.part, r.fact;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT c.id, r.fact, sum(r.n)::bigint, (sum(r.n) FILTER (WHERE r.hit_at <= t.now))::bigint
    FROM gridseat.board_rows(me, o, gridseat.period_alone(t), v_figures, v_figures) AS r
    JOIN gridseat.board_children(o.id) AS c ON r.lft BETWEEN c.lft AND c.rgt
    WHERE r.ranked AND r.at >= t.starts AND r.at <= t.now AND gridseat.is_settled(r.fact, r.at, t.now) AND c.level = p_group
    GROUP BY c.id, r.fact;
END $$;

-- {"group", "from", "at", "median", "weights": [{part, weight, since}], "rows": [{code, name, cases, score, grade, place,
-- "parts": {part: {value, numerator, denominator, weight, points}}}]}: the best first, those that are not ranked
-- (fewer than five cases) after them. Value is a share, points are of 100; of the rework the share that passed at once,
-- of the volume the cases due by the median of the peers.
CREATE OR REPLACE FUNCTION gridseat.score_document(me gridseat.person, o gridseat.organisation, p_group text, p_days integer,
                                                   p_until date) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    t gridseat.stretch := gridseat.board_period(o.id, p_days, p_until);
    v_day date := (t.now AT TIME ZONE t.zone)::date;
BEGIN
    IF p_group IS NULL OR p_group <> ALL (ARRAY['department', 'township', 'county']) THEN
        PERFORM gridseat.reject_input('group_unknown', jsonb_build_object('group', left(p_group, 40)));
    END IF;
    RETURN (
        WITH counted AS MATERIALIZED (
            SELECT * FROM gridseat.score_counts(me, o, t, p_group)
        ), peer AS (
            SELECT u.id, u.code, coalesce(u.alias, u.name) AS name, coalesce(c.cases, 0) AS cases
            FROM gridseat.organisation AS u
            LEFT JOIN counted AS c ON c.id = u.id AND c.figure = 'closing'
            WHERE u.level = p_group AND CASE WHEN p_group = 'department'
                THEN c.cases > 0 OR u.parent_id = o.id ELSE u.parent_id = o.id END
        ), middle AS (
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY p.cases) AS median FROM peer AS p WHERE p.cases > 0
        ), part AS (
            SELECT p.id, w.part, w.weight, CASE w.part WHEN 'volume' THEN p.cases WHEN 'rework' THEN c.cases - coalesce(c.hits, 0)
                                                     ELSE c.hits END AS hits,
                   CASE w.part WHEN 'volume' THEN m.median ELSE c.cases END AS whole, CASE w.part
                       WHEN 'volume' THEN CASE WHEN p.cases > 0 THEN least(1, p.cases / m.median) END
                       WHEN 'rework' THEN 1 - gridseat.share_of(coalesce(c.hits, 0), c.cases)
                       ELSE gridseat.share_of(coalesce(c.hits, 0), c.cases) END AS value
            FROM peer AS p CROSS JOIN middle AS m CROSS JOIN gridseat.weights_at(v_day) AS w
            LEFT JOIN counted AS c ON c.id = p.id AND c.figure = CASE w.part WHEN 'volume' THEN 'closing' ELSE w.part END
        ), scored AS (
            SELECT p.id, round(round((100 * sum(x.value * x.weight) / nullif(sum(x.weight) FILTER (WHERE x.value IS NOT NULL), 0))::numeric, 4), 1) AS score,
                   jsonb_object_agg(x.part, jsonb_build_object('value', round(x.value::numeric, 6), 'numerator', coalesce(x.hits, 0),
                       'denominator', coalesce(x.whole, 0), 'weight', x.weight, 'points', round((x.value * x.weight)::numeric, 2))) AS parts
            FROM peer AS p JOIN part AS x ON x.id = p.id GROUP BY p.id
        ), placed AS (
            SELECT s.id, rank() OVER (ORDER BY s.score DESC) AS place
            FROM scored AS s JOIN peer AS p ON p.id = s.id WHERE p.cases >= 5
        )
        SELECT jsonb_build_object('group', p_group, 'days', p_days, 'from', t.starts, 'at', t.now,
            'organisation', jsonb_build_object('code', o.code, 'name', o.name),
            'median', (SELECT m.median FROM middle AS m),
            'weights', (SELECT jsonb_agg(to_jsonb(w) ORDER BY w.weight DESC, w.part) FROM gridseat.weights_at(v_day) AS w),
            'rows', coalesce((
                SELECT jsonb_agg(jsonb_build_object('code', p.code, 'name', p.name, 'cases', p.cases, 'place', l.place,
                           'score', CASE WHEN p.cases > 0 THEN s.score END, 'parts', s.parts,
                           'grade', CASE WHEN l.place IS NULL THEN NULL WHEN s.score >= 90 THEN 'A' WHEN s.score >= 75 THEN 'B'
                                         WHEN s.score >= 60 THEN 'C' WHEN s.score >= 40 THEN 'D' ELSE 'E' END)
                       ORDER BY l.place NULLS LAST, p.cases DESC, p.code)
                FROM peer AS p JOIN scored AS s ON s.id = p.id LEFT JOIN placed AS l ON l.id = p.id), '[]')));
END $$;

CREATE OR REPLACE FUNCTION desk.scores(p_organisation text, p_group text, p_days integer, p_until date DEFAULT NULL) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT gridseat.score_document(me, gridseat.board_organisation(me, p_organisation), p_group, p_days, p_until)
    FROM gridseat.me() AS me
$$;
