alter table shifts drop constraint shifts_one_place_at_a_time;
alter table shifts add constraint shifts_one_place_at_a_time
    exclude using gist (person_id with =, tstzrange(starts_at, ends_at) with &&)
    where (cancelled_at is null)
    deferrable initially deferred;
