-- An advisor is in one place at a time (uuid equality in gist comes from btree_gist).
-- Deferrable, so that two people can exchange shifts in one transaction.
create extension if not exists btree_gist;

alter table shifts add constraint shifts_one_place_at_a_time
    exclude using gist (person_id with =, tstzrange(starts_at, ends_at) with &&)
    where (cancelled_at is null)
    deferrable initially deferred;

alter table shifts add constraint shifts_end_after_they_start check (starts_at < ends_at);
