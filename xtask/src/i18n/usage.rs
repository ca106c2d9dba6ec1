//! Which messages the code and the templates say.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Source;
use crate::tree::TextFile;

/// Calls whose first argument is the id of a message.
const CALLS: [&str; 5] = ["t(\"", "n(\"", "w.with(\"", "words.with(\"", "Message::new(\""];

/// The call whose first argument is a family of messages: `of("stage", name)` says `stage-…`.
const FAMILY: &str = "of(\"";

/// Ending of the sentences that a field shows below itself, where there is one.
const HINT: &str = "-hint";

/// What was found in code and templates.
#[derive(Default)]
pub struct Usage {
    /// Ids that are said for certain, each with `path:line` of one place.
    pub said: BTreeMap<String, String>,
    quoted: BTreeSet<String>,
    prefixes: BTreeSet<String>,
}

impl Usage {
    /// True when some literal is this id or its field, or begins an id put together at run time.
    pub fn may_say(&self, id: &str) -> bool {
        let field = id.strip_suffix(HINT).unwrap_or(id);
        self.quoted.contains(id)
            || self.quoted.contains(field)
            || self.prefixes.iter().any(|prefix| id.starts_with(prefix))
    }
}

/// Searches the shipped Rust code of all crates and the templates.
pub fn of(files: &[TextFile]) -> Usage {
    let mut usage = Usage::default();
    for file in files.iter().filter(|file| file.path.starts_with("crates/")) {
        let lines: Vec<(usize, String)> = if file.path.ends_with(".rs") {
            shipped(file)
        } else if file.path.ends_with(".html") {
            file.text.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned())).collect()
        } else {
            continue;
        };
        for (number, line) in lines {
            note(&mut usage, &line, &format!("{}:{number}", file.path));
        }
    }
    usage
}

/// Lines outside tests with comments blanked and literals kept.
fn shipped(file: &TextFile) -> Vec<(usize, String)> {
    let source = Source::parse(&file.path, &file.text);
    let merge = |(code, quoted): (char, char)| if quoted == ' ' { code } else { quoted };
    source
        .shipped()
        .map(|(number, line)| (number, line.code.chars().zip(line.quoted.chars()).map(merge).collect()))
        .collect()
}

fn note(usage: &mut Usage, line: &str, place: &str) {
    for id in CALLS.iter().flat_map(|call| said(line, call)) {
        usage.said.entry(id).or_insert_with(|| place.to_owned());
    }
    for family in said(line, FAMILY) {
        usage.prefixes.insert(format!("{family}-"));
    }
    for literal in line.split('"').skip(1) {
        let head = literal.split('{').next().unwrap_or_default();
        let open = head.len() < literal.len() || literal.ends_with('-');
        if is_id(literal) && !literal.ends_with('-') {
            usage.quoted.insert(literal.to_owned());
        } else if open && head.ends_with('-') && is_id(head) {
            usage.prefixes.insert(head.to_owned());
        }
    }
}

/// Ids that follow `call` on this line, when `call` is a whole word there.
fn said(line: &str, call: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices(call) {
        let word = line[..at].chars().next_back().is_none_or(|sign| !sign.is_alphanumeric() && sign != '_');
        let literal = line[at + call.len()..].split('"').next().unwrap_or_default();
        if word && is_id(literal) && !literal.ends_with('-') {
            found.push(literal.to_owned());
        }
    }
    found
}

fn is_id(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_lowercase())
        && text.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(path: &str, text: &str) -> Usage {
        of(&[TextFile { path: path.to_owned(), text: text.to_owned() }])
    }

    #[test]
    fn templates_and_code_are_searched() {
        let page =
            usage("crates/web/templates/a.html", "<h1>{{ w.with(\"home-title\", name) }}</h1>\n{{ text(\"x\") }}");
        assert_eq!(page.said.keys().collect::<Vec<_>>(), ["home-title"]);
        assert!(page.may_say("x") && page.may_say("x-hint") && !page.may_say("y-hint"));
    }

    #[test]
    fn names_put_together_at_run_time_count_by_prefix() {
        let code = usage("crates/web/src/a.rs", "t(&format!(\"stage-{}\", s)); key(\"class-\");\n");
        assert!(code.may_say("stage-closed") && code.may_say("class-complaint"));
        assert!(!code.may_say("title"));
    }

    #[test]
    fn a_family_counts_by_its_name() {
        let page = usage("crates/web/templates/a.html", "{{ w.of(\"tab\", tab.name) }}");
        assert!(page.may_say("tab-verify") && !page.may_say("table"));
    }

    #[test]
    fn comments_and_tests_say_nothing() {
        let code = usage("crates/web/src/a.rs", "// t(\"a\")\n#[cfg(test)]\nmod tests {\n t(\"b\")\n}\n");
        assert!(code.said.is_empty() && !code.may_say("a") && !code.may_say("b"));
    }
}
