//! Texts with placeholders such as `{nomor}`, edited while the system runs: templates of answers, letters of campaigns.
//!
//! Strict: an unknown placeholder, a brace that is not closed or not opened is refused with its place and a piece of
//! advice, when it is saved and never when it is used. There are no conditions, loops or functions; what a placeholder
//! stands for is told by whoever fills it. `{{` and `}}` stand for the braces themselves.

/// What a kind of template may leave open.
pub trait Name: Copy + 'static {
    /// Every name.
    const ALL: &'static [Self];

    /// What stands between the braces, and the ending of its locale key.
    fn name(self) -> &'static str;
}

/// Declares the names of a kind of template.
macro_rules! names {
    ($(#[$about:meta])* $kind:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $kind { $($variant),+ }

        impl $crate::template::Name for $kind {
            const ALL: &'static [$kind] = &[$($kind::$variant),+];

            fn name(self) -> &'static str {
                match self { $($kind::$variant => $name),+ }
            }
        }
    };
}
pub(crate) use names;

names! {
    /// What the template of an answer may leave open, all of it known of every report.
    Placeholder {
        Number = "nomor", Title = "judul", Agency = "instansi", Category = "kategori", Region = "wilayah",
        Sent = "tanggal_laporan", Today = "hari_ini", Due = "tenggat",
    }
}

/// The template of an answer.
pub type AnswerText = Template<Placeholder>;

/// A template that can be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template<N>(Vec<Part<N>>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part<N> {
    Text(String),
    Value(N),
}

/// Why a template cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// Line of the brace, from 1.
    pub line: usize,
    /// Character of that line, from 1.
    pub column: usize,
    /// What stands between the braces.
    pub said: String,
    /// The name that may have been meant.
    pub meant: Option<&'static str>,
}

/// What is wrong with a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// No placeholder of this name.
    Unknown,
    /// A `{` without its `}`.
    Unclosed,
    /// A `}` without its `{`.
    Unopened,
}

impl FaultKind {
    /// Every kind.
    pub const ALL: &'static [FaultKind] = &[FaultKind::Unknown, FaultKind::Unclosed, FaultKind::Unopened];

    /// The ending of its locale key.
    pub fn name(self) -> &'static str {
        match self {
            FaultKind::Unknown => "unknown",
            FaultKind::Unclosed => "unclosed",
            FaultKind::Unopened => "unopened",
        }
    }
}

impl<N: Name> Template<N> {
    /// Reads a template; the first fault is told.
    pub fn parse(text: &str) -> Result<Template<N>, Fault> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at + c.len_utf8()..];
            match c {
                '{' | '}' if rest.starts_with(c) => {
                    plain.push(c);
                    at += 2;
                }
                '{' => {
                    let name = closed::<N>(text, at)?;
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                    parts.push(Part::Value(known(text, at, name)?));
                    at += name.len() + 2;
                }
                '}' => return Err(fault::<N>(FaultKind::Unopened, text, at, "}")),
                _ => {
                    plain.push(c);
                    at += c.len_utf8();
                }
            }
        }
        parts.push(Part::Text(plain));
        Ok(Template(parts))
    }

    /// The text with its placeholders filled.
    pub fn fill(&self, value: impl Fn(N) -> String) -> String {
        let told = |part: &Part<N>| match part {
            Part::Text(text) => text.clone(),
            Part::Value(placeholder) => value(*placeholder),
        };
        self.0.iter().map(told).collect()
    }
}

/// What stands before, between and after the placeholders of an answer; the whole text where it is no template.
pub fn literals(text: &str) -> Vec<String> {
    match AnswerText::parse(text) {
        Ok(Template(parts)) => parts
            .into_iter()
            .filter_map(|part| match part {
                Part::Text(text) => Some(text),
                Part::Value(_) => None,
            })
            .collect(),
        Err(_) => vec![text.to_owned()],
    }
}

