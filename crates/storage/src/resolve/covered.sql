-- What members of a pool bought and is running. $1 the pool, $2 tomorrow, $3 yesterday, $4 now.
select coverage.organisation_id, organisations.zone, organisations.calendar, coverage.windows, coverage.channels
from coverage
join organisations on organisations.id = coverage.organisation_id
where coverage.pool_id = $1
    and coverage.starts_at <= $4 and (coverage.ends_at is null or coverage.ends_at > $4)
    and coverage.organisation_id in (
        select organisation_id from memberships
        where pool_id = $1 and from_date <= $2 and (until_date is null or until_date >= $3))
