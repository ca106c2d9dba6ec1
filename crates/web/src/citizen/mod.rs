//! What citizens see.

mod account;
mod account_login;
mod agencies;
mod agency;
mod cause;
mod feed;
mod help;
mod home;
mod inquiry;
mod privacy;
mod problem;
mod receipt;
mod report;
mod report_sample;
mod reports;
mod sealed;
mod stop;
mod track;

pub use account::AccountPage;
pub use account_login::AccountLoginPage;
pub use agencies::{AgenciesPage, AgencyRow};
pub use agency::{AgencyFigures, AgencyPage};
pub use cause::{CauseLink, CauseNews, CausePage, CauseStep, CauseView, status_tone};
pub use feed::FeedPage;
pub use help::HelpPage;
pub use home::{Figures, HomePage, LimitDays, ReportForm, Riddle};
pub use inquiry::{InquiryPage, InquiryState};
pub use privacy::PrivacyPage;
pub use problem::ProblemPage;
pub use receipt::{ReceiptPage, Step};
pub use report::{Follow, Look, Mailbox, Original, OwnView, PublicReport, ReportPage, SameMatter};
pub use reports::{Filter, ReportsPage};
pub use sealed::SealedPage;
pub use stop::StopPage;
pub use track::TrackPage;

pub(crate) use cause::{sample as sample_cause, sample_link as sample_cause_link};
pub(crate) use report_sample::answered as sample_report;
