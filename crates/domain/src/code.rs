//! The tracking number: ten digits, the last one a Damm check digit.
//!
//! Nine unguessable digits replace the growing ids of the old system, which told everybody the volume
//! and could be enumerated. The check digit finds every single wrong digit and every swap of neighbours.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Number of different codes that can be given out.
pub const CODES: u64 = 900_000_000;

/// A tracking number, always valid, from `1000000008` upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(i64);

/// Why a typed tracking number is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Something else than ten digits.
    Shape,
    /// Ten digits whose check digit does not fit: a slip of the finger.
    Slip,
}

impl Code {
    /// The code for a random number below [`CODES`]; larger numbers wrap.
    pub fn from_random(random: u64) -> Code {
        let nine = 100_000_000 + random % CODES;
        Code((nine * 10 + u64::from(check_digit(nine))) as i64)
    }

    /// Reads what a person typed: spaces, dots, dashes and a leading `#` are ignored.
    pub fn parse(typed: &str) -> Result<Code, CodeError> {
        let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '#' | '\u{a0}')).collect();
        if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CodeError::Shape);
        }
        let number: u64 = digits.parse().map_err(|_| CodeError::Shape)?;
        if number < 1_000_000_000 || u64::from(check_digit(number / 10)) != number % 10 {
            return Err(CodeError::Slip);
        }
        Ok(Code(number as i64))
    }

    /// The ten digits as a number, for storage.
    pub fn number(self) -> i64 {
        self.0
    }

    /// A stored code; `None` where the number was never one.
    pub fn from_number(number: i64) -> Option<Code> {
        Code::parse(&number.to_string()).ok()
    }

    /// The form for people: `123 456 7890`.
    pub fn spaced(self) -> String {
        let digits = self.0.to_string();
        format!("{} {} {}", &digits[..3], &digits[3..6], &digits[6..])
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The totally anti-symmetric quasigroup of order ten published by H. Michael Damm (2004).
const QUASIGROUP: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn check_digit(number: u64) -> u8 {
    number.to_string().bytes().fold(0, |interim, digit| QUASIGROUP[usize::from(interim)][usize::from(digit - b'0')])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_example_has_its_published_digit() {
        assert_eq!(check_digit(572), 4);
    }

    #[test]
    fn every_single_wrong_digit_is_told_as_a_slip() {
        let code = Code::from_random(123_456_789).to_string();
        for place in 0..10 {
            for wrong in b'0'..=b'9' {
                let mut typed = code.clone().into_bytes();
                if typed[place] == wrong {
                    continue;
                }
                typed[place] = wrong;
                let typed = String::from_utf8(typed).unwrap();
                assert_eq!(Code::parse(&typed), Err(CodeError::Slip), "{typed}");
            }
        }
    }

    #[test]
    fn swapped_neighbours_are_told_as_a_slip() {
        let code = Code::from_random(987_654_321).to_string().into_bytes();
        for place in 0..9 {
            let mut typed = code.clone();
            typed.swap(place, place + 1);
            if typed != code {
                let typed = String::from_utf8(typed).unwrap();
                assert_eq!(Code::parse(&typed), Err(CodeError::Slip));
            }
        }
    }

    #[test]
    fn people_may_type_it_as_it_is_printed() {
        let code = Code::from_random(42);
        assert_eq!(Code::parse(&code.spaced()), Ok(code));
        assert_eq!(Code::parse(&format!(" #{code} ")), Ok(code));
        assert_eq!(Code::parse("12345"), Err(CodeError::Shape));
    }
}
