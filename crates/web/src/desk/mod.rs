//! What officers see.

mod account;
mod actions;
mod inbox;
mod login;
mod notices;
mod report;

pub use account::{AccountPage, PassRow};
pub use actions::{Action, ActionForms};
pub use inbox::{InboxPage, QueueRow, Tab};
pub use login::LoginPage;
pub use notices::{NoticeRow, NoticesPage};
pub use report::{CasePage, PersonalNotice, ReporterView};
