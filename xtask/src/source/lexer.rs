//! Tells code from comments and literals, just well enough to search Rust text without false finds.

use super::Line;

#[derive(Clone, Copy)]
enum State {
    Code,
    LineComment,
    BlockComment { depth: usize },
    Text,
    RawText { hashes: usize },
}

/// Splits `text` into lines whose columns match the original.
pub fn split(text: &str) -> Vec<Line> {
    let signs: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { signs: &signs, at: 0, state: State::Code, lines: vec![Line::default()] };
    while lexer.at < signs.len() {
        lexer.step();
    }
    if text.ends_with('\n') {
        lexer.lines.pop();
    }
    lexer.lines
}

struct Lexer<'a> {
    signs: &'a [char],
    at: usize,
    state: State,
    lines: Vec<Line>,
}

impl Lexer<'_> {
    fn step(&mut self) {
        if self.peek(0) == '\n' {
            if matches!(self.state, State::LineComment) {
                self.state = State::Code;
            }
            self.lines.push(Line::default());
            self.at += 1;
            return;
        }
        match self.state {
            State::Code => self.step_code(),
            State::LineComment => self.blank(1),
            State::BlockComment { depth } => self.step_comment(depth),
            State::Text => self.step_text(),
            State::RawText { hashes } => self.step_raw(hashes),
        }
    }

    fn step_code(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.state = State::LineComment,
            ('/', '*') => {
                self.blank(2);
                self.state = State::BlockComment { depth: 1 };
            }
            ('"', _) => {
                self.code(1);
                self.state = State::Text;
            }
            ('\'', _) => self.quote_or_lifetime(),
            ('r', '"' | '#') if !self.inside_word() => self.raw_start(),
            _ => self.code(1),
        }
    }

    fn step_comment(&mut self, depth: usize) {
        match (self.peek(0), self.peek(1)) {
            ('/', '*') => {
                self.blank(2);
                self.state = State::BlockComment { depth: depth + 1 };
            }
            ('*', '/') => {
                self.blank(2);
                self.state = if depth == 1 { State::Code } else { State::BlockComment { depth: depth - 1 } };
            }
            _ => self.blank(1),
        }
    }

    fn step_text(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('\\', '\n') => self.quoted(1),
            ('\\', _) => self.quoted(2),
            ('"', _) => {
                self.code(1);
                self.state = State::Code;
            }
            _ => self.quoted(1),
        }
    }

    fn step_raw(&mut self, hashes: usize) {
        let closes = self.peek(0) == '"' && (1..=hashes).all(|offset| self.peek(offset) == '#');
        if closes {
            self.code(1 + hashes);
            self.state = State::Code;
        } else {
            self.quoted(1);
        }
    }

    fn raw_start(&mut self) {
        let hashes = self.signs[self.at + 1..].iter().take_while(|sign| **sign == '#').count();
        if self.peek(1 + hashes) == '"' {
            self.code(2 + hashes);
            self.state = State::RawText { hashes };
        } else {
            self.code(1);
        }
    }

    fn quote_or_lifetime(&mut self) {
        let close = match self.peek(1) {
            '\\' => (3..12).find(|offset| self.peek(*offset) == '\''),
            _ => Some(2).filter(|offset| self.peek(*offset) == '\''),
        };
        match close {
            Some(close) => {
                self.code(1);
                self.blank(close - 1);
                self.code(1);
            }
            None => self.code(1),
        }
    }

    fn inside_word(&self) -> bool {
        let before = |back: usize| self.at.checked_sub(back).map_or(' ', |at| self.signs[at]);
        let word = |sign: char| sign.is_alphanumeric() || sign == '_';
        word(before(1)) && (before(1) != 'b' || word(before(2)))
    }

    fn peek(&self, offset: usize) -> char {
        self.signs.get(self.at + offset).copied().unwrap_or('\0')
    }

    fn code(&mut self, count: usize) {
        self.push(count, true, false);
    }

    fn quoted(&mut self, count: usize) {
        self.push(count, false, true);
    }

    fn blank(&mut self, count: usize) {
        self.push(count, false, false);
    }

    fn push(&mut self, count: usize, code: bool, quoted: bool) {
        for _ in 0..count {
            let Some(&sign) = self.signs.get(self.at) else {
                return;
            };
            if let Some(line) = self.lines.last_mut() {
                line.code.push(if code { sign } else { ' ' });
                line.quoted.push(if quoted { sign } else { ' ' });
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        split(text).iter().map(|line| line.code.trim().to_owned()).collect::<Vec<_>>().join("|")
    }

    fn quoted(text: &str) -> String {
        split(text).iter().map(|line| line.quoted.trim().to_owned()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn comments_are_neither_code_nor_quoted() {
        assert_eq!(code("let a = 1; // {\n/* one /* two */ \n } */ b"), "let a = 1;||b");
        assert_eq!(quoted("// \"x\"\n"), "");
    }

    #[test]
    fn the_inside_of_strings_is_quoted_only() {
        assert_eq!(code("f(\"a{\\\"b\")"), "f(\"     \")");
        assert_eq!(quoted("f(\"a b\")"), "a b");
        assert_eq!(quoted("f(r#\"say \"hi\"\"#, b\"x\")"), "say \"hi\"      x");
    }

    #[test]
    fn a_string_may_span_lines() {
        assert_eq!(quoted("\"select\n now()\"\nx"), "select|now()|");
    }

    #[test]
    fn braces_in_characters_are_not_code_and_lifetimes_are() {
        assert_eq!(code("match c { '{' => 1, '\\'' => 2 }"), "match c { ' ' => 1, '  ' => 2 }");
        assert_eq!(code("fn f<'a>(x: &'a str)"), "fn f<'a>(x: &'a str)");
    }
}
