//! The messages of one Fluent file.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::parser;

/// One message or term with everything that belongs to it.
#[derive(Debug)]
pub struct Message {
    /// Line on which it begins, from 1.
    pub line: usize,
    /// Names of the arguments in its text, without `$`.
    pub arguments: BTreeSet<String>,
}

/// A Fluent file.
pub struct Catalogue {
    /// Path from the root of the repository.
    pub path: String,
    /// Messages by id; terms keep their leading `-`.
    pub messages: BTreeMap<String, Message>,
    /// What is wrong with the file itself.
    pub problems: Vec<String>,
}

impl Catalogue {
    /// Reads `text`; syntax errors and doubled ids end up in `problems`.
    pub fn parse(path: &str, text: &str) -> Self {
        let mut catalogue = Self { path: path.to_owned(), messages: BTreeMap::new(), problems: syntax(path, text) };
        let mut current = None;
        for (index, line) in text.lines().enumerate() {
            if let Some(id) = id_of(line) {
                let message = Message { line: index + 1, arguments: BTreeSet::new() };
                if catalogue.messages.insert(id.clone(), message).is_some() {
                    catalogue.problems.push(format!("{path}:{}: doubled: `{id}` is defined twice", index + 1));
                }
                current = Some(id);
            } else if line.starts_with('#') {
                current = None;
            }
            if let Some(message) = current.as_ref().and_then(|id| catalogue.messages.get_mut(id)) {
                message.arguments.extend(arguments(line));
            }
        }
        catalogue
    }
}

fn syntax(path: &str, text: &str) -> Vec<String> {
    let Err((_, errors)) = parser::parse(text) else {
        return Vec::new();
    };
    let line_of = |offset: usize| text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1;
    errors.iter().map(|error| format!("{path}:{}: syntax: {}", line_of(error.pos.start), error.kind)).collect()
}

/// The id that a line defines: a word at its beginning, then `=`.
fn id_of(line: &str) -> Option<String> {
    let (name, _) = line.split_once('=')?;
    let name = name.trim_end();
    let word = name.strip_prefix('-').unwrap_or(name);
    let begins = word.chars().next().is_some_and(|sign| sign.is_ascii_alphabetic());
    let continues = word.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_');
    (begins && continues).then(|| name.to_owned())
}

fn arguments(line: &str) -> Vec<String> {
    let name = |rest: &str| {
        rest.chars().take_while(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_')).collect()
    };
    line.split('$').skip(1).map(name).filter(|name: &String| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_span_lines_and_collect_their_arguments() {
        let text = "# note $no\na-b = Satu\n    dua { $count ->\n        [one] x\n       *[other] { $name }\n    }\n-brand = LAPOR!\n";
        let catalogue = Catalogue::parse("id.ftl", text);
        assert_eq!(catalogue.problems, Vec::<String>::new());
        assert_eq!(catalogue.messages.keys().collect::<Vec<_>>(), ["-brand", "a-b"]);
        assert_eq!(catalogue.messages["a-b"].arguments.iter().collect::<Vec<_>>(), ["count", "name"]);
        assert_eq!(catalogue.messages["a-b"].line, 2);
    }

    #[test]
    fn doubled_and_broken_messages_are_problems() {
        assert_eq!(Catalogue::parse("id.ftl", "a = x\na = y\n").problems, ["id.ftl:2: doubled: `a` is defined twice"]);
        assert_eq!(Catalogue::parse("id.ftl", "a = { $x\n").problems.len(), 1);
    }
}
