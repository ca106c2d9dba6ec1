//! The server's key: made at the first start, readable by its owner only, never printed. PINs hang on it:
//! keep a copy in a safe place.

use app::keys::Keys;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Reads the key; none where there is no file.
pub fn read(data_dir: &Path) -> io::Result<Option<Keys>> {
    let path = path(data_dir);
    let key = match fs::read(&path) {
        Ok(bytes) => {
            bytes.try_into().map_err(|_| io::Error::other(format!("{} is not a key of 32 bytes", path.display())))?
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(Keys::new(key)))
}

/// Makes a key where there is none.
pub fn make(data_dir: &Path) -> io::Result<Keys> {
    let path = path(data_dir);
    let key = app::keys::random_key();
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&key)?;
    file.sync_all()?;
    Ok(Keys::new(key))
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("server.key")
}
