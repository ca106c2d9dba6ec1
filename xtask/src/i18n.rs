//! Compares the sentences of both languages with each other and with the code that says them.

mod catalogue;
mod usage;

use crate::Failure;
use crate::tree::{self, TextFile};
use catalogue::Catalogue;
use usage::Usage;

const INDONESIAN: &str = "crates/web/locales/id.ftl";
const ENGLISH: &str = "crates/web/locales/en.ftl";

/// Messages whose name is put together at run time in a way that the search cannot see.
const PREFIXES: [&str; 0] = [];

/// Prints every sentence that is missing, unused or broken; true when there is none.
pub fn run() -> Result<bool, Failure> {
    let root = tree::root();
    let files = tree::read(&root, &tree::paths(&root)?);
    let indonesian = load(INDONESIAN, &files)?;
    let english = load(ENGLISH, &files)?;
    let usage = usage::of(&files);

    let mut found = indonesian.problems.clone();
    found.extend(english.problems.clone());
    found.extend(differences(&indonesian, &english));
    found.extend(differences(&english, &indonesian));
    found.extend(unknown(&indonesian, &usage));
    found.extend(unused(&indonesian, &usage));
    found.sort();
    found.dedup();

    found.iter().for_each(|problem| println!("{problem}"));
    eprintln!("i18n: {} messages, {} problems", indonesian.messages.len(), found.len());
    Ok(found.is_empty())
}

fn load(path: &str, files: &[TextFile]) -> Result<Catalogue, Failure> {
    let file = files.iter().find(|file| file.path == path).ok_or_else(|| format!("{path} is missing"))?;
    Ok(Catalogue::parse(path, &file.text))
}

/// Messages of `one` that `other` lacks or that take other arguments there.
fn differences(one: &Catalogue, other: &Catalogue) -> Vec<String> {
    let mut found = Vec::new();
    for (id, message) in &one.messages {
        let at = format!("{}:{}", one.path, message.line);
        match other.messages.get(id) {
            None => found.push(format!("{at}: missing: `{id}` is not in {}", other.path)),
            Some(twin) => {
                let lost = message.arguments.difference(&twin.arguments);
                found.extend(
                    lost.map(|name| format!("{at}: argument: `{id}` does not take `${name}` in {}", other.path)),
                );
            }
        }
    }
    found
}

fn unknown(catalogue: &Catalogue, usage: &Usage) -> Vec<String> {
    let unknown = usage.said.iter().filter(|(id, _)| !catalogue.messages.contains_key(*id));
    unknown.map(|(id, place)| format!("{place}: unknown: `{id}` is in no catalogue")).collect()
}

fn unused(catalogue: &Catalogue, usage: &Usage) -> Vec<String> {
    let public = catalogue.messages.iter().filter(|(id, _)| !id.starts_with('-'));
    let silent = public.filter(|(id, _)| !usage.may_say(id) && !PREFIXES.iter().any(|prefix| id.starts_with(prefix)));
    silent.map(|(id, message)| format!("{}:{}: unused: nothing says `{id}`", catalogue.path, message.line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(path: &str, text: &str) -> Catalogue {
        Catalogue::parse(path, text)
    }

    #[test]
    fn a_missing_sentence_and_a_missing_argument_are_found() {
        let id = catalogue("id", "a = Halo { $name }\nb = Ya\n");
        let en = catalogue("en", "a = Hello\n");
        let found = differences(&id, &en);
        assert_eq!(found, ["id:1: argument: `a` does not take `$name` in en", "id:2: missing: `b` is not in en"]);
        assert!(differences(&en, &id).is_empty());
    }

    #[test]
    fn sentences_nobody_says_and_sayings_without_sentence_are_found() {
        let id = catalogue("id", "title = Judul\nold = Lama\nstage-closed = Selesai\n");
        let file = TextFile {
            path: "crates/web/src/a.rs".to_owned(),
            text: "t(\"title\"); t(\"ghost\"); t(&format!(\"stage-{}\", x));\n".to_owned(),
        };
        let usage = usage::of(&[file]);
        assert_eq!(unused(&id, &usage), ["id:2: unused: nothing says `old`"]);
        assert_eq!(unknown(&id, &usage), ["crates/web/src/a.rs:1: unknown: `ghost` is in no catalogue"]);
    }
}
