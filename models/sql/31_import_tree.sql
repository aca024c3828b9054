-- Imports, each one call a batch of rows. Rows that cannot go in are named, the others go in; what is there already
-- is left alone, so that a batch may be sent again. The verdict on a row: "added", "updated", "unchanged", or
-- {"code", "facts"} where it is refused. Organisations first: they alone change the tree.

-- [[line, verdict]] as {"added", "updated", "unchanged", "refused": [{"line", "code", "facts"}]}.
CREATE OR REPLACE FUNCTION gridseat.tally(p_verdicts jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object(
        'added', count(*) FILTER (WHERE v -> 1 = '"added"'),
        'updated', count(*) FILTER (WHERE v -> 1 = '"updated"'),
        'unchanged', count(*) FILTER (WHERE v -> 1 = '"unchanged"'),
        'refused', coalesce(jsonb_agg((v -> 1) || jsonb_build_object('line', v -> 0))
                            FILTER (WHERE jsonb_typeof(v -> 1) = 'object'), '[]'))
    FROM jsonb_array_elements(coalesce(p_verdicts, '[]')) AS v
$$;

-- What is drawn on maps is another: every console hears it (feed_epoch) and reads it anew. Answers what it was told.
CREATE OR REPLACE FUNCTION gridseat.map_changed(p_tally jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (p_tally -> 'added')::integer + (p_tally -> 'updated')::integer > 0 THEN
        INSERT INTO gridseat.setting (key, value)
        VALUES ('map_changed', to_jsonb(gridseat.micros(clock_timestamp())))
        ON CONFLICT (key) DO UPDATE SET value = excluded.value;
    END IF;
    RETURN p_tally;
END $$;

CREATE OR REPLACE FUNCTION gridseat.refused_row(p_code text, p_facts jsonb DEFAULT '{}') RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT jsonb_build_object('code', p_code, 'facts', p_facts) $$;

CREATE OR REPLACE FUNCTION gridseat.well_formed(p_code text, p_name text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(p_code ~ '^[0-9A-Za-z][0-9A-Za-z_.-]{0,39}$' AND length(p_name) BETWEEN 1 AND 80, false) $$;

-- What a person without organisation may change, that is everything, or one whose organisation stands over p.
CREATE OR REPLACE FUNCTION gridseat.governs(p_me gridseat.person, p bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT p_me.organisation_id IS NULL OR gridseat.below(p, p_me.organisation_id) $$;

-- Rules that hold for everybody belong to whoever stands over everybody.
CREATE OR REPLACE FUNCTION gridseat.governs_all(p_me gridseat.person) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT p_me.organisation_id IS NULL OR NOT EXISTS (
        SELECT FROM gridseat.organisation AS o WHERE o.parent_id IS NULL AND o.id <> p_me.organisation_id)
$$;

-- By the parents, not the bounds: those are not numbered yet while an import goes on.
CREATE OR REPLACE FUNCTION gridseat.hangs_below(p_lower bigint, p_upper bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE up AS (
        SELECT o.id, o.parent_id FROM gridseat.organisation AS o WHERE o.id = p_lower
        UNION
        SELECT o.id, o.parent_id FROM gridseat.organisation AS o JOIN up AS u ON o.id = u.parent_id
    )
    SELECT EXISTS (SELECT FROM up AS u WHERE u.id = p_upper)
$$;

CREATE OR REPLACE FUNCTION gridseat.level_fits(p_child text, p_parent text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT p_parent IS NULL OR p_child = 'department' OR (p_parent <> 'department'
        AND array_position(ARRAY['province', 'city', 'county', 'township', 'community'], p_parent)
          < array_position(ARRAY['province', 'city', 'county', 'township', 'community'], p_child))
$$;

-- One organisation. New and moved ones have lft 0 until the tree is numbered. Without initials the old ones stay.
CREATE OR REPLACE FUNCTION gridseat.take_organisation(
    p_me gridseat.person, p_code text, p_name text, p_level text, p_parent text, p_initials text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation;
    q gridseat.organisation;
BEGIN
    SELECT * INTO o FROM gridseat.organisation AS x WHERE x.code = p_code;
    SELECT * INTO q FROM gridseat.organisation AS x WHERE x.code = p_parent;
    IF NOT gridseat.well_formed(p_code, p_name) THEN
        RETURN gridseat.refused_row('row_malformed', jsonb_build_object('value', left(p_code, 40)));
    ELSIF p_parent IS NOT NULL AND q.id IS NULL THEN
        RETURN gridseat.refused_row('row_orphan', jsonb_build_object('parent', p_parent));
    ELSIF (o.name, o.level) = (p_name, p_level) AND o.parent_id IS NOT DISTINCT FROM q.id THEN
        RETURN '"unchanged"';
    ELSIF NOT gridseat.level_fits(p_level, q.level) THEN
        RETURN gridseat.refused_row('row_level', jsonb_build_object('child', p_level, 'parent', q.level));
    ELSIF p_me.organisation_id IS NOT NULL AND NOT (
        q.id IS NOT NULL AND gridseat.hangs_below(q.id, p_me.organisation_id) AND (
            o.id IS NULL OR (o.id <> p_me.organisation_id AND gridseat.hangs_below(o.id, p_me.organisation_id)))) THEN
        RETURN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', p_name));
    ELSIF o.id IS NULL THEN
        INSERT INTO gridseat.organisation (code, name, level, parent_id, lft, rgt, centre, initials)
        VALUES (p_code, p_name, p_level, q.id, 0, 1, p_level IN ('city', 'county', 'township'), coalesce(p_initials, ''));
        RETURN '"added"';
    END IF;
    UPDATE gridseat.organisation AS x SET name = p_name, level = p_level, parent_id = q.id,
        initials = coalesce(p_initials, x.initials),
        centre = CASE WHEN x.level = p_level THEN x.centre ELSE p_level IN ('city', 'county', 'township') END,
        lft = CASE WHEN x.parent_id IS DISTINCT FROM q.id THEN 0 ELSE x.lft END,
        rgt = CASE WHEN x.parent_id IS DISTINCT FROM q.id THEN 1 ELSE x.rgt END
    WHERE x.id = o.id;
    RETURN '"updated"';
END $$;

-- A few leaves find room at the end of their parents, each taking a quarter of what is left there. Tells whether all
-- did; a whole county, a moved subtree or a crowded parent has the tree numbered anew.
CREATE OR REPLACE FUNCTION gridseat.place_leaves() RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation;
    v_from bigint;
    v_until bigint;
BEGIN
    IF (SELECT count(*) > 32 FROM (SELECT FROM gridseat.organisation AS x WHERE x.lft = 0 LIMIT 33) AS few)
       OR EXISTS (SELECT FROM gridseat.organisation AS c JOIN gridseat.organisation AS x ON x.id = c.parent_id
                  WHERE x.lft = 0 AND c.lft <> 0) THEN
        RETURN false;
    END IF;
    FOR o IN SELECT * FROM gridseat.organisation AS x WHERE x.lft = 0 ORDER BY x.id LOOP
        SELECT greatest(p.lft, (SELECT max(c.rgt) FROM gridseat.organisation AS c WHERE c.parent_id = p.id)), p.rgt
        INTO v_from, v_until FROM gridseat.organisation AS p WHERE p.id = o.parent_id AND p.lft <> 0;
        IF coalesce(v_until - v_from, 0) < 16 THEN
            RETURN false;
        END IF;
        UPDATE gridseat.organisation SET lft = v_from + 1, rgt = v_from + (v_until - v_from) / 4 WHERE id = o.id;
    END LOOP;
    RETURN true;
END $$;

-- After the rows: bounds for whoever is new or moved, and the incidents' copies of them. A circle has no bounds.
CREATE OR REPLACE FUNCTION gridseat.settle_tree(p_updated boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_child text;
    v_parent text;
BEGIN
    IF NOT gridseat.place_leaves() THEN
        PERFORM gridseat.renumber_tree();
    ELSIF p_updated THEN
        PERFORM gridseat.rewrite_places();
    END IF;
    IF EXISTS (SELECT FROM gridseat.organisation AS o WHERE o.lft = 0) THEN
        PERFORM gridseat.reject_input('tree_cycle', jsonb_build_object('codes', (
            SELECT jsonb_agg(x.code) FROM (SELECT o.code FROM gridseat.organisation AS o WHERE o.lft = 0
                                           ORDER BY o.code LIMIT 8) AS x)));
    END IF;
    SELECT c.level, p.level INTO v_child, v_parent
    FROM gridseat.organisation AS c JOIN gridseat.organisation AS p ON p.id = c.parent_id
    WHERE p_updated AND NOT gridseat.level_fits(c.level, p.level) LIMIT 1;
    IF v_child IS NOT NULL THEN
        PERFORM gridseat.reject_input('row_level', jsonb_build_object('child', v_child, 'parent', v_parent));
    END IF;
END $$;

-- [{"line", "code", "name", "level", "parent", "initials"}], parents first.
CREATE OR REPLACE FUNCTION desk.import_organisations(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
    v_told jsonb;
BEGIN
    PERFORM gridseat.begin_whole();
    PERFORM gridseat.lock_tree();
    v_told := gridseat.tally((
        SELECT jsonb_agg(jsonb_build_array(r.line,
            gridseat.take_organisation(me, r.code, r.name, r.level, r.parent, r.initials)))
        FROM jsonb_to_recordset(p_rows)
            AS r (line integer, code text, name text, level text, parent text, initials text)));
    PERFORM gridseat.settle_tree(v_told ->> 'updated' <> '0');
    RETURN v_told;
END $$;
