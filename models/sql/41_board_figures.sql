-- A board as one document: six figures with what they are taken of, the stretch before and a spark line, two
-- charts, and the children ranked. Restricted cases count only for those who are named in them.

-- Value, of what, and how it changed; null where there is nothing to divide by.
CREATE OR REPLACE FUNCTION gridseat.board_figure(p_key text, p_rate boolean, p_hits bigint, p_of bigint,
                                                 p_before numeric, p_spark jsonb, p_cases boolean)
RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('key', p_key, 'value', v.value, 'numerator', p_hits,
        'denominator', CASE WHEN p_rate THEN p_of END, 'before', p_before, 'change', v.value - p_before,
        'spark', coalesce(p_spark, '[]'), 'cases', p_cases)
    FROM (SELECT CASE WHEN p_rate THEN gridseat.share_of(p_hits, p_of) ELSE p_hits END) AS v (value)
$$;

CREATE OR REPLACE FUNCTION gridseat.share_of(p_part numeric, p_of numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT round(p_part / nullif(p_of, 0), 6) $$;

-- Numbers of people are told from five on; none is none.
CREATE OR REPLACE FUNCTION gridseat.of_people(p bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT CASE WHEN p NOT BETWEEN 1 AND 4 THEN p END $$;

-- The organisations below that are ranked; departments stand beside them.
CREATE OR REPLACE FUNCTION gridseat.board_children(p_organisation bigint) RETURNS SETOF gridseat.organisation
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.* FROM gridseat.organisation AS o
    WHERE o.parent_id = p_organisation AND o.level <> 'department' ORDER BY o.lft
$$;

CREATE OR REPLACE FUNCTION gridseat.board_ranked(p_board text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT CASE p_board WHEN 'incidents' THEN 'closing' WHEN 'operations' THEN 'on_time' ELSE 'found' END $$;

-- One statement answers every count of the board: "tally" by figure's fact and step, "chart" by part, "ranking" by child.
CREATE OR REPLACE FUNCTION gridseat.board_counts(me gridseat.person, o gridseat.organisation, t gridseat.stretch, p_board text)
RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_ranked text := (SELECT m.fact FROM gridseat.board_measures() AS m WHERE m.key = gridseat.board_ranked(p_board));
    v_facts text[] := ARRAY(SELECT m.fact FROM gridseat.board_measures() AS m WHERE m.board = p_board UNION SELECT v_ranked)
        || CASE p_board WHEN 'incidents' THEN ARRAY['class'] WHEN 'operations' THEN ARRAY['unit', 'hour'] ELSE '{}' END;
BEGIN
    RETURN (
        WITH c AS MATERIALIZED (
            SELECT r.fact, r.part, r.lft, r.at, r.n, r.total, r.ranked,
                   CASE WHEN r.hit_at <= CASE WHEN r.at < t.starts THEN t.before_ends ELSE t.now END THEN r.n ELSE 0 END AS h
            FROM gridseat.board_rows(me, o, t, v_facts, v_ranked) AS r WHERE gridseat.is_settled(r.fact, r.at, t.now)
        ), part AS MATERIALIZED (
            SELECT c.fact, c.part, sum(c.n) AS n, sum(c.h) AS h FROM c
            WHERE c.total AND c.at >= t.starts AND c.fact IN ('class', 'unit', 'hour') GROUP BY 1, 2 HAVING sum(c.n) > 0
        ), place AS (
            SELECT c.lft, sum(c.n) AS n, sum(c.h) AS h FROM c
            WHERE c.ranked AND c.fact = v_ranked AND c.at >= t.starts GROUP BY 1
        )
        SELECT jsonb_build_object(
            'tally', (SELECT coalesce(jsonb_agg(to_jsonb(a)), '[]') FROM (
                SELECT c.fact, width_bucket(c.at, t.edges) AS step, sum(c.n) AS n, sum(c.h) AS h FROM c
                WHERE c.total AND c.fact NOT IN ('class', 'unit', 'hour') GROUP BY 1, 2) AS a),
            'chart', (SELECT coalesce(jsonb_agg(to_jsonb(b) ORDER BY b.place, b.one DESC, b.code), '[]') FROM (
                SELECT 'class' AS chart, k.group_name AS label, k.group_en AS label_en, 'class:' || k.group_name AS code,
                       p.n AS one, p.h AS two, NULL::integer AS place
                FROM part AS p JOIN gridseat.catalogue_class AS k ON k.id = p.part WHERE p.fact = 'class'
                UNION ALL SELECT 'unit', coalesce(u.alias, u.name), NULL, 'unit:' || u.code, p.n, p.h, NULL
                FROM part AS p JOIN gridseat.organisation AS u ON u.id = p.part WHERE p.fact = 'unit'
                UNION ALL SELECT 'hour', g::text, NULL, 'hour:' || g, coalesce(p.n, 0), NULL, g
                FROM generate_series(0, 23) AS g LEFT JOIN part AS p ON p.fact = 'hour' AND p.part = g) AS b),
            'ranking', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.value DESC NULLS LAST, r.denominator DESC, r.code), '[]') FROM (
                SELECT c.code, coalesce(c.alias, c.name) AS name, coalesce(sum(p.n), 0) AS denominator,
                       coalesce(sum(p.h), 0) AS numerator, gridseat.share_of(sum(p.h), sum(p.n)) AS value
                FROM gridseat.board_children(o.id) AS c LEFT JOIN place AS p ON p.lft BETWEEN c.lft AND c.rgt
                GROUP BY c.code, c.alias, c.name) AS r)));
END $$;

