-- The cases behind a figure, page by page. What is kept of a case tells whether it counts; only those that have changed
-- since are worked out anew.

-- How many they are by the sums, and on which days; null: reading them all tells it as soon. p_counts: of, hit or rest.
CREATE OR REPLACE FUNCTION gridseat.cases_summed(me gridseat.person, o gridseat.organisation, t gridseat.stretch, p_fact text,
                                                 p_part bigint, p_counts text, OUT total bigint, OUT days date[])
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_today constant date := t.now AT TIME ZONE t.zone;
BEGIN
    IF t.step <> 'hour' AND t.classes IS NULL AND gridseat.by_place(me, o) AND p_fact = ANY (gridseat.summed_facts(o)) THEN
        total := (
            SELECT coalesce(sum(r.n), 0) FROM gridseat.board_rows(me, o, t, ARRAY[p_fact], '{}') AS r
            WHERE r.total AND r.at BETWEEN t.starts AND t.now AND gridseat.is_settled(r.fact, r.at, t.now)
              AND (p_part IS NULL OR r.part = p_part)
              AND CASE p_counts WHEN 'of' THEN true WHEN 'hit' THEN r.hit_at <= t.now ELSE r.hit_at > t.now END);
        days := ARRAY(  -- those of today and, in a day's first minute, of yesterday are in no sums yet
            SELECT s.day FROM gridseat.tally AS s
            WHERE s.organisation_id = o.id AND s.fact = p_fact AND s.day BETWEEN (t.starts AT TIME ZONE t.zone)::date AND v_today
              AND CASE p_counts WHEN 'of' THEN true WHEN 'hit' THEN s.hit_day <= v_today ELSE s.hit_day > v_today END
            UNION SELECT v_today UNION SELECT v_today - 1);
    END IF;
END $$;

-- Newest number first: p_limit of those below p_after, null: all. total: how many there are, told with the first page alone.
CREATE OR REPLACE FUNCTION gridseat.cases_behind(me gridseat.person, o gridseat.organisation, p_board text, p_figure text,
                                                 p_days integer, p_until date, p_classes bigint[],
                                                 p_after bigint DEFAULT NULL, p_limit integer DEFAULT NULL)
RETURNS TABLE (number bigint, total bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    q record := gridseat.board_question(p_board, p_figure);
    t gridseat.stretch := gridseat.board_period(o.id, p_days, CASE WHEN NOT q.at_present THEN p_until END);
    v_fact constant text := split_part(q.fact, '/', 1);
    v_settled constant timestamptz := t.now - coalesce(gridseat.settles(v_fact), '0');
    v_counts constant text := CASE WHEN q.which = 'of' OR (q.which = '' AND NOT q.rate) THEN 'of'
                                   WHEN q.which = 'rest' THEN 'rest' ELSE 'hit' END;
    v_dirty constant bigint[] := gridseat.unfolded(t.zone, 5000);
    v_kept constant boolean := v_dirty IS NOT NULL AND v_fact <> ALL (gridseat.asked_facts());
    v_row text := format('(SELECT m.number FROM %%s CROSS JOIN LATERAL (SELECT m.ats[%1$s], m.hits[%1$s]) AS u (at, hit_at)
        WHERE %%s AND m.number < $8 AND u.at BETWEEN $2 AND $3 AND ', gridseat.fact_place(v_fact))
        || CASE v_counts WHEN 'of' THEN 'true' WHEN 'hit' THEN 'u.hit_at <= $4' ELSE 'u.hit_at > $4' END
        || coalesce(' AND ' || gridseat.part_column(split_part(q.fact, '/', 2), t.zone) || ' = ' || q.part, '');
    v_told text := 'count(*) OVER ()';
    v_others bigint[];
    s record;
BEGIN
    t.classes := p_classes;
    SELECT * INTO s FROM gridseat.cases_summed(me, o, t, q.fact, q.part, v_counts) WHERE p_limit IS NOT NULL AND v_kept AND NOT q.at_present;
    IF p_after IS NOT NULL OR s.total IS NOT NULL THEN
        v_row := v_row || ' ORDER BY m.number DESC LIMIT $9';
        v_told := '$10';
    END IF;
    v_others := gridseat.of_classes(CASE WHEN v_kept THEN gridseat.other_numbers(me, o, v_dirty)
        WHEN v_dirty IS NULL THEN gridseat.board_numbers(me, o, t.starts) ELSE gridseat.claimed_numbers(me, o, t.now) END, p_classes);
    RETURN QUERY EXECUTE 'SELECT x.number, ' || v_told || ' FROM ('
        || format(v_row, gridseat.kept_from(me, o), CASE WHEN v_kept THEN 'm.number <> ALL ($5) AND ($6 IS NULL OR m.class_id = ANY ($6)) AND '
               || CASE WHEN p_after IS NULL AND s.total > 20 * p_limit THEN 'true'  -- they lie so close that the newest are soon found
               ELSE gridseat.map_where(t, q.at_present, s.days) END ELSE 'false' END)
        || ') UNION ALL ' || format(v_row, 'gridseat.measured($7, ARRAY[$1], $11) AS m', 'true') || ')) AS x ORDER BY x.number DESC LIMIT $9'
    USING v_fact, CASE WHEN q.at_present THEN '-infinity' ELSE t.starts END,
          CASE WHEN q.at_present AND gridseat.settles(v_fact) IS NULL THEN 'infinity' ELSE v_settled END, t.now, v_dirty, p_classes,
          v_others, coalesce(p_after, 9223372036854775807), p_limit, CASE WHEN p_after IS NULL THEN s.total END, t.zone;
END $$;

-- total: how many there are, with the first page; p_after: the last number of the page before.
CREATE OR REPLACE FUNCTION desk.board_cases(p_board text, p_figure text, p_organisation text, p_days integer,
                                            p_until date DEFAULT NULL, p_after bigint DEFAULT NULL, p_limit integer DEFAULT NULL)
RETURNS TABLE (number bigint, total bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.* FROM gridseat.me() AS me
    CROSS JOIN LATERAL gridseat.cases_behind(
        me, gridseat.board_organisation(me, p_organisation), p_board, p_figure, p_days, p_until, NULL, p_after, p_limit) AS c
$$;
