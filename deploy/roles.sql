-- The two roles of a production database. Run once, as a superuser, in the database itself (and again after
-- an upgrade that says so; it does no harm):
--   psql -d veilleuse -f deploy/roles.sql
--
-- The owner makes and changes the tables (`veilleuse migrate`). The program connects as the plain
-- role, which owns nothing and cannot step over a policy: what a transaction may see is decided by
-- its scope and by nobody else.

do $$
declare wanted text;
begin
    foreach wanted in array array['veilleuse_owner', 'veilleuse'] loop
        begin
            execute format('create role %I login nosuperuser nobypassrls', wanted);
        exception when duplicate_object or unique_violation then
            null; -- it is there already
        end;
    end loop;
end $$;

grant all on schema public to veilleuse_owner;
grant usage on schema public to veilleuse;
-- btree_gist, which the double-booking constraint needs, is a trusted extension: who may create in
-- the database may install it.
do $$
begin
    execute format('grant create on database %I to veilleuse_owner', current_database());
end $$;

alter default privileges for role veilleuse_owner
    grant select, insert, update, delete on tables to veilleuse;
alter default privileges for role veilleuse_owner grant usage, select on sequences to veilleuse;
alter default privileges for role veilleuse_owner grant execute on functions to veilleuse;

-- A node whose machine is gone says no farewell: PostgreSQL finds out by itself, and nobody waits for long
-- for what that node had in hand. The owner waits as long as a change of the tables takes.
do $$
declare
    wanted constant text[] := array[
        'idle_in_transaction_session_timeout=30s', 'lock_timeout=10s', 'tcp_user_timeout=30s',
        'tcp_keepalives_idle=30s', 'tcp_keepalives_interval=10s', 'tcp_keepalives_count=3'];
    setting text;
begin
    if not exists (select from pg_db_role_setting
                   where setrole = 'veilleuse'::regrole and setdatabase = 0 and setconfig @> wanted) then
        foreach setting in array wanted loop
            execute format('alter role veilleuse set %s = %L',
                           split_part(setting, '=', 1), split_part(setting, '=', 2));
        end loop;
    end if;
end $$;
