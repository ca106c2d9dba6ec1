//! What a file says and an export would not say by itself, kept as an internal note under the names of the columns.

use channel::sp4n::{COLUMNS, Row};

const HEADING: &str = "Dari berkas SP4N-LAPOR!:";
/// Before the second and every further line of a text.
const INDENT: &str = "    ";

/// The status is always kept: it tells what the file said when the report came in.
pub(super) const STATUS: usize = 15;
/// Texts have a place of their own in a report, and names stand nowhere but there.
const STORED: [usize; 6] = [0, 1, 3, 7, 8, 9];

/// Columns and their texts. An empty text says that the cell was empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Remainder(Vec<(usize, String)>);

impl Remainder {
    /// What `given` says otherwise than `own`, the line that would be written of the report.
    pub fn between(given: &Row, own: &Row) -> Remainder {
        let pairs = given.cells().into_iter().zip(own.cells()).enumerate();
        let differing =
            pairs.filter(|(column, (given, own))| *column == STATUS || (!STORED.contains(column) && given != own));
        Remainder(differing.map(|(column, (given, _))| (column, given.into_owned())).collect())
    }

    /// The text that was kept of a column.
    pub fn get(&self, column: usize) -> Option<&str> {
        self.iter().find(|(known, _)| *known == column).map(|(_, text)| text)
    }

    /// All that was kept.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        self.0.iter().map(|(column, text)| (*column, text.as_str()))
    }

    /// As a note.
    pub fn note(&self) -> String {
        let lines = self.iter().map(|(column, text)| {
            let space = if text.is_empty() { "" } else { " " };
            format!("\n{}:{space}{}", COLUMNS[column], text.replace('\n', &format!("\n{INDENT}")))
        });
        format!("{HEADING}{}", lines.collect::<String>())
    }

    /// Reads a note back; none when it is another note.
    pub fn read(note: &str) -> Option<Remainder> {
        let mut kept: Vec<(usize, String)> = Vec::new();
        for line in note.strip_prefix(HEADING)?.split('\n').skip(1) {
            match (line.strip_prefix(INDENT), kept.last_mut()) {
                (Some(further), Some((_, text))) => {
                    text.push('\n');
                    text.push_str(further);
                }
                _ => kept.extend(column_of(line)),
            }
        }
        Some(Remainder(kept))
    }
}

fn column_of(line: &str) -> Option<(usize, String)> {
    let (name, text) = line.split_once(':')?;
    let column = COLUMNS.iter().position(|column| *column == name)?;
    Some((column, text.strip_prefix(' ').unwrap_or(text).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_not_be_said_anyway_is_kept_and_comes_back_to_the_letter() {
        let own = Row { status: "Tertunda".into(), agency_id: Some(630_003), source: "Surat".into(), ..Row::default() };
        let given = Row {
            reporter_name: "Nama Karangan".into(),
            title: "Judul".into(),
            status: "Tertunda".into(),
            reason: "Belum lengkap:\n\n    - foto".into(),
            decree_url: "https://contoh.id/sk: 1".into(),
            source: "Surat".into(),
            ..Row::default()
        };
        let kept = Remainder::between(&given, &own);
        let note = kept.note();
        assert!(!note.contains("Nama Karangan") && !note.contains("Judul"), "{note}");
        assert_eq!(Remainder::read(&note), Some(kept.clone()));
        let columns: Vec<(usize, &str)> = kept.iter().collect();
        assert_eq!(
            columns,
            [(13, ""), (15, "Tertunda"), (16, "Belum lengkap:\n\n    - foto"), (22, "https://contoh.id/sk: 1")]
        );
        assert_eq!(own.with(kept.iter()).reason, given.reason);
    }

    #[test]
    fn other_notes_are_no_remainder() {
        assert_eq!(Remainder::read("Sudah ditelepon."), None);
    }
}
