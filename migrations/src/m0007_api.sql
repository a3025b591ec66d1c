-- A token is its owner's and the house's, who asks whose it is; a kept answer is for whoever asked.

alter table api_tokens enable row level security;
alter table api_tokens force row level security;
create policy see on api_tokens for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy add on api_tokens for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy change on api_tokens for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy remove on api_tokens for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));

alter table answers enable row level security;
alter table answers force row level security;
create policy see on answers for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy add on answers for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy change on answers for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy remove on answers for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
