-- What is around somebody's watch. $1 the pool, $2 the person, $3 now, $4 and $5 the time in which
-- somebody with a shift is a colleague.
select 'watching' as kind, person_id as id from shifts
where pool_id = $1 and person_id = $2 and starts_at <= $3 and ends_at > $3 and cancelled_at is null
    and rung <> 'learner'
union all
select 'boards', organisation_id from pools where id = $1
union all
select distinct 'colleagues', person_id from shifts
where pool_id = $1 and ends_at > $4 and starts_at < $5
