//! The document in which a finished evaluation is kept: what it was made of, and what came of it.

use super::act::{Closing, Evaluation, Stage};
use super::form::Form;
use super::score::{FORMULA, Working, work_out};
use crate::agency::AgencyKind;
use crate::ids::AgencyId;
use crate::oversight::Semester;
use crate::snapshot::Snapshot;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Of the document.
const FORMAT: u16 = 1;

/// What came of an evaluation. Persons are not named in it: whoever wants to know who did what asks the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub format: u16,
    pub semester: Semester,
    pub agency: AgencyId,
    pub name: String,
    pub kind: AgencyKind,
    /// Versions of the form and of the way of reckoning.
    pub form: u16,
    pub formula: u16,
    /// Of the frozen half year: as of when, and SHA-256 of its document.
    pub frozen_as_of: Timestamp,
    pub frozen_digest: String,
    pub submitted: Option<Timestamp>,
    pub verified: Option<Timestamp>,
    pub objected: Option<Timestamp>,
    pub closed: Timestamp,
    pub how: Closing,
    pub working: Working,
}

impl Outcome {
    /// The document of a finished evaluation; nothing of one that is not.
    pub fn of(
        form: &Form,
        evaluation: &Evaluation,
        (agency, name, kind): (AgencyId, &str, AgencyKind),
        (snapshot, digest): (&Snapshot, &str),
    ) -> Option<Outcome> {
        let Stage::Final { how, at } = evaluation.stage else { return None };
        let frozen = snapshot.agency(agency).map(|one| &one.frozen);
        Some(Outcome {
            format: FORMAT,
            semester: snapshot.semester,
            agency,
            name: name.to_owned(),
            kind,
            form: form.version,
            formula: FORMULA,
            frozen_as_of: snapshot.as_of,
            frozen_digest: digest.to_owned(),
            submitted: evaluation.submitted.map(|done| done.at),
            verified: evaluation.verified.map(|done| done.at),
            objected: evaluation.objected.map(|done| done.at),
            closed: at,
            how,
            working: work_out(form, evaluation, frozen),
        })
    }
}
