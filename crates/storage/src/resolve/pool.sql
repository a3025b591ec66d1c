-- What is around a pool. $1 it, $2 tomorrow, $3 yesterday.
with members (id) as (
    select organisation_id from memberships
    where pool_id = $1 and from_date <= $2 and (until_date is null or until_date >= $3))
select 'boards' as kind, organisation_id as id from pools where id = $1
union all
select 'members', id from members
union all
select 'staff', person_id from employments
where organisation_id in (select id from members) and (until_date is null or until_date >= $3)
