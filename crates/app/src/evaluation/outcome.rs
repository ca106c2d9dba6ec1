//! What came of evaluations: signed when they end, and told to everybody.

use super::{FrozenHalf, Which, form_of};
use crate::keys::{digest, is_attested};
use crate::reference::Reference;
use crate::{App, Error, Result};
use domain::evaluation::{Form, Outcome};
use domain::oversight::Semester;
use store::evaluation::{self, EvaluationRow, SignedOutcome};

/// Outcomes that are checked at once.
const BATCH: u32 = 200;
/// Lines of a public list.
const MOST_FINAL: u32 = 100;

impl App {
    /// The document of an evaluation that has just ended, with its signature.
    pub(super) fn sign_outcome(
        &self,
        reference: &Reference,
        row: &EvaluationRow,
        (snapshot, sealed): &FrozenHalf,
    ) -> Result<Option<(Outcome, SignedOutcome)>> {
        let form = form_of(reference, Some(row.state.form))?;
        let agency = reference.rules.agencies.get(row.agency).ok_or(Error::NotFound)?;
        let about = (row.agency, agency.name.as_str(), agency.kind);
        let Some(outcome) = Outcome::of(form, &row.state, about, (snapshot, sealed)) else { return Ok(None) };
        let document = serde_json::to_string(&outcome).map_err(|error| Error::Broken(error.to_string()))?;
        let (signature, signer) = self.keys.attest(&document);
        let signed = SignedOutcome { digest: digest(&document), document, signature, signer };
        Ok(Some((outcome, signed)))
    }

    /// Final evaluations of a half year, the best first, behind a score and an agency; and where the next page begins.
    pub async fn final_evaluations(
        &self,
        semester: Semester,
        after: Option<(i64, i64)>,
    ) -> Result<(Vec<EvaluationRow>, Option<(i64, i64)>)> {
        let place = after.unwrap_or((i64::MAX, i64::MAX));
        let mut tx = self.db.read().await?;
        let mut rows = evaluation::list_final(&mut tx, &semester.name(), place, MOST_FINAL + 1).await?;
        let more = rows.len() > MOST_FINAL as usize;
        rows.truncate(MOST_FINAL as usize);
        let next = rows.last().filter(|_| more).map(|last| (last.score.map_or(0, i64::from), last.agency.0));
        Ok((rows, next))
    }

    /// What came of an evaluation, with the form that was filled in; only once it is final.
    pub async fn evaluation_outcome(&self, (semester, agency): Which) -> Result<(Outcome, SignedOutcome, Form)> {
        let mut tx = self.db.read().await?;
        let row = evaluation::load(&mut tx, agency, &semester.name()).await?.ok_or(Error::NotFound)?;
        let signed = evaluation::outcome(&mut tx, row.id).await?.ok_or(Error::NotFound)?;
        let outcome: Outcome =
            serde_json::from_str(&signed.document).map_err(|error| Error::Broken(error.to_string()))?;
        let form = form_of(&self.reference(), Some(outcome.form))?.clone();
        Ok((outcome, signed, form))
    }

    /// Evaluations whose outcome is not the document that was signed.
    pub async fn wrong_outcomes(&self) -> Result<Vec<i64>> {
        let (mut wrong, mut after) = (Vec::new(), 0);
        loop {
            let batch = evaluation::list_outcomes(&mut self.db.read().await?, after, BATCH).await?;
            let Some((last, _)) = batch.last() else { return Ok(wrong) };
            after = *last;
            let is_wrong = |one: &SignedOutcome| {
                digest(&one.document) != one.digest || !is_attested(&one.document, &one.signature, &one.signer)
            };
            wrong.extend(batch.iter().filter(|(_, one)| is_wrong(one)).map(|(id, _)| *id));
        }
    }
}
