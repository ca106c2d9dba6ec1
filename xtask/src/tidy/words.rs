//! Words that belong in one place: the engines in `store`, the time of day in no SQL at all.

use super::Violation;
use crate::source::Source;
use crate::tree::TextFile;

const ENGINE_WORDS: [&str; 7] = ["sqlite", "postgres", "pragma", "tsvector", "tsquery", "fts5", "psql"];

/// The driver: for all of `store`, and for nobody else.
const DRIVER: &str = "sqlx";

const SQL_CLOCKS: [&str; 5] = ["now()", "current_timestamp", "current_date", "datetime('now'", "strftime('%s"];

/// Reports engine words outside their files and clocks inside SQL.
pub fn check(sources: &[Source], files: &[TextFile]) -> Vec<Violation> {
    let rust = sources.iter().filter(|source| source.path.starts_with("crates/"));
    let sql = files.iter().filter(|file| file.path.ends_with(".sql"));
    rust.flat_map(|source| engine_words(source).into_iter().chain(clocks_in_queries(source)))
        .chain(sql.flat_map(clocks_in_migrations))
        .collect()
}

/// True for the files of `store` that exist to name the engines, and for programs that measure them.
fn may_name_engines(path: &str) -> bool {
    if path.contains("/examples/") {
        return true;
    }
    path.strip_prefix("crates/store/src/").is_some_and(|name| name.starts_with("db") || name.starts_with("dialect"))
}

fn engine_words(source: &Source) -> Vec<Violation> {
    if may_name_engines(&source.path) {
        return Vec::new();
    }
    let names_schemes = source.path.starts_with("crates/server/");
    let found = source.shipped().filter_map(|(number, line)| {
        let quoted = if names_schemes { "" } else { &line.quoted };
        let text = format!("{} {quoted}", line.code).to_lowercase();
        let driver = (!source.path.starts_with("crates/store/") && text.contains(DRIVER)).then_some(DRIVER);
        let word = driver.or_else(|| ENGINE_WORDS.into_iter().find(|word| text.contains(word)))?;
        let why = format!("`{word}` belongs in crates/store, the engines' own words in db*.rs or dialect*.rs there");
        Some(Violation::new(&source.path, number, "engine", why))
    });
    found.collect()
}

fn clocks_in_queries(source: &Source) -> Vec<Violation> {
    source.shipped().filter_map(|(number, line)| clock_in(&source.path, number, &line.quoted)).collect()
}

fn clocks_in_migrations(file: &TextFile) -> Vec<Violation> {
    let without_comment = |line: &str| line.split("--").next().unwrap_or_default().to_owned();
    file.text
        .lines()
        .enumerate()
        .filter_map(|(index, line)| clock_in(&file.path, index + 1, &without_comment(line)))
        .collect()
}

fn clock_in(path: &str, number: usize, sql: &str) -> Option<Violation> {
    let sql = sql.to_lowercase();
    let clock = SQL_CLOCKS.iter().find(|clock| sql.contains(**clock))?;
    Some(Violation::new(path, number, "sql-clock", format!("`{clock}`: the instant is an argument of the query")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        let found = check(&[Source::parse(path, text)], &[]);
        found.into_iter().map(|violation| violation.rule).collect()
    }

    #[test]
    fn engines_are_named_in_store_only() {
        let text = "use sqlx::SqlitePool;\n";
        assert_eq!(rules("crates/app/src/lib.rs", text), ["engine"]);
        assert_eq!(rules("crates/store/src/report.rs", text), ["engine"]);
        assert!(rules("crates/store/src/report.rs", "use sqlx::Row;\n").is_empty());
        assert_eq!(rules("crates/store/src/db.rs", text), Vec::<&str>::new());
        assert_eq!(rules("crates/store/src/dialect.rs", text), Vec::<&str>::new());
    }

    #[test]
    fn comments_and_tests_may_name_engines() {
        assert!(rules("crates/app/src/lib.rs", "// on SQLite this waits\n").is_empty());
        assert!(rules("crates/app/tests/it.rs", "use sqlx::Row;\n").is_empty());
    }

    #[test]
    fn server_may_quote_the_scheme_and_no_more() {
        assert!(rules("crates/server/src/config.rs", "let d = \"sqlite://x\";\n").is_empty());
        assert_eq!(rules("crates/server/src/config.rs", "let d = sqlite();\n"), ["engine"]);
        assert_eq!(rules("crates/web/src/lib.rs", "let d = \"sqlite://x\";\n"), ["engine"]);
    }

    #[test]
    fn no_query_asks_the_engine_for_the_time() {
        assert_eq!(rules("crates/store/src/db.rs", "const A: &str = \"select NOW()\";\n"), ["sql-clock"]);
        assert!(rules("crates/app/src/a.rs", "let now = clock.now();\n").is_empty());
    }

    #[test]
    fn no_migration_asks_the_engine_for_the_time() {
        let file = |text: &str| TextFile { path: "m.sql".to_owned(), text: text.to_owned() };
        assert_eq!(check(&[], &[file("a\nb default current_timestamp")])[0].line, 2);
        assert!(check(&[], &[file("-- never now()")]).is_empty());
    }
}
