//! The files of the repository: those git tracks and those it would track.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;

/// One text file of the repository.
pub struct TextFile {
    /// Path from the root of the repository, with `/` between folders.
    pub path: String,
    /// Whole content.
    pub text: String,
}

/// Root folder of the repository.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Every path of the repository that is not ignored, sorted.
pub fn paths(root: &Path) -> Result<Vec<String>, Failure> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()?;
    if !output.status.success() {
        return Err("`git ls-files` failed; tidy needs a git checkout".into());
    }
    let listing = String::from_utf8(output.stdout)?;
    let mut found: Vec<String> =
        listing.split_terminator('\0').filter(|path| root.join(path).is_file()).map(str::to_owned).collect();
    found.sort();
    found.dedup();
    Ok(found)
}

/// The text files among `paths`; files that are not UTF-8 are left out.
pub fn read(root: &Path, paths: &[String]) -> Vec<TextFile> {
    paths
        .iter()
        .filter_map(|path| {
            let text = fs::read_to_string(root.join(path)).ok()?;
            Some(TextFile { path: path.clone(), text })
        })
        .collect()
}
