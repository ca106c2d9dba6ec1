//! What citizens see.

mod agencies;
mod agency;
mod feed;
mod help;
mod home;
mod privacy;
mod problem;
mod receipt;
mod report;
mod report_sample;
mod reports;
mod sealed;
mod track;

pub use agencies::{AgenciesPage, AgencyRow};
pub use agency::{AgencyFigures, AgencyPage};
pub use feed::FeedPage;
pub use help::HelpPage;
pub use home::{Figures, HomePage, LimitDays, ReportForm};
pub use privacy::PrivacyPage;
pub use problem::ProblemPage;
pub use receipt::{ReceiptPage, Step};
pub use report::{Look, Original, OwnView, PublicReport, ReportPage};
pub use reports::{Filter, ReportsPage};
pub use sealed::SealedPage;
pub use track::TrackPage;

pub(crate) use report_sample::answered as sample_report;
