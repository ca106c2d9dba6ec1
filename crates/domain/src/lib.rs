//! What a report is and what may happen to it.
//!
//! Every rule that a ministry could argue about lives here: no input or output, no clock, no SQL.
//! The crate fails only by [`Refusal`].

pub mod agency;
pub mod award;
pub mod campaign;
pub mod category;
pub mod check;
pub mod code;
pub mod conversation;
pub mod deadline;
pub mod doubt;
pub mod due;
pub mod evaluation;
pub mod exchange;
pub mod face;
pub mod handover;
pub mod ids;
pub mod lateness;
pub mod login;
pub mod matter;
pub mod measure;
pub mod mention;
pub mod open_data;
pub mod outreach;
pub mod oversight;
pub mod participation;
pub mod partner;
pub mod peer;
pub mod person;
pub mod personal;
pub mod policy;
pub mod problem;
pub mod question;
pub mod quiet;
pub mod ranking;
pub mod region;
pub mod report;
pub mod routing;
pub mod scope;
pub mod similar;
pub mod snapshot;
pub mod surge;
pub mod taking;
pub mod template;
pub mod text;
pub mod time;
pub mod way;
pub mod webhook;

pub use code::Code;
pub use ids::{AgencyId, AttachmentId, CategoryId, MatterId, ProblemId, ReportId, SeatId, UserId};
pub use person::{Actor, Role};
pub use region::RegionCode;
pub use report::{Command, Event, Moment, Refusal, Report, Rulebook};
pub use way::Way;
