//! Reports in and out as the 26-column file of SP4N-LAPOR!.
//!
//! The file knows one instant of a report, its receipt, and its present status. An imported report gets
//! real events that lead to that status, at the receipt and the seconds after it: what is true is their
//! order, not their distance. Therefore only reports that nobody has answered are woken by the scheduler;
//! the others wait until somebody does something with them. What no field here can hold is kept as an
//! internal note, line by line under the name of its column, and comes out again in an export.

mod export;
mod import;
mod label;
mod life;
mod lookup;
mod remainder;

pub use export::{Exported, export};
pub use import::{Finding, ImportReport, import, import_file};
