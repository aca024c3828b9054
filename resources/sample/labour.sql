-- The daily work of the sample county, invented, for the days from gridseat.first to gridseat.last. Chance is a digest
-- of who and when, so that every machine tells the same; what is there already stays. A blank line parts what is run by itself.
CREATE OR REPLACE FUNCTION pg_temp.chance(p_of text) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT ('x' || left(md5(p_of), 7))::bit(28)::integer % 1000 $$;

CREATE OR REPLACE FUNCTION pg_temp.days() RETURNS SETOF date LANGUAGE sql STABLE AS $$
    SELECT d::date FROM generate_series(current_setting('gridseat.first')::date, current_setting('gridseat.last')::date,
                                        interval '1 day') AS d
$$;

CREATE OR REPLACE FUNCTION pg_temp.at(p_day date, p_minutes integer) RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT (p_day + p_minutes * interval '1 minute') AT TIME ZONE 'Asia/Shanghai' $$;

INSERT INTO gridseat.grid_households
SELECT g.id, g.organisation_id, 30 + pg_temp.chance(g.code) % 50 FROM gridseat.grid AS g
WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL ON CONFLICT DO NOTHING;

INSERT INTO gridseat.message_group (code, name, organisation_id, joined, last_message)
SELECT 'WX' || o.code, coalesce(o.alias, o.name) || '网格群', o.id, h.households * (550 + pg_temp.chance(o.code) % 400) / 1000,
       current_setting('gridseat.last')::date - CASE pg_temp.chance(o.code) % 9 WHEN 0 THEN 60 ELSE pg_temp.chance(o.code) % 5 END
FROM gridseat.organisation AS o JOIN (
    SELECT x.organisation_id, sum(x.households) AS households FROM gridseat.grid_households AS x GROUP BY 1) AS h
  ON h.organisation_id = o.id ON CONFLICT DO NOTHING;

-- Full-time workers are due on weekdays; of those due nineteen in twenty come, in the half hour before eight and some later.
INSERT INTO gridseat.attendance (staff_id, day, organisation_id, due, came, went)
SELECT x.id, x.day, x.organisation_id, x.due, t.came,
       CASE WHEN pg_temp.at(x.day, 1060 + x.chance % 60) < desk.now() AND t.came IS NOT NULL
            THEN pg_temp.at(x.day, 1060 + x.chance % 60) END
FROM (SELECT s.id, s.organisation_id, d AS day, pg_temp.chance(s.code || d) AS chance,
             s.kind = 'full_time' AND extract(isodow FROM d) < 6 AS due
      FROM gridseat.staff AS s CROSS JOIN pg_temp.days() AS d WHERE s.kind IN ('full_time', 'part_time')) AS x
CROSS JOIN LATERAL (
    SELECT CASE WHEN x.chance < 950 AND pg_temp.at(x.day, 450 + x.chance % 45) < desk.now()
                THEN pg_temp.at(x.day, 450 + x.chance % 45) END) AS t (came)
WHERE x.due OR x.chance < 150
ON CONFLICT (staff_id, day) DO UPDATE SET came = excluded.came, went = excluded.went
WHERE attendance.came IS NULL AND excluded.came IS NOT NULL;

INSERT INTO gridseat.patrol (staff_id, started, ended, day, grid_id, organisation_id)
SELECT s.id, x.started, x.started + (40 + x.chance % 70) * interval '1 minute', a.day, g.id, g.organisation_id
FROM gridseat.attendance AS a JOIN gridseat.staff AS s ON s.id = a.staff_id JOIN gridseat.grid AS g ON g.id = s.grid_id
CROSS JOIN LATERAL (SELECT a.came + interval '10 minutes', pg_temp.chance('walk' || s.code || a.day)) AS x (started, chance)
WHERE a.day IN (SELECT pg_temp.days()) AND x.started < desk.now() - interval '2 hours' AND x.chance < 900
ON CONFLICT DO NOTHING;

INSERT INTO gridseat.visit (organisation_id, household, day, staff_id, grid_id, met)
SELECT g.organisation_id, g.code || '-' || lpad((1 + x.chance % h.households)::text, 3, '0'), a.day, s.id, g.id, x.chance % 7 > 0
FROM gridseat.attendance AS a JOIN gridseat.staff AS s ON s.id = a.staff_id JOIN gridseat.grid AS g ON g.id = s.grid_id
JOIN gridseat.grid_households AS h ON h.grid_id = g.id CROSS JOIN generate_series(1, 2) AS n
CROSS JOIN LATERAL (SELECT pg_temp.chance(s.code || n || a.day)) AS x (chance)
WHERE a.day IN (SELECT pg_temp.days()) AND a.came + n * interval '200 minutes' < desk.now()
ON CONFLICT DO NOTHING;

INSERT INTO gridseat.household_visited AS h (organisation_id, household, day)
SELECT v.organisation_id, v.household, max(v.day) FROM gridseat.visit AS v WHERE v.day IN (SELECT pg_temp.days()) GROUP BY 1, 2
ON CONFLICT (organisation_id, household) DO UPDATE SET day = greatest(h.day, excluded.day);

UPDATE gridseat.visit AS v SET next_day = f.next_day FROM gridseat.visits_followed() AS f
WHERE (v.organisation_id, v.household, v.day, v.staff_id) = (f.organisation_id, f.household, f.day, f.staff_id)
  AND v.next_day IS DISTINCT FROM f.next_day;

INSERT INTO gridseat.call (organisation_id, code, day, rang, answered)
SELECT o.id, to_char(d, 'YYYYMMDD') || '-' || n, d, x.rang,
       CASE WHEN x.chance < 975 THEN x.rang + (3 + x.chance % 12 + CASE WHEN x.chance % 19 = 0 THEN 20 ELSE 0 END)
                                     * interval '1 second' END
FROM gridseat.organisation AS o CROSS JOIN pg_temp.days() AS d CROSS JOIN generate_series(1, 120) AS n
CROSS JOIN LATERAL (SELECT pg_temp.at(d, n * 11), pg_temp.chance(d::text || n)) AS x (rang, chance)
WHERE o.level = 'county' AND x.rang < desk.now() ON CONFLICT DO NOTHING;

-- Two months of flags, told on the first day of the month after.
INSERT INTO gridseat.flag_month (organisation_id, month, flag_id, kept, note, told_by, told_at)
SELECT o.id, m.month, f.id, pg_temp.chance(o.code || f.key || m.month) >= 20, '', p.id,
       pg_temp.at((m.month + interval '1 month')::date, 540)
FROM gridseat.organisation AS o CROSS JOIN gridseat.flag AS f JOIN gridseat.person AS p ON p.login = 'duty'
CROSS JOIN (SELECT (date_trunc('month', current_setting('gridseat.last')::timestamp) - n * interval '1 month')::date
            FROM generate_series(1, 2) AS n) AS m (month)
WHERE o.level = 'community' AND f.ended_at IS NULL ON CONFLICT DO NOTHING;
