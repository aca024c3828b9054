-- 5,780,000 residents and houses in their grids, with their texts.
INSERT INTO gridseat.house (id, code, grid_id, use, filled, confirmed_on) OVERRIDING SYSTEM VALUE
SELECT n, 'H' || n, 1 + n % {grids}, CASE n % 10 WHEN 0 THEN NULL WHEN 1 THEN 'vacant' WHEN 2 THEN 'rented' WHEN 3 THEN 'rented'
           ELSE 'self_occupied' END, (n % 10 <> 0)::integer + 1, date '{now}' - (n * 7919::bigint % 300)::integer
FROM generate_series(1, {houses}) AS n;
INSERT INTO gridseat.house_text (house_id, address) SELECT n, '幸福路' || n % 997 || '号' FROM generate_series(1, {houses}) AS n;
INSERT INTO gridseat.household (id, code, house_id, grid_id, confirmed_on) OVERRIDING SYSTEM VALUE
SELECT n, 'HH' || n, n, 1 + n % {grids}, date '{now}' - (n * 7919::bigint % 300)::integer
FROM generate_series(1, {houses}) AS n WHERE n % 10 <> 1;
INSERT INTO gridseat.resident (id, code, grid_id, household_id, kind, birth_year, alone, filled, confirmed_on) OVERRIDING SYSTEM VALUE
SELECT n, 'R' || n, 1 + h.id % {grids}, CASE WHEN h.id % 10 <> 1 THEN h.id END, CASE n % 5 WHEN 0 THEN 'floating' ELSE 'registered' END,
       CASE WHEN n % 20 <> 0 THEN 1935 + n % 88 END, n % 15 = 0, 1 + (n % 20 <> 0)::integer + (n % 3 <> 0)::integer + (h.id % 10 <> 1)::integer,
       date '{now}' - (n * 104729::bigint % 300)::integer
FROM generate_series(1, {residents}) AS n CROSS JOIN LATERAL (SELECT 1 + n % {houses} AS id) AS h;
INSERT INTO gridseat.resident_text (resident_id, name, phone)
SELECT n, '王' || chr((19968 + n % 9000)::integer), CASE WHEN n % 3 <> 0 THEN '138' || lpad((n % 100000000)::text, 8, '0') END
FROM generate_series(1, {residents}) AS n;
SELECT setval(pg_get_serial_sequence('gridseat.house', 'id'), {houses}),
       setval(pg_get_serial_sequence('gridseat.household', 'id'), {houses}),
       setval(pg_get_serial_sequence('gridseat.resident', 'id'), {residents});
