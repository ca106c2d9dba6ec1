//! Proves the rules of the house that a compiler cannot: direction, words, sizes, places, sources.

mod calls;
mod edges;
mod names;
mod paths;
mod sizes;
mod templates;
mod words;

use std::fmt;

use crate::Failure;
use crate::source::Source;
use crate::tree::{self, TextFile};

/// A rule broken at one place.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    path: String,
    line: usize,
    rule: &'static str,
    why: String,
}

impl Violation {
    fn new(path: &str, line: usize, rule: &'static str, why: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, rule, why: why.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}: {}", self.path, self.line, self.rule, self.why)
    }
}

/// Prints every violation; true when there is none.
pub fn run() -> Result<bool, Failure> {
    let root = tree::root();
    let paths = tree::paths(&root)?;
    let files = tree::read(&root, &paths);
    let sources = sources(&files);

    let mut found = edges::check(&root)?;
    found.extend(words::check(&sources, &files));
    found.extend(calls::check(&sources));
    found.extend(names::check(&sources));
    found.extend(sizes::check(&sources, &files));
    found.extend(templates::check(&paths));
    found.extend(paths::machine_paths(&files));
    found.extend(paths::sources_of_data(&files));
    found.sort();

    found.iter().for_each(|violation| println!("{violation}"));
    eprintln!("tidy: {} files, {} violations", files.len(), found.len());
    Ok(found.is_empty())
}

/// Parses the Rust files and marks those that only tests include.
fn sources(files: &[TextFile]) -> Vec<Source> {
    let rust = |file: &&TextFile| file.path.ends_with(".rs");
    let mut sources: Vec<Source> = files.iter().filter(rust).map(|f| Source::parse(&f.path, &f.text)).collect();
    let folders: Vec<String> = sources.iter().flat_map(test_folders).collect();
    for source in &mut sources {
        let stem = source.path.trim_end_matches(".rs");
        if folders.iter().any(|folder| stem == folder || stem.starts_with(&format!("{folder}/"))) {
            source.lines.iter_mut().for_each(|line| line.test = true);
        }
    }
    sources
}

/// Paths, without `.rs`, of the modules that `source` declares for tests only.
fn test_folders(source: &Source) -> Vec<String> {
    let (folder, file) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
    let base = match file {
        "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
        _ => source.path.trim_end_matches(".rs").to_owned(),
    };
    source.test_modules().iter().map(|name| format!("{base}/{name}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_violation_reads_like_a_compiler_message() {
        let violation = Violation::new("crates/web/src/lib.rs", 7, "size", "too long");
        assert_eq!(violation.to_string(), "crates/web/src/lib.rs:7: size: too long");
    }

    #[test]
    fn the_file_of_a_test_module_is_a_test() {
        let file = |path: &str, text: &str| TextFile { path: path.to_owned(), text: text.to_owned() };
        let parsed = sources(&[
            file("crates/app/src/lib.rs", "#[cfg(test)]\nmod story;\n"),
            file("crates/app/src/story.rs", "fn a() {}\n"),
            file("crates/app/src/story/two.rs", "fn a() {}\n"),
            file("crates/app/src/storyless.rs", "fn a() {}\n"),
        ]);
        let shipped: Vec<usize> = parsed.iter().map(|source| source.shipped().count()).collect();
        assert_eq!(shipped, [0, 0, 0, 1]);
    }
}
