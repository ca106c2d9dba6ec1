//! No file tells where it was written, and every table of data tells where it comes from.

use super::Violation;
use crate::tree::TextFile;

/// Folders of one machine, split so that this file does not name them.
const MACHINE_FOLDERS: [&str; 2] = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];

/// File names that may carry the source and the licence of the tables beside them.
const NOTES: [&str; 3] = ["readme.md", "source.md", "sources.md"];

/// Reports absolute paths of the machine on which a file was written.
pub fn machine_paths(files: &[TextFile]) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(folder) = MACHINE_FOLDERS.iter().find(|folder| names_folder(line, folder)) {
                let why = format!("`{folder}` exists on one machine only");
                found.push(Violation::new(&file.path, index + 1, "machine-path", why));
            }
        }
    }
    found
}

/// True when `folder` starts a path rather than continues one.
fn names_folder(line: &str, folder: &str) -> bool {
    let continues = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_' | '}' | '~');
    line.match_indices(folder).any(|(at, _)| line[..at].chars().next_back().is_none_or(|before| !continues(before)))
}

/// Reports CSV tables whose folder has no note with source and licence.
pub fn sources_of_data(files: &[TextFile]) -> Vec<Violation> {
    let tables = files.iter().filter(|file| file.path.starts_with("data/") && file.path.ends_with(".csv"));
    tables
        .filter(|table| !has_note(table, files))
        .map(|table| {
            let why = "its folder needs a README.md or SOURCE.md that names source and licence";
            Violation::new(&table.path, 1, "source", why)
        })
        .collect()
}

fn has_note(table: &TextFile, files: &[TextFile]) -> bool {
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    files.iter().any(|file| {
        let name = file.path.rsplit('/').next().unwrap_or_default().to_lowercase();
        let text = file.text.to_lowercase();
        folder(&file.path) == folder(&table.path)
            && NOTES.contains(&name.as_str())
            && (text.contains("source") || text.contains("sumber"))
            && (text.contains("licen") || text.contains("lisensi"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> TextFile {
        TextFile { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        let line = format!("see {}x", MACHINE_FOLDERS[0]);
        assert_eq!(machine_paths(&[file("a.md", &format!("ok\n{line}"))])[0].line, 2);
        let address = format!("https://example.org{}x", MACHINE_FOLDERS[0]);
        assert!(machine_paths(&[file("a.md", &address)]).is_empty());
    }

    #[test]
    fn a_table_needs_source_and_licence_beside_it() {
        let table = || file("data/region/province.csv", "");
        assert_eq!(sources_of_data(&[table()]).len(), 1);
        assert_eq!(sources_of_data(&[table(), file("data/region/README.md", "Source: x")]).len(), 1);
        assert!(sources_of_data(&[table(), file("data/region/README.md", "Source: x. Licence: ODbL")]).is_empty());
        assert_eq!(sources_of_data(&[table(), file("data/README.md", "Source, licence")]).len(), 1);
    }
}
