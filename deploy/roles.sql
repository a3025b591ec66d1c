-- The two roles of a production database. Run once, as a superuser, in the database itself:
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
