#!/usr/bin/env bash
# Backs up a PostgreSQL database while it is in use: tables, rows, policies and rights, in one file.
#
#   deploy/backup-postgres.sh DATABASE FILE
#
# DATABASE is a name or an address (postgres://…), as a superuser or a role with `bypassrls`: the owner
# of the tables is held by their policies too and would see no row. The roles themselves are not in it
# (restore-postgres.sh makes them from roles.sql, without passwords), nor is the key that seals secrets.
set -euo pipefail
[ $# = 2 ] || { sed -n '4p' "$0" >&2; exit 2; }
database=$1 file=$2
[ ! -e "$file" ] || { echo "$file is there already" >&2; exit 1; }
umask 077
trap 'rm -f "$file.part"' EXIT
pg_dump --format=custom --file="$file.part" --dbname="$database"
pg_restore --list "$file.part" >/dev/null # it can be read
mv "$file.part" "$file"
echo "$file: $(stat -c %s "$file") bytes; the key (VEILLEUSE_KEY) is not in it"
