//! Problems (masalah induk): many reports, one cause with an owner, a plan and a public status.

use crate::act::again_when_overtaken;
use crate::keys::digest;
use crate::{Act, App, Conflict, Error, Result};
use domain::policy::{Action, ProblemAction, may, may_problem};
use domain::problem::{MOST_STEPS, PlanStep, ProblemStatus, shows};
use domain::report::{Command, CommandKind};
use domain::text::{Remark, Title};
use domain::{Actor, AgencyId, Code, ProblemId, Refusal, Report, ReportId, Role};
use std::fmt::Debug;
use store::access::log_change;
use store::problem::{self, News, Problem};
use store::report::{Listed, Row};
use store::{Tx, matter, report};

/// Problems on a page of a list.
pub const MOST_PROBLEMS: usize = 50;
/// Reports on a page of a problem.
const MOST_SHOWN: usize = 50;
/// News that a page tells, the latest.
const MOST_NEWS: usize = 100;
/// Reports of a matter that a new problem takes along.
const MOST_TAKEN: usize = 100;

/// What an officer writes about a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemDraft {
    pub title: Title,
    pub cause: Remark,
    pub owner: AgencyId,
    pub plan: Vec<PlanStep>,
}

/// A change of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemChange {
    /// Other words, another owner, another plan.
    Edit(ProblemDraft),
    /// How it stands, for everybody to read.
    Tell { status: ProblemStatus, text: Remark },
}

/// A page of problems, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct ProblemList {
    pub rows: Vec<Problem>,
    /// Where the next page begins, when there is one.
    pub next: Option<i64>,
}

/// A report on the page of its problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Attributed {
    pub listed: Listed,
    /// Whether the viewer may take it out.
    pub may_release: bool,
}

/// A problem with its news and a page of its reports, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct ProblemView {
    pub problem: Problem,
    pub news: Vec<News>,
    pub reports: Vec<Attributed>,
    /// Where the next page of reports begins.
    pub next: Option<i64>,
    pub may_edit: bool,
    pub may_tell: bool,
    pub may_gather: bool,
}

/// A write under the key of its client, with a digest of what is asked.
#[derive(Clone)]
struct Keyed {
    key: String,
    fingerprint: String,
}

impl Keyed {
    fn new(by: &Actor, verb: &str, key: &str, asked: &impl Debug) -> Keyed {
        Keyed { key: digest(&format!("{by:?}:{verb}:{key}")), fingerprint: digest(&format!("{asked:?}")) }
    }

    /// The problem that was written before under this key.
    async fn known(&self, tx: &mut Tx) -> Result<Option<ProblemId>> {
        match problem::find_write(tx, &self.key).await? {
            Some((fingerprint, id)) if fingerprint == self.fingerprint => Ok(Some(id)),
            Some(_) => Err(Error::Conflict(Conflict::KeyReused)),
            None => Ok(None),
        }
    }

    async fn note(&self, tx: &mut Tx, id: ProblemId) -> Result<()> {
        match problem::note_write(tx, &self.key, &self.fingerprint, id).await? {
            true => Ok(()),
            false => Err(Error::Overtaken),
        }
    }
}

impl App {
    /// Makes a problem. Where it is made of a report, that one is attached, and those about the same matter as far as
    /// the officer may and they belong to no other problem. The same key makes it once.
    pub async fn make_problem(&self, by: Actor, draft: ProblemDraft, of: Option<Code>, key: &str) -> Result<ProblemId> {
        self.check_draft(&by, &draft)?;
        let keyed = Keyed::new(&by, "make", key, &(&draft, of));
        let fresh = ProblemId(self.id());
        again_when_overtaken(|| {
            let (app, draft, keyed) = (self.clone(), draft.clone(), keyed.clone());
            self.db.write(move |tx| {
                Box::pin(async move {
                    if let Some(known) = keyed.known(tx).await? {
                        return Ok(known);
                    }
                    keyed.note(tx, fresh).await?;
                    app.make_in(tx, by, draft, fresh).await?;
                    if let Some(code) = of {
                        app.attribute_with_kin(tx, by, code, fresh).await?;
                    }
                    Ok(fresh)
                })
            })
        })
        .await
    }

    async fn make_in(&self, tx: &mut Tx, by: Actor, draft: ProblemDraft, id: ProblemId) -> Result<()> {
        let at = self.now();
        let new = Problem {
            id,
            title: draft.title.as_str().to_owned(),
            cause: draft.cause.as_str().to_owned(),
            owner: draft.owner,
            status: ProblemStatus::Known,
            plan: draft.plan,
            reports: 0,
            version: 1,
            created_at: at,
            updated_at: at,
        };
        problem::insert(tx, &new, self.reference().rules.agencies.root_of(new.owner)).await?;
        self.log_problem(tx, &by, id, "{\"made\":true}").await
    }

