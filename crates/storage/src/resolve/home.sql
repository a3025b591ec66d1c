-- What is around an organisation. $1 it, $2 tomorrow, $3 yesterday, $4 and $5 the time in which
-- somebody with a shift is a colleague.
with organised (id) as (
    select id from pools where organisation_id = $1),
mine (id) as (
    select id from organised
    union
    select pool_id from memberships
    where organisation_id = $1 and from_date <= $2 and (until_date is null or until_date >= $3))
select 'pools' as kind, id from mine
union all
select 'boards', organisation_id from pools where id in (select id from mine)
union all
select 'members', organisation_id from memberships
where pool_id in (select id from organised) and from_date <= $2 and (until_date is null or until_date >= $3)
union all
select distinct 'colleagues', person_id from shifts
where pool_id in (select id from mine) and ends_at > $4 and starts_at < $5
union all
select 'staff', person_id from employments
where organisation_id = $1 and (until_date is null or until_date >= $3)
