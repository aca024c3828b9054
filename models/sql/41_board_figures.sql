-- A board as one document: its figures with what they are taken of, the stretch before and a spark line, its charts,
-- and the children ranked. Restricted cases count only for those who are named in them.

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
LANGUAGE sql IMMUTABLE AS $$ SELECT round(p_part / nullif(p_of, 0), 6) $$;

-- Numbers of people are told from five on; none is none.
CREATE OR REPLACE FUNCTION gridseat.of_people(p bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN p NOT BETWEEN 1 AND 4 THEN p END $$;

-- The organisations below that are ranked; departments stand beside them.
CREATE OR REPLACE FUNCTION gridseat.board_children(p_organisation bigint) RETURNS SETOF gridseat.organisation
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.* FROM gridseat.organisation AS o
    WHERE o.parent_id = p_organisation AND o.level <> 'department' ORDER BY o.lft
$$;

-- The figure by which the children are ranked: as told, else the board's own.
CREATE OR REPLACE FUNCTION gridseat.board_ranked(p_board text, p_figure text) RETURNS gridseat.indicator
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    x gridseat.indicator;
BEGIN
    SELECT * INTO x FROM gridseat.indicator AS y WHERE y.key = coalesce(
        p_figure, CASE p_board WHEN 'incidents' THEN 'closing' WHEN 'operations' THEN 'acknowledged' ELSE 'found' END);
    IF x.kind = 'span' THEN
        PERFORM gridseat.reject_input('span_not_ranked', jsonb_build_object('figure', x.key));
    ELSIF x.key IS NULL THEN
        PERFORM gridseat.reject_input('figure_unknown', jsonb_build_object('figure', left(p_figure, 80), 'board', p_board));
    END IF;
    RETURN x;
END $$;

-- The facts that a board counts: those of its figures and charts, and what is ranked; at present or in the period.
CREATE OR REPLACE FUNCTION gridseat.board_facts(p_board text, p_ranked gridseat.indicator, p_present boolean) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT ARRAY(
        SELECT x.fact FROM gridseat.indicator AS x
        WHERE x.fact IS NOT NULL AND x.at_present = p_present AND (x.board = p_board OR x.key = p_ranked.key)
        UNION SELECT c.fact FROM gridseat.chart AS c WHERE c.board = p_board AND c.fact IS NOT NULL AND NOT p_present
        UNION SELECT split_part(l, ':', 1) FROM gridseat.chart AS c CROSS JOIN LATERAL unnest(c.lines) AS l
              WHERE c.board = p_board AND c.kind IN ('funnel', 'answers') AND NOT p_present)
$$;

-- One statement answers every count. counts: by fact, part and step (1 the stretch before, from 3 on the period's); ranking:
-- by child. w: the stretch of what is present.
CREATE OR REPLACE FUNCTION gridseat.board_counts(me gridseat.person, o gridseat.organisation, t gridseat.stretch,
                                                 w gridseat.stretch, p_board text, p_ranked gridseat.indicator,
                                                 OUT counts gridseat.counted[], OUT ranking jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_facts text[] := gridseat.board_facts(p_board, p_ranked, false);
    v_present text[] := gridseat.board_facts(p_board, p_ranked, true);
    v_live boolean := t = w;  -- up to now: one pass tells both
BEGIN
    WITH c AS MATERIALIZED (
        SELECT r.fact, width_bucket(r.at, t.edges) AS step, r.part, r.lft, r.n, r.total, r.ranked AND r.fact = p_ranked.fact AS ranked,
               r.fact = ANY (v_present) AS present,
               CASE WHEN r.hit_at <= CASE WHEN r.at < t.starts THEN t.before_ends ELSE t.now END THEN r.n ELSE 0 END AS h
        FROM (SELECT x.* FROM gridseat.board_rows(
                  me, o, t, v_facts || CASE WHEN v_live THEN v_present ELSE '{}' END, ARRAY[p_ranked.fact]) AS x
              UNION ALL SELECT x.* FROM gridseat.board_rows(
                  me, o, w, CASE WHEN v_live THEN '{}' ELSE v_present END, ARRAY[p_ranked.fact]) AS x) AS r
        WHERE CASE WHEN r.fact = ANY (v_present) THEN gridseat.is_settled(r.fact, r.at, w.now)
                   ELSE gridseat.is_settled(r.fact, r.at, t.now) AND r.at <= t.now END
    ), place AS (
        SELECT c.lft, sum(c.n) AS n, sum(c.h) AS h FROM c WHERE c.ranked AND (c.present OR c.step >= 3) GROUP BY 1
    )
    SELECT ARRAY(SELECT ROW (c.fact, c.step, c.part, sum(c.n)::bigint, sum(c.h)::bigint)::gridseat.counted
                 FROM c WHERE c.total GROUP BY c.fact, c.step, c.part),
           (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.value DESC NULLS LAST, r.denominator DESC, r.code), '[]')
            FROM (SELECT c.code, coalesce(c.alias, c.name) AS name, b.n AS denominator, b.h AS numerator,
                         gridseat.told_as(p_ranked.kind, b.h, b.n, b.n) AS value
                  FROM gridseat.board_children(o.id) AS c
                  LEFT JOIN gridseat.wholes_of(ARRAY[p_ranked.per], ARRAY(
                      SELECT b.id FROM gridseat.board_children(o.id) AS b WHERE p_ranked.kind = 'ratio')) AS k ON k.id = c.id
                  CROSS JOIN LATERAL (
                      SELECT CASE p_ranked.kind WHEN 'ratio' THEN coalesce(k.whole, 0)
                                                ELSE coalesce(sum(x.n), 0) END AS n,
                             CASE p_ranked.kind WHEN 'count' THEN coalesce(sum(x.n), 0) ELSE coalesce(sum(x.h), 0) END AS h
                      FROM place AS x WHERE x.lft BETWEEN c.lft AND c.rgt) AS b) AS r)
    INTO counts, ranking;
END $$;

-- The figures that count cases. at_present ones have no stretch before and no line: by the day of their report they would
-- tell how old they are, not how many there were. spark_of: of how many cases each step of a rate's line is; p_wholes:
-- what ratios are shared out among.
CREATE OR REPLACE FUNCTION gridseat.board_counted(p_board text, p_counts gridseat.counted[], p_steps integer, p_compares boolean,
                                                  p_wholes jsonb)
RETURNS TABLE (key text, figure jsonb)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH tally AS (
        SELECT m.key, x.step, CASE m.kind WHEN 'rate' THEN x.n END AS n, CASE m.kind WHEN 'count' THEN x.n ELSE x.h END AS h
        FROM unnest(p_counts) AS x JOIN gridseat.indicator AS m ON m.fact = x.fact AND m.board = p_board AND m.kind <> 'span'
    ), told AS (
        SELECT m.key, m.kind, m.at_present, (p_wholes ->> m.per)::bigint AS whole,
               coalesce(sum(t.h) FILTER (WHERE m.at_present OR t.step >= 3), 0)::bigint AS h,
               coalesce(sum(t.n) FILTER (WHERE m.at_present OR t.step >= 3), 0)::bigint AS n,
               coalesce(sum(t.h) FILTER (WHERE t.step = 1), 0) AS before_h, sum(t.n) FILTER (WHERE t.step = 1) AS before_n
        FROM gridseat.indicator AS m LEFT JOIN tally AS t ON t.key = m.key
        WHERE m.board = p_board AND m.fact IS NOT NULL AND m.kind <> 'span' GROUP BY m.key
    ), line AS (
        SELECT w.key, jsonb_agg(gridseat.told_as(w.kind, coalesce(t.h, 0), t.n, w.whole) ORDER BY g.step) AS spark,
               jsonb_agg(coalesce(t.n, 0) ORDER BY g.step) FILTER (WHERE w.kind = 'rate') AS of_steps
        FROM told AS w CROSS JOIN generate_series(3, p_steps + 2) AS g (step)
        LEFT JOIN tally AS t ON t.key = w.key AND t.step = g.step WHERE NOT w.at_present GROUP BY w.key
    )
    SELECT w.key, gridseat.board_figure(w.key, w.kind <> 'count', w.h, CASE w.kind WHEN 'ratio' THEN w.whole ELSE w.n END,
        b.value, l.spark, true) || jsonb_build_object('spark_of', coalesce(l.of_steps, '[]'), 'before_of', b.cases,
        'change', gridseat.changed(w.kind, gridseat.told_as(w.kind, w.h, w.n, w.whole), w.n, b.value, b.cases))
    FROM told AS w LEFT JOIN line AS l ON l.key = w.key
    LEFT JOIN LATERAL (SELECT gridseat.told_as(w.kind, w.before_h, w.before_n, w.whole) AS value,
                              CASE w.kind WHEN 'rate' THEN w.before_n END::bigint AS cases) AS b ON p_compares AND NOT w.at_present
    UNION ALL SELECT s.key, s.figure FROM gridseat.board_spans(p_board, p_counts, p_compares) AS s
$$;

-- A count as it is, a rate of its cases, a ratio of the whole.
CREATE OR REPLACE FUNCTION gridseat.told_as(p_kind text, p_hits numeric, p_of numeric, p_whole numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE p_kind WHEN 'count' THEN p_hits WHEN 'rate' THEN gridseat.share_of(p_hits, p_of)
                       ELSE gridseat.share_of(p_hits, p_whole) END
$$;

-- How long something took: the median in seconds, "p90" beside it, of so many cases. The middle of the step of time
-- in which the case stands that half, or nine tenths, of them do not pass (nearest rank); within 3 %.
CREATE OR REPLACE FUNCTION gridseat.board_spans(p_board text, p_counts gridseat.counted[], p_compares boolean)
RETURNS TABLE (key text, figure jsonb)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH step AS (
        SELECT x.fact, x.now, x.part, sum(x.n) OVER w AS upto, sum(x.n) OVER (PARTITION BY x.fact, x.now) AS cases
        FROM (SELECT c.fact, c.step >= 3 AS now, c.part, sum(c.n)::integer AS n FROM unnest(p_counts) AS c
              WHERE c.fact = ANY (ARRAY(SELECT f.key FROM gridseat.fact AS f WHERE f.spans)) AND (c.step = 1 OR c.step >= 3)
              GROUP BY 1, 2, 3 HAVING sum(c.n) > 0) AS x
        WINDOW w AS (PARTITION BY x.fact, x.now ORDER BY x.part)
    ), told AS (
        SELECT s.fact, s.now, max(s.cases)::bigint AS cases,
               gridseat.span_middle(min(s.part) FILTER (WHERE s.upto >= s.cases * 0.5)) AS median,
               gridseat.span_middle(min(s.part) FILTER (WHERE s.upto >= s.cases * 0.9)) AS p90
        FROM step AS s GROUP BY s.fact, s.now
    )
    SELECT m.key, jsonb_build_object('key', m.key, 'value', n.median, 'p90', n.p90, 'numerator', coalesce(n.cases, 0),
        'denominator', NULL, 'before', b.median, 'before_of', b.cases,
        'change', gridseat.changed(m.kind, n.median, n.cases, b.median, b.cases), 'spark', '[]'::jsonb, 'cases', true)
    FROM gridseat.indicator AS m
    LEFT JOIN told AS n ON n.fact = m.fact AND n.now
    LEFT JOIN told AS b ON b.fact = m.fact AND NOT b.now AND p_compares
    WHERE m.board = p_board AND m.kind = 'span'
$$;

-- What registers and grids tell where there is no organisation: nobody and nothing.
CREATE OR REPLACE FUNCTION gridseat.board_blank(p_board text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(i.key, gridseat.board_figure(i.key, i.kind <> 'count', 0, 0, NULL, NULL, false)), '{}')
    FROM gridseat.indicator AS i WHERE i.board = p_board AND i.fact IS NULL
$$;

-- What a board tells me: p_ranked is the figure by which the organisations below are ranked; null: the board's own.
-- p_classes: of cases of these classes alone; null: of all.
CREATE OR REPLACE FUNCTION gridseat.board_document(me gridseat.person, o gridseat.organisation, p_board text, p_days integer,
                                                   p_until date, p_ranked text, p_classes bigint[] DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    t gridseat.stretch := gridseat.board_period(o.id, p_days, p_until);
    w gridseat.stretch := CASE WHEN gridseat.is_over(gridseat.day_of(t.now, t.zone)) THEN gridseat.board_period(o.id, p_days) ELSE t END;
    x gridseat.indicator := gridseat.board_ranked(p_board, p_ranked);
    v_wholes jsonb := gridseat.board_wholes(o, p_board);
    v_counts gridseat.counted[];
    v_ranking jsonb;
    v_figures jsonb;
BEGIN
    IF p_days > 92 THEN  -- a year's sums are read by plans of their own; for a month planning would cost more
        PERFORM set_config('plan_cache_mode', 'force_custom_plan', true);
    END IF;
    IF NOT EXISTS (SELECT FROM gridseat.indicator AS i WHERE i.board = p_board) THEN
        PERFORM gridseat.reject_input('board_unknown', jsonb_build_object('board', p_board));
    END IF;
    IF p_classes IS NOT NULL AND t.step = 'day' AND p_days > 21 THEN  -- a few classes have too few cases a day
        t := gridseat.in_steps(t, 'week');
    END IF;
    t.classes := p_classes;
    w.classes := p_classes;
    SELECT c.counts, c.ranking INTO v_counts, v_ranking FROM gridseat.board_counts(me, o, t, w, p_board, x) AS c;
    SELECT jsonb_object_agg(c.key, c.figure) INTO v_figures
    FROM gridseat.board_counted(p_board, v_counts, cardinality(t.edges) - 3,
        EXISTS (SELECT FROM gridseat.incident AS i WHERE i.received_at <= t.before_starts AND NOT i.restricted), v_wholes) AS c;
    v_figures := coalesce(v_figures, '{}') || CASE WHEN o.id IS NULL THEN gridseat.board_blank(p_board) ELSE
        gridseat.board_sums(o, t, p_board) || CASE p_board WHEN 'people-houses' THEN gridseat.board_places(o) ELSE '{}' END END;
    RETURN jsonb_build_object('board', p_board, 'days', p_days, 'at', t.now, 'from', t.starts, 'before', t.before_starts,
        'before_ends', t.before_ends, 'whole', gridseat.whole_told(t), 'until', p_until, 'organisation', jsonb_build_object('code', o.code, 'name', o.name, 'level', o.level),
        'step', t.step, 'edges', to_jsonb((t.edges)[3:]), 'zone', t.zone,
        'figures', (SELECT jsonb_agg(v_figures -> i.key ORDER BY i.place) FROM gridseat.indicator AS i
                    WHERE i.board = p_board AND v_figures ? i.key),
        'series', gridseat.board_series(o, p_board, v_counts, v_figures),
        'ranking', jsonb_build_object('figure', x.key, 'rows', CASE WHEN x.fact IS NULL THEN gridseat.ranked_sums(o, t, x)
                                                                    ELSE v_ranking END));
END $$;

CREATE OR REPLACE FUNCTION desk.board_figures(p_board text, p_organisation text, p_days integer, p_until date DEFAULT NULL,
                                              p_ranked text DEFAULT NULL) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT gridseat.board_document(me, gridseat.board_organisation(me, p_organisation), p_board, p_days, p_until, p_ranked)
    FROM gridseat.me() AS me
$$;
