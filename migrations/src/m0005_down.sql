alter table shifts drop constraint shifts_one_place_at_a_time, drop constraint shifts_end_after_they_start;

do $$
declare one record;
begin
    for one in select tablename, policyname from pg_policies where schemaname = current_schema() loop
        execute format('drop policy %I on %I', one.policyname, one.tablename);
        execute format('alter table %I no force row level security', one.tablename);
        execute format('alter table %I disable row level security', one.tablename);
    end loop;
end $$;

drop function veilleuse_set(text), veilleuse_system(), veilleuse_looking();
