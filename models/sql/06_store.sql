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
        closed_at, changed_at, words, last_seq, head
    ) = ROW (
        i.status, i.version, i.round, i.title, i.class_id, i.priority, i.restricted, i.centre_id,
        i.centre_lft, i.organisation_id, i.place_lft, i.grid_id, i.place, i.lon, i.lat, i.raw_lon,
        i.raw_lat, i.datum, i.at_once, i.drawn, i.dispatch_centre_id, i.lead_unit_id, i.lead_grid_id,
        i.designated, i.acknowledged_at, i.responsible_id, i.claim_person_id, i.claim_at, i.claim_until, i.status_before,
        i.resume_at, i.merged_into, i.head_number, i.pending, i.confirmation, i.due, i.warn_at,
        i.due_stage, i.handling_due, i.promised_due, i.handling_seconds, i.handling_clock, i.reports,
        i.returns, i.extensions, i.reworks, i.reopens, i.reminders, i.unreached, i.outcome, i.closed_at,
        i.changed_at, i.words, i.last_seq, i.head
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
    t.i := i;
    i := gridseat.append(t, (t.action).undoable);
    PERFORM gridseat.store(i);
    RETURN i;
END $$;
