-- The second lock: what a transaction may see is set when it begins (storage::scope), and every
-- table compares its rows with that. Nothing set, nothing seen. The first lock is storage::sight.

create function veilleuse_set(name text) returns uuid[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('veilleuse.' || name, true), '')::uuid[], '{}') $$;

-- Intake, worker, ticks and signing in.
create function veilleuse_system() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('veilleuse.system', true), '') = 'on' $$;

-- True only while a transaction begins, for reading off which sets it gets.
create function veilleuse_looking() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('veilleuse.looking', true), '') = 'on' $$;


alter table organisations enable row level security;
alter table organisations force row level security;
create policy see on organisations for select using (
    id = any ((select veilleuse_set('home'))::uuid[])
    or id = any ((select veilleuse_set('members'))::uuid[])
    or (select veilleuse_system())
    or (select veilleuse_looking()));
create policy add on organisations for insert with check (
    id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy change on organisations for update using (
    id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy remove on organisations for delete using (
    id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));

alter table people enable row level security;
alter table people force row level security;
create policy see on people for select using (
    id = any ((select veilleuse_set('own'))::uuid[])
    or id = any ((select veilleuse_set('people'))::uuid[])
    or (select veilleuse_system()));
create policy add on people for insert with check (
    id = any ((select veilleuse_set('own'))::uuid[])
    or id = any ((select veilleuse_set('staff'))::uuid[])
    or (select veilleuse_system()));
create policy change on people for update using (
    id = any ((select veilleuse_set('own'))::uuid[])
    or id = any ((select veilleuse_set('staff'))::uuid[])
    or (select veilleuse_system()));
create policy remove on people for delete using (
    id = any ((select veilleuse_set('own'))::uuid[])
    or id = any ((select veilleuse_set('staff'))::uuid[])
    or (select veilleuse_system()));

alter table skills enable row level security;
alter table skills force row level security;
create policy see on skills for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('people'))::uuid[])
    or (select veilleuse_system()));
create policy add on skills for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('staff'))::uuid[])
    or (select veilleuse_system()));
create policy change on skills for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('staff'))::uuid[])
    or (select veilleuse_system()));
create policy remove on skills for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('staff'))::uuid[])
    or (select veilleuse_system()));

alter table employments enable row level security;
alter table employments force row level security;
create policy see on employments for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('rostered'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system())
    or (select veilleuse_looking()));
create policy add on employments for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy change on employments for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy remove on employments for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));

alter table roles enable row level security;
alter table roles force row level security;
create policy see on roles for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('rostered'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system())
    or (select veilleuse_looking()));
create policy add on roles for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy change on roles for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy remove on roles for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));

alter table office_hours enable row level security;
alter table office_hours force row level security;
create policy see on office_hours for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('rostered'))::uuid[])
    or person_id = any ((select veilleuse_set('staff'))::uuid[]));
create policy add on office_hours for insert with check (
    person_id = any ((select veilleuse_set('staff'))::uuid[]));
create policy change on office_hours for update using (
    person_id = any ((select veilleuse_set('staff'))::uuid[]));
create policy remove on office_hours for delete using (
    person_id = any ((select veilleuse_set('staff'))::uuid[]));

alter table opening_hours enable row level security;
alter table opening_hours force row level security;
create policy see on opening_hours for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or organisation_id = any ((select veilleuse_set('members'))::uuid[])
    or (select veilleuse_system()));
create policy add on opening_hours for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy change on opening_hours for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy remove on opening_hours for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));

alter table absences enable row level security;
alter table absences force row level security;
create policy see on absences for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('rostered'))::uuid[])
    or person_id = any ((select veilleuse_set('staff'))::uuid[]));
create policy add on absences for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('staff'))::uuid[]));
create policy change on absences for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('staff'))::uuid[]));
create policy remove on absences for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('staff'))::uuid[]));

alter table absence_reasons enable row level security;
alter table absence_reasons force row level security;
create policy see on absence_reasons for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy add on absence_reasons for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy change on absence_reasons for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy remove on absence_reasons for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));

alter table wishes enable row level security;
alter table wishes force row level security;
create policy see on wishes for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('rostered'))::uuid[]));
create policy add on wishes for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy change on wishes for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy remove on wishes for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[]));

alter table pools enable row level security;
alter table pools force row level security;
create policy see on pools for select using (
    id = any ((select veilleuse_set('pools'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system())
    or (select veilleuse_looking()));
create policy add on pools for insert with check (
    id = any ((select veilleuse_set('planned'))::uuid[])
    or (select veilleuse_system()));
create policy change on pools for update using (
    id = any ((select veilleuse_set('planned'))::uuid[])
    or (select veilleuse_system()));
create policy remove on pools for delete using (
    id = any ((select veilleuse_set('planned'))::uuid[])
    or (select veilleuse_system()));

alter table memberships enable row level security;
alter table memberships force row level security;
create policy see on memberships for select using (
    pool_id = any ((select veilleuse_set('pools'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system())
    or (select veilleuse_looking()));
create policy add on memberships for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[])
    or (select veilleuse_system()));
create policy change on memberships for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[])
    or (select veilleuse_system()));
create policy remove on memberships for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[])
    or (select veilleuse_system()));

alter table needs enable row level security;
alter table needs force row level security;
create policy see on needs for select using (
    pool_id = any ((select veilleuse_set('pools'))::uuid[]));
create policy add on needs for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on needs for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on needs for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));

alter table rotas enable row level security;
alter table rotas force row level security;
create policy see on rotas for select using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy add on rotas for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on rotas for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on rotas for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));

alter table assignments enable row level security;
alter table assignments force row level security;
create policy see on assignments for select using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy add on assignments for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on assignments for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on assignments for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));

alter table rota_changes enable row level security;
alter table rota_changes force row level security;
create policy see on rota_changes for select using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy add on rota_changes for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on rota_changes for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on rota_changes for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));

alter table shifts enable row level security;
alter table shifts force row level security;
create policy see on shifts for select using (
    pool_id = any ((select veilleuse_set('watched'))::uuid[])
    or person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('rostered'))::uuid[])
    or (select veilleuse_looking()));
create policy add on shifts for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on shifts for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on shifts for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));

alter table notices enable row level security;
alter table notices force row level security;
create policy see on notices for select using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[])
    or person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy add on notices for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[])
    or person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy change on notices for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[])
    or person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy remove on notices for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[])
    or person_id = any ((select veilleuse_set('own'))::uuid[]));

alter table offers enable row level security;
alter table offers force row level security;
create policy see on offers for select using (
    pool_id = any ((select veilleuse_set('pools'))::uuid[]));
create policy add on offers for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on offers for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on offers for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));

alter table coverage enable row level security;
alter table coverage force row level security;
create policy see on coverage for select using (
    pool_id = any ((select veilleuse_set('watched'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_looking()));
create policy add on coverage for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on coverage for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on coverage for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or pool_id = any ((select veilleuse_set('planned'))::uuid[]));
