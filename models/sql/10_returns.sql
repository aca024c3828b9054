-- Returns that are answered by another dispatch, and what follows from the second one.

-- Another unit named while a return waits is the agreement, the same one again the refusal: whoever dispatches answers
-- for it. Any other request lapses.
CREATE OR REPLACE FUNCTION gridseat.settle_return(t gridseat.turn, p_unit bigint, p_grid bigint) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_granted boolean := (p_unit, p_grid) IS DISTINCT FROM ((t.i).lead_unit_id, (t.i).lead_grid_id);
BEGIN
    IF (t.i).pending IS DISTINCT FROM 'return' THEN
        RETURN gridseat.drop_request(t);
    END IF;
    t := gridseat.decide(t, gridseat.open_request(t), v_granted);
    t.i.returns := (t.i).returns + v_granted::integer;
    RETURN t;
END $$;

-- Where this round's second granted return stands in the story; null: there is none.
CREATE OR REPLACE FUNCTION gridseat.second_return(i gridseat.incident) RETURNS integer
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT r.decided_seq FROM gridseat.request AS r
            WHERE r.number = i.number AND r.round = i.round AND r.kind = 'return' AND r.granted
            ORDER BY r.decided_seq OFFSET 1 LIMIT 1);
END $$;

-- 疑难会商, held since that return.
CREATE OR REPLACE FUNCTION gridseat.is_consulted(i gridseat.incident, p_since integer) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM gridseat.timeline AS e
                   WHERE e.number = i.number AND e.seq > p_since AND e.action = 'consult');
END $$;

-- Until when the unit may return: 2 working hours after acknowledging, priority 1: 10 minutes; null before that.
CREATE OR REPLACE FUNCTION gridseat.return_until(i gridseat.incident) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN CASE WHEN i.priority = 1 THEN i.acknowledged_at + interval '10 minutes'
                ELSE gridseat.due_at(gridseat.calendar_of(i.centre_id), i.acknowledged_at, 7200, 'working') END;
END $$;
