-- The second lock of takings, repeated wishes and their rounds.

alter table takings enable row level security;
alter table takings force row level security;
create policy see on takings for select using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[])
    or person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy add on takings for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on takings for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on takings for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));

alter table takings add constraint takings_end_after_they_start check (starts_at < ends_at);

alter table wish_repeats enable row level security;
alter table wish_repeats force row level security;
create policy see on wish_repeats for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('rostered'))::uuid[]));
create policy add on wish_repeats for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy change on wish_repeats for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy remove on wish_repeats for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[]));

alter table wish_rounds enable row level security;
alter table wish_rounds force row level security;
create policy see on wish_rounds for select using (
    pool_id = any ((select veilleuse_set('pools'))::uuid[]));
create policy add on wish_rounds for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on wish_rounds for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on wish_rounds for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
