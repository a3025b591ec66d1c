//! Whole worlds for the strangers test: one row in every table there is, whatever tables there are.
//!
//! A world is made from the tables' own catalogue, so that a new table is filled without a word
//! here. What a column refers to follows from its name; a new name that refers to something must be
//! added to [`referred`], and the seeder says so.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use migrations::NOBODYS;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};
use uuid::Uuid;

use crate::town::Rows;

/// Everything that belongs together: an organisation that is board and office at once, its person on
/// duty, a visitor writing, and one row of everything else.
#[derive(Clone, Debug)]
pub struct World {
    number: u8,
    /// Rows get other keys but refer to the same world: what a foreign hand would add to it.
    again: bool,
    /// Whose pool it is a member of, besides its own.
    guest_of: Option<u8>,
}

impl World {
    /// World `number`.
    pub fn number(number: u8) -> Self {
        Self { number, again: false, guest_of: None }
    }

    /// The same, a member of `host`'s pool too; without coverage there.
    pub fn in_pool_of(self, host: &World) -> Self {
        Self { guest_of: Some(host.number), ..self }
    }

    /// Its number.
    pub fn number_of(&self) -> u8 {
        self.number
    }

    /// The id its row in `table` has.
    pub fn key_of(&self, table: &str) -> Uuid {
        match shared_key(table) {
            Some(other) => self.id(other),
            None => self.id(table),
        }
    }

    /// The hash of the token its visitor's browser holds.
    pub fn token_hash(&self) -> String {
        format!("conversations-token_hash-{}", self.number)
    }

    fn id(&self, table: &str) -> Uuid {
        let mixed = table.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Uuid::from_u128((u128::from(self.number) << 96) | u128::from(mixed))
    }

    fn new_key_of(&self, table: &str) -> Uuid {
        let key = self.key_of(table);
        if self.again { Uuid::from_u128(key.as_u128() | (1 << 120)) } else { key }
    }
}

/// Tables whose primary key is the id of another table's row.
fn shared_key(table: &str) -> Option<&'static str> {
    match table {
        "absence_reasons" => Some("absences"),
        "waiting" => Some("conversations"),
        "presence" => Some("people"),
        "legal_holds" => Some("conversations"),
        "retention" => Some("organisations"),
        "ledger_terms" | "share_weights" => Some("pools"),
        _ => None,
    }
}

/// The table whose row a column named `column` holds the id of.
fn referred(column: &str) -> Option<&'static str> {
    Some(match column {
        "organisation_id" => "organisations",
        "person_id" | "assigned_to" | "author_id" | "ordered_by" | "changed_by" | "created_by"
        | "published_by" | "checked_by" | "from_person" | "to_person" | "asked_by" | "taken_by"
        | "settled_by" | "entered_by" | "accepted_by" => "people",
        "employment_id" => "employments",
        "absence_id" => "absences",
        "pool_id" => "pools",
        "need_id" => "needs",
        "rota_id" => "rotas",
        "assignment_id" => "assignments",
        "shift_id" | "counter_shift_id" => "shifts",
        "handover_id" | "gives_back_id" => "handovers",
        "offer_id" => "offers",
        "channel_account_id" => "channel_accounts",
        "visitor_id" => "visitors",
        "conversation_id" => "conversations",
        "message_id" => "messages",
        "note_id" => "notes",
        "parent_id" => "api_tokens",
        "change_id" => "takings",
        "made_with" => "rota_changes",
        "object_id" => "conversations",
        _ => return None,
    })
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    kind: String,
    nullable: bool,
}

/// Fills worlds in, above all policies.
#[derive(Debug)]
pub struct Seeder {
    connection: Either,
    tables: Vec<(String, Vec<Column>)>,
}

#[derive(Debug)]
enum Either {
    Sqlite(Box<SqliteConnection>),
    Postgres(Box<PgConnection>),
}

