-- Spot checks (抽查): so many records a month and grid, drawn so that anybody with the kept seed draws the same and
-- nobody without it knows which: the first of the grid's records in the order of a digest of seed, month, grid, kind and code.

CREATE OR REPLACE FUNCTION gridseat.spot_draw(p_grid bigint, p_month date, p_size integer, p_seed text)
RETURNS TABLE (kind text, record_id bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT x.kind, x.id
    FROM (SELECT 'resident' AS kind, r.id, r.code FROM gridseat.resident AS r
          WHERE r.grid_id = p_grid AND r.left_on IS NULL AND NOT r.erased
          UNION ALL
          SELECT 'house', h.id, h.code FROM gridseat.house AS h WHERE h.grid_id = p_grid AND h.left_on IS NULL) AS x
    JOIN gridseat.grid AS g ON g.id = p_grid
    ORDER BY sha256(convert_to(concat_ws('|', p_seed, to_char(p_month, 'YYYY-MM'), g.code, x.kind, x.code), 'UTF8')), x.id
    LIMIT p_size
$$;

-- Draws for the grids of an organisation that have not been drawn this month, so many grids a call. Answers what is left.
CREATE OR REPLACE FUNCTION desk.draw_spot_checks(p_organisation text, p_grids integer DEFAULT 2000) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    v_seed text := gridseat.registry_secret('spot_seed');  -- one at a time
    v_month date := date_trunc('month', gridseat.registry_today())::date;
    v_size integer := (gridseat.setting('spot_size', '2') #>> '{}')::integer;
    v_grids bigint[];
    v_drawn bigint;
BEGIN
    IF NOT me.positions && ARRAY['supervisor', 'admin'] THEN
        PERFORM gridseat.refuse('registry_supervisor');
    END IF;
    PERFORM gridseat.registry_reader(o.id);
    v_grids := ARRAY(
        SELECT n.grid_id FROM gridseat.registry_grid AS n JOIN gridseat.grid AS g ON g.id = n.grid_id
        JOIN gridseat.organisation AS a ON a.id = g.organisation_id AND (o.id IS NULL OR a.lft BETWEEN o.lft AND o.rgt)
        WHERE n.residents + n.houses > 0 AND NOT EXISTS (
            SELECT FROM gridseat.spot_check AS s WHERE s.grid_id = n.grid_id AND s.month = v_month)
        ORDER BY n.grid_id);
    INSERT INTO gridseat.spot_check (month, grid_id, kind, record_id, drawn_at)
    SELECT v_month, g.id, d.kind, d.record_id, desk.now()
    FROM unnest(v_grids[:p_grids]) AS g (id) CROSS JOIN LATERAL gridseat.spot_draw(g.id, v_month, v_size, v_seed) AS d
    ON CONFLICT ON CONSTRAINT spot_check_once DO NOTHING;  -- drawn before it came into this grid
    GET DIAGNOSTICS v_drawn = ROW_COUNT;
    RETURN jsonb_build_object('month', to_char(v_month, 'YYYY-MM'), 'grids', cardinality(v_grids[:p_grids]), 'drawn', v_drawn,
                              'left', greatest(cardinality(v_grids) - p_grids, 0));
END $$;

-- What a record says, field by field; texts masked.
CREATE OR REPLACE FUNCTION gridseat.registry_fields(p_kind text, p_id bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_kind WHEN 'house' THEN (
        SELECT jsonb_build_object('use', h.use, 'address', gridseat.mask('address', t.address))
        FROM gridseat.house AS h LEFT JOIN gridseat.house_text AS t ON t.house_id = h.id WHERE h.id = p_id)
    ELSE (
        SELECT jsonb_build_object('kind', r.kind, 'name', gridseat.mask('name', t.name), 'birth_year', r.birth_year, 'alone', r.alone,
            'phone', gridseat.mask('phone', t.phone), 'household_code', u.code, 'address', gridseat.mask('address', a.address))
        FROM gridseat.resident AS r LEFT JOIN gridseat.resident_text AS t ON t.resident_id = r.id
        LEFT JOIN gridseat.household AS u ON u.id = r.household_id LEFT JOIN gridseat.house_text AS a ON a.house_id = u.house_id
        WHERE r.id = p_id) END
$$;

CREATE OR REPLACE FUNCTION gridseat.registry_code_of(p_kind text, p_id bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_kind WHEN 'house' THEN (SELECT h.code FROM gridseat.house AS h WHERE h.id = p_id)
                       ELSE (SELECT r.code FROM gridseat.resident AS r WHERE r.id = p_id) END
$$;

CREATE OR REPLACE FUNCTION gridseat.spot_fields(p_kind text) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_kind WHEN 'house' THEN ARRAY['use', 'address', 'grid_code']
                       ELSE ARRAY['kind', 'name', 'birth_year', 'alone', 'phone', 'household_code', 'grid_code'] END
$$;

-- What the check found: correct, wrong in the fields that are named, or missing (nobody there knows of it). It may be
-- entered anew; the last word counts. What was found correct is confirmed as of today.
CREATE OR REPLACE FUNCTION desk.enter_spot_check(p_id bigint, p_result text, p_wrong text[] DEFAULT '{}') RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s gridseat.spot_check;
    me gridseat.person := gridseat.me();
BEGIN
    SELECT * INTO s FROM gridseat.spot_check AS x WHERE x.id = p_id FOR UPDATE;
    IF s.id IS NULL OR NOT gridseat.governs(me, (SELECT g.organisation_id FROM gridseat.grid AS g WHERE g.id = s.grid_id)) THEN
        PERFORM gridseat.refuse('record_not_found', jsonb_build_object('record', p_id));
    END IF;
    PERFORM gridseat.registry_reader((SELECT g.organisation_id FROM gridseat.grid AS g WHERE g.id = s.grid_id));
    IF (p_result IN ('correct', 'wrong', 'missing')) IS NOT TRUE THEN
        PERFORM gridseat.reject_input('not_one_of', jsonb_build_object('option', 'result', 'value', left(p_result, 40),
            'values', 'correct, wrong, missing'));
    ELSIF NOT coalesce(p_wrong, '{}') <@ gridseat.spot_fields(s.kind) OR (p_result = 'wrong') <> (coalesce(p_wrong, '{}') <> '{}') THEN
        PERFORM gridseat.reject_input('spot_fields', jsonb_build_object('fields', array_to_string(gridseat.spot_fields(s.kind), ', ')));
    END IF;
    UPDATE gridseat.spot_check SET result = p_result, wrong = coalesce(p_wrong, '{}'), checked_at = desk.now(), checked_by = me.id
    WHERE id = p_id;
    IF p_result = 'correct' THEN
        PERFORM gridseat.confirm_record(s.kind, s.record_id, gridseat.registry_today());
    END IF;
    RETURN jsonb_build_object('id', p_id, 'result', p_result, 'wrong', coalesce(p_wrong, '{}'));
END $$;

CREATE OR REPLACE FUNCTION gridseat.confirm_record(p_kind text, p_id bigint, p_day date) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_kind = 'house' THEN
        UPDATE gridseat.house SET confirmed_on = p_day WHERE id = p_id AND confirmed_on < p_day;
    ELSE
        UPDATE gridseat.resident SET confirmed_on = p_day WHERE id = p_id AND confirmed_on < p_day;
    END IF;
END $$;
