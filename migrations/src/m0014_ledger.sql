-- The second lock of the ledger: its terms are the board's to change and the pool's to see; an
-- exemption is its employer's, seen by the person and by whoever plans them.

alter table ledger_terms enable row level security;
alter table ledger_terms force row level security;
create policy see on ledger_terms for select using (
    pool_id = any ((select veilleuse_set('pools'))::uuid[]));
create policy add on ledger_terms for insert with check (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy change on ledger_terms for update using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));
create policy remove on ledger_terms for delete using (
    pool_id = any ((select veilleuse_set('planned'))::uuid[]));

alter table exemptions enable row level security;
alter table exemptions force row level security;
create policy see on exemptions for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('rostered'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy add on exemptions for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy change on exemptions for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy remove on exemptions for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
