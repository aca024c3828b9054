-- From an action's key to what it does. Actions that only write an entry share one arm.

CREATE OR REPLACE FUNCTION gridseat.step(t gridseat.turn, p_content bytea) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CASE (t.action).key
        WHEN 'claim' THEN RETURN gridseat.step_claim(t);
        WHEN 'release' THEN RETURN gridseat.step_release(t);
        WHEN 'transfer' THEN RETURN gridseat.step_transfer(t);
        WHEN 'confirm' THEN RETURN gridseat.step_confirm(t);
        WHEN 'accept' THEN RETURN gridseat.step_accept(t);
        WHEN 'reject' THEN RETURN gridseat.step_end(t, 'rejected');
        WHEN 'answer' THEN RETURN gridseat.step_end(t, 'answered');
        WHEN 'refer' THEN RETURN gridseat.step_refer(t);
        WHEN 'withdraw' THEN RETURN gridseat.step_end(t, 'withdrawn');
        WHEN 'cancel' THEN RETURN gridseat.step_end(t, 'cancelled');
        WHEN 'force-close' THEN RETURN gridseat.step_end(t, 'forced');
        WHEN 'close' THEN RETURN gridseat.step_close(t);
        WHEN 'classify' THEN RETURN gridseat.step_classify(t);
        WHEN 'dispatch', 'designate' THEN RETURN gridseat.step_dispatch(t);
        WHEN 'escalate' THEN RETURN gridseat.step_escalate(t);
        WHEN 'hand-down' THEN RETURN gridseat.step_hand_down(t);
        WHEN 'acknowledge' THEN RETURN gridseat.step_acknowledge(t);
        WHEN 'arrive' THEN RETURN gridseat.step_arrive(t);
        WHEN 'return' THEN RETURN gridseat.step_return(t);
        WHEN 'extend' THEN RETURN gridseat.step_extend(t);
        WHEN 'suspend' THEN RETURN gridseat.step_suspend(t);
        WHEN 'appeal' THEN RETURN gridseat.step_appeal(t);
        WHEN 'grant' THEN RETURN gridseat.step_grant(t);
        WHEN 'refuse' THEN RETURN gridseat.step_refuse(t);
        WHEN 'resume' THEN RETURN gridseat.step_resume(t);
        WHEN 'feedback' THEN RETURN gridseat.step_feedback(t);
        WHEN 'check' THEN RETURN gridseat.step_check(t);
        WHEN 'verify' THEN RETURN gridseat.step_verify(t);
        WHEN 'rework' THEN RETURN gridseat.step_rework(t);
        WHEN 'follow-up' THEN RETURN gridseat.step_follow_up(t);
        WHEN 'reopen' THEN RETURN gridseat.step_reopen(t);
        WHEN 'copy' THEN RETURN gridseat.step_copy(t);
        WHEN 'supervise' THEN RETURN gridseat.step_supervise(t);
        WHEN 'remind' THEN RETURN gridseat.step_remind(t);
        WHEN 'merge', 'attach-report' THEN RETURN gridseat.step_under(t);
        WHEN 'unmerge', 'detach-report' THEN RETURN gridseat.step_apart(t);
        WHEN 'link' THEN RETURN gridseat.step_link(t);
        WHEN 'task-force' THEN RETURN gridseat.step_task_force(t);
        WHEN 'reveal' THEN RETURN gridseat.step_reveal(t);
        WHEN 'undo' THEN RETURN gridseat.step_undo(t);
        WHEN 'attach' THEN
            IF p_content IS NULL THEN
                PERFORM gridseat.reject_input('option_missing', jsonb_build_object('action', 'attach', 'option', 'file'));
            END IF;
            RETURN gridseat.step_words(t);
        WHEN 'note' THEN RETURN gridseat.step_note(t);
        WHEN 'call' THEN RETURN gridseat.step_call(t);
        WHEN 'urge', 'instruct', 'consult' THEN RETURN gridseat.step_words(t);
    END CASE;
END $$;

-- Words, and by whom and when they are to be answered.
CREATE OR REPLACE FUNCTION gridseat.step_words(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t.facts := jsonb_strip_nulls(jsonb_build_object('result', t.args ->> 'result', 'with', t.args -> 'with',
        'due', gridseat.micros(gridseat.instant(t.args ->> 'due', 'due'))));
    t.texts := t.texts || jsonb_build_object('phone', coalesce(t.args ->> 'phone', ''));
    RETURN t;
END $$;
