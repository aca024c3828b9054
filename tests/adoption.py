"""A clone of a template takes people and groups of another prefix, so that two stand side by side."""

from console.connection import Connection

ADOPT = """
DO $$
DECLARE
    v_new text := '{prefix}';
    v_old text := gridseat.prefix();
    v_group text;
    p gridseat.person;
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    FOREACH v_group IN ARRAY ARRAY['seat', 'supervisor', 'unit', 'wall', 'worker', 'admin'] LOOP
        v_group := v_new || '.gridseat_' || v_group;
        EXECUTE format('CREATE ROLE %I NOLOGIN', v_group);
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), v_group);
        EXECUTE format('GRANT %I TO %s WITH ADMIN OPTION', v_group, (
            SELECT n.nspowner::regrole FROM pg_namespace AS n WHERE n.nspname = 'gridseat'));
    END LOOP;
    UPDATE gridseat.setting SET value = to_jsonb(v_new) WHERE key = 'prefix';
    UPDATE gridseat.person SET role = v_new || substr(role, length(v_old) + 1);
    FOR p IN SELECT * FROM gridseat.person WHERE positions <> '{{}}' LOOP
        EXECUTE format('CREATE ROLE %I LOGIN IN ROLE %s', p.role, (
            SELECT string_agg(quote_ident(v_new || '.gridseat_' || x), ', ') FROM unnest(p.positions) AS x));
    END LOOP;
    PERFORM gridseat.grant_rights();
END $$
"""


async def adopt(owner: Connection, prefix: str) -> None:
    """Give the clone that ``owner`` is connected to roles of ``prefix``, a plain word."""
    await owner.execute(ADOPT.format(prefix=prefix))
