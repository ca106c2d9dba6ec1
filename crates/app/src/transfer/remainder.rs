//! What no field of a report can hold, kept as an internal note under the names of its columns.

const HEADING: &str = "Dari berkas SP4N-LAPOR!:";

/// Columns and their texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Remainder(Vec<(String, String)>);

impl Remainder {
    /// Keeps a text; an empty one is not worth keeping.
    pub fn keep(&mut self, column: &str, text: &str) {
        if !text.is_empty() {
            self.0.push((column.to_owned(), text.replace('\n', " ")));
        }
    }

    /// The text that was kept of a column.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == column).map(|(_, text)| text.as_str())
    }

    /// As a note; none when nothing remained.
    pub fn note(&self) -> Option<String> {
        let lines = self.0.iter().map(|(column, text)| format!("\n{column}: {text}"));
        (!self.0.is_empty()).then(|| format!("{HEADING}{}", lines.collect::<String>()))
    }

    /// Reads a note back; none when it is another note.
    pub fn read(note: &str) -> Option<Remainder> {
        let lines = note.strip_prefix(HEADING)?.lines().filter_map(|line| line.split_once(": "));
        Some(Remainder(lines.map(|(column, text)| (column.to_owned(), text.to_owned())).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_gives_back_what_was_kept_in_it() {
        let mut kept = Remainder::default();
        kept.keep("Nomor SK", "");
        kept.keep("Url SK", "https://contoh.id/sk: 1");
        kept.keep("Status Laporan", "Menunggu\nkabar");
        let read = Remainder::read(&kept.note().unwrap()).unwrap();
        assert_eq!(read.get("Url SK"), Some("https://contoh.id/sk: 1"));
        assert_eq!(read.get("Status Laporan"), Some("Menunggu kabar"));
        assert_eq!(read.get("Nomor SK"), None);
        assert_eq!(Remainder::read("Sudah ditelepon."), None);
        assert_eq!(Remainder::default().note(), None);
    }
}
