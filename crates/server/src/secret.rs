//! The server's key: made at the first start, readable by its owner only, never printed.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Where the key lies in a data folder.
pub fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("server.key")
}

/// Reads the key, or makes one. PINs and cookies hang on it: keep a copy in a safe place.
pub fn open(data_dir: &Path) -> io::Result<[u8; 32]> {
    fs::create_dir_all(data_dir)?;
    let path = path(data_dir);
    match fs::read(&path) {
        Ok(bytes) => {
            bytes.try_into().map_err(|_| io::Error::other(format!("{} is not a key of 32 bytes", path.display())))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(&path),
        Err(error) => Err(error),
    }
}

fn make(path: &Path) -> io::Result<[u8; 32]> {
    let key = app::keys::random_key();
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&key)?;
    file.sync_all()?;
    Ok(key)
}
