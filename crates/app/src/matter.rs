//! Reports about the same matter: linking them, and who gets an answer that is given to one of them.

use crate::act::again_when_overtaken;
use crate::similar::onlooker;
use crate::{Act, App, Error, Result, View};
use domain::matter::{Left, MOST_MEMBERS, MOST_MOVED, gives, receives};
use domain::policy::{Action, may};
use domain::report::{Command, CommandKind};
use domain::{Actor, Code, MatterId, Refusal, Report, ReportId};
use store::report::{Listed, Row};
use store::{Tx, matter, report};

/// Another report about the same matter, as far as its viewer may know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    pub listed: Listed,
    /// Why it would not get an answer that is given to the report now looked at.
    pub left: Option<Left>,
}

/// What a report shares its matter with.
#[derive(Debug, Clone, PartialEq)]
pub struct Matter {
    /// The oldest first.
    pub members: Vec<Member>,
    /// Whether an answer given now goes to those that are not left out.
    pub gives: bool,
}

impl App {
    /// Notes that two reports are about the same matter. Where both share one with others already, the smaller
    /// one is joined to the larger. All or nothing; the officer must be allowed to link each report that moves.
    pub async fn link(&self, code: Code, other: Code, by: Actor, key: &str) -> Result<()> {
        if code == other {
            return Err(Refusal::SameReport.into());
        }
        let fresh = MatterId(self.id());
        again_when_overtaken(|| {
            let (app, key) = (self.clone(), key.to_owned());
            self.db.write(move |tx| {
                Box::pin(async move {
                    let one = report::find(tx, code).await?.ok_or(Error::NotFound)?;
                    let two = report::find(tx, other).await?.ok_or(Error::NotFound)?;
                    for row in [&one, &two] {
                        app.may_link(&by, &row.report)?;
                    }
                    let (matter, moving) = joined(tx, &one, &two, fresh).await?;
                    for row in moving {
                        let key = Some(format!("{key}:{matter}"));
                        let act = Act { key, ..Act::new(by, Command::Link { matter }) };
                        app.act_on(tx, row, act).await?;
                    }
                    Ok(())
                })
            })
        })
        .await
    }

    fn may_link(&self, by: &Actor, report: &Report) -> Result<()> {
        let reference = self.reference();
        let allowed = |action| may(&reference.rules.agencies, by, action, report);
        match (allowed(Action::Read), allowed(Action::Do(CommandKind::Link))) {
            (true, true) => Ok(()),
            (true, false) => Err(Error::Denied),
            _ => Err(Error::NotFound),
        }
    }

    /// The other reports about the same matter that this viewer may read; `None` where there are none.
    pub async fn matter(&self, view: &View) -> Result<Option<Matter>> {
        let own = view.report();
        let Some(shared) = own.matter else { return Ok(None) };
        let rows = matter::members(&mut self.db.read().await?, shared, ReportId(0), MOST_MEMBERS).await?;
        let reference = self.reference();
        let by = onlooker(&view.by);
        let allowed = |action: Action, report: &Report| may(&reference.rules.agencies, &by, action, report);
        let others = rows.into_iter().filter(|listed| listed.row.report.id != own.id);
        let members: Vec<Member> = others
            .filter(|listed| allowed(Action::Read, &listed.row.report))
            .map(|listed| {
                let member = &listed.row.report;
                let yours = allowed(Action::Do(CommandKind::Answer), member);
                let left = receives(own, member).err().or((!yours).then_some(Left::NotYours));
                Member { listed, left }
            })
            .collect();
        Ok((!members.is_empty()).then_some(Matter { members, gives: gives(own) }))
    }
}

/// The matter that two reports share from now on, and the reports that have to be told.
async fn joined(tx: &mut Tx, one: &Row, two: &Row, fresh: MatterId) -> Result<(MatterId, Vec<Row>)> {
    let of = |row: &Row| row.report.matter;
    match (of(one), of(two)) {
        (None, None) => Ok((fresh, vec![one.clone(), two.clone()])),
        (Some(matter), None) => room(tx, matter, 1).await.map(|()| (matter, vec![two.clone()])),
        (None, Some(matter)) => room(tx, matter, 1).await.map(|()| (matter, vec![one.clone()])),
        (Some(first), Some(second)) if first == second => Ok((first, Vec::new())),
        (Some(first), Some(second)) => {
            let left = matter::ids(tx, first, MOST_MEMBERS).await?;
            let right = matter::ids(tx, second, MOST_MEMBERS).await?;
            let (kept, moving) = if left.len() < right.len() { (second, left) } else { (first, right) };
            if moving.len() > MOST_MOVED {
                return Err(Refusal::MatterFull.into());
            }
            room(tx, kept, moving.len()).await?;
            let mut rows = Vec::new();
            for id in moving {
                rows.extend(report::load(tx, id).await?);
            }
            Ok((kept, rows))
        }
    }
}

/// Whether so many more reports fit into a matter.
async fn room(tx: &mut Tx, matter: MatterId, more: usize) -> Result<()> {
    let present = matter::ids(tx, matter, MOST_MEMBERS + 1).await?.len();
    if present + more > MOST_MEMBERS { Err(Refusal::MatterFull.into()) } else { Ok(()) }
}
