//! How long a file and a function may be.

use super::Violation;
use crate::source::{Function, Source};
use crate::tree::TextFile;

const FILE_CAP: usize = 600;
const FILE_P90: usize = 300;
const FUNCTION_CAP: usize = 80;
const FUNCTION_P90: usize = 40;
/// An endpoint parses, calls one function of `app` and renders.
const ENDPOINT_CAP: usize = 40;

/// Reports long files, long functions, and a codebase in which the long ones are common.
pub fn check(sources: &[Source], files: &[TextFile]) -> Vec<Violation> {
    let mut found: Vec<Violation> = files.iter().filter_map(long_file).collect();
    let mut lengths = Vec::new();
    for source in sources {
        for function in source.functions() {
            found.extend(long_function(&source.path, &function));
            lengths.push(function.length);
        }
    }
    found.extend(common("file", sources.iter().map(|source| source.lines.len()).collect(), FILE_P90));
    found.extend(common("function", lengths, FUNCTION_P90));
    found
}

fn long_file(file: &TextFile) -> Option<Violation> {
    let written = [".rs", ".html", ".js"].iter().any(|ending| file.path.ends_with(ending));
    let length = file.text.lines().count();
    (written && length > FILE_CAP)
        .then(|| Violation::new(&file.path, length, "size", format!("{length} lines; a file has at most {FILE_CAP}")))
}

fn long_function(path: &str, function: &Function) -> Option<Violation> {
    let endpoint = path.starts_with("crates/web/src/") && function.is_async && !function.test;
    let cap = if endpoint { ENDPOINT_CAP } else { FUNCTION_CAP };
    let kind = if endpoint { "an endpoint" } else { "a function" };
    let Function { name, length, line, .. } = function;
    (*length > cap)
        .then(|| Violation::new(path, *line, "size", format!("`{name}` has {length} lines; {kind} has at most {cap}")))
}

fn common(kind: &str, lengths: Vec<usize>, limit: usize) -> Option<Violation> {
    let p90 = ninetieth(lengths)?;
    (p90 >= limit).then(|| {
        let why = format!("nine of ten {kind}s must be under {limit} lines; the ninetieth percentile is {p90}");
        Violation::new("Cargo.toml", 1, "size", why)
    })
}

/// The length that nine of ten do not exceed.
fn ninetieth(mut lengths: Vec<usize>) -> Option<usize> {
    lengths.sort_unstable();
    let index = (lengths.len() * 9).div_ceil(10).checked_sub(1)?;
    lengths.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, function_lines: usize) -> Source {
        Source::parse(path, &format!("pub async fn a() {{\n{}}}\n", "    b();\n".repeat(function_lines - 2)))
    }

    fn capped(path: &str, function_lines: usize) -> bool {
        let found = check(&[source(path, function_lines)], &[]);
        found.iter().any(|violation| violation.path == path)
    }

    #[test]
    fn a_function_has_a_cap_and_an_endpoint_a_lower_one() {
        assert!(!capped("crates/app/src/a.rs", 80));
        assert!(capped("crates/app/src/a.rs", 81));
        assert!(capped("crates/web/src/a.rs", 41));
        assert!(!capped("crates/web/tests/it.rs", 41));
    }

    #[test]
    fn a_file_has_a_cap() {
        let file = |lines: usize| TextFile { path: "a.rs".to_owned(), text: "x\n".repeat(lines) };
        assert!(check(&[], &[file(600)]).is_empty());
        assert_eq!(check(&[], &[file(601)]).len(), 1);
    }

    #[test]
    fn one_long_thing_in_ten_is_allowed() {
        assert_eq!(ninetieth(vec![9, 1, 1, 1, 1, 1, 1, 1, 1, 1]), Some(1));
        assert_eq!(ninetieth(vec![9, 9, 1, 1, 1, 1, 1, 1, 1, 1]), Some(9));
        assert_eq!(ninetieth(vec![]), None);
    }
}
