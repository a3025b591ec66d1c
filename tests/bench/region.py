"""The rows that are measured on: the demo's region, moved to this evening, and any number of copies.

The demo furnishes a region on an embedded database. Its instants are moved so that it is an evening of
that region now, in a zone where the clocks show 19 h, because a real house has the machine's clock. The
same rows then go into PostgreSQL. Other organisations are copies of the region with ids of their own.
"""
import datetime as dt
import hashlib
import re
import sqlite3
import subprocess
import zoneinfo

# Not of a region, or of one hour: signals, work done, letters, and how the demo's clock stands.
LEFT_OUT = {"clock", "seaql_migrations", "sqlite_sequence", "signals", "jobs", "letters", "audit_log",
            "arrivals", "sessions", "sign_in_codes", "api_tokens", "answers"}
# A copy keeps the last conversations and the running rotas; what is long over is left out.
KEPT_CONVERSATIONS = 100
OF_A_CONVERSATION = {"messages": "conversation_id", "waiting": "conversation_id",
                     "writers": "conversation_id", "attachments": "conversation_id"}
# Texts that are one of a kind in the whole house.
UNIQUE = {("organisations", "slug"), ("people", "email"), ("channel_accounts", "address"),
          ("conversations", "token_hash"), ("calendar_feeds", "token_hash")}
ORGANISATIONS = 10


def evening():
    """When to furnish the demo, how far its instants move, and the zone where it is 19 h now."""
    now = dt.datetime.now(dt.timezone.utc)
    ahead = 19 - now.hour
    if ahead > 14:
        ahead -= 24
    day = (now + dt.timedelta(hours=ahead)).date()
    paris = zoneinfo.ZoneInfo("Europe/Paris")
    at = dt.datetime.combine(day, dt.time(19), tzinfo=paris)
    by = now.replace(minute=0, second=0, microsecond=0) - at
    return at.isoformat(), by, f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def columns(db, table):
    return [(row[1], row[2]) for row in db.execute(f'pragma table_info("{table}")')]


def tables(db):
    rows = db.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by rowid")
    return [name for (name,) in rows]


def move(path, by, zone):
    """Moves every instant of a furnished demo, puts it into `zone`, and takes its clock away."""
    db = sqlite3.connect(path)
    db.create_function("moved", 1, lambda text: text and (dt.datetime.fromisoformat(text) + by).isoformat())
    for table in tables(db):
        instants = [name for name, kind in columns(db, table) if kind == "timestamp_with_timezone_text"]
        if instants:
            # Row by row in any order would put somebody in two places for a moment; nothing checks here.
            db.execute(f"update {table} set " + ", ".join(f"{one} = moved({one})" for one in instants))
    for table in ("organisations", "pools"):
        db.execute(f"update {table} set zone = ?", (zone,))
    db.execute("delete from clock")
    db.commit()
    db.close()


def keep_shifts_of_others(run, count, pool):
    """Leaves so many shifts to all other pools together."""
    run(f"delete from shifts where pool_id <> {pool} and id not in "
        f"(select id from shifts where pool_id <> {pool} order by starts_at desc limit {count})")


def into_postgres(path, psql):
    """Copies every row of the file into a migrated PostgreSQL database."""
    db = sqlite3.connect(path)
    for table in tables(db):
        if table in ("clock", "seaql_migrations", "sqlite_sequence"):
            continue
        described = columns(db, table)
        names = ", ".join(name for name, _ in described)
        lines = ["\t".join(told(value, kind) for value, (_, kind) in zip(row, described))
                 for row in db.execute(f"select {names} from {table}")]
        if lines:
            psql("set session_replication_role = replica;\n"
                 f"copy {table} ({names}) from stdin;\n" + "\n".join(lines) + "\n\\.\n")
    psql("select setval('signals_id_seq', greatest((select max(id) from signals), 1));")
    db.close()


def told(value, kind):
    """A value as PostgreSQL's `copy` reads it."""
    if value is None:
        return "\\N"
    if kind == "uuid_text":
        return value.hex()
    if kind == "boolean":
        return "t" if value else "f"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return re.sub(r"[\\\t\n\r]", lambda bad: {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}[bad[0]],
                  str(value))


def copies(described, first, last, numbers):
    """Statements that add the copies `first` to `last` of the region; `numbers` selects them as `k`."""
    recent = f"(select id from conversations order by last_message_at desc limit {KEPT_CONVERSATIONS})"
    for table, kinds in described:
        if table in LEFT_OUT:
            continue
        values = []
        for name, kind in kinds:
            if kind == "uuid_text":
                values.append(f"other({name}, k)")
            elif (table, name) in UNIQUE:
                values.append(f"{name} || '-' || k")
            else:
                values.append(name)
        which = ""
        if table == "conversations":
            which = f" where id in {recent}"
        elif table in OF_A_CONVERSATION:
            which = f" where {OF_A_CONVERSATION[table]} in {recent}"
        elif table == "visitors":
            which = f" where id in (select visitor_id from conversations where id in {recent})"
        names = ", ".join(name for name, _ in kinds)
        yield (f"insert into {table} ({names}) select {', '.join(values)} "
               f"from (select * from base_{table}{re.sub('conversations', 'base_conversations', which)}) base, "
               f"({numbers}) copies")


def set_aside(described, temporary):
    """Statements that keep the first region apart, so that copies are not copied again."""
    for table, _ in described:
        if table not in LEFT_OUT:
            yield f"create {temporary} table base_{table} as select * from {table}"


def grow_sqlite(path, first, last):
    """Adds the copies `first` to `last`."""
    db = sqlite3.connect(path)
    db.create_function("other", 2, lambda own, k: own and other(own, k), deterministic=True)
    described = [(table, columns(db, table)) for table in tables(db) if not table.startswith("base_")]
    db.execute("pragma synchronous = off")
    db.execute("pragma cache_size = -400000")
    if not db.execute("select 1 from sqlite_master where name = 'base_shifts'").fetchone():
        for statement in set_aside(described, ""):
            db.execute(statement)
    numbers = f"with recursive k(k) as (select {first} union all select k + 1 from k where k < {last}) select k from k"
    for statement in copies(described, first, last, numbers):
        db.execute(statement)
    db.commit()
    db.execute("analyze")
    db.commit()
    db.close()


def other(own, k):
    """The id that a copy's row has instead: as old, and its own."""
    return own[:10] + hashlib.md5(own + str(k).encode()).digest()[:6]


def grow_postgres(described, first, last, psql):
    """Adds the copies `first` to `last`; `described` are the tables as SQLite describes them."""
    described = [one for one in described if not one[0].startswith("base_")]
    begun = psql("select to_regclass('base_shifts') is not null").strip() == "t"
    statements = ["set session_replication_role = replica", "set work_mem = '256MB'", """
        create or replace function pg_temp.other(own uuid, k int) returns uuid language sql immutable as
        $$ select (left(own::text, 24) || left(md5(own::text || k), 12))::uuid $$"""]
    if not begun:
        statements += set_aside(described, "unlogged")
    numbers = f"select k from generate_series({first}, {last}) k"
    statements += [one.replace("other(", "pg_temp.other(") for one in copies(described, first, last, numbers)]
    psql(";\n".join(statements) + ";\nanalyze;")


def describe(path):
    db = sqlite3.connect(path)
    found = [(table, columns(db, table)) for table in tables(db)]
    db.close()
    return found