-- The figures that count cases, in their order. at_present ones have no stretch before.
CREATE OR REPLACE FUNCTION gridseat.board_counted(p_board text, p_raw jsonb, p_steps integer, p_compares boolean)
RETURNS TABLE (key text, figure jsonb)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH tally AS (
        SELECT m.key, x.step, x.n, CASE WHEN m.rate THEN x.h ELSE x.n END AS h
        FROM jsonb_to_recordset(p_raw -> 'tally') AS x (fact text, step integer, n bigint, h bigint)
        JOIN gridseat.board_measures() AS m ON m.fact = x.fact AND m.board = p_board
    ), line AS (
        SELECT m.key, g.step, coalesce(t.n, 0) AS n, coalesce(t.h, 0) AS h, m.rate
        FROM gridseat.board_measures() AS m CROSS JOIN generate_series(3, p_steps + 2) AS g (step)
        LEFT JOIN tally AS t ON t.key = m.key AND t.step = g.step WHERE m.board = p_board
    )
    SELECT m.key, gridseat.board_figure(m.key, m.rate,
        coalesce(sum(t.h) FILTER (WHERE m.at_present OR t.step >= 3), 0)::bigint,
        coalesce(sum(t.n) FILTER (WHERE m.at_present OR t.step >= 3), 0)::bigint,
        CASE WHEN NOT p_compares OR m.at_present THEN NULL
             WHEN m.rate THEN gridseat.share_of(sum(t.h) FILTER (WHERE t.step = 1), sum(t.n) FILTER (WHERE t.step = 1))
             ELSE coalesce(sum(t.h) FILTER (WHERE t.step = 1), 0) END,
        (SELECT jsonb_agg(CASE WHEN l.rate THEN gridseat.share_of(l.h, l.n) ELSE l.h END ORDER BY l.step)
         FROM line AS l WHERE l.key = m.key), true)
    FROM gridseat.board_measures() AS m LEFT JOIN tally AS t ON t.key = m.key
    WHERE m.board = p_board GROUP BY m.key, m.rate, m.at_present
$$;

-- A chart of the answer: labels with both languages and what to ask desk.board_cases for, and one or two lines.
CREATE OR REPLACE FUNCTION gridseat.board_series(p_chart text, p_rows jsonb, p_one text, p_two text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('key', p_chart,
        'labels', coalesce(jsonb_agg(jsonb_build_object('zh', r.row ->> 'label', 'en', coalesce(r.row ->> 'label_en', r.row ->> 'label'),
                                               'figure', r.row ->> 'code') ORDER BY r.place), '[]'),
        'lines', jsonb_build_array(jsonb_build_object('key', p_one, 'values', coalesce(jsonb_agg(r.row -> 'one' ORDER BY r.place), '[]')))
            || CASE WHEN p_two IS NULL THEN '[]' ELSE jsonb_build_array(
                jsonb_build_object('key', p_two, 'values', coalesce(jsonb_agg(r.row -> 'two' ORDER BY r.place), '[]'))) END)
    FROM jsonb_array_elements(coalesce(p_rows, '[]')) WITH ORDINALITY AS r (row, place)
    WHERE r.row ->> 'chart' = p_chart
$$;

CREATE OR REPLACE FUNCTION desk.board_figures(p_board text, p_organisation text, p_days integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t gridseat.stretch := gridseat.board_period(o.id, p_days);
    v_raw jsonb;
    v_figures jsonb;
BEGIN
    IF NOT p_board = ANY (gridseat.board_names()) THEN
        PERFORM gridseat.reject_input('board_unknown', jsonb_build_object('board', p_board));
    END IF;
    v_raw := gridseat.board_counts(me, o, t, p_board);
    SELECT jsonb_object_agg(c.key, c.figure) INTO v_figures
    FROM gridseat.board_counted(p_board, v_raw, cardinality(t.edges) - 3,
                                EXISTS (SELECT FROM gridseat.incident AS i WHERE i.received_at <= t.before_starts)) AS c;
    RETURN jsonb_build_object('board', p_board, 'days', p_days, 'at', t.now, 'from', t.starts, 'before', t.before_starts,
        'organisation', jsonb_build_object('code', o.code, 'name', o.name, 'level', o.level), 'step', t.step,
        'edges', to_jsonb((t.edges)[3:]), 'zone', t.zone,
        'ranking', jsonb_build_object('figure', gridseat.board_ranked(p_board), 'rows', v_raw -> 'ranking'))
        || CASE p_board
            WHEN 'incidents' THEN jsonb_build_object('figures', gridseat.picked(v_figures,
                    ARRAY['received', 'closed', 'open', 'overdue', 'closing', 'on_time']),
                'series', jsonb_build_array(
                    jsonb_build_object('key', 'flow', 'labels', '[]'::jsonb, 'lines', jsonb_build_array(
                        jsonb_build_object('key', 'received', 'values', v_figures #> '{received,spark}'),
                        jsonb_build_object('key', 'closed', 'values', v_figures #> '{closed,spark}'))),
                    gridseat.board_series('class', v_raw -> 'chart', 'received', 'closed_of')))
            WHEN 'operations' THEN jsonb_build_object('figures', gridseat.picked(v_figures,
                    ARRAY['claimed', 'prompt', 'acknowledged', 'correct', 'rework', 'satisfied']),
                'series', jsonb_build_array(gridseat.board_series('unit', v_raw -> 'chart', 'should', 'on_time'),
                                            gridseat.board_series('hour', v_raw -> 'chart', 'received', NULL)))
            ELSE gridseat.board_places(o, v_figures) END;
END $$;

CREATE OR REPLACE FUNCTION gridseat.picked(p_figures jsonb, p_keys text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT jsonb_agg(p_figures -> k.key ORDER BY k.place) FROM unnest(p_keys) WITH ORDINALITY AS k (key, place) $$;
