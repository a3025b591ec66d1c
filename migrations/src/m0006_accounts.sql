-- Invitations: the organisation's own, and the house's, which reads them when a link is followed.
alter table invitations enable row level security;
alter table invitations force row level security;
create policy see on invitations for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy add on invitations for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy change on invitations for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy remove on invitations for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
