-- Limits: taking in the catalogue, how long a stage may take, and the rules of automatic urging.

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