    /// The report itself must be one that can be attached; of its kin the others are left where they are.
    async fn attribute_with_kin(&self, tx: &mut Tx, by: Actor, code: Code, problem: ProblemId) -> Result<()> {
        let row = report::find(tx, code).await?.ok_or(Error::NotFound)?;
        let command = Command::Attribute { problem };
        let kin = kin(tx, &row).await?;
        self.act_on(tx, row, Act::new(by, command.clone())).await?;
        for row in kin.into_iter().filter(|row| row.report.problem.is_none()) {
            match self.act_on(tx, row, Act::new(by, command.clone())).await {
                Err(Error::Denied | Error::NotFound | Error::Refused(_)) => {}
                done => drop(done?),
            }
        }
        Ok(())
    }

    /// Changes a problem that is still as the officer saw it. The same key changes it once.
    pub async fn change_problem(
        &self,
        by: Actor,
        id: ProblemId,
        seen: u32,
        change: ProblemChange,
        key: &str,
    ) -> Result<()> {
        if let ProblemChange::Edit(draft) = &change {
            self.check_draft(&by, draft)?;
        }
        let keyed = Keyed::new(&by, &format!("change:{id}"), key, &change);
        again_when_overtaken(|| {
            let (app, change, keyed) = (self.clone(), change.clone(), keyed.clone());
            self.db.write(move |tx| {
                Box::pin(async move {
                    match keyed.known(tx).await? {
                        Some(_) => Ok(()),
                        None => app.change_in(tx, by, id, seen, change, keyed).await,
                    }
                })
            })
        })
        .await
    }

    async fn change_in(
        &self,
        tx: &mut Tx,
        by: Actor,
        id: ProblemId,
        seen: u32,
        change: ProblemChange,
        keyed: Keyed,
    ) -> Result<()> {
        let was = problem::load(tx, id).await?.ok_or(Error::NotFound)?;
        let action = match change {
            ProblemChange::Edit(_) => ProblemAction::Edit,
            ProblemChange::Tell { .. } => ProblemAction::Tell,
        };
        self.may_do(&by, action, was.owner)?;
        keyed.note(tx, id).await?;
        let (present, at, agency) = (was.version, self.now(), by.agency().unwrap_or(was.owner));
        let was = Problem { version: seen, updated_at: at, ..was };
        let (now, news) = match change {
            ProblemChange::Edit(draft) => (edited(was, draft), None),
            ProblemChange::Tell { status, text } => {
                let text = text.as_str().to_owned();
                (Problem { status, ..was }, Some(News { seq: present + 1, at, status, text, agency }))
            }
        };
        if !problem::update(tx, &now, self.reference().rules.agencies.root_of(now.owner)).await? {
            return Err(Error::Conflict(Conflict::Stale { seq: present }));
        }
        let Some(news) = news else { return self.log_problem(tx, &by, id, "{\"edited\":true}").await };
        problem::tell(tx, id, &news).await?;
        self.log_problem(tx, &by, id, &format!("{{\"status\":\"{}\"}}", news.status.name())).await
    }

    fn check_draft(&self, by: &Actor, draft: &ProblemDraft) -> Result<()> {
        self.reference().rules.agencies.get(draft.owner).ok_or(Refusal::UnknownAgency)?;
        self.may_do(by, ProblemAction::Edit, draft.owner)?;
        if draft.plan.len() > MOST_STEPS {
            return Err(Error::Denied);
        }
        Ok(())
    }

    fn may_do(&self, by: &Actor, action: ProblemAction, owner: AgencyId) -> Result<()> {
        match may_problem(&self.reference().rules.agencies, by, action, owner) {
            true => Ok(()),
            false => Err(Error::Denied),
        }
    }

    async fn log_problem(&self, tx: &mut Tx, by: &Actor, id: ProblemId, change: &str) -> Result<()> {
        Ok(log_change(tx, self.id(), self.now(), by.user(), "problem", &id.to_string(), change).await?)
    }

    /// Problems before one: for a seat at an agency those of its parent agency, else the country's.
    pub async fn problems(&self, by: &Actor, before: Option<i64>) -> Result<ProblemList> {
        let root = match *by {
            Actor::Officer {
                role: Role::AgencyAdmin | Role::LiaisonOfficer | Role::Leader | Role::Inspector,
                agency,
                ..
            } => Some(self.reference().rules.agencies.root_of(agency)),
            _ => None,
        };
        let before = ProblemId(before.unwrap_or(i64::MAX));
        let rows = problem::list(&mut self.db.read().await?, root, before, MOST_PROBLEMS + 1).await?;
        let (rows, next) = cut(rows, MOST_PROBLEMS, |one| one.id.0);
        Ok(ProblemList { rows, next })
    }

