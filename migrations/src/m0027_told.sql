-- The second lock of what an hour given counts: the board's to change, the pool's to see.

alter table share_weights enable row level security;
alter table share_weights force row level security;
create policy see on share_weights for select using (
    pool_id = any ((select veilleuse_set('pools'))::uuid[]));
create policy add on share_weights for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on share_weights for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on share_weights for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
