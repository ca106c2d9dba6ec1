//! The check of answers, with what is known of the report that is answered.

use crate::{Act, App, Error, Result, templates};
use domain::check::{self, Advice, Finding, Known, Written};
use domain::policy::{Action, may};
use domain::report::Command;
use domain::text::Remark;
use domain::{Code, Event};
use store::report::Row;
use store::{Tx, report, reporter, words};

/// How an answer is to be taken when the check finds something weak in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Heed {
    /// It is not looked at: what was made by a rule, or long ago.
    #[default]
    Unasked,
    /// It is not sent; whoever wrote it reads the advice first.
    Advice,
    /// It is sent all the same, for this reason.
    Despite(Remark),
}

impl App {
    /// What is weak in an answer that somebody means to send; nothing for other commands.
    pub async fn advice(&self, code: Code, act: &Act) -> Result<Vec<Advice>> {
        let mut tx = self.db.read().await?;
        let row = report::find(&mut tx, code).await?.ok_or(Error::NotFound)?;
        let agencies = &self.reference().rules.agencies;
        if !may(agencies, &act.by, Action::Do(act.command.kind()), &row.report) {
            return Err(Error::Denied);
        }
        let evidence = u8::try_from(act.uploads.len()).unwrap_or(u8::MAX);
        self.look(&mut tx, &row, &act.command, evidence).await
    }

    /// The record of an answer that is sent against advice, where it is; or the refusal that asks for a look.
    pub(crate) async fn heed(&self, tx: &mut Tx, row: &Row, heed: &Heed, command: &Command) -> Result<Option<Event>> {
        if *heed == Heed::Unasked {
            return Ok(None);
        }
        let (Command::Answer { evidence, .. } | Command::ProposeAnswer { evidence, .. }) = command else {
            return Ok(None);
        };
        let found: Vec<Finding> =
            self.look(tx, row, command, *evidence).await?.into_iter().map(|advice| advice.finding).collect();
        Ok(check::heed(found, matches!(heed, Heed::Despite(_)))?)
    }

    /// What is weak in an answer; nothing for other commands.
    pub(crate) async fn look(&self, tx: &mut Tx, row: &Row, command: &Command, evidence: u8) -> Result<Vec<Advice>> {
        let (Command::Answer { kind, text, legal_ground, .. }
        | Command::ProposeAnswer { kind, text, legal_ground, .. }) = command
        else {
            return Ok(Vec::new());
        };
        let templates = templates::list(tx, &self.reference().rules.agencies, row.report.holder).await?;
        let person = reporter::load(tx, row.report.id).await?.unwrap_or_default();
        let known = Known {
            public: row.report.is_public(),
            earlier: words::list_answers(tx, row.report.id).await?,
            templates: templates.into_iter().map(|template| template.body).collect(),
            name: person.name,
            phone: person.phone,
            email: person.email,
        };
        let ground = legal_ground.as_ref().map(Remark::as_str);
        Ok(check::advise(&Written { kind: *kind, text: text.as_str(), legal_ground: ground, evidence }, &known))
    }
}
