-- The figures of the incidents board over one stretch, as a person would ask for them: an aggregate of
-- each source. A column is named after its figure, FIGURE_of is what that is taken of.
SELECT r.received, c.closed, o.open, o.overdue, k.closing, k.should AS closing_of, k.on_time, k.should AS on_time_of,
       r.accepted AS acceptance, r.received AS acceptance_of, c.at_once, c.closed AS at_once_of, s.correct, s.sent AS correct_of,
       v.reworked AS rework, v.handled AS rework_of, s.returned, s.sent AS returned_of, a.extended AS extension, a.accepts AS extension_of,
       e.reopened AS reopening, e.ended AS reopening_of, f.*, c.mediated, c.mediated_of, c.agreement, c.mediated AS agreement_of,
       a.to_accept, s.to_dispatch, h.to_arrival, c.to_close
FROM (SELECT count(*) AS received,
             count(*) FILTER (WHERE EXISTS (SELECT FROM gridseat.timeline AS t
                 WHERE t.number = i.number AND t.action = 'accept' AND t.at <= {ends})) AS accepted
      FROM gridseat.incident AS i
      WHERE i.received_at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS r
CROSS JOIN (
      SELECT count(*) AS closed, count(*) FILTER (WHERE i.outcome IN ('answered', 'at_once')) AS at_once,
             count(*) FILTER (WHERE d.dispute) AS mediated_of,
             count(*) FILTER (WHERE d.dispute AND t.facts ? 'agreement') AS mediated,
             count(*) FILTER (WHERE d.dispute AND t.facts ->> 'agreement' = 'yes') AS agreement,
             percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM i.closed_at - i.received_at)) AS to_close
      FROM gridseat.incident AS i JOIN gridseat.class_groups() AS d ON d.id = i.class_id
      LEFT JOIN gridseat.timeline AS t ON d.dispute AND t.number = i.number AND t.action = 'close'
      WHERE i.status = 'closed' AND i.closed_at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt}
        AND NOT i.restricted) AS c
CROSS JOIN (
      SELECT count(*) AS open, count(*) FILTER (WHERE i.due <= {present}) AS overdue FROM gridseat.incident AS i
      WHERE i.status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended')
        AND i.received_at <= {present} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS o
CROSS JOIN (
      SELECT count(*) AS should, count(*) FILTER (WHERE i.status = 'closed' AND i.closed_at <= {ends}) AS closing,
             count(*) FILTER (WHERE i.status IN ('handled', 'verified', 'closed') AND k.stopped_at <= k.due) AS on_time
      FROM gridseat.clock AS k JOIN gridseat.incident AS i ON i.number = k.number
      WHERE k.stage = 'handling' AND k.due BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
        AND i.status IN ('dispatched', 'handling', 'handled', 'verified', 'closed')) AS k
CROSS JOIN (
      SELECT count(*) AS handled, count(*) FILTER (WHERE i.reworks > 0) AS reworked
      FROM gridseat.clock AS k JOIN gridseat.incident AS i ON i.number = k.number
      WHERE k.stage = 'verify' AND k.started_at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt}
        AND NOT i.restricted AND NOT i.at_once) AS v
CROSS JOIN (
      SELECT count(*) AS sent, count(*) FILTER (WHERE p.first = p.last) AS correct, count(*) FILTER (WHERE i.returns > 0) AS returned,
             percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM p.since - i.received_at)) AS to_dispatch
      FROM (SELECT p.number, min(p.since) AS since, min(p.organisation_id) AS first, max(p.organisation_id) AS last
            FROM gridseat.party AS p WHERE p.kind = 'lead' GROUP BY p.number) AS p
      JOIN gridseat.incident AS i ON i.number = p.number
      WHERE p.since BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS s
CROSS JOIN (
      SELECT count(*) AS accepts, count(*) FILTER (WHERE i.extensions > 0) AS extended,
             percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.at - i.received_at)) AS to_accept
      FROM gridseat.timeline AS t JOIN gridseat.incident AS i ON i.number = t.number
      WHERE t.action = 'accept' AND t.at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS a
CROSS JOIN (
      SELECT count(*) AS ended, count(*) FILTER (WHERE i.reopens > 0) AS reopened
      FROM gridseat.timeline AS t JOIN gridseat.incident AS i ON i.number = t.number
      WHERE t.action IN ('answer', 'close') AND t.at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt}
        AND NOT i.restricted) AS e
CROSS JOIN (
      SELECT count(*) AS arrived, percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM p.arrived_at - i.received_at)) AS to_arrival
      FROM gridseat.party AS p JOIN gridseat.incident AS i ON i.number = p.number
      WHERE p.arrived_at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS h
CROSS JOIN (
      SELECT count(*) FILTER (WHERE t.facts ->> 'contacted' IN ('yes', 'no')) AS reached_of,
             count(*) FILTER (WHERE t.facts ->> 'contacted' = 'yes') AS reached,
             count(*) FILTER (WHERE t.facts ->> 'solved' IN ('yes', 'no')) AS solved_of,
             count(*) FILTER (WHERE t.facts ->> 'solved' = 'yes') AS solved,
             count(*) FILTER (WHERE t.facts ->> 'satisfied' IN ('yes', 'no')) AS satisfied_of,
             count(*) FILTER (WHERE t.facts ->> 'satisfied' = 'yes') AS satisfied
      FROM gridseat.timeline AS t JOIN gridseat.incident AS i ON i.number = t.number
      WHERE t.action = 'follow-up' AND t.at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt}
        AND NOT i.restricted) AS f
