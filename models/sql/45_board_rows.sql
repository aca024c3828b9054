-- The rows that a board adds up, exact at the instant of the read: sums of whole days, and cases one by one on the
-- days that the stretch cuts, where the fold has not been yet, and where not everybody above the place may look.
-- total: counts for the organisation; ranked: for the child at lft, of the facts
-- p_ranked. A negative n takes a case out of the sums.

CREATE OR REPLACE FUNCTION gridseat.board_rows(me gridseat.person, o gridseat.organisation, t gridseat.stretch,
                                               p_facts text[], p_ranked text[])
RETURNS SETOF gridseat.counting
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_dirty bigint[] := gridseat.unfolded(t.zone, 5000);
    v_kept text[] := ARRAY(SELECT x FROM unnest(p_facts) AS x WHERE x <> ALL ((SELECT gridseat.asked_facts())::text[]));
    v_summed text[] := ARRAY(SELECT x FROM unnest(v_kept) AS x WHERE x = ANY ((SELECT gridseat.summed_facts(o))::text[]));
BEGIN
    IF p_facts = '{}' THEN
        RETURN;
    END IF;
    IF v_dirty IS NULL OR NOT gridseat.by_place(me, o) THEN
        RETURN QUERY SELECT * FROM gridseat.case_rows(
            gridseat.of_classes(gridseat.board_numbers(me, o, t.before_starts), t.classes), p_facts, t.zone);
        RETURN;
    ELSIF t.classes IS NOT NULL THEN
        RETURN QUERY SELECT * FROM gridseat.class_rows(me, o, t, p_facts, v_kept, p_ranked, v_dirty);
        RETURN;
    END IF;
    RETURN QUERY SELECT * FROM gridseat.sum_rows(o, t, v_summed, p_ranked);
    IF v_dirty <> '{}' THEN
        RETURN QUERY SELECT * FROM gridseat.taken_rows(o, t, v_summed, v_dirty);
    END IF;
    RETURN QUERY SELECT * FROM gridseat.unsummed_rows(o, t, ARRAY(SELECT unnest(v_kept) EXCEPT SELECT unnest(v_summed)),
                                                      ARRAY(SELECT x FROM unnest(p_ranked) AS x WHERE x = ANY (v_kept)), v_dirty);
    RETURN QUERY SELECT * FROM gridseat.edge_rows(o, t, v_summed, p_ranked, v_dirty);
    RETURN QUERY SELECT * FROM gridseat.case_rows(gridseat.other_numbers(me, o, v_dirty), v_kept, t.zone);
    IF v_kept <> p_facts THEN
        RETURN QUERY SELECT * FROM gridseat.case_rows(gridseat.claimed_numbers(me, o, t.now), gridseat.asked_facts(), t.zone);
    END IF;
END $$;

-- Of some classes alone there are no sums: what is kept of their cases, one by one, and what has changed since as it stands.
-- Those are looked up that have a day since then, and those that are open.
CREATE OR REPLACE FUNCTION gridseat.class_rows(me gridseat.person, o gridseat.organisation, t gridseat.stretch,
                                               p_facts text[], p_kept text[], p_ranked text[], p_dirty bigint[])
RETURNS SETOF gridseat.counting
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT * FROM gridseat.added_rows(o, t, p_kept, p_ranked, p_dirty, 'true', format(
        'm.class_id = ANY (%1$L::bigint[]) AND (m.days[cardinality(m.days)] >= %2$L OR m.number = ANY (ARRAY(
             SELECT i.number FROM gridseat.incident AS i WHERE i.class_id = ANY (%1$L::bigint[]) AND i.status IN (%3$s))))',
        t.classes, t.before_starts AT TIME ZONE t.zone, gridseat.open_list()));
    RETURN QUERY SELECT * FROM gridseat.case_rows(
        gridseat.of_classes(gridseat.other_numbers(me, o, p_dirty), t.classes), p_kept, t.zone);
    IF p_kept <> p_facts THEN
        RETURN QUERY SELECT * FROM gridseat.case_rows(
            gridseat.of_classes(gridseat.claimed_numbers(me, o, t.now), t.classes), gridseat.asked_facts(), t.zone);
    END IF;
