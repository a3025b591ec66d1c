-- The second lock of the register: an employer's own, seen by the person too. It is only ever added to:
-- no policy changes or removes a line, so nobody can.

alter table register_lines enable row level security;
alter table register_lines force row level security;
create policy see on register_lines for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy add on register_lines for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
