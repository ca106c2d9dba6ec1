//! A Rust source file split into what the compiler runs, what it quotes and what it ignores.

mod function;
mod lexer;

pub use function::Function;

/// One line of a Rust file, told apart by the lexer.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Line {
    /// Code with comments and the inside of literals blanked.
    pub code: String,
    /// Only the inside of string literals; everything else blanked.
    pub quoted: String,
    /// True inside an item that exists only for tests.
    pub test: bool,
}

/// A Rust file, line by line.
pub struct Source {
    /// Path from the root of the repository.
    pub path: String,
    /// Lines in order; index 0 is line 1.
    pub lines: Vec<Line>,
}

impl Source {
    /// Splits `text`; `path` decides whether the whole file is a test.
    pub fn parse(path: &str, text: &str) -> Self {
        let mut lines = lexer::split(text);
        if is_test_path(path) {
            lines.iter_mut().for_each(|line| line.test = true);
        } else {
            mark_tests(&mut lines);
        }
        Self { path: path.to_owned(), lines }
    }

    /// Lines outside tests, with their numbers from 1.
    pub fn shipped(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.lines.iter().enumerate().filter(|(_, line)| !line.test).map(|(index, line)| (index + 1, line))
    }

    /// Every function with a body, in order of its first line.
    pub fn functions(&self) -> Vec<Function> {
        function::find(&self.lines)
    }

    /// Names of the modules declared `#[cfg(test)] mod name;`, whose files are tests too.
    pub fn test_modules(&self) -> Vec<String> {
        let declared = |line: &Line| {
            let rest = line.code.trim().trim_start_matches("pub ").strip_prefix("mod ")?;
            Some(rest.strip_suffix(';')?.trim().to_owned())
        };
        self.lines.iter().filter(|line| line.test).filter_map(declared).collect()
    }
}

/// True for files under a `tests` or `benches` folder and for files named `tests.rs`.
fn is_test_path(path: &str) -> bool {
    path.split('/').any(|part| part == "tests" || part == "benches" || part == "tests.rs")
}

/// Marks each item that follows `#[cfg(test)]` or `#[test]`, to its closing brace or semicolon.
fn mark_tests(lines: &mut [Line]) {
    let mut index = 0;
    while index < lines.len() {
        if is_test_attribute(&lines[index].code) {
            let end = item_end(lines, index);
            lines[index..=end].iter_mut().for_each(|line| line.test = true);
            index = end + 1;
        } else {
            index += 1;
        }
    }
}

fn is_test_attribute(code: &str) -> bool {
    let code: String = code.split_whitespace().collect();
    let gated = code.starts_with("#[cfg(") && !code.contains("not(test");
    code.starts_with("#[test]")
        || code.starts_with("#[tokio::test")
        || gated && ["(test)", "(test,", ",test)", ",test,"].iter().any(|form| code.contains(form))
}

/// Index of the line on which the item begun by the attribute on line `start` ends.
fn item_end(lines: &[Line], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, line) in lines.iter().enumerate().skip(start) {
        for sign in line.code.chars() {
            match sign {
                '{' | '(' | '[' => depth += 1,
                '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return index;
                    }
                }
                ')' | ']' => depth = depth.saturating_sub(1),
                ';' if depth == 0 => return index,
                _ => {}
            }
        }
    }
    lines.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_test_module_is_a_test() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { x[0] }\n}\nfn c() {}\n";
        let source = Source::parse("crates/app/src/lib.rs", text);
        let shipped: Vec<usize> = source.shipped().map(|(number, _)| number).collect();
        assert_eq!(shipped, [1, 6]);
    }

    #[test]
    fn a_gate_that_excludes_tests_is_shipped() {
        let source = Source::parse("crates/app/src/lib.rs", "#[cfg(not(test))]\nfn a() {}\n");
        assert_eq!(source.shipped().count(), 2);
    }

    #[test]
    fn files_of_test_modules_are_named() {
        let source = Source::parse("crates/app/src/lib.rs", "#[cfg(test)]\nmod story;\nmod real;\n");
        assert_eq!(source.test_modules(), ["story"]);
    }
}
