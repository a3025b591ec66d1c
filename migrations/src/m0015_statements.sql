-- The second lock of statements: what an employer gives is its own; work during standby is the
-- employer's and the person's, who both may say it and correct it.

alter table compensation enable row level security;
alter table compensation force row level security;
create policy see on compensation for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy add on compensation for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy change on compensation for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy remove on compensation for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));

alter table interventions enable row level security;
alter table interventions force row level security;
create policy see on interventions for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy add on interventions for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy change on interventions for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy remove on interventions for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
