-- The second lock of the privacy tables. The log and the certificates are only ever added to: they
-- have no policy to change or remove, so nobody can.

alter table retention enable row level security;
alter table retention force row level security;
create policy see on retention for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy add on retention for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy change on retention for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy remove on retention for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));

alter table legal_holds enable row level security;
alter table legal_holds force row level security;
create policy see on legal_holds for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy add on legal_holds for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy remove on legal_holds for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));

alter table access_log enable row level security;
alter table access_log force row level security;
create policy see on access_log for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy add on access_log for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[]));

alter table erasures enable row level security;
alter table erasures force row level security;
create policy see on erasures for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy add on erasures for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));

create index conversations_not_anonymised on conversations (organisation_id, last_message_at)
    where anonymised_at is null;
