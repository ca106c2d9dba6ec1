//! What is done to an evaluation, in one transaction: its new state, its evidence, its log, and who is told.

use super::{MOST_EVIDENCE, Which, evidence, form_of, is_evaluated, zone_of};
use crate::keys::digest;
use crate::reference::Reference;
use crate::{App, Conflict, Error, Result, Upload};
use domain::evaluation::{Act, Evaluation, Fault, Form, Setting, Stage};
use domain::policy::{OfficeAction, may_at};
use domain::text::Remark;
use domain::{Actor, AgencyId, ReportId};
use std::collections::BTreeSet;
use store::access::log_change;
use store::evaluation::{self, EvaluationRemark, EvaluationRow, Evidence};
use store::{Tx, notice};

/// Evaluations that one night closes; what is left waits for the next.
const MOST_LAPSED: u32 = 1_000;

/// What somebody does to an evaluation. Of several acts each counts: a draft is kept also where it cannot be handed in.
#[derive(Debug, Clone)]
pub struct EvaluationStep {
    /// The version that was seen, 0 before anything was written.
    pub seen: u32,
    pub key: String,
    pub acts: Vec<Act>,
    /// Files by the questions that they are about; they count with a draft or an objection.
    pub uploads: Vec<(String, Upload)>,
    /// A file that is taken away from a draft.
    pub dropped: Option<i64>,
}

/// What became of a step: done, or what stands against it.
pub type Stepped = std::result::Result<(), Vec<Fault>>;

impl App {
    /// Does something to an evaluation; the same key does it once.
    pub async fn evaluate(&self, by: &Actor, which: Which, step: EvaluationStep) -> Result<Stepped> {
        let (semester, agency) = which;
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        if !is_evaluated(agencies, agency) {
            return Err(Error::NotFound);
        }
        if !step.acts.iter().all(|act| may_at(agencies, by, action_of(act), agency)) {
            return Err(Error::Denied);
        }
        let frozen = self.frozen_half(semester).await?;
        let (app, by) = (self.clone(), *by);
        self.db
            .write(move |tx| {
                Box::pin(async move { Stepping { app: &app, by, which, reference, frozen }.run(tx, step).await })
            })
            .await
    }

