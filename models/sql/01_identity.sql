-- Who calls, what time it is, and how a rule says no.
-- How functions are written: those that people call run as the owner and set their own search path, and what they
-- call inherits it. One-line formulas are SQL without a setting, so that the planner takes them in; what an action
-- asks of a table is PL/pgSQL, which keeps its plan where SQL plans at each call (before PostgreSQL 18).

-- The only clock. Tests and the demo replace this one function; nobody but the owner can.
CREATE OR REPLACE FUNCTION desk.now() RETURNS timestamptz
LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() $$;

-- The same for reads: one instant a statement, which lets the planner look through a view.
CREATE OR REPLACE FUNCTION gridseat.read_at() RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN desk.now();
END $$;

-- GS001: a rule refuses. GS002: the input is wrong. The message is the code, the detail its facts.
CREATE OR REPLACE FUNCTION gridseat.refuse(code text, facts jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'GS001', MESSAGE = code, DETAIL = facts::text;
END $$;

CREATE OR REPLACE FUNCTION gridseat.reject_input(code text, facts jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'GS002', MESSAGE = code, DETAIL = facts::text;
END $$;

-- Identity is the login, never a setting.
CREATE OR REPLACE FUNCTION gridseat.me() RETURNS gridseat.person
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person;
BEGIN
    SELECT * INTO p FROM gridseat.person WHERE role = session_user;
    IF p.id IS NULL THEN
        PERFORM gridseat.refuse('no_person');
    ELSIF p.disabled_at IS NOT NULL THEN
        PERFORM gridseat.refuse('person_disabled');
    END IF;
    RETURN p;
END $$;

-- Supervisor of no organisation, that is of all: acts for whichever centre owns the incident.
CREATE OR REPLACE FUNCTION gridseat.is_duty(p gridseat.person) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT p.organisation_id IS NULL AND 'supervisor' = ANY (p.positions) $$;

-- A unit's people see what their unit has a part in; a centre's people see by the tree.
CREATE OR REPLACE FUNCTION gridseat.is_unit(p gridseat.person) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT NOT p.positions && ARRAY['seat', 'supervisor', 'wall', 'worker', 'admin'] $$;

CREATE OR REPLACE FUNCTION gridseat.setting(name text, otherwise jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((SELECT s.value FROM gridseat.setting AS s WHERE s.key = name), otherwise);
END $$;

CREATE OR REPLACE FUNCTION gridseat.is_seat(p gridseat.person) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT p.positions && ARRAY['seat', 'supervisor'] $$;
