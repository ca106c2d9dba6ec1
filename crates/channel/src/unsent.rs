//! Why somebody outside did not take what was sent, in codes that name nobody.

/// Why a letter was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsent {
    /// It may be taken later: nobody answered, or said so.
    #[error("not now: {0}")]
    Later(String),
    /// It was sent and no answer came: whether it was taken is not known.
    #[error("perhaps: {0}")]
    Perhaps(String),
    /// This letter will never be taken.
    #[error("refused: {0}")]
    Never(String),
    /// Nobody lives at the address.
    #[error("no such address: {0}")]
    NoSuchAddress(String),
}

impl Unsent {
    /// The code for the record, e.g. `550 5.1.1` or `connection`.
    pub fn code(&self) -> &str {
        match self {
            Unsent::Later(code) | Unsent::Perhaps(code) | Unsent::Never(code) | Unsent::NoSuchAddress(code) => code,
        }
    }
}
