//! What lies below the attachments folder since long.

use super::incoming::WAITING_ROOM;
use super::place;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

/// Files from before some instant.
#[derive(Debug, Default)]
pub struct Old {
    /// Those that arrived whole, by their hash.
    pub kept: BTreeMap<String, PathBuf>,
    /// Those whose sender went away.
    pub unfinished: Vec<PathBuf>,
}

/// Looks through the attachments folder.
pub fn older_than(root: &Path, before: SystemTime) -> io::Result<Old> {
    let mut old = Old::default();
    let mut rooms = vec![root.to_owned()];
    while let Some(room) = rooms.pop() {
        let waiting = room.ends_with(WAITING_ROOM);
        for entry in fs::read_dir(&room)? {
            let entry = entry?;
            let about = entry.metadata()?;
            if about.is_dir() {
                rooms.push(entry.path());
            } else if about.modified()? < before {
                let name = entry.file_name().to_string_lossy().into_owned();
                if waiting {
                    old.unfinished.push(entry.path());
                } else if place(&name).is_some() {
                    old.kept.insert(name, entry.path());
                }
            }
        }
    }
    Ok(old)
}
