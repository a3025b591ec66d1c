-- The second lock of school holidays: their board keeps them, its pools read them.

alter table school_holidays enable row level security;
alter table school_holidays force row level security;
create policy see on school_holidays for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or organisation_id = any ((select veilleuse_set('members'))::uuid[]));
create policy add on school_holidays for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy change on school_holidays for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy remove on school_holidays for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
