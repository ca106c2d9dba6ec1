//! Why a use case did not happen.

use domain::Refusal;

/// The one error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules do not allow it now.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// This person may not do it.
    #[error("denied")]
    Denied,
    /// There is no such thing, or this person may not know of it.
    #[error("not found")]
    NotFound,
    /// Somebody else changed it in the meantime, or the client key was used for something else.
    #[error("conflict")]
    Conflict(Conflict),
    /// Another write to the same report was faster; decided anew, this one may still be possible.
    #[error("overtaken")]
    Overtaken,
    /// Too many attempts; try again after so many seconds.
    #[error("too many attempts")]
    Limited { seconds: u64 },
    /// A file that cannot be taken, with the key of its message.
    #[error("file refused: {0}")]
    File(&'static str),
    /// The system cannot take more at the moment; nothing was stored.
    #[error("busy")]
    Busy,
    /// Something that should not happen. Only this is logged as an error, and its text is hidden.
    #[error("broken: {0}")]
    Broken(String),
}

/// What stands against a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// The report has moved on since the writer saw it; `seq` is its present version.
    Stale { seq: u32 },
    /// The same client key came with other content.
    KeyReused,
}

/// What a use case returns.
pub type Result<T> = std::result::Result<T, Error>;

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Error {
        match error {
            store::Error::Busy => Error::Busy,
            other => Error::Broken(other.to_string()),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error::Broken(error.to_string())
    }
}