END $$;

-- Whether an organisation's cases are told by the places below it; else, of departments and to the people of units, one by
-- one by what each is.
CREATE OR REPLACE FUNCTION gridseat.by_place(me gridseat.person, o gridseat.organisation) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT o.id IS NOT NULL AND o.level <> 'department' AND NOT gridseat.is_unit(me) $$;

-- The places whose cases an organisation counts; null: all there are.
CREATE OR REPLACE FUNCTION gridseat.places_of(o gridseat.organisation) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN o.lft > (SELECT min(a.lft) FROM gridseat.organisation AS a) OR o.rgt < (SELECT max(a.lft) FROM gridseat.organisation AS a)
                THEN ARRAY(SELECT a.id FROM gridseat.organisation AS a WHERE a.lft BETWEEN o.lft AND o.rgt) END
$$;

-- What is kept (m) of the organisation's cases that the caller may see; by the place that of its sums, whoever asks.
CREATE OR REPLACE FUNCTION gridseat.kept_from(me gridseat.person, o gridseat.organisation) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN gridseat.by_place(me, o) THEN '(SELECT x.* FROM gridseat.measure AS x WHERE x.tallied'
                    || coalesce(' AND x.at_id = ANY (' || quote_literal(gridseat.places_of(o)) || ')', '') || ') AS m'
           ELSE format('gridseat.measure AS m JOIN gridseat.incident AS i ON i.number = m.number AND %s', gridseat.board_where(me, o)) END
$$;

-- Those of its cases that are told as they stand now: changed since they were kept, and in no sums.
CREATE OR REPLACE FUNCTION gridseat.other_numbers(me gridseat.person, o gridseat.organisation, p_dirty bigint[]) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT gridseat.visible_of(me, o, p_dirty || CASE WHEN gridseat.by_place(me, o) THEN ARRAY(
        SELECT m.number FROM gridseat.measure AS m WHERE m.stray
        UNION ALL SELECT m.number FROM gridseat.named AS n JOIN gridseat.measure AS m ON m.number = n.number
                  WHERE n.person_id = me.id AND NOT m.tallied AND NOT m.stray) END)
$$;

CREATE OR REPLACE FUNCTION gridseat.claimed_numbers(me gridseat.person, o gridseat.organisation, p_now timestamptz) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT gridseat.visible_of(me, o, ARRAY(
        SELECT i.number FROM gridseat.incident AS i WHERE i.claim_person_id IS NOT NULL AND i.claim_until > p_now))
$$;