fn closed<N: Name>(text: &str, at: usize) -> Result<&str, Fault> {
    let rest = &text[at + 1..];
    let end = rest.find(['{', '}', '\n']).unwrap_or(rest.len());
    match rest[end..].starts_with('}') {
        true => Ok(&rest[..end]),
        false => Err(fault::<N>(FaultKind::Unclosed, text, at, &rest[..end])),
    }
}

fn known<N: Name>(text: &str, at: usize, name: &str) -> Result<N, Fault> {
    let found = N::ALL.iter().find(|known| known.name() == name.trim());
    found.copied().ok_or_else(|| fault::<N>(FaultKind::Unknown, text, at, name))
}

fn fault<N: Name>(kind: FaultKind, text: &str, at: usize, said: &str) -> Fault {
    let before = &text[..at];
    let line = before.rsplit('\n').next().unwrap_or(before);
    Fault {
        kind,
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
        said: said.trim().chars().take(40).collect(),
        meant: meant::<N>(said),
    }
}

/// The nearest name: one that begins alike or shares most of its letters.
fn meant<N: Name>(said: &str) -> Option<&'static str> {
    let said: String = said.trim().to_lowercase().replace([' ', '-'], "_");
    let names = N::ALL.iter().map(|known| known.name());
    if let Some(begun) = names.clone().find(|name| said.starts_with(name)) {
        return Some(begun);
    }
    let near = names.map(|name| (distance(&said, name), name)).min_by_key(|(far, _)| *far);
    near.filter(|(far, name)| !said.is_empty() && *far <= name.len() / 2).map(|(_, name)| name)
}

/// Letters to change, add or drop to get from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (n, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = n + 1;
        for (m, other) in to.iter().enumerate() {
            let change = diagonal + usize::from(letter != *other);
            diagonal = row[m + 1];
            row[m + 1] = change.min(row[m] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> String {
        AnswerText::parse(text).unwrap().fill(|placeholder| format!("<{}>", placeholder.name()))
    }

    fn refused(text: &str) -> (FaultKind, usize, usize, Option<&'static str>) {
        let fault = AnswerText::parse(text).unwrap_err();
        (fault.kind, fault.line, fault.column, fault.meant)
    }

    #[test]
    fn placeholders_are_filled_and_doubled_braces_stay() {
        assert_eq!(filled("Laporan {nomor} di {wilayah}."), "Laporan <nomor> di <wilayah>.");
        assert_eq!(filled("{{nomor}} berarti {nomor}"), "{nomor} berarti <nomor>");
        assert_eq!(filled("tanpa apa-apa"), "tanpa apa-apa");
    }

    #[test]
    fn a_slip_is_told_with_its_place_and_what_was_meant() {
        assert_eq!(refused("Baris satu\nNomor {nomer}"), (FaultKind::Unknown, 2, 7, Some("nomor")));
        assert_eq!(refused("{tanggal laporan}"), (FaultKind::Unknown, 1, 1, Some("tanggal_laporan")));
        assert_eq!(refused("{cuaca}").3, None);
        assert_eq!(refused("Yth. {nomor dan {judul}"), (FaultKind::Unclosed, 1, 6, Some("nomor")));
        assert_eq!(refused("ujung {"), (FaultKind::Unclosed, 1, 7, None));
        assert_eq!(refused("ujung }"), (FaultKind::Unopened, 1, 7, None));
    }

    #[test]
    fn what_is_filled_in_is_never_read_as_a_template() {
        let filled = AnswerText::parse("{judul}").unwrap().fill(|_| "{nomor} }{".to_owned());
        assert_eq!(filled, "{nomor} }{");
    }

    #[test]
    fn literals_are_what_a_copy_would_share() {
        assert_eq!(literals("Yth. {judul} di {wilayah}"), ["Yth. ", " di ", ""]);
        assert_eq!(literals("rusak {"), ["rusak {"]);
    }
}
