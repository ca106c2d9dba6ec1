//! Names that say nothing: `utils`, `handle…`, `process…`, `manage…`.

use super::Violation;
use crate::source::Source;

const KEYWORDS: [&str; 5] = ["fn ", "mod ", "struct ", "enum ", "trait "];

/// Reports empty names of files and of declared items.
pub fn check(sources: &[Source]) -> Vec<Violation> {
    sources.iter().flat_map(|source| named_file(source).into_iter().chain(named_items(source))).collect()
}

fn named_file(source: &Source) -> Option<Violation> {
    let mut parts = source.path.trim_end_matches(".rs").split('/');
    let part = parts.find(|part| is_empty_word(part))?;
    Some(Violation::new(&source.path, 1, "name", why(part)))
}

fn named_items(source: &Source) -> Vec<Violation> {
    let mut found = Vec::new();
    for (number, line) in source.shipped() {
        for name in KEYWORDS.iter().filter_map(|keyword| declared(&line.code, keyword)) {
            if is_empty_word(&name) {
                found.push(Violation::new(&source.path, number, "name", why(&name)));
            }
        }
    }
    found
}

fn why(name: &str) -> String {
    format!("`{name}` says nothing: name the deed or the thing")
}

/// The name that follows `keyword` on this line.
fn declared(code: &str, keyword: &str) -> Option<String> {
    let (before, after) = code.split_once(keyword)?;
    let starts_word = before.chars().next_back().is_none_or(|sign| !sign.is_alphanumeric() && sign != '_');
    let name: String = after.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect();
    (starts_word && !name.is_empty()).then_some(name)
}

fn is_empty_word(name: &str) -> bool {
    let words = words(name);
    let first = words.first().map_or("", String::as_str);
    matches!(first, "handle" | "process")
        || words.iter().any(|word| word == "utils" || word == "util" || word.starts_with("manage"))
}

/// Words of a snake_case or CamelCase name, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for sign in name.chars() {
        if sign == '_' || sign.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| sign != '_') {
            word.extend(sign.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&[Source::parse(path, text)]).len()
    }

    #[test]
    fn empty_names_are_found() {
        assert_eq!(found("crates/web/src/utils.rs", ""), 1);
        assert_eq!(found("crates/web/src/a.rs", "async fn handle_report() {}\n"), 1);
        assert_eq!(found("crates/web/src/a.rs", "struct ReportManager;\nenum ProcessKind {}\n"), 2);
    }

    #[test]
    fn names_of_deeds_and_of_other_libraries_pass() {
        assert_eq!(found("crates/web/src/a.rs", "use tokio_util::io;\nfn dispose() { process_all(); }\n"), 0);
    }
}
