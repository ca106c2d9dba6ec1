//! A paper of an office: its decree, or a yearly report.

use domain::agency::PaperKind;
use jiff::civil::Date;

/// One paper.
#[derive(Debug, Clone)]
pub struct PaperRow {
    /// Where it is read.
    pub url: String,
    pub kind: PaperKind,
    pub title: String,
    pub dated: Date,
    /// Whether everybody may read it.
    pub shown: bool,
    pub bytes: u64,
}
