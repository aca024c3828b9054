-- The records behind the figures that count no cases: of the registry, of daily work, of grids and workers.

-- Where each is and how many it stands for, so that their sum is the figure; of the registry names and addresses masked.
-- p_key: a figure, or "staff" with the kind of workers p_kind; p_which: '' that it counts, 'of' all, 'rest' those it misses.
-- p_limit of those after the one whose key was p_after, null: the first. Daily work has no key of its own: it goes by place.
CREATE OR REPLACE FUNCTION gridseat.record_rows(p_key text, p_kind text, p_which text, p_lft bigint, p_rgt bigint,
                                                t gridseat.stretch, p_limit integer, p_after jsonb)
RETURNS TABLE (key jsonb, code text, name text, place text, what text, day date, n bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    x gridseat.indicator;
    v_lft bigint := CASE jsonb_typeof(p_after) WHEN 'array' THEN (p_after ->> 0)::bigint ELSE -1 END;
    v_code text := CASE jsonb_typeof(p_after) WHEN 'array' THEN p_after ->> 1 ELSE '' END;
    v_id bigint := CASE jsonb_typeof(p_after) WHEN 'number' THEN p_after::bigint ELSE 0 END;
BEGIN
    SELECT * INTO x FROM gridseat.indicator AS i WHERE i.key = p_key AND i.fact IS NULL;
    IF x.last_only AND gridseat.is_over(gridseat.day_of(t.now, t.zone)) THEN
        RETURN;  -- nobody knows
    ELSIF x.sums = 'registry' THEN
        RETURN QUERY SELECT to_jsonb(r.id), r.code, coalesce(r.name, r.address), r.grid_name, coalesce(r.what, r.kind), r.day,
                            CASE x.sum WHEN 'completeness' THEN gridseat.fields_asked(
                                p_which, coalesce(p.filled, h.filled), CASE r.kind WHEN 'house' THEN 2 ELSE 4 END) ELSE 1 END
                     FROM gridseat.registry_rows(x.sum, p_lft, p_rgt, t.starts, t.now, p_which, v_id, p_limit) AS r
                     LEFT JOIN gridseat.resident AS p ON x.sum = 'completeness' AND r.kind = 'resident' AND p.id = r.record_id
                     LEFT JOIN gridseat.house AS h ON x.sum = 'completeness' AND r.kind = 'house' AND h.id = r.record_id
                     ORDER BY r.id, r.kind;
    ELSIF x.sums = 'operations' THEN
        RETURN QUERY SELECT to_jsonb(r.at), r.code, r.name, coalesce(o.alias, o.name), NULL::text, r.day, r.n
                     FROM gridseat.operations_rows(x.sum, p_lft, p_rgt, t.starts, t.now, p_which)
                         WITH ORDINALITY AS r (code, name, organisation, day, n, at)
                     LEFT JOIN gridseat.organisation AS o ON o.code = r.organisation
                     WHERE r.at > v_id ORDER BY r.at LIMIT p_limit;
    ELSIF p_key IN ('workers', 'staff') THEN
        RETURN QUERY SELECT jsonb_build_array(o.lft, s.code), s.code, s.name, coalesce(g.name, o.alias, o.name), s.kind, NULL::date, 1::bigint
                     FROM gridseat.staff AS s JOIN gridseat.organisation AS o ON o.id = s.organisation_id
                     LEFT JOIN gridseat.grid AS g ON g.id = s.grid_id
                     WHERE o.lft BETWEEN p_lft AND p_rgt AND (o.lft, s.code) > (v_lft, v_code)
                       AND s.kind = ANY (CASE p_key WHEN 'staff' THEN ARRAY[p_kind] ELSE ARRAY['full_time', 'part_time'] END)
                     ORDER BY o.lft, s.code LIMIT p_limit;
    ELSIF p_key = 'covered' THEN
        RETURN QUERY SELECT jsonb_build_array(o.lft, o.code), o.code, coalesce(o.alias, o.name), coalesce(p.alias, p.name), NULL::text, NULL::date, 1::bigint
                     FROM gridseat.organisation AS o LEFT JOIN gridseat.organisation AS p ON p.id = o.parent_id
                     WHERE o.level = 'community' AND o.lft BETWEEN p_lft AND p_rgt AND o.lft > v_lft AND gridseat.is_asked(p_which, EXISTS (
                         SELECT FROM gridseat.grid AS g
                         WHERE g.organisation_id = o.id AND g.kind = 'comprehensive' AND g.ended_at IS NULL))
                     ORDER BY o.lft LIMIT p_limit;
    ELSE
        RETURN QUERY SELECT jsonb_build_array(o.lft, g.code), g.code, g.name, coalesce(o.alias, o.name), NULL::text, NULL::date, 1::bigint
                     FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
                     WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND o.lft BETWEEN p_lft AND p_rgt AND (o.lft, g.code) > (v_lft, v_code)
                       AND (p_key = 'grids' OR gridseat.is_asked(p_which, EXISTS (
                           SELECT FROM gridseat.staff AS s WHERE s.grid_id = g.id AND s.kind IN ('full_time', 'part_time'))))
                     ORDER BY o.lft, g.code LIMIT p_limit;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.is_asked(p_which text, p_met boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE p_which WHEN '' THEN p_met WHEN 'rest' THEN NOT p_met ELSE true END $$;

-- Of the fields of a record those that are asked for: '' the filled ones, 'of' all, 'rest' those that are missing.
CREATE OR REPLACE FUNCTION gridseat.fields_asked(p_which text, p_filled smallint, p_wanted integer) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE p_which WHEN '' THEN p_filled WHEN 'rest' THEN p_wanted - p_filled ELSE p_wanted END
$$;

-- How many records that are, and how many they stand for. Of the registry by its sums; of
-- completeness they are fields, and their records are counted here.
CREATE OR REPLACE FUNCTION gridseat.record_totals(p_key text, p_kind text, p_which text, p_lft bigint, p_rgt bigint,
                                                  t gridseat.stretch, OUT total bigint, OUT stands_for bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    x gridseat.indicator;
BEGIN
    SELECT * INTO x FROM gridseat.indicator AS i WHERE i.key = p_key AND i.fact IS NULL AND i.sums = 'registry';
    IF x.key IS NULL THEN
        SELECT count(*), coalesce(sum(r.n), 0) INTO total, stands_for
        FROM gridseat.record_rows(p_key, p_kind, p_which, p_lft, p_rgt, t, NULL, NULL) AS r;
        RETURN;
    END IF;
    SELECT CASE WHEN s.of_all IS NULL OR x.sum = 'density' OR p_which = '' THEN s.hits
                WHEN p_which = 'of' THEN s.of_all ELSE s.of_all - s.hits END INTO stands_for
    FROM gridseat.registry_sums(p_lft, p_rgt, t.starts, t.now) AS s WHERE s.key = x.sum;
    total := CASE x.sum WHEN 'completeness' THEN gridseat.records_with_fields(p_lft, p_rgt, p_which) ELSE stands_for END;
END $$;

CREATE OR REPLACE FUNCTION gridseat.records_with_fields(p_lft bigint, p_rgt bigint, p_which text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*) FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id AND o.lft BETWEEN p_lft AND p_rgt
    JOIN (SELECT r.grid_id, gridseat.fields_asked(p_which, r.filled, 4) AS n FROM gridseat.resident AS r WHERE r.left_on IS NULL
          UNION ALL SELECT h.grid_id, gridseat.fields_asked(p_which, h.filled, 2) FROM gridseat.house AS h WHERE h.left_on IS NULL
         ) AS x ON x.grid_id = g.id
    WHERE x.n > 0
$$;

-- {"total", "sum", "after", "rows": [{code, name, place, what, day, n}]}: the records behind FIGURE[/kind=KIND][:of | :rest | :hit],
-- p_limit of those after p_after, which is what the page before told; after: null at the end. total and sum, of their n, come
-- with the first page. Names of workers are for those who answer for them, others read their first letter.
CREATE OR REPLACE FUNCTION desk.board_records(p_board text, p_figure text, p_organisation text, p_days integer, p_until date DEFAULT NULL,
                                              p_limit integer DEFAULT 1000, p_after jsonb DEFAULT NULL) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t gridseat.stretch := gridseat.board_period(o.id, p_days, p_until);
    v_words text[] := regexp_match(p_figure, '^([a-z_0-9]+)(?:/kind=([a-z_]+))?(?::(of|rest|hit))?$');
    v_which text := CASE v_words[3] WHEN 'of' THEN 'of' WHEN 'rest' THEN 'rest' ELSE '' END;
    v_limit integer := least(greatest(coalesce(p_limit, 1000), 1), 20000);
    v_lft bigint := coalesce(o.lft, 0);
    v_rgt bigint := coalesce(o.rgt, 9223372036854775807);
    x gridseat.indicator;
    s record;
BEGIN
    IF v_which = 'of' THEN  -- a ratio is of the grids or workers that it is shared out among
        v_words[1] := coalesce((SELECT i.per FROM gridseat.indicator AS i WHERE i.key = v_words[1]), v_words[1]);
    END IF;
    SELECT * INTO x FROM gridseat.indicator AS i WHERE i.key = v_words[1] AND i.fact IS NULL;
    IF gridseat.is_wall(me) THEN
        PERFORM gridseat.refuse('seats_only');
    ELSIF x.key IS NULL AND v_words[1] IS DISTINCT FROM 'staff' THEN
        PERFORM gridseat.reject_input('figure_unknown', jsonb_build_object('figure', left(p_figure, 80), 'board', p_board));
    ELSIF (v_which = 'rest' AND x.kind IN ('count', 'ratio')) OR (v_which = 'of' AND x.sum = 'density') THEN
        PERFORM gridseat.refuse_part(x.key, v_which);
    ELSIF x.sums = 'registry' THEN
        PERFORM gridseat.registry_reader(o.id);
    END IF;
    SELECT * INTO s FROM gridseat.record_totals(v_words[1], v_words[2], v_which, v_lft, v_rgt, t) WHERE p_after IS NULL;
    RETURN (
        SELECT jsonb_build_object('total', s.total, 'sum', s.stands_for,
                   'after', CASE WHEN count(*) > v_limit THEN (array_agg(r.key ORDER BY r.at))[v_limit] END,
                   'rows', coalesce(jsonb_agg(jsonb_build_object(
                       'code', r.code, 'place', r.place, 'what', r.what, 'day', r.day, 'n', r.n,
                       'name', CASE WHEN x.sums = 'registry' OR x.key IN ('grids', 'staffed', 'covered') OR gridseat.leads(me)
                                    THEN r.name ELSE gridseat.mask('name', r.name) END) ORDER BY r.at) FILTER (WHERE r.at <= v_limit), '[]'))
        FROM gridseat.record_rows(v_words[1], v_words[2], v_which, v_lft, v_rgt, t, v_limit + 1, p_after)
            WITH ORDINALITY AS r (key, code, name, place, what, day, n, at));
END $$;
