//! Why an attachment is not taken.

use std::io;
use thiserror::Error;

/// The reporter can mend all of these but the last.
#[derive(Debug, Error)]
pub enum MediaError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// More than `most` bytes.
    #[error("the file has more than {most} bytes")]
    TooLarge { most: u64 },
    /// The content is none of the kinds that are taken.
    #[error("the content is not JPEG, PNG, WebP, PDF or MP4")]
    UnknownKind,
    /// More pixels than a camera takes: the file would burst when opened.
    #[error("the picture has too many pixels")]
    TooManyPixels,
    /// The picture cannot be opened.
    #[error("the picture is broken: {0}")]
    Broken(String),
    /// The disk failed.
    #[error("storage: {0}")]
    Storage(#[from] io::Error),
}

impl MediaError {
    /// The message key in the locale files.
    pub fn code(&self) -> &'static str {
        match self {
            MediaError::Empty => "media-empty",
            MediaError::TooLarge { .. } => "media-too-large",
            MediaError::UnknownKind => "media-unknown-kind",
            MediaError::TooManyPixels => "media-too-many-pixels",
            MediaError::Broken(_) => "media-broken",
            MediaError::Storage(_) => "media-storage",
        }
    }
}
