#!/usr/bin/env bash
# Restores a backup into a new, empty PostgreSQL database, on a server that may be new as well.
#
#   deploy/restore-postgres.sh FILE DATABASE
#
# Make the database first (`createdb veilleuse`). DATABASE is its name or address (postgres://…), as a
# superuser. On a new server set the two roles' passwords afterwards.
set -euo pipefail
[ $# = 2 ] || { sed -n '4p' "$0" >&2; exit 2; }
file=$1 database=$2
ask() { psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$database" "$@"; }
tables=$(ask --command="select count(*) from pg_tables where schemaname = 'public'")
[ "$tables" = 0 ] || { echo "the database has $tables tables: restore into an empty one" >&2; exit 1; }
ask --file="$(dirname "$0")/roles.sql"
pg_restore --exit-on-error --single-transaction --dbname="$database" "$file"
open=$(ask --command="select coalesce(string_agg(relname, ', '), '') from pg_class where relkind = 'r'
    and relnamespace = 'public'::regnamespace and not (relrowsecurity and relforcerowsecurity)
    and relname not in ('clock', 'seaql_migrations')")
[ -z "$open" ] || { echo "these tables came back without their locks: $open" >&2; exit 1; }
tables=$(ask --command="select count(*) from pg_tables where schemaname = 'public'")
policies=$(ask --command="select count(*) from pg_policies where schemaname = 'public'")
echo "$tables tables and $policies policies are back; start with the same key (VEILLEUSE_KEY) as before"
