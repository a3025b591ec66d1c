-- What is around a person. $1 the person, $2 tomorrow, $3 yesterday.
with employers (id) as (
    select organisation_id from employments
    where person_id = $1 and from_date <= $2 and (until_date is null or until_date >= $3)),
theirs (id) as (
    select id from pools where organisation_id in (select id from employers)
    union
    select pool_id from memberships
    where organisation_id in (select id from employers)
        and from_date <= $2 and (until_date is null or until_date >= $3))
select 'employers' as kind, id from employers
union all
select 'pools', id from theirs
union all
select 'boards', organisation_id from pools where id in (select id from theirs)
