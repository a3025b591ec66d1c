-- The second lock of what the law needs to know. An agreement is its organisation's to say, and public
-- to whoever may know the organisation, as collective agreements are by law. An acceptance is the
-- planning board's, and seen by the person it is about. Hours outside are said by the person alone;
-- employers and whoever plans them see the hours. Whoever plans sees work during standby, which breaks
-- rests.

alter table agreements enable row level security;
alter table agreements force row level security;
create policy see on agreements for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or organisation_id = any ((select veilleuse_set('members'))::uuid[]));
create policy add on agreements for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy change on agreements for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy remove on agreements for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));

alter table agreements add constraint agreements_end_after_they_begin
    check (until_date is null or from_date <= until_date);

alter table acceptances enable row level security;
alter table acceptances force row level security;
create policy see on acceptances for select using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[])
    or person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy add on acceptances for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on acceptances for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on acceptances for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));

alter table outside_hours enable row level security;
alter table outside_hours force row level security;
create policy see on outside_hours for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('rostered'))::uuid[])
    or person_id = any ((select veilleuse_set('staff'))::uuid[]));
create policy add on outside_hours for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy change on outside_hours for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy remove on outside_hours for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[]));

drop policy see on interventions;
create policy see on interventions for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('rostered'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
