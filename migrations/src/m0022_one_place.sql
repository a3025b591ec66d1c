-- A person's shifts are looked up by their own index. While the constraint was on the person's id itself,
-- PostgreSQL took its GiST index for that, which reads a hundred pages where the other reads three once
-- there are some hundred thousand shifts. As text the id is no look-up's.
alter table shifts drop constraint shifts_one_place_at_a_time;
alter table shifts add constraint shifts_one_place_at_a_time
    exclude using gist ((person_id::text) with =, tstzrange(starts_at, ends_at) with &&)
    where (cancelled_at is null)
    deferrable initially deferred;
