-- The second lock of openings: only whoever plans the pool sees and keeps what its people were told.

alter table openings enable row level security;
alter table openings force row level security;
create policy see on openings for select using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy add on openings for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on openings for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on openings for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
