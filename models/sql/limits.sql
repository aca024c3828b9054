-- Limits: the catalogue, how long a stage may take, and the cards that time alone gives.

-- Take classes: rows of catalogue_class without id. Answers {"added", "changed", "unchanged"}.
CREATE OR REPLACE FUNCTION gridseat.set_catalogue(classes jsonb)
RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    answer jsonb;
BEGIN
    WITH row AS (
        SELECT r.* FROM jsonb_populate_recordset(NULL::gridseat.catalogue_class, classes) AS r
    ), written AS (
        INSERT INTO gridseat.catalogue_class AS c
            (code, group_name, group_en, name, name_en, priority, amount, clock, urgent_amount,
             restricted, active, aliases, keywords, urgent_keywords, initials)
        SELECT r.group_name || '/' || r.name, r.group_name, coalesce(r.group_en, ''), r.name, coalesce(r.name_en, ''),
               r.priority, r.amount, r.clock, r.urgent_amount, coalesce(r.restricted, false), coalesce(r.active, true),
               coalesce(r.aliases, '{}'), coalesce(r.keywords, '{}'), coalesce(r.urgent_keywords, '{}'),
               coalesce(r.initials, '')
        FROM row r
        ON CONFLICT ON CONSTRAINT catalogue_class_code_key DO UPDATE
            SET group_en = excluded.group_en, name_en = excluded.name_en, priority = excluded.priority,
                amount = excluded.amount, clock = excluded.clock, urgent_amount = excluded.urgent_amount,
                restricted = excluded.restricted, active = excluded.active, aliases = excluded.aliases,
                keywords = excluded.keywords, urgent_keywords = excluded.urgent_keywords,
                initials = excluded.initials
            WHERE to_jsonb(c) - 'id' IS DISTINCT FROM to_jsonb(excluded) - 'id'
        RETURNING c.xmax = 0 AS fresh
    )
    SELECT jsonb_build_object('added', count(*) FILTER (WHERE w.fresh), 'changed', count(*) FILTER (WHERE NOT w.fresh),
                              'unchanged', jsonb_array_length(classes) - count(*))
    INTO answer FROM written w;
    RETURN answer;
END $$;

-- Take the limits of the stages and the rules of automatic urging, whole: rows of stage_limit and urging_rule.
CREATE OR REPLACE FUNCTION gridseat.set_stages(limits jsonb, urging jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM gridseat.stage_limit;
    INSERT INTO gridseat.stage_limit (stage, continuous_when, working_amount, continuous_amount)
    SELECT r.stage, r.continuous_when, r.working_amount, r.continuous_amount
    FROM jsonb_populate_recordset(NULL::gridseat.stage_limit, limits) AS r;
    DELETE FROM gridseat.urging_rule;
    INSERT INTO gridseat.urging_rule (stage, urgent, colour, limits, working_days, to_parent)
    SELECT r.stage, r.urgent, r.colour, coalesce(r.limits, 0), coalesce(r.working_days, 0),
           coalesce(r.to_parent, false)
    FROM jsonb_populate_recordset(NULL::gridseat.urging_rule, urging) AS r;
END $$;

-- A working limit made to run round the clock: whole working days become days of 24 hours, hours stay hours.
CREATE OR REPLACE FUNCTION gridseat.as_continuous(seconds bigint)
RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN seconds >= 28800 AND seconds % 28800 = 0 THEN seconds * 3 ELSE seconds END
$$;

-- The default limit of a stage (accept, dispatch, acknowledge, handling, verify, close) and the clock it runs on.
-- Priority 1 always runs continuous. Staffed: the roster covers the centre at the start of the stage.
CREATE OR REPLACE FUNCTION gridseat.stage_limit_for(
    stage text, class_id bigint, priority smallint, staffed boolean)
RETURNS TABLE (seconds bigint, clock text)
LANGUAGE sql STABLE ROWS 1 SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN NOT $3 = 1 OR c.clock = 'continuous' THEN c.amount
                ELSE coalesce(c.urgent_amount, gridseat.as_continuous(c.amount)) END,
           CASE WHEN $3 = 1 THEN 'continuous' ELSE c.clock END
    FROM gridseat.catalogue_class c
    WHERE $1 = 'handling' AND c.id = $2
    UNION ALL
    SELECT CASE WHEN r.continuous THEN l.continuous_amount ELSE l.working_amount END,
           CASE WHEN r.continuous THEN 'continuous' ELSE 'working' END
    FROM gridseat.stage_limit l
    CROSS JOIN LATERAL (
        SELECT $3 = 1 OR CASE l.continuous_when
            WHEN 'staffed' THEN coalesce($4, false)
            WHEN 'class' THEN EXISTS (SELECT FROM gridseat.catalogue_class c
                                      WHERE c.id = $2 AND c.clock = 'continuous')
            ELSE false END AS continuous
    ) r
    WHERE l.stage = $1
$$;

-- What a unit gets when its work is sent back to it: half of the original limit, at least 2 h, never more than it.
CREATE OR REPLACE FUNCTION gridseat.rework_seconds(original bigint)
RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT least(original, greatest(original / 2, 7200))
$$;

-- The cards that an overdue limit draws, and when: seconds and clock are those of the limit, due its end,
-- handling_seconds the case's limit of handling, which makes a case of 4 hours or less urgent in every stage.
-- Null instants wait for a calendar. to_parent: the parent centre is shown the case from then on.
CREATE OR REPLACE FUNCTION gridseat.cards_due(
    calendar bigint, stage text, priority smallint, handling_seconds bigint,
    due timestamptz, seconds bigint, clock text)
RETURNS TABLE (colour text, at timestamptz, to_parent boolean)
LANGUAGE sql STABLE ROWS 2 SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.colour,
           gridseat.working_days_after($1, gridseat.due_at($1, $5, r.limits * $6, $7), r.working_days),
           r.to_parent
    FROM gridseat.urging_rule r
    WHERE (r.stage = $2 OR r.stage IS NULL) AND r.urgent = ($3 = 1 OR $4 <= 14400)
    ORDER BY r.limits, r.working_days
$$;