impl Seeder {
    /// Connects as whoever stands above the policies, and reads which tables there are.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn connect(rows: &Rows) -> Self {
        let connection = match &rows.superuser_url {
            Some(url) => {
                Either::Postgres(Box::new(PgConnection::connect(url).await.expect("the server answers")))
            }
            None => {
                Either::Sqlite(Box::new(SqliteConnection::connect(&rows.url).await.expect("the file opens")))
            }
        };
        let mut seeder = Self { connection, tables: Vec::new() };
        seeder.tables = seeder.catalogue().await;
        seeder
    }

    /// The tables that belong to somebody, each with its primary key.
    pub async fn tables(&mut self) -> Vec<(String, String)> {
        let key = |table: &str| match shared_key(table) {
            Some("absences") => "absence_id",
            Some("conversations") => "conversation_id",
            Some("organisations") => "organisation_id",
            Some("pools") => "pool_id",
            Some(_) => "person_id",
            None => "id",
        };
        self.tables.iter().map(|(table, _)| (table.clone(), key(table).to_owned())).collect()
    }

    /// Puts one row of `world` into every table.
    ///
    /// # Panics
    /// When a row does not go in: the message says which.
    pub async fn found(&mut self, world: &World, now: DateTime<Utc>) {
        // What a row refers to must be there first: those that fail wait for the next round.
        let mut waiting = self.tables.clone();
        while !waiting.is_empty() {
            let before = waiting.len();
            let mut still = Vec::new();
            let mut said = String::new();
            for (table, columns) in waiting {
                let sql = insert(world, &table, &columns, now, self.is_postgres());
                if let Err(error) = self.run(&sql).await {
                    said = format!("{sql}: {error}");
                    still.push((table, columns));
                }
            }
            assert!(still.len() < before, "no table takes its row: {said}");
            waiting = still;
        }
        if let Some(host) = world.guest_of {
            let host = World::number(host);
            let id = Uuid::from_u128(world.key_of("memberships").as_u128() | (1 << 121));
            let quote = |id: Uuid| uuid(id, self.is_postgres());
            let sql = format!(
                "insert into memberships (id, pool_id, organisation_id, from_date, created_at) \
                 values ({}, {}, {}, '2026-01-01', {})",
                quote(id),
                quote(host.key_of("pools")),
                quote(world.key_of("organisations")),
                instant(now),
            );
            self.run(&sql).await.expect("a second membership goes in");
        }
    }

    /// What a foreign hand would try on `world`, table by table: to add a row, to touch its row, to
    /// remove it. Tables that anybody may add to are only tried for the latter two.
    pub fn mischief(&self, world: &World, now: DateTime<Utc>) -> Vec<(String, String)> {
        let again = World { again: true, ..world.clone() };
        let mut tries = Vec::new();
        for (table, columns) in &self.tables {
            let postgres = self.is_postgres();
            let key = columns[0].name.clone();
            let which = format!("where {key} = {}", uuid(world.key_of(table), postgres));
            if table == "signals" {
                continue; // numbered, not named: whose it is cannot be said
            }
            if !["jobs", "audit_log"].contains(&table.as_str()) && shared_key(table).is_none() {
                tries.push((table.clone(), insert(&again, table, columns, now, postgres)));
            }
            tries.push((table.clone(), format!("update {table} set {key} = {key} {which}")));
            tries.push((table.clone(), format!("delete from {table} {which}")));
        }
        tries
    }

    /// What the rows of `world` hold that those of no other do: their ids, and their texts.
    pub fn marks(&self, world: &World) -> BTreeSet<String> {
        let mut marks = BTreeSet::new();
        for (table, columns) in &self.tables {
            marks.insert(world.key_of(table).to_string());
            for column in columns {
                let value = value(world, table, column, DateTime::UNIX_EPOCH, self.is_postgres());
                let text = value.trim_matches('\'');
                if text.starts_with(&format!("{table}-{}", column.name)) {
                    marks.insert(text.to_owned());
                }
            }
        }
        marks
    }

    /// The columns in which `words` stand somewhere, whoever's rows they are; bytes are read as text.
    ///
    /// # Panics
    /// When a table cannot be read.
    pub async fn columns_that_hold(&mut self, words: &str) -> Vec<String> {
        let mut holding = Vec::new();
        for (table, columns) in self.tables.clone() {
            for Column { name, kind, .. } in columns {
                let kind = kind.to_ascii_lowercase();
                let text = match (self.is_postgres(), kind.contains("bytea")) {
                    (true, true) => format!("encode({name}, 'escape')"),
                    _ => format!("cast({name} as text)"),
                };
                let sql = format!("select count(*) from {table} where {text} like '%{words}%'");
                let sql = AssertSqlSafe(sql);
                let count: i64 = match &mut self.connection {
                    Either::Sqlite(connection) => connection.fetch_one(sql).await.expect("a count").get(0),
                    Either::Postgres(connection) => connection.fetch_one(sql).await.expect("a count").get(0),
                };
                if count > 0 {
                    holding.push(format!("{table}.{name}"));
                }
            }
        }
        holding
    }

    /// The id of the first row of `table`, if it has one.
    ///
    /// # Panics
    /// When the table cannot be read.
    pub async fn first_id(&mut self, table: &str) -> Option<Uuid> {
        let sql = AssertSqlSafe(format!("select id from {table} order by id limit 1"));
        match &mut self.connection {
            Either::Sqlite(connection) => {
                connection.fetch_optional(sql).await.expect("ids can be read").map(|row| row.get(0))
            }
            Either::Postgres(connection) => {
                connection.fetch_optional(sql).await.expect("ids can be read").map(|row| row.get(0))
            }
        }
    }

    /// Switches PostgreSQL's policies off in every table, so that the code's lock stands alone.
    ///
    /// # Panics
    /// On SQLite, which has none.
    pub async fn switches_policies_off(&mut self) {
        assert!(self.is_postgres(), "SQLite has no policies to switch off");
        for (table, _) in self.tables.clone() {
            let sql = format!(
                "alter table {table} no force row level security; alter table {table} disable row level security"
            );
            self.run(&sql).await.expect("the superuser may");
        }
    }

    /// How the row of `world` in each table stands, for comparing before and after.
    ///
    /// # Panics
    /// When a table cannot be read.
    pub async fn rows_of(&mut self, world: &World) -> Vec<String> {
        let mut rows = Vec::new();
        for (table, columns) in self.tables.clone() {
            let key = columns[0].name.clone();
            if table == "signals" {
                continue;
            }
            let texts: Vec<String> =
                columns.iter().map(|column| self.as_text(&column.name, &column.kind)).collect();
            let all = texts.join(" || '|' || ");
            let id = uuid(world.key_of(&table), self.is_postgres());
            let sql = AssertSqlSafe(format!("select {all} from {table} where {key} = {id}"));
            let row: Option<String> = match &mut self.connection {
                Either::Sqlite(connection) => {
                    connection.fetch_optional(sql).await.expect("a row can be read").map(|row| row.get(0))
                }
                Either::Postgres(connection) => {
                    connection.fetch_optional(sql).await.expect("a row can be read").map(|row| row.get(0))
                }
            };
            rows.push(format!("{table}: {row:?}"));
        }
        rows
    }

    fn as_text(&self, column: &str, kind: &str) -> String {
        let kind = kind.to_ascii_lowercase();
        let binary = kind.contains("blob") || kind.contains("uuid");
        match (self.is_postgres(), binary) {
            (false, true) => format!("coalesce(hex({column}), '')"),
            _ => format!("coalesce(cast({column} as text), '')"),
        }
    }

    fn is_postgres(&self) -> bool {
        matches!(self.connection, Either::Postgres(_))
    }

    async fn run(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        match &mut self.connection {
            Either::Sqlite(connection) => connection.execute(sql).await.map(drop),
            Either::Postgres(connection) => connection.execute(sql).await.map(drop),
        }
    }

    async fn catalogue(&mut self) -> Vec<(String, Vec<Column>)> {
        let sql = match self.connection {
            Either::Postgres(_) => {
                "select table_name::text, column_name::text, data_type::text, (is_nullable = 'YES')::int::bigint \
                 from information_schema.columns where table_schema = 'public' and is_generated = 'NEVER' \
                 order by table_name, ordinal_position"
            }
            Either::Sqlite(_) => {
                "select m.name, c.name, c.type, 1 - (c.\"notnull\" or c.pk) \
                 from sqlite_master m, pragma_table_info(m.name) c \
                 where m.type = 'table' and m.name not like 'sqlite_%' order by m.name, c.cid"
            }
        };
        let read = |table: String, name: String, kind: String, nullable: i64| {
            (table, Column { name, kind, nullable: nullable == 1 })
        };
        let rows: Vec<(String, Column)> = match &mut self.connection {
            Either::Postgres(connection) => {
                let rows = connection.fetch_all(sql).await.expect("the catalogue can be read");
                rows.iter().map(|row| read(row.get(0), row.get(1), row.get(2), row.get(3))).collect()
            }
            Either::Sqlite(connection) => {
                let rows = connection.fetch_all(sql).await.expect("the catalogue can be read");
                rows.iter().map(|row| read(row.get(0), row.get(1), row.get(2), row.get(3))).collect()
            }
        };
        let mut tables: Vec<(String, Vec<Column>)> = Vec::new();
        for (table, column) in rows {
            if NOBODYS.contains(&table.as_str()) {
                continue;
            }
            match tables.last_mut() {
                Some((last, columns)) if *last == table => columns.push(column),
                _ => tables.push((table, vec![column])),
            }
        }
        tables
    }
}

