//! Reading the words of a problem, with all slips at once.

use crate::components::{Choice, Field, Slip};
use crate::desk::{ProblemForm, STEP_IDS, StepField};
use crate::serve::form::Form;
use crate::serve::letter::told;
use crate::serve::shape;
use crate::serve::visit::Visit;
use crate::words::Message;
use app::{Problem, ProblemDraft};
use domain::policy::{ProblemAction, may_problem};
use domain::problem::{MOST_STEPS, PlanStep};
use domain::text::{Remark, StepText, Title};
use domain::time::Zone;
use domain::{Actor, Code};

/// Offices that a form suggests.
const MOST_OWNERS: usize = 100;

/// An empty form under a fresh key.
pub(super) fn blank(visit: &Visit, by: &Actor) -> ProblemForm {
    ProblemForm {
        path: "/desk/masalah".into(),
        key: visit.fresh_key(),
        owners: owners(visit, by),
        steps: vec![StepField::default(); MOST_STEPS],
        ..ProblemForm::default()
    }
}

/// The form with the present words of a problem.
pub(super) fn filled(visit: &Visit, by: &Actor, problem: &Problem) -> ProblemForm {
    let reference = visit.web.app.reference();
    let mut steps: Vec<StepField> = problem.plan.iter().map(step_field).collect();
    steps.resize(MOST_STEPS, StepField::default());
    ProblemForm {
        path: format!("/desk/masalah/{}", problem.id),
        seq: problem.version,
        title: Field::of(&problem.title),
        cause: Field::of(&problem.cause),
        owner: Field::of(&shape::agency_name(&reference, problem.owner)),
        steps,
        ..blank(visit, by)
    }
}

fn step_field(step: &PlanStep) -> StepField {
    StepField {
        what: Field::of(step.what.as_str()),
        until: Field::of(&step.until.map(|day| day.to_string()).unwrap_or_default()),
        done: step.done,
    }
}

/// Reads what was typed into the form as which it would come back; the draft where nothing is wrong with it.
pub(super) fn read(visit: &Visit, form: &Form, back: &mut ProblemForm) -> Option<ProblemDraft> {
    let reference = visit.web.app.reference();
    let today = Zone::Wib.day(visit.web.app.now());
    back.key = form.get("key").to_owned();
    back.seq = form.get("seq").parse().unwrap_or(0);
    back.of = Code::parse(form.get("of")).ok();
    let title = Title::parse(form.get("title")).map_err(told);
    let cause = Remark::parse(form.get("cause")).map_err(told);
    let owner = shape::find_agency(&reference, form.get("owner"), today).map(|office| office.id);
    let owner = owner.ok_or_else(|| Message::new("slip-problem-owner"));
    back.title = field(form, "title", title.as_ref().err());
    back.cause = field(form, "cause", cause.as_ref().err());
    back.owner = field(form, "owner", owner.as_ref().err());
    let plan: Vec<PlanStep> =
        STEP_IDS.iter().zip(&mut back.steps).filter_map(|(ids, to)| step(form, *ids, to)).collect();
    back.slips = slips(back);
    back.slips.is_empty().then_some(())?;
    Some(ProblemDraft { title: title.ok()?, cause: cause.ok()?, owner: owner.ok()?, plan })
}

/// A step; none where nothing was typed, or where something is wrong with it.
fn step(form: &Form, ids: (&str, &str, &str), back: &mut StepField) -> Option<PlanStep> {
    let (what, until, done) = (form.get(ids.0), form.get(ids.1), form.is_ticked(ids.2));
    *back = StepField { what: Field::of(what), until: Field::of(until), done };
    if what.is_empty() && until.is_empty() {
        return None;
    }
    let text = StepText::parse(what).map_err(told);
    back.what.slip = text.as_ref().err().cloned();
    let day = if until.is_empty() { None } else { until.parse().ok() };
    back.until.slip = (day.is_none() && !until.is_empty()).then(|| Message::new("slip-date"));
    Some(PlanStep { what: text.ok()?, until: day, done })
}

fn field(form: &Form, name: &str, slip: Option<&Message>) -> Field {
    Field { value: form.get(name).to_owned(), slip: slip.cloned() }
}

fn slips(form: &ProblemForm) -> Vec<Slip> {
    let words = [("problem-title", &form.title), ("problem-cause", &form.cause), ("problem-owner", &form.owner)];
    let steps = STEP_IDS.iter().zip(&form.steps).flat_map(|(ids, step)| [(ids.0, &step.what), (ids.1, &step.until)]);
    let all = words.into_iter().chain(steps);
    all.filter_map(|(field, one)| one.slip.clone().map(|message| Slip { field, message })).collect()
}

/// Offices for which a seat may make problems, some of them.
fn owners(visit: &Visit, by: &Actor) -> Vec<Choice> {
    let reference = visit.web.app.reference();
    let agencies = &reference.rules.agencies;
    let today = Zone::Wib.day(visit.web.app.now());
    let offices = agencies.iter().filter(|office| office.is_active(today));
    let mine = offices.filter(|office| may_problem(agencies, by, ProblemAction::Edit, office.id));
    mine.take(MOST_OWNERS).map(|office| Choice::new(office.id, &office.name)).collect()
}
