//! The evaluation of complaint handling (evaluasi pengelolaan pengaduan): an agency answers a form about itself and shows
//! evidence, a supervisor accepts or corrects each answer, the agency may object once, and a predicate comes of it.
//!
//! The form is data with a version. Some of its questions nobody answers: they are read from the frozen half year. What comes
//! out tells its whole working, so that no score is ever unexplained.

mod act;
mod form;
mod pack;
mod result;
mod score;

pub use act::{
    Act, Answer, Closing, Done, Draft, Evaluation, Fault, FaultKind, MOST_TEXT, Setting, Stage, Verdict,
    objection_deadline,
};
pub use form::{Band, By, Choice, Form, FormFault, Predicate, Question, Section, Threshold, Told};
pub use pack::{MOST_BYTES, MOST_STORIES, PackPart, is_paper_of, is_story_of};
pub use result::Outcome;
pub use score::{FORMULA, Line, Reason, Working, work_out};
