-- A first board with one office, by hand, until there is a command for it. For PostgreSQL.
-- Change the values in the two lists, then, as a superuser (whom the policies do not hold):
--   psql -v ON_ERROR_STOP=1 -d veilleuse -f deploy/first-board-postgres.sql
--
-- Laws: france_private, france_public, quebec. Calendars: france, quebec.
-- Days: Monday 1, Tuesday 2, Wednesday 4, Thursday 8, Friday 16, Saturday 32, Sunday 64, holidays 128.

begin;
create temp table given on commit drop as select
  'Lacs & Vallées'        as board,       'lacs'             as board_slug,
  'Belrive'               as office,      'belrive'          as office_slug,
  'Europe/Paris'          as zone,        'france'           as calendar,
  'fr'                    as language,    '112'              as emergency,
  'france_private'        as law,         2100               as weekly_minutes,
  now() as now, current_date as today,
  gen_random_uuid() as board_id, gen_random_uuid() as pool_id, gen_random_uuid() as office_id;
create temp table staff (id uuid default gen_random_uuid(), given text, family text, email text, role text, at text) on commit drop;
insert into staff (given, family, email, role, at) values
  ('Maud', 'Perrin', 'maud@lacs.example',   'planner', 'board'),
  ('Ann',  'Morel',  'ann@belrive.example', 'advisor', 'office'),
  ('Paul', 'Girard', 'paul@belrive.example','manager', 'office');
insert into organisations (id, kind, name, slug, zone, calendar, language, colour, promise_minutes, emergency, version, created_at)
  select board_id, 'board', board, board_slug, zone, calendar, language, 0, 5, emergency, 1, now from given union all
  select office_id, 'office', office, office_slug, zone, calendar, language, 0, 5, emergency, 1, now from given;
insert into pools (id, organisation_id, name, zone, calendar, version, created_at)
  select pool_id, board_id, board, zone, calendar, 1, now from given;
insert into memberships (id, pool_id, organisation_id, from_date, created_at)
  select gen_random_uuid(), pool_id, office_id, today, now from given;
insert into people (id, given_name, family_name, email, operator, version, created_at)
  select id, given, family, lower(email), false, 1, now from staff, given;
insert into employments (id, person_id, organisation_id, from_date, law, weekly_minutes, created_at)
  select gen_random_uuid(), id, case at when 'board' then board_id else office_id end, today, law, weekly_minutes, now from staff, given;
insert into roles (id, person_id, organisation_id, role, granted_at)
  select gen_random_uuid(), id, case at when 'board' then board_id else office_id end, role, now from staff, given;
insert into skills (id, person_id, kind, value, rank) select gen_random_uuid(), id, 'language', language, 0 from staff, given;
insert into opening_hours (id, organisation_id, days, from_time, until_time, from_date)
  select gen_random_uuid(), office_id, 31, '09:00', '17:00', today from given;
insert into needs (id, pool_id, days, from_time, until_time, leads, backups, languages, from_date, version)
  select gen_random_uuid(), pool_id, 31, '18:00', '22:00', 1, 1, '[]', today, 1 from given;
insert into channel_accounts (id, organisation_id, kind, address, settings, active, version, created_at)
  select gen_random_uuid(), office_id, 'web_chat', office_slug, '{}', true, 1, now from given;
commit;