    /// Says something about an evaluation; the same key says it once.
    pub async fn remark_on_evaluation(&self, by: &Actor, which: Which, key: &str, text: &Remark) -> Result<()> {
        let view = self.evaluation(by, which).await?;
        if view.seq == 0 || !(view.fills || view.judges) {
            return Err(Error::Denied);
        }
        let (app, by, key) = (self.clone(), *by, key_of(by, which, key));
        let (semester, agency) = which;
        let remark = remark_by(&by, "remark", text.as_str(), self.now());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let row = evaluation::load(tx, agency, &semester.name()).await?.ok_or(Error::NotFound)?;
                    if !evaluation::knows_key(tx, &key).await? {
                        evaluation::put_remark(tx, app.id(), row.id, &remark, &key).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// Closes the evaluations whose agencies said nothing while they could object. Returns how many.
    pub async fn close_evaluations(&self) -> Result<usize> {
        let lapsed = evaluation::list_lapsed(&mut self.db.read().await?, self.now(), MOST_LAPSED).await?;
        let mut closed = 0;
        for row in lapsed {
            let Some(semester) = domain::oversight::Semester::parse(&row.semester) else { continue };
            let step = EvaluationStep {
                seen: row.seq,
                key: format!("lapse:{}", row.seq),
                acts: vec![Act::Lapse],
                uploads: Vec::new(),
                dropped: None,
            };
            match self.evaluate(&Actor::System, (semester, row.agency), step).await {
                Ok(done) => closed += usize::from(done.is_ok()),
                Err(Error::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(closed)
    }
}

/// Which right an act takes. What time does, nobody else does.
fn action_of(act: &Act) -> OfficeAction {
    match act {
        Act::Save(_) | Act::Submit | Act::Accept | Act::Object(_) => OfficeAction::FillEvaluation,
        Act::SendBack(_) | Act::Verify(_) | Act::Decide(_) | Act::Lapse => OfficeAction::VerifyEvaluation,
    }
}

/// What is said with an act and stands in its log.
fn said(act: &Act) -> Option<&str> {
    match act {
        Act::SendBack(reason) => Some(reason.trim()),
        _ => None,
    }
}

fn key_of(by: &Actor, (semester, agency): Which, key: &str) -> String {
    let user = by.user().map_or_else(String::new, |user| user.to_string());
    digest(&format!("{user}:evaluation:{}:{agency}:{key}", semester.name()))
}

fn remark_by(by: &Actor, act: &str, body: &str, at: jiff::Timestamp) -> EvaluationRemark {
    EvaluationRemark { at, officer: by.user(), agency: by.agency(), act: act.to_owned(), body: body.to_owned() }
}

/// A step that is being done.
struct Stepping<'a> {
    app: &'a App,
    by: Actor,
    which: Which,
    reference: std::sync::Arc<Reference>,
    frozen: super::FrozenHalf,
}

/// What the acts of a step come to.
struct Made {
    state: Evaluation,
    /// The last act that counts.
    last: Option<&'static str>,
    faults: Vec<Fault>,
}

impl Stepping<'_> {
    async fn run(&self, tx: &mut Tx, step: EvaluationStep) -> Result<Stepped> {
        let (semester, agency) = self.which;
        let key = key_of(&self.by, self.which, &step.key);
        if evaluation::knows_key(tx, &key).await? {
            return Ok(Ok(()));
        }
        let was = evaluation::load(tx, agency, &semester.name()).await?;
        let seq = was.as_ref().map_or(0, |row| row.seq);
        if seq != step.seen {
            return Err(Error::Conflict(Conflict::Stale { seq }));
        }
        let id = was.as_ref().map_or_else(|| self.app.id(), |row| row.id);
        let kept = evaluation::files(tx, id, MOST_EVIDENCE).await?;
        let drafts = step.acts.iter().any(|act| matches!(act, Act::Save(_)));
        let dropped = step.dropped.filter(|file| drafts && kept.iter().any(|one| one.id == *file));
        let form = form_of(&self.reference, was.as_ref().map(|row| row.state.form))?;
        let fresh = evidence::fresh(self.app, form, &kept, &step)?;
        let shown = kept.iter().filter(|file| Some(file.id) != dropped).chain(&fresh);
        let shown: BTreeSet<String> = shown.map(|file| file.question.clone()).collect();
        let Made { state, last, faults } = self.made(form, was.as_ref(), &step, &shown)?;
        let Some(last) = last else { return Ok(Err(faults)) };
        let row = EvaluationRow {
            id,
            semester: semester.name(),
            agency,
            seq,
            changed_at: self.app.now(),
            score: None,
            predicate: None,
            state,
        };
        let said = step.acts.iter().find_map(said).unwrap_or_default();
        self.write(tx, row, (last, said), &key).await?;
        self.write_evidence(tx, id, &fresh, dropped).await?;
        Ok(if faults.is_empty() { Ok(()) } else { Err(faults) })
    }

    fn made(
        &self,
        form: &Form,
        was: Option<&EvaluationRow>,
        step: &EvaluationStep,
        shown: &BTreeSet<String>,
    ) -> Result<Made> {
        if step.acts.contains(&Act::Lapse) && self.by != Actor::System {
            return Err(Error::Denied);
        }
        let setting = Setting {
            form,
            calendar: &self.reference.rules.calendar,
            zone: zone_of(&self.reference, self.which.1),
            now: self.app.now(),
            by: self.by.user(),
            shown,
        };
        let state = was.map_or_else(|| Evaluation::new(form), |row| row.state.clone());
        let mut made = Made { state, last: None, faults: Vec::new() };
        for act in &step.acts {
            match made.state.after(&setting, act) {
                Ok(next) => (made.state, made.last) = (next, Some(act.name())),
                Err(faults) => {
                    made.faults = faults;
                    break;
                }
            }
        }
        Ok(made)
    }

    async fn write(&self, tx: &mut Tx, mut row: EvaluationRow, (act, said): (&str, &str), key: &str) -> Result<()> {
        let app = self.app;
        let signed = app.sign_outcome(&self.reference, &row, &self.frozen)?;
        if let Some((outcome, _)) = &signed {
            row.score = Some(outcome.working.score);
            row.predicate = Some(outcome.working.predicate.name().to_owned());
        }
        let written = match row.seq {
            0 => evaluation::insert(tx, &row).await?,
            _ => evaluation::update(tx, &row).await?,
        };
        if !written {
            return Err(Error::Conflict(Conflict::Stale { seq: row.seq }));
        }
        if let Some((_, signed)) = &signed {
            evaluation::put_outcome(tx, row.id, signed).await?;
        }
        let remark = remark_by(&self.by, act, said, row.changed_at);
        evaluation::put_remark(tx, app.id(), row.id, &remark, key).await?;
        let log = format!("{{\"act\":\"{act}\"}}");
        log_change(tx, app.id(), row.changed_at, self.by.user(), "evaluation", &row.id.to_string(), &log).await?;
        self.tell(tx, &row, act).await
    }

    async fn write_evidence(&self, tx: &mut Tx, id: i64, fresh: &[Evidence], dropped: Option<i64>) -> Result<()> {
        if let Some(by) = self.by.user() {
            for file in fresh {
                evaluation::put_file(tx, id, file, by).await?;
            }
        }
        match dropped {
            Some(file) => Ok(evaluation::drop_file(tx, id, file).await?),
            None => Ok(()),
        }
    }

    /// Tells whoever is waited for next.
    async fn tell(&self, tx: &mut Tx, row: &EvaluationRow, act: &str) -> Result<()> {
        let agencies = &self.reference.rules.agencies;
        let office = agencies.main_admin_of(row.agency);
        let (to, kind): (AgencyId, &str) = match row.state.stage {
            Stage::Submitted => (agencies.national(), "evaluation_submitted"),
            Stage::Objected => (agencies.national(), "evaluation_objected"),
            Stage::Verified { .. } => (office, "evaluation_verified"),
            Stage::Final { .. } if act != "accept" => (office, "evaluation_final"),
            Stage::Draft if act == "send_back" => (office, "evaluation_returned"),
            Stage::Draft | Stage::Final { .. } => return Ok(()),
        };
        let data = format!("{{\"evaluation\":\"{}/{}\"}}", row.semester, row.agency);
        Ok(notice::insert(tx, self.app.id(), to, ReportId(0), kind, &data, row.changed_at).await?)
    }
}
