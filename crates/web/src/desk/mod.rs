//! What officers see.

mod account;
mod actions;
mod codes;
mod enrol;
mod inbox;
mod login;
mod notices;
mod report;
mod second_step;
mod security;

pub use account::{AccountPage, PassRow};
pub use actions::{Action, ActionForms};
pub use codes::CodesPage;
pub use enrol::EnrolPage;
pub use inbox::{InboxPage, QueueRow, Tab};
pub use login::LoginPage;
pub use notices::{NoticeRow, NoticesPage};
pub use report::{CasePage, PersonalNotice, ReporterView};
pub use second_step::SecondStepPage;
pub use security::{FactorNote, FactorRow, SecurityPage};
