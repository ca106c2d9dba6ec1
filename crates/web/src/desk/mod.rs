//! What officers see.

mod actions;
mod inbox;
mod login;
mod notices;
mod report;

pub use actions::{Action, ActionForms};
pub use inbox::{InboxPage, QueueRow, Tab};
pub use login::LoginPage;
pub use notices::{NoticeRow, NoticesPage};
pub use report::{CasePage, ReporterView};
