//! Every difference between the two engines that a statement can have.

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The name by which people know it.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }

    /// How many batches of a bulk load are worth having under way at once.
    pub fn bulk_width(self) -> usize {
        match self {
            Engine::Sqlite => 3,
            Engine::Postgres => 4,
        }
    }
}

/// A statement: one text, or two where the engines' words differ.
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
}

impl Sql {
    /// A text that both engines understand.
    pub const fn same(text: &'static str) -> Sql {
        Sql { sqlite: text, postgres: text }
    }

    /// Texts made from one by this module's macros.
    pub(crate) const fn each(sqlite: &'static str, postgres: &'static str) -> Sql {
        Sql { sqlite, postgres }
    }

    /// The text for an engine.
    pub const fn on(self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// Declares a module's statements as constants, and lists them for the prepare-all test.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* pub(crate) const $name: $crate::Sql = $crate::dialect::IntoSql($sql).sql();)+
        pub(crate) const STATEMENTS: &[(&str, $crate::Sql)] = &[$((concat!(module_path!(), "::", stringify!($name)), $name)),+];
    };
}
pub(crate) use statements;

/// Lets [`statements!`] take a plain text or a [`Sql`].
pub(crate) struct IntoSql<T>(pub T);

impl IntoSql<&'static str> {
    pub(crate) const fn sql(self) -> Sql {
        Sql::same(self.0)
    }
}

impl IntoSql<Sql> {
    pub(crate) const fn sql(self) -> Sql {
        self.0
    }
}

/// Rows that another process has locked are passed over; SQLite has one writer and needs no words for it.
macro_rules! skip_locked {
    ($head:literal, $tail:literal) => {
        $crate::Sql::each(concat!($head, $tail), concat!($head, " FOR UPDATE SKIP LOCKED", $tail))
    };
}
pub(crate) use skip_locked;

/// The row stays as it is read until the transaction ends; SQLite has one writer and needs no words for it.
macro_rules! locked {
    ($text:literal) => {
        $crate::Sql::each($text, concat!($text, " FOR UPDATE"))
    };
}
pub(crate) use locked;

/// Other writers of a table wait until the transaction ends; SQLite has but one writer anyhow.
macro_rules! locking {
    ($table:literal) => {
        $crate::Sql::each("SELECT 1", concat!("LOCK TABLE ", $table, " IN EXCLUSIVE MODE"))
    };
}
pub(crate) use locking;

/// Rows of `search` below `$2` that fit the query in `$1`. FTS5 walks its postings from the newest on. A GIN
/// index knows no order: all hits are asked from it and the newest of them kept.
macro_rules! matching {
    ($head:literal, $joins:literal, $tail:literal) => {
        $crate::Sql::each(
            concat!($head, "search ", $joins, "WHERE search MATCH $1 AND search.rowid < $2 AND ", $tail),
            concat!(
                $head,
                "(WITH hits AS MATERIALIZED ",
                "(SELECT rowid FROM search WHERE terms @@ CAST($1 AS text)::tsquery) ",
                "SELECT rowid FROM hits WHERE rowid < $2 ORDER BY rowid DESC LIMIT 500) AS search ",
                $joins,
                "WHERE ",
                $tail
            ),
        )
    };
}
pub(crate) use matching;

/// Whether hits come in the order of their rows, so that the newest are found without knowing all.
pub(crate) fn searches_in_order(engine: Engine) -> bool {
    engine == Engine::Sqlite
}

/// A list of terms, parted by spaces, in the form that the index takes.
macro_rules! indexing {
    ($head:literal, $parameter:literal, $tail:literal) => {
        $crate::Sql::each(
            concat!($head, $parameter, $tail),
            concat!($head, "array_to_tsvector(string_to_array(CAST(", $parameter, " AS text), ' '))", $tail),
        )
    };
}
pub(crate) use indexing;

/// A statement over rows given as one JSON array of objects in `$1`, each read as `value`.
macro_rules! over_rows {
    ($head:literal, $tail:expr) => {
        $crate::Sql::each(
            concat!($head, "json_each($1)", $tail),
            concat!($head, "jsonb_array_elements(CAST(CAST($1 AS text) AS jsonb))", $tail),
        )
    };
}
pub(crate) use over_rows;