-- By what the kept measure m, or its instant u.at, is of a part; without a word: the place.
CREATE OR REPLACE FUNCTION gridseat.part_column(p_by text, p_zone text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_by WHEN 'class' THEN 'm.group_id' WHEN 'type' THEN 'm.class_id' WHEN 'channel' THEN 'm.channel_id'
                     WHEN 'unit' THEN 'm.unit_id' WHEN 'grid' THEN 'm.grid_id'
                     WHEN 'hour' THEN format('gridseat.week_hour(u.at, %L)', p_zone)
                     WHEN 'day' THEN format('((u.at AT TIME ZONE %L)::date - date ''2000-01-01'')', p_zone) ELSE 'm.at_id' END
$$;

-- The facts of which an organisation has sums (44_fold); others of its cases are counted one by one.
CREATE OR REPLACE FUNCTION gridseat.summed_facts(o gridseat.organisation) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE o.level WHEN 'community' THEN '{}' WHEN 'township' THEN ARRAY(
               SELECT unnest(gridseat.kept_facts()) EXCEPT SELECT unnest(gridseat.parted(gridseat.kept_facts())))
           ELSE gridseat.kept_facts() END
$$;

-- Facts that are not kept but asked each time; all of them tell of claims.
CREATE OR REPLACE FUNCTION gridseat.asked_facts() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT ARRAY(SELECT f.key FROM gridseat.fact AS f WHERE NOT f.kept) $$;

-- Cases that the fold has not told yet; null: it has not come to an end once, tells another zone's days, or is too
-- far behind.
CREATE OR REPLACE FUNCTION gridseat.unfolded(p_zone text, p_most integer) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    f gridseat.fold;
    v_numbers bigint[];
BEGIN
    SELECT * INTO f FROM gridseat.fold;
    IF (f.epoch, f.zone) IS DISTINCT FROM (gridseat.epoch(), p_zone) OR f.filled_to IS NOT NULL THEN
        RETURN NULL;
    END IF;
    v_numbers := ARRAY(
        SELECT n.number FROM (
            (SELECT u.number FROM gridseat.unmeasured AS u LIMIT p_most + 1)
            UNION (SELECT e.number FROM gridseat.timeline AS e WHERE (e.xid, e.id) > (f.xid, f.id))) AS n
        LIMIT p_most + 1);
    RETURN CASE WHEN cardinality(v_numbers) <= p_most THEN v_numbers END;
END $$;

-- Those of the organisation's cases that the caller may see: by the place, without one by the owning centre; to a
-- department, those that it leads.
CREATE OR REPLACE FUNCTION gridseat.board_where(me gridseat.person, o gridseat.organisation) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN o.level = 'department' THEN format('i.lead_unit_id = %s', o.id)
                ELSE format('(i.place_lft BETWEEN %1$s AND %2$s OR (i.place_lft IS NULL AND i.centre_lft BETWEEN %1$s AND %2$s))',
                            coalesce(o.lft, 0), coalesce(o.rgt, 9223372036854775807)) END
           || ' AND ' || gridseat.visible_where(me)
$$;

CREATE OR REPLACE FUNCTION gridseat.visible_of(me gridseat.person, o gridseat.organisation, p_numbers bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_numbers bigint[] := '{}';
BEGIN
    IF p_numbers <> '{}' THEN
        EXECUTE format('SELECT ARRAY(SELECT i.number FROM gridseat.incident AS i WHERE i.number = ANY ($1) AND %s)',
                       gridseat.board_where(me, o)) INTO v_numbers USING p_numbers;
    END IF;
    RETURN v_numbers;
END $$;

-- Picked by date first, so that a week costs a week, not the archive: what was received or closed since then, is
-- open, was merged, or had a limit or an answer since.
CREATE OR REPLACE FUNCTION gridseat.board_numbers(me gridseat.person, o gridseat.organisation, p_since timestamptz) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_numbers bigint[];
BEGIN
    EXECUTE format('WITH picked AS MATERIALIZED (
            SELECT i.number FROM gridseat.incident AS i WHERE i.received_at >= $1
            UNION SELECT i.number FROM gridseat.incident AS i WHERE i.closed_at >= $1
            UNION SELECT i.number FROM gridseat.incident AS i WHERE i.status IN (%s)
            UNION SELECT i.number FROM gridseat.incident AS i
                  WHERE (i.merged_into IS NOT NULL OR i.head_number IS NOT NULL) AND i.changed_at >= $1
            UNION SELECT k.number FROM gridseat.clock AS k WHERE k.due >= $1
            UNION SELECT e.number FROM gridseat.timeline AS e WHERE e.action = ''follow-up'' AND e.at >= $1)
        SELECT ARRAY(SELECT i.number FROM gridseat.incident AS i JOIN picked AS q ON q.number = i.number WHERE %s)',
        gridseat.open_list(), gridseat.board_where(me, o)) INTO v_numbers USING p_since;
    RETURN v_numbers;
END $$;

-- Those of these classes; null: all.
CREATE OR REPLACE FUNCTION gridseat.of_classes(p_numbers bigint[], p_classes bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE WHEN p_classes IS NULL THEN p_numbers ELSE ARRAY(
        SELECT i.number FROM gridseat.incident AS i WHERE i.number = ANY (p_numbers) AND i.class_id = ANY (p_classes)) END;
END $$;

CREATE OR REPLACE FUNCTION gridseat.case_rows(p_numbers bigint[], p_facts text[], p_zone text) RETURNS SETOF gridseat.counting
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.fact, u.part, a.lft, u.at, u.hit_at, 1::bigint, true, true
    FROM gridseat.measured(p_numbers, p_facts, p_zone) AS m JOIN gridseat.organisation AS a ON a.id = m.at_id
    CROSS JOIN gridseat.split_rows(m, p_facts, p_zone) AS u
$$;