fn insert(world: &World, table: &str, columns: &[Column], now: DateTime<Utc>, postgres: bool) -> String {
    let columns: Vec<&Column> =
        columns.iter().filter(|column| !(table == "signals" && column.name == "id")).collect();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let values: Vec<String> =
        columns.iter().map(|column| value(world, table, column, now, postgres)).collect();
    format!("insert into {table} ({}) values ({})", names.join(", "), values.join(", "))
}

fn value(world: &World, table: &str, column: &Column, now: DateTime<Utc>, postgres: bool) -> String {
    let kind = column.kind.to_ascii_lowercase();
    let name = column.name.as_str();
    if kind.contains("uuid") {
        return match referred(name) {
            Some(other) if table != other || name != "id" => uuid(world.key_of(other), postgres),
            // A ticket is a secret of its own, and refers to nothing.
            _ if name == "id" || name == "ticket" => uuid(world.new_key_of(table), postgres),
            _ => panic!("what does {table}.{name} refer to? Say it in `referred`"),
        };
    }
    if kind.contains("timestamp") {
        return match name {
            "starts_at" => instant(now - Duration::hours(1)),
            "ends_at" if table != "coverage" => instant(now + Duration::hours(1)),
            _ if column.nullable => "null".to_owned(),
            _ => instant(now),
        };
    }
    match (name, table) {
        ("token_hash", "conversations") => {
            format!("'{}'", world.token_hash() + if world.again { "-again" } else { "" })
        }
        ("basis", "compensation") => "'work'".to_owned(),
        ("source", "interventions") => "'said'".to_owned(),
        ("kind", "register_lines") => "'day'".to_owned(),
        ("kind", "needs") => "'active'".to_owned(),
        ("law", "employments") => "'france_private'".to_owned(),
        ("status", "conversations") => "'waiting'".to_owned(),
        ("channel", "conversations") => "'web_chat'".to_owned(),
        ("channels", "coverage") => "'[\"web_chat\"]'".to_owned(),
        ("windows", "coverage") => {
            "'[{\"days\":255,\"from\":\"00:00:00\",\"until\":\"00:00:00\"}]'".to_owned()
        }
        // An operator reads whatever organisation there is.
        ("kind", "organisations") => "'office'".to_owned(),
        ("language", "organisations") => "'fr'".to_owned(),
        ("zone", _) => "'Europe/Paris'".to_owned(),
        ("calendar", _) => "'france'".to_owned(),
        _ if column.nullable => "null".to_owned(),
        _ if kind.contains("json") => "'[]'".to_owned(),
        _ if kind.contains("date") => "'2026-01-01'".to_owned(),
        _ if kind.contains("time") => "'18:00:00'".to_owned(),
        _ if kind.contains("bool") => "false".to_owned(),
        _ if kind.contains("int") => "0".to_owned(),
        _ if kind.contains("blob") || kind.contains("bytea") => {
            if postgres { "'\\x00'" } else { "x'00'" }.to_owned()
        }
        _ => format!("'{table}-{name}-{}{}'", world.number, if world.again { "-again" } else { "" }),
    }
}

fn uuid(id: Uuid, postgres: bool) -> String {
    if postgres { format!("'{id}'") } else { format!("x'{}'", id.simple()) }
}

fn instant(at: DateTime<Utc>) -> String {
    format!("'{}'", at.to_rfc3339())
}
