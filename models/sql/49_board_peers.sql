-- How an organisation's figures stand among its peers: those of its level under the same parent.

-- What each peer's board tells, of cases that are not restricted, whoever asks. Numbers of people are nobody's merit, and
-- are left out; so are lengths of time, of which small places keep no sums. p: the parent of the peers; w: the stretch of
-- what is present.
CREATE OR REPLACE FUNCTION gridseat.peer_values(p gridseat.organisation, p_level text, t gridseat.stretch, w gridseat.stretch,
                                                p_board text)
RETURNS TABLE (id bigint, key text, value numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_anybody gridseat.person;
    v_facts text[] := ARRAY(SELECT DISTINCT i.fact FROM gridseat.indicator AS i
                            WHERE i.board = p_board AND i.fact IS NOT NULL AND i.kind <> 'span' AND NOT i.at_present);
    v_present text[] := ARRAY(SELECT DISTINCT i.fact FROM gridseat.indicator AS i
                              WHERE i.board = p_board AND i.fact IS NOT NULL AND i.kind <> 'span' AND i.at_present);
    v_live boolean := t = w;
    v_alone gridseat.stretch := gridseat.period_alone(t);
BEGIN
    v_anybody.positions := ARRAY['supervisor'];
    v_facts := v_facts || CASE WHEN v_live THEN v_present ELSE '{}' END;
    RETURN QUERY
    WITH peer AS MATERIALIZED (
        SELECT c.id, c.lft, c.rgt FROM gridseat.board_children(p.id) AS c WHERE c.level = p_level
    ), told AS MATERIALIZED (
        SELECT r.fact, r.lft, r.n, CASE WHEN r.hit_at <= t.now THEN r.n ELSE 0 END AS h
        FROM (SELECT x.* FROM gridseat.board_rows(v_anybody, p, v_alone, v_facts, v_facts) AS x
              UNION ALL SELECT x.* FROM gridseat.board_rows(v_anybody, p, gridseat.period_alone(w), CASE WHEN v_live THEN '{}' ELSE v_present END,
                                                            v_present) AS x) AS r
        WHERE r.ranked AND CASE WHEN r.fact = ANY (v_present) THEN gridseat.is_settled(r.fact, r.at, w.now)
                                ELSE r.at BETWEEN t.starts AND t.now AND gridseat.is_settled(r.fact, r.at, t.now) END
    ), counted AS (
        SELECT c.id, d.fact, sum(d.n) AS n, sum(d.h) AS h
        FROM told AS d JOIN peer AS c ON d.lft BETWEEN c.lft AND c.rgt GROUP BY 1, 2
    )
    SELECT c.id, i.key, CASE i.kind WHEN 'count' THEN coalesce(k.n, 0) WHEN 'rate' THEN gridseat.share_of(k.h, k.n)
                                    ELSE gridseat.share_of(coalesce(k.h, 0), s.whole) END
    FROM peer AS c JOIN gridseat.indicator AS i ON i.board = p_board AND i.fact IS NOT NULL AND i.kind <> 'span'
    LEFT JOIN gridseat.wholes_of(ARRAY(SELECT DISTINCT m.per FROM gridseat.indicator AS m WHERE m.board = p_board AND m.per IS NOT NULL),
                                 ARRAY(SELECT b.id FROM peer AS b)) AS s ON (s.id, s.per) = (c.id, i.per)
    LEFT JOIN counted AS k ON k.id = c.id AND k.fact = i.fact
    UNION ALL
    SELECT s.id, s.key, s.value FROM gridseat.sums_told(ARRAY(SELECT c.id FROM peer AS c), ARRAY(
        SELECT i.key FROM gridseat.indicator AS i WHERE i.board = p_board AND i.cells = '{}' AND gridseat.is_known(i, t)), t.starts, t.now) AS s
    UNION ALL
    SELECT f.id, f.key, gridseat.share_of(f.hits, f.of_all)
    FROM gridseat.place_figures(ARRAY(SELECT c.id FROM peer AS c WHERE p_board = 'people-houses')) AS f WHERE f.of_all IS NOT NULL;
END $$;

-- {figure: {"of", "median", "above", "below"}}: how many peers have a value, itself among them, the one in the middle,
-- and how many have more and less than the organisation. Of fewer than three nothing is told: it would tell of one.
CREATE OR REPLACE FUNCTION desk.board_peers(p_board text, p_organisation text, p_days integer, p_until date DEFAULT NULL)
RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t gridseat.stretch := gridseat.board_period(o.id, p_days, p_until);
    w gridseat.stretch := CASE WHEN gridseat.is_over(gridseat.day_of(t.now, t.zone)) THEN gridseat.board_period(o.id, p_days) ELSE t END;
    p gridseat.organisation;
BEGIN
    SELECT * INTO p FROM gridseat.organisation AS x WHERE x.id = o.parent_id AND o.level <> 'department' AND 3 <= (
        SELECT count(*) FROM gridseat.organisation AS c WHERE c.parent_id = x.id AND c.level = o.level);
    IF p.id IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN (
        WITH told AS MATERIALIZED (
            SELECT v.* FROM gridseat.peer_values(p, o.level, t, w, p_board) AS v WHERE v.value IS NOT NULL
        )
        SELECT coalesce(jsonb_object_agg(a.key, jsonb_build_object('of', a.of, 'median', a.median, 'above', a.above, 'below', a.below)), '{}')
        FROM (SELECT v.key, count(*) AS of, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY v.value)::numeric, 6) AS median,
                     count(*) FILTER (WHERE v.value > own.value) AS above, count(*) FILTER (WHERE v.value < own.value) AS below
              FROM told AS v JOIN told AS own ON own.key = v.key AND own.id = o.id
              GROUP BY v.key HAVING count(*) >= 3) AS a);
END $$;
