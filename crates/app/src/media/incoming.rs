//! A file on its way in: onto the disk as it comes, never whole in memory.

use super::error::MediaError;
use super::kind::{Kind, sniff};
use super::{picture, place};
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::io::AsyncWriteExt;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

const SNIFFED_BYTES: usize = 64;
pub(super) const WAITING_ROOM: &str = "incoming";
const CHUNK: usize = 64 * 1024;

/// Pictures are opened one after the other, so that their memory is needed once only.
static OPENED_PICTURES: Semaphore = Semaphore::const_new(1);
static NEXT: AtomicU64 = AtomicU64::new(0);

/// A file that is being received. Dropped before [`Incoming::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Incoming {
    root: PathBuf,
    draft: Draft,
    file: tokio::fs::File,
    first_bytes: Vec<u8>,
    kind: Option<Kind>,
    size: u64,
}

/// A file in its place, on disk for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// What it was written as.
    pub kind: Kind,
    /// Bytes.
    pub size: u64,
    /// In lower-case hex; [`place`] tells where the file lies.
    pub sha256: String,
}

impl Incoming {
    /// Opens an empty file below the attachments folder, which is made if it is not there.
    pub async fn begin(root: &Path) -> Result<Incoming, MediaError> {
        let room = root.join(WAITING_ROOM);
        tokio::fs::create_dir_all(&room).await?;
        let (draft, file) = Draft::create(&room).await?;
        Ok(Incoming { root: root.to_owned(), draft, file, first_bytes: Vec::new(), kind: None, size: 0 })
    }

    /// Takes the next piece; refuses as soon as kind or size are known to be wrong.
    pub async fn push(&mut self, piece: &[u8]) -> Result<(), MediaError> {
        self.size += piece.len() as u64;
        if self.kind.is_none() {
            let wanted = SNIFFED_BYTES.saturating_sub(self.first_bytes.len()).min(piece.len());
            self.first_bytes.extend_from_slice(&piece[..wanted]);
            if self.first_bytes.len() >= SNIFFED_BYTES {
                self.recognise()?;
            }
        }
        if let Some(most) = self.kind.map(Kind::most_bytes).filter(|most| self.size > *most) {
            return Err(MediaError::TooLarge { most });
        }
        Ok(self.file.write_all(piece).await?)
    }

    /// Cleans pictures, puts the file in its place and waits until the disk has it.
    pub async fn finish(mut self) -> Result<Stored, MediaError> {
        if self.size == 0 {
            return Err(MediaError::Empty);
        }
        let kind = match self.kind {
            Some(kind) => kind,
            None => self.recognise()?,
        };
        self.file.flush().await?;
        drop(self.file);
        let _turn = match kind.is_picture() {
            true => Some(OPENED_PICTURES.acquire().await.map_err(io::Error::other)?),
            false => None,
        };
        let settled = spawn_blocking(move || settle(&self.root, self.draft, kind)).await;
        settled.unwrap_or_else(|crash| Err(MediaError::Broken(crash.to_string())))
    }

    fn recognise(&mut self) -> Result<Kind, MediaError> {
        let kind = sniff(&self.first_bytes).ok_or(MediaError::UnknownKind)?;
        self.kind = Some(kind);
        Ok(kind)
    }
}

/// A file without a place yet; it goes when its owner goes.
#[derive(Debug)]
struct Draft(PathBuf);

impl Draft {
    async fn create(room: &Path) -> io::Result<(Draft, tokio::fs::File)> {
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = room.join(format!("{}-{number}", std::process::id()));
            let opened = tokio::fs::File::options().write(true).create_new(true).open(&path).await;
            match opened {
                Ok(file) => return Ok((Draft(path), file)),
                Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(other) => return Err(other),
            }
        }
    }

    fn beside(&self) -> Draft {
        Draft(self.0.with_extension("clean"))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn settle(root: &Path, draft: Draft, kind: Kind) -> Result<Stored, MediaError> {
    if !kind.is_picture() {
        return move_in(root, &draft, kind);
    }
    let clean = draft.beside();
    let kind = picture::clean_image(&draft.0, &clean.0, kind)?;
    move_in(root, &clean, kind)
}

fn move_in(root: &Path, draft: &Draft, kind: Kind) -> Result<Stored, MediaError> {
    let mut file = fs::File::open(&draft.0)?;
    let (sha256, size) = digest(&mut file)?;
    file.sync_all()?;
    let path = root.join(place(&sha256).ok_or(MediaError::UnknownKind)?);
    let folders: Vec<&Path> = path.ancestors().skip(1).take(3).collect();
    fs::create_dir_all(folders[0])?;
    fs::rename(&draft.0, &path)?;
    for folder in folders {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(Stored { kind, size, sha256 })
}

fn digest(file: &mut impl io::Read) -> io::Result<(String, u64)> {
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    let mut size = 0;
    loop {
        match file.read(&mut chunk)? {
            0 => break,
            read => {
                hasher.update(&chunk[..read]);
                size += read as u64;
            }
        }
    }
    let hex = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((hex, size))
}
