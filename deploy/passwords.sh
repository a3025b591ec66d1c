#!/bin/sh
# Gives the two roles their passwords when compose.yaml makes its database.
set -eu
psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname="$POSTGRES_DB" \
    --set=owner="$OWNER_PASSWORD" --set=plain="$PLAIN_PASSWORD" <<'SQL'
alter role veilleuse_owner password :'owner';
alter role veilleuse password :'plain';
SQL
