//! What a report is and what may happen to it.
//!
//! Every rule that a ministry could argue about lives here: no input or output, no clock, no SQL.
//! The crate fails only by [`Refusal`].

pub mod agency;
pub mod category;
pub mod code;
pub mod deadline;
pub mod due;
pub mod ids;
pub mod login;
pub mod measure;
pub mod person;
pub mod personal;
pub mod policy;
pub mod region;
pub mod report;
pub mod text;
pub mod time;

pub use code::Code;
pub use ids::{AgencyId, AttachmentId, CategoryId, ReportId, UserId};
pub use person::{Actor, Role};
pub use region::RegionCode;
pub use report::{Command, Event, Moment, Refusal, Report, Rulebook};