/// Like [`over_rows!`] for the search index, which takes its terms in another form on each engine.
macro_rules! indexing_rows {
    ($head:literal, $id:literal, $terms:literal, $tail:literal) => {
        $crate::Sql::each(
            concat!($head, $id, ", ", $terms, " FROM json_each($1)", $tail),
            concat!(
                $head,
                $id,
                ", array_to_tsvector(string_to_array(",
                $terms,
                ", ' ')) FROM jsonb_array_elements(CAST(CAST($1 AS text) AS jsonb))",
                $tail
            ),
        )
    };
}
pub(crate) use indexing_rows;

/// A query for rows that hold all of the terms and one of each group; terms consist of letters, digits and `_` only.
/// An empty group asks for nothing.
pub(crate) fn all_of(engine: Engine, terms: &[String], groups: &[&[String]]) -> String {
    let (quote, and, or) = match engine {
        Engine::Sqlite => ('"', " AND ", " OR "),
        Engine::Postgres => ('\'', " & ", " | "),
    };
    let quoted = |term: &String| format!("{quote}{term}{quote}");
    let mut parts: Vec<String> = terms.iter().map(quoted).collect();
    let groups = groups.iter().filter(|group| !group.is_empty());
    parts.extend(groups.map(|group| format!("({})", group.iter().map(quoted).collect::<Vec<_>>().join(or))));
    parts.join(and)
}

/// How many rows one counter is spread over: concurrent transactions of PostgreSQL would queue for a
/// single row, while SQLite has one writer anyhow.
pub(crate) fn counter_slots(engine: Engine) -> i64 {
    match engine {
        Engine::Sqlite => 1,
        Engine::Postgres => 16,
    }
}

/// What lets only one process at a time change the schema, for as long as that takes, where an engine needs words for it.
pub(crate) fn alone(engine: Engine) -> &'static [&'static str] {
    match engine {
        Engine::Sqlite => &[],
        Engine::Postgres => &["SET LOCAL statement_timeout = 0", "SELECT pg_advisory_xact_lock(1708)"],
    }
}

/// Every table's columns.
pub(crate) const COLUMNS: Sql = Sql::each(
    "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
        WHERE m.type = 'table' AND m.name NOT LIKE 'search%' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2",
    "SELECT CAST(table_name AS text), CAST(column_name AS text) FROM information_schema.columns \
        WHERE table_schema = current_schema() AND table_name NOT LIKE 'search%' ORDER BY 1, 2",
);

/// Every named index.
pub(crate) const INDEXES: Sql = Sql::each(
    "SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite%' ORDER BY 1",
    "SELECT CAST(indexname AS text) FROM pg_indexes WHERE schemaname = current_schema() \
        AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE 'search%' ORDER BY 1",
);

/// Replaces the placeholders of the migrations by an engine's words.
pub(crate) fn spell(engine: Engine, migration: &str) -> String {
    let words = match engine {
        Engine::Sqlite => [
            ("{id}", "INTEGER PRIMARY KEY"),
            ("{big}", "INTEGER"),
            ("{bool}", "INTEGER"),
            ("{text}", "TEXT"),
            ("{json}", "TEXT"),
            ("{blob}", "BLOB"),
            ("{table}", "STRICT"),
            ("{keyed table}", "STRICT, WITHOUT ROWID"),
            ("{true}", "1"),
            ("{hot}", ""),
            ("{of state}", "state"),
            ("{of data}", "data"),
            ("{officer of state}", "state ->> 'officer'"),
            (
                "{search}",
                "CREATE VIRTUAL TABLE search USING fts5(terms, content='', contentless_delete=1, tokenize='ascii tokenchars ''_''', detail='none')",
            ),
            ("{search index}", "SELECT 1"),
        ],
        Engine::Postgres => [
            ("{id}", "BIGINT PRIMARY KEY"),
            ("{big}", "BIGINT"),
            ("{bool}", "BOOLEAN"),
            ("{text}", "TEXT"),
            ("{json}", "TEXT"),
            ("{blob}", "BYTEA"),
            ("{table}", ""),
            ("{keyed table}", ""),
            ("{true}", "TRUE"),
            ("{hot}", "WITH (fillfactor = 70)"),
            ("{of state}", "CAST(state AS json)"),
            ("{of data}", "CAST(data AS json)"),
            ("{officer of state}", "(CAST(state AS jsonb) ->> 'officer')"),
            ("{search}", "CREATE TABLE search (rowid BIGINT PRIMARY KEY, terms tsvector NOT NULL)"),
            ("{search index}", "CREATE INDEX search_terms ON search USING gin (terms)"),
        ],
    };
    words.iter().fold(migration.to_owned(), |text, (placeholder, word)| text.replace(placeholder, word))
}
