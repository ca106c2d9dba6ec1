//! Reports in and out as the 26-column file of SP4N-LAPOR!.
//!
//! The file knows one instant of a report, its receipt, and its present status. An imported report gets
//! real events that lead to that status, at the receipt and the seconds after it: what is true is their
//! order, not their distance. Therefore only reports that nobody has answered are woken by the scheduler;
//! the others wait until somebody does something with them. What an export would not say of itself is kept
//! as an internal note, line by line under the name of its column, and comes out again for as long as it holds.

mod again;
mod entry;
mod export;
mod import;
mod label;
mod life;
mod line;
mod lookup;
mod progress;
mod remainder;

pub use channel::sp4n::{COLUMNS, Explained};
pub use export::{Exported, Way, export, export_selection, export_within};
pub use import::{Finding, ImportReport, import, import_file};
pub use progress::Progress;

pub(crate) use export::{joined, rows_of};
pub(crate) use label::{channel_of, class_near, class_of};
pub(crate) use lookup::Lookup;
