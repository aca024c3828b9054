-- The records behind the figures that count no cases: of the registry, of daily work, of grids and workers.

-- Where each is and how many it stands for, so that their sum is the figure; of the registry names and addresses masked.
-- p_key: a figure, or "staff" with the kind of workers p_kind; p_which: '' that it counts, 'of' all, 'rest' those it misses.
CREATE OR REPLACE FUNCTION gridseat.record_rows(p_key text, p_kind text, p_which text, p_lft bigint, p_rgt bigint,
                                                t gridseat.stretch, p_limit integer)
RETURNS TABLE (code text, name text, place text, what text, day date, n bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    x gridseat.indicator;
BEGIN
    SELECT * INTO x FROM gridseat.indicator AS i WHERE i.key = p_key AND i.fact IS NULL;
    IF x.sums = 'registry' THEN
        RETURN QUERY SELECT r.code, coalesce(r.name, r.address), r.grid_name, coalesce(r.what, r.kind), r.day, 1::bigint
                     FROM gridseat.registry_rows(x.sum, p_lft, p_rgt, t.starts, t.now, p_which, 0, p_limit) AS r;
    ELSIF x.sums = 'operations' THEN
        RETURN QUERY SELECT r.code, r.name, coalesce(o.alias, o.name), NULL::text, r.day, r.n
                     FROM gridseat.operations_rows(x.sum, p_lft, p_rgt, t.starts, t.now, p_which) AS r
                     LEFT JOIN gridseat.organisation AS o ON o.code = r.organisation LIMIT p_limit;
    ELSIF p_key IN ('workers', 'staff') THEN
        RETURN QUERY SELECT s.code, s.name, coalesce(g.name, o.alias, o.name), s.kind, NULL::date, 1::bigint
                     FROM gridseat.staff AS s JOIN gridseat.organisation AS o ON o.id = s.organisation_id
                     LEFT JOIN gridseat.grid AS g ON g.id = s.grid_id
                     WHERE o.lft BETWEEN p_lft AND p_rgt
                       AND s.kind = ANY (CASE p_key WHEN 'staff' THEN ARRAY[p_kind] ELSE ARRAY['full_time', 'part_time'] END)
                     ORDER BY o.lft, s.code LIMIT p_limit;
    ELSIF p_key = 'covered' THEN
        RETURN QUERY SELECT o.code, coalesce(o.alias, o.name), coalesce(p.alias, p.name), NULL::text, NULL::date, 1::bigint
                     FROM gridseat.organisation AS o LEFT JOIN gridseat.organisation AS p ON p.id = o.parent_id
                     WHERE o.level = 'community' AND o.lft BETWEEN p_lft AND p_rgt AND gridseat.is_asked(p_which, EXISTS (
                         SELECT FROM gridseat.grid AS g
                         WHERE g.organisation_id = o.id AND g.kind = 'comprehensive' AND g.ended_at IS NULL))
                     ORDER BY o.lft LIMIT p_limit;
    ELSE
        RETURN QUERY SELECT g.code, g.name, coalesce(o.alias, o.name), NULL::text, NULL::date, 1::bigint
                     FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
                     WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND o.lft BETWEEN p_lft AND p_rgt
                       AND (p_key = 'grids' OR gridseat.is_asked(p_which, EXISTS (
                           SELECT FROM gridseat.staff AS s WHERE s.grid_id = g.id AND s.kind IN ('full_time', 'part_time'))))
                     ORDER BY o.lft, g.code LIMIT p_limit;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.is_asked(p_which text, p_met boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE p_which WHEN '' THEN p_met WHEN 'rest' THEN NOT p_met ELSE true END $$;

-- {"more", "rows": [{code, name, place, what, day, n}]}: the records behind FIGURE[/kind=KIND][:of | :rest | :hit], at most
-- so many; more: there are others. Names of workers are for those who answer for them, others read their first letter.
CREATE OR REPLACE FUNCTION desk.board_records(p_board text, p_figure text, p_organisation text, p_days integer,
                                              p_until date DEFAULT NULL, p_limit integer DEFAULT 1000) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t gridseat.stretch := gridseat.board_period(o.id, p_days, p_until);
    v_words text[] := regexp_match(p_figure, '^([a-z_0-9]+)(?:/kind=([a-z_]+))?(?::(of|rest|hit))?$');
    v_which text := CASE v_words[3] WHEN 'of' THEN 'of' WHEN 'rest' THEN 'rest' ELSE '' END;
    v_limit integer := least(greatest(coalesce(p_limit, 1000), 1), 1000);
    x gridseat.indicator;
BEGIN
    SELECT * INTO x FROM gridseat.indicator AS i WHERE i.key = v_words[1] AND i.fact IS NULL;
    IF gridseat.is_wall(me) THEN
        PERFORM gridseat.refuse('seats_only');
    ELSIF x.key IS NULL AND v_words[1] IS DISTINCT FROM 'staff' THEN
        PERFORM gridseat.reject_input('figure_unknown', jsonb_build_object('figure', left(p_figure, 80), 'board', p_board));
    ELSIF x.sums = 'registry' THEN
        PERFORM gridseat.registry_reader(o.id);
    END IF;
    RETURN (
        SELECT jsonb_build_object('more', count(*) > v_limit, 'rows', coalesce(jsonb_agg(jsonb_build_object(
                   'code', r.code, 'place', r.place, 'what', r.what, 'day', r.day, 'n', r.n,
                   'name', CASE WHEN x.sums = 'registry' OR x.key IN ('grids', 'staffed', 'covered') OR gridseat.leads(me)
                                THEN r.name ELSE gridseat.mask('name', r.name) END) ORDER BY r.at) FILTER (WHERE r.at <= v_limit), '[]'))
        FROM gridseat.record_rows(v_words[1], v_words[2], v_which, coalesce(o.lft, 0), coalesce(o.rgt, 9223372036854775807), t,
                                  v_limit + 1) WITH ORDINALITY AS r (code, name, place, what, day, n, at));
END $$;
