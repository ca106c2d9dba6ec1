//! Calls that only one place may make: the clock, and what ends the program.

use super::Violation;
use crate::source::Source;

const CLOCKS: [&str; 3] = ["Timestamp::now", "SystemTime::now", "Zoned::now"];

const PANICS: [&str; 4] = [".unwrap()", ".expect(", ".unwrap_err()", ".expect_err("];

/// Reports clocks outside the clock file and panics outside tests.
pub fn check(sources: &[Source]) -> Vec<Violation> {
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in source.shipped() {
            let named =
                |calls: &[&str]| calls.iter().find(|call| line.code.contains(**call)).map(|call| (*call).to_owned());
            if let Some(call) = named(&CLOCKS).filter(|_| !may_ask_the_time(&source.path)) {
                let why = format!("`{call}`: take the instant as an argument; crates/app/src/clock.rs asks for it");
                found.push(Violation::new(&source.path, number, "clock", why));
            }
            if let Some(call) = named(&PANICS) {
                found.push(Violation::new(
                    &source.path,
                    number,
                    "panic",
                    format!("`{call}` outside tests: return the error"),
                ));
            }
        }
    }
    found
}

fn may_ask_the_time(path: &str) -> bool {
    if path.contains("/examples/") {
        return true;
    }
    path == "crates/app/src/clock.rs" || path.starts_with("crates/server/") || path.starts_with("xtask/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        check(&[Source::parse(path, text)]).into_iter().map(|violation| violation.rule).collect()
    }

    #[test]
    fn one_file_asks_the_time() {
        let text = "let now = jiff::Timestamp::now();\n";
        assert_eq!(rules("crates/web/src/lib.rs", text), ["clock"]);
        assert!(rules("crates/app/src/clock.rs", text).is_empty());
        assert!(rules("crates/server/src/main.rs", text).is_empty());
    }

    #[test]
    fn shipped_code_does_not_panic() {
        assert_eq!(rules("crates/web/src/lib.rs", "a.unwrap();\nb.expect(\"x\");\n"), ["panic", "panic"]);
        assert!(rules("crates/web/src/lib.rs", "a.unwrap_or(1); // .unwrap()\n").is_empty());
        assert!(rules("crates/web/src/lib.rs", "#[cfg(test)]\nmod tests {\n  fn a() { b.unwrap(); }\n}\n").is_empty());
    }
}
