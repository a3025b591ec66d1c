-- The second lock, continued: the desk, accounts, jobs and the audit log.

alter table channel_accounts enable row level security;
alter table channel_accounts force row level security;
create policy see on channel_accounts for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy add on channel_accounts for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy change on channel_accounts for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));
create policy remove on channel_accounts for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or (select veilleuse_system()));

alter table arrivals enable row level security;
alter table arrivals force row level security;
create policy see on arrivals for select using (
    (select veilleuse_system()));
create policy add on arrivals for insert with check (
    (select veilleuse_system()));
create policy change on arrivals for update using (
    (select veilleuse_system()));
create policy remove on arrivals for delete using (
    (select veilleuse_system()));

alter table visitors enable row level security;
alter table visitors force row level security;
create policy see on visitors for select using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or id = any ((select veilleuse_set('visitors'))::uuid[]));
create policy add on visitors for insert with check (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or id = any ((select veilleuse_set('visitors'))::uuid[]));
create policy change on visitors for update using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or id = any ((select veilleuse_set('visitors'))::uuid[]));
create policy remove on visitors for delete using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or id = any ((select veilleuse_set('visitors'))::uuid[]));

alter table conversations enable row level security;
alter table conversations force row level security;
create policy see on conversations for select using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or id = any ((select veilleuse_set('conversations'))::uuid[])
    or (select veilleuse_looking()));
create policy add on conversations for insert with check (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy change on conversations for update using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy remove on conversations for delete using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or id = any ((select veilleuse_set('conversations'))::uuid[]));

alter table messages enable row level security;
alter table messages force row level security;
create policy see on messages for select using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy add on messages for insert with check (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy change on messages for update using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy remove on messages for delete using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));

alter table attachments enable row level security;
alter table attachments force row level security;
create policy see on attachments for select using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy add on attachments for insert with check (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy change on attachments for update using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy remove on attachments for delete using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));

alter table waiting enable row level security;
alter table waiting force row level security;
create policy see on waiting for select using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[])
    or assigned_to = any ((select veilleuse_set('people'))::uuid[])
    or (select veilleuse_system()));
create policy add on waiting for insert with check (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[])
    or (select veilleuse_system()));
create policy change on waiting for update using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[])
    or (select veilleuse_system()));
create policy remove on waiting for delete using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[])
    or (select veilleuse_system()));

alter table writers enable row level security;
alter table writers force row level security;
create policy see on writers for select using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy add on writers for insert with check (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy change on writers for update using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));
create policy remove on writers for delete using (
    organisation_id = any ((select veilleuse_set('desks'))::uuid[])
    or conversation_id = any ((select veilleuse_set('conversations'))::uuid[]));

alter table notes enable row level security;
alter table notes force row level security;
create policy see on notes for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or organisation_id = any ((select veilleuse_set('notebooks'))::uuid[]));
create policy add on notes for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy change on notes for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy remove on notes for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));

alter table note_texts enable row level security;
alter table note_texts force row level security;
create policy see on note_texts for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or organisation_id = any ((select veilleuse_set('notebooks'))::uuid[]));
create policy add on note_texts for insert with check (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy change on note_texts for update using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));
create policy remove on note_texts for delete using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[]));

alter table presence enable row level security;
alter table presence force row level security;
create policy see on presence for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or person_id = any ((select veilleuse_set('people'))::uuid[]));
create policy add on presence for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy change on presence for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[]));
create policy remove on presence for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[]));

alter table sessions enable row level security;
alter table sessions force row level security;
create policy see on sessions for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy add on sessions for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy change on sessions for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy remove on sessions for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));

alter table sign_in_codes enable row level security;
alter table sign_in_codes force row level security;
create policy see on sign_in_codes for select using (
    (select veilleuse_system()));
create policy add on sign_in_codes for insert with check (
    (select veilleuse_system()));
create policy change on sign_in_codes for update using (
    (select veilleuse_system()));
create policy remove on sign_in_codes for delete using (
    (select veilleuse_system()));

alter table calendar_feeds enable row level security;
alter table calendar_feeds force row level security;
create policy see on calendar_feeds for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy add on calendar_feeds for insert with check (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy change on calendar_feeds for update using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy remove on calendar_feeds for delete using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));

alter table jobs enable row level security;
alter table jobs force row level security;
create policy see on jobs for select using (
    (select veilleuse_system()));
create policy add on jobs for insert with check (
    true);
create policy change on jobs for update using (
    (select veilleuse_system()));
create policy remove on jobs for delete using (
    (select veilleuse_system()));

alter table signals enable row level security;
alter table signals force row level security;
create policy see on signals for select using (
    (select veilleuse_system()));
create policy add on signals for insert with check (
    true);
create policy change on signals for update using (
    (select veilleuse_system()));
create policy remove on signals for delete using (
    (select veilleuse_system()));

alter table letters enable row level security;
alter table letters force row level security;
create policy see on letters for select using (
    (select veilleuse_system()));
create policy add on letters for insert with check (
    (select veilleuse_system()));
create policy change on letters for update using (
    (select veilleuse_system()));
create policy remove on letters for delete using (
    (select veilleuse_system()));

alter table audit_log enable row level security;
alter table audit_log force row level security;
create policy see on audit_log for select using (
    organisation_id = any ((select veilleuse_set('home'))::uuid[])
    or person_id = any ((select veilleuse_set('own'))::uuid[])
    or (select veilleuse_system()));
create policy add on audit_log for insert with check (
    true);
