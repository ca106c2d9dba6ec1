//! Why a report is worth a second look, on its page, and what an officer may say to that.

use domain::Code;
use domain::doubt::Doubt;

/// The card above the decision.
#[derive(Debug, Clone)]
pub struct DoubtCard {
    pub code: Code,
    pub reasons: Vec<Doubt>,
    /// The key and the version under which the report is archived as a prank.
    pub key: String,
    pub seq: u32,
}

/// A report with all reasons.
pub(super) fn sample(code: Code) -> DoubtCard {
    DoubtCard { code, reasons: Doubt::ALL.to_vec(), key: "0198f3b2c4d5".into(), seq: 1 }
}
