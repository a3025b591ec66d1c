-- A first board with one office, by hand, until there is a command for it. For SQLite.
-- Change the values in the two lists, then, while nothing else has the file open:
--   sqlite3 -bail veilleuse.sqlite < deploy/first-board-sqlite.sql
--
-- Laws: france_private, france_public, quebec. Calendars: france, quebec.
-- Days: Monday 1, Tuesday 2, Wednesday 4, Thursday 8, Friday 16, Saturday 32, Sunday 64, holidays 128.

begin immediate;
create temp table given as select
  'Lacs & Vallées'        as board,       'lacs'             as board_slug,
  'Belrive'               as office,      'belrive'          as office_slug,
  'Europe/Paris'          as zone,        'france'           as calendar,
  'fr'                    as language,    '112'              as emergency,
  'france_private'        as law,         2100               as weekly_minutes,
  strftime('%Y-%m-%dT%H:%M:%f', 'now') || '+00:00' as now, date('now') as today,
  randomblob(16) as board_id, randomblob(16) as pool_id, randomblob(16) as office_id;
create temp table staff (id blob, given text, family text, email text, role text, at text, employment blob);
insert into staff values
  (randomblob(16), 'Maud',  'Perrin', 'maud@lacs.example',     'planner', 'board',  randomblob(16)),
  (randomblob(16), 'Ann',   'Morel',  'ann@belrive.example',   'advisor', 'office', randomblob(16)),
  (randomblob(16), 'Paul',  'Girard', 'paul@belrive.example',  'manager', 'office', randomblob(16));
insert into organisations (id, kind, name, slug, zone, calendar, language, colour, promise_minutes, emergency, version, created_at)
  select board_id, 'board', board, board_slug, zone, calendar, language, 0, 5, emergency, 1, now from given union all
  select office_id, 'office', office, office_slug, zone, calendar, language, 0, 5, emergency, 1, now from given;
insert into pools (id, organisation_id, name, zone, calendar, version, created_at)
  select pool_id, board_id, board, zone, calendar, 1, now from given;
insert into memberships (id, pool_id, organisation_id, from_date, created_at)
  select randomblob(16), pool_id, office_id, today, now from given;
insert into people (id, given_name, family_name, email, operator, version, created_at)
  select id, given, family, lower(email), 0, 1, now from staff, given;
insert into employments (id, person_id, organisation_id, from_date, law, weekly_minutes, created_at)
  select employment, id, iif(at = 'board', board_id, office_id), today, law, weekly_minutes, now from staff, given;
insert into roles (id, person_id, organisation_id, role, granted_at)
  select randomblob(16), id, iif(at = 'board', board_id, office_id), role, now from staff, given;
insert into skills (id, person_id, kind, value, rank) select randomblob(16), id, 'language', language, 0 from staff, given;
insert into opening_hours (id, organisation_id, days, from_time, until_time, from_date)
  select randomblob(16), office_id, 31, '09:00:00', '17:00:00', today from given;
insert into needs (id, pool_id, days, from_time, until_time, leads, backups, languages, from_date, version)
  select randomblob(16), pool_id, 31, '18:00:00', '22:00:00', 1, 1, '[]', today, 1 from given;
insert into channel_accounts (id, organisation_id, kind, address, settings, active, version, created_at)
  select randomblob(16), office_id, 'web_chat', office_slug, '{}', 1, 1, now from given;
commit;
