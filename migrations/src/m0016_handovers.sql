-- The second lock of handovers: the board that plans sees and changes them, people see their own.

alter table handovers enable row level security;
alter table handovers force row level security;
create policy see on handovers for select using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[])
    or person_id = any ((select veilleuse_set('own'))::uuid[])
    or to_person = any ((select veilleuse_set('own'))::uuid[]));
create policy add on handovers for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on handovers for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on handovers for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));

alter table handovers add constraint handovers_end_after_they_start check (starts_at < ends_at);
