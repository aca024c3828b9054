-- Writing an incident back, and what ends a turn.

CREATE OR REPLACE FUNCTION gridseat.store(i gridseat.incident) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE gridseat.incident SET (
        status, version, round, title, class_id, priority, restricted, centre_id, centre_lft,
        organisation_id, place_lft, grid_id, place, lon, lat, raw_lon, raw_lat, datum, at_once, drawn,
        dispatch_centre_id, lead_unit_id, lead_grid_id, designated, acknowledged_at, responsible_id, claim_person_id,
        claim_at, claim_until, status_before, resume_at, merged_into, head_number, pending,
        confirmation, due, warn_at, due_stage, handling_due, promised_due, handling_seconds,
        handling_clock, reports, returns, extensions, reworks, reopens, reminders, unreached, outcome,
        closed_at, changed_at, words, last_seq, head, urged_at, callback_at, callback_person_id
    ) = ROW (
        i.status, i.version, i.round, i.title, i.class_id, i.priority, i.restricted, i.centre_id,
        i.centre_lft, i.organisation_id, i.place_lft, i.grid_id, i.place, i.lon, i.lat, i.raw_lon,
        i.raw_lat, i.datum, i.at_once, i.drawn, i.dispatch_centre_id, i.lead_unit_id, i.lead_grid_id,
        i.designated, i.acknowledged_at, i.responsible_id, i.claim_person_id, i.claim_at, i.claim_until, i.status_before,
        i.resume_at, i.merged_into, i.head_number, i.pending, i.confirmation, i.due, i.warn_at,
        i.due_stage, i.handling_due, i.promised_due, i.handling_seconds, i.handling_clock, i.reports,
        i.returns, i.extensions, i.reworks, i.reopens, i.reminders, i.unreached, i.outcome, i.closed_at,
        i.changed_at, i.words, i.last_seq, i.head, i.urged_at, i.callback_at, i.callback_person_id
    ) WHERE number = i.number;
END $$;

-- What follows from the move: due limits, version, entry, row. The answer is what the caller hears.
CREATE OR REPLACE FUNCTION gridseat.settle(t gridseat.turn) RETURNS gridseat.incident
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident;
BEGIN
    IF (t.i).restricted AND (t.action).versioned THEN
        t := gridseat.name_parties(t);
    END IF;
    i := gridseat.with_due(t.i, ARRAY(SELECT k FROM gridseat.clock AS k
                                      WHERE k.number = (t.i).number AND (k.stopped_seq IS NULL OR k.suspended)));
    i.version := (t.i).version + (t.action).versioned::integer;
    i.urged_at := gridseat.urged_at(t);
    t.i := i;
    i := gridseat.append(t, (t.action).undoable);
    PERFORM gridseat.store(i);
    RETURN i;
END $$;

-- Since when it is urged without an answer. Any step of the case answers, and so do words of whoever has to act.
CREATE OR REPLACE FUNCTION gridseat.urged_at(t gridseat.turn) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (t.action).key IN ('urge', 'supervise', 'remind', 'card') THEN
        RETURN t.at;
    ELSIF (t.action).key = 'undo' THEN
        RETURN greatest((t.i).urged_at, (t.was).urged_at);
    ELSIF (t.i).urged_at IS NULL OR (t.action).versioned OR (t.action).key = 'arrive'
       OR ((t.action).key IN ('note', 'call') AND gridseat.has_to_act(t)) THEN
        RETURN NULL;
    END IF;
    RETURN (t.i).urged_at;
END $$;

-- The unit while it has the case, else the centre.
CREATE OR REPLACE FUNCTION gridseat.has_to_act(t gridseat.turn) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN (t.i).status IN ('dispatched', 'handling')
                THEN NOT gridseat.is_duty(t.me) AND 'party' = ANY (gridseat.relations(t))
                ELSE 'owner' = ANY (gridseat.relations(t)) END
$$;
