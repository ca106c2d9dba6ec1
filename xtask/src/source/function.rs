//! Finds functions and their length by counting braces.

use super::Line;

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Line of the word `fn`, from 1.
    pub line: usize,
    /// Lines from `fn` to the closing brace, both included.
    pub length: usize,
    /// True when it stands in test code.
    pub test: bool,
    /// True when the line declares it `async`.
    pub is_async: bool,
}

/// Every function with a body in `lines`.
pub fn find(lines: &[Line]) -> Vec<Function> {
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        for (column, name) in declarations(&line.code) {
            if let Some(end) = body_end(lines, index, column) {
                found.push(Function {
                    name,
                    line: index + 1,
                    length: end - index + 1,
                    test: line.test,
                    is_async: line.code[..column].contains("async"),
                });
            }
        }
    }
    found
}

/// Byte column and name of each `fn name` on a line.
fn declarations(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (column, _) in code.match_indices("fn ") {
        let starts_word = code[..column].chars().next_back().is_none_or(|before| !is_word(before));
        let name: String = code[column + 3..].trim_start().chars().take_while(|sign| is_word(*sign)).collect();
        if starts_word && !name.is_empty() {
            found.push((column, name));
        }
    }
    found
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// Index of the line that closes the body; `None` for a declaration without one.
fn body_end(lines: &[Line], start: usize, column: usize) -> Option<usize> {
    let mut brackets = 0_usize;
    let mut braces = 0_usize;
    for (index, line) in lines.iter().enumerate().skip(start) {
        let from = if index == start { column } else { 0 };
        for sign in line.code[from..].chars() {
            match sign {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets = brackets.saturating_sub(1),
                '{' => braces += 1,
                '}' => {
                    braces = braces.saturating_sub(1);
                    if braces == 0 {
                        return Some(index);
                    }
                }
                ';' if braces == 0 && brackets == 0 => return None,
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    fn found(text: &str) -> Vec<(String, usize, usize)> {
        let source = Source::parse("crates/x/src/lib.rs", text);
        source.functions().into_iter().map(|f| (f.name, f.line, f.length)).collect()
    }

    #[test]
    fn length_runs_from_fn_to_the_closing_brace() {
        let text = "/// Doc\npub fn a(\n    x: [u8; 4],\n) -> u8 {\n    if true { 1 } else { 2 }\n}\n";
        assert_eq!(found(text), [("a".to_owned(), 2, 5)]);
    }

    #[test]
    fn a_trait_method_without_body_has_no_length() {
        assert_eq!(found("trait T {\n    fn a(&self);\n    fn b() {}\n}\n"), [("b".to_owned(), 3, 1)]);
    }

    #[test]
    fn braces_in_strings_do_not_end_a_function() {
        assert_eq!(found("fn a() {\n    f(\"}\");\n}\n"), [("a".to_owned(), 1, 3)]);
    }

    #[test]
    fn pointers_to_functions_are_not_functions() {
        assert_eq!(found("type A = fn (u8) -> u8;\nstruct S { f: fn() }\n"), []);
    }
}