    /// The newest problems that are not solved and to which an officer may attach reports.
    pub async fn open_problems(&self, by: &Actor) -> Result<Vec<Problem>> {
        let mut rows = self.problems(by, None).await?.rows;
        rows.retain(|one| {
            one.status != ProblemStatus::Solved && self.may_do(by, ProblemAction::Gather, one.owner).is_ok()
        });
        Ok(rows)
    }

    /// The problem on whose page a report stands, if any.
    pub async fn problem_of(&self, report: &Report) -> Result<Option<Problem>> {
        match report.problem.filter(|_| shows(report)) {
            Some(id) => Ok(problem::load(&mut self.db.read().await?, id).await?),
            None => Ok(None),
        }
    }

    /// One problem without its reports; everybody may read it.
    pub async fn problem(&self, id: ProblemId) -> Result<Problem> {
        problem::load(&mut self.db.read().await?, id).await?.ok_or(Error::NotFound)
    }

    /// A problem with a page of its reports. Whoever looks, they are those that everybody may read.
    pub async fn problem_view(&self, id: ProblemId, by: &Actor, before: Option<i64>) -> Result<ProblemView> {
        let mut tx = self.db.read().await?;
        let problem = problem::load(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let news = problem::news(&mut tx, id, MOST_NEWS).await?;
        let before = ReportId(before.unwrap_or(i64::MAX));
        let rows = problem::shown(&mut tx, id, before, MOST_SHOWN + 1).await?;
        let (rows, next) = cut(rows, MOST_SHOWN, |one| one.row.report.id.0);
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let attributed = |listed: Listed| Attributed {
            may_release: may(agencies, by, Action::Do(CommandKind::Release), &listed.row.report),
            listed,
        };
        let does = |action| may_problem(agencies, by, action, problem.owner);
        Ok(ProblemView {
            reports: rows.into_iter().filter(|listed| shows(&listed.row.report)).map(attributed).collect(),
            may_edit: does(ProblemAction::Edit),
            may_tell: does(ProblemAction::Tell),
            may_gather: does(ProblemAction::Gather),
            problem,
            news,
            next,
        })
    }

    /// Attaches a report to a problem.
    pub async fn attribute(&self, code: Code, problem: ProblemId, by: Actor, key: &str) -> Result<()> {
        self.may_do(&by, ProblemAction::Gather, self.problem(problem).await?.owner)?;
        let act = Act { key: Some(key.to_owned()), ..Act::new(by, Command::Attribute { problem }) };
        self.act(code, act).await.map(drop)
    }

    /// Takes a report out of its problem.
    pub async fn release(&self, code: Code, by: Actor, key: &str) -> Result<()> {
        let act = Act { key: Some(key.to_owned()), ..Act::new(by, Command::Release) };
        self.act(code, act).await.map(drop)
    }
}

/// Keeps the list and the count of a problem in step with a report that changed.
pub(crate) async fn place(tx: &mut Tx, was: &Report, now: &Report) -> Result<()> {
    let shown = |report: &Report| report.problem.filter(|_| shows(report));
    if (was.problem, shown(was)) == (now.problem, shown(now)) {
        return Ok(());
    }
    match now.problem {
        Some(problem) => problem::place(tx, now.id, problem, shown(now).is_some()).await?,
        None => problem::remove(tx, now.id).await?,
    }
    let mut shifts = [(shown(was), -1), (shown(now), 1)];
    // Always in the same order, so that no two writes wait for each other.
    shifts.sort_by_key(|(problem, _)| *problem);
    for (problem, by) in shifts {
        if let Some(problem) = problem {
            problem::count_on(tx, problem, by).await?;
        }
    }
    Ok(())
}

fn edited(was: Problem, draft: ProblemDraft) -> Problem {
    Problem {
        title: draft.title.as_str().to_owned(),
        cause: draft.cause.as_str().to_owned(),
        owner: draft.owner,
        plan: draft.plan,
        ..was
    }
}

/// A page out of rows of which one more was read, and where the next one begins.
fn cut<T>(mut rows: Vec<T>, most: usize, id: impl Fn(&T) -> i64) -> (Vec<T>, Option<i64>) {
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(id);
    (rows, next)
}

/// The other reports about the same matter.
async fn kin(tx: &mut Tx, row: &Row) -> Result<Vec<Row>> {
    let Some(shared) = row.report.matter else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for id in matter::ids(tx, shared, MOST_TAKEN).await? {
        if id != row.report.id {
            rows.extend(report::load(tx, id).await?);
        }
    }
    Ok(rows)
}
