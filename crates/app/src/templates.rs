//! Answer templates of offices, edited while the system runs.

use crate::{App, Conflict, Error, Result};
use domain::agency::AgencyTree;
use domain::template::{AnswerText, Fault};
use domain::text::{Body, Title};
use domain::{Actor, AgencyId, Role, UserId};
use store::Tx;
use store::access::log_change;
use store::answer::{self, AnswerTemplate};

/// Most templates of one office.
const MOST: u32 = 200;

/// A template as somebody wrote it.
#[derive(Debug, Clone)]
pub struct NewTemplate {
    /// The one that is changed, and the version that the writer saw.
    pub was: Option<(i64, u32)>,
    pub name: Title,
    pub body: Body,
    pub active: bool,
}

impl App {
    /// Keeps a template of the seat's own office; for its admin. What is wrong with the text is told.
    pub async fn put_template(&self, by: &Actor, new: NewTemplate) -> Result<std::result::Result<i64, Fault>> {
        let Actor::Officer { user, role: Role::AgencyAdmin | Role::NationalAdmin, agency } = *by else {
            return Err(Error::Denied);
        };
        if let Err(fault) = AnswerText::parse(new.body.as_str()) {
            return Ok(Err(fault));
        }
        let app = self.clone();
        let write = self.db.write(move |tx| {
            let (app, new) = (app.clone(), new.clone());
            Box::pin(async move { app.write_template(tx, user, agency, new).await })
        });
        Ok(Ok(write.await?))
    }

    async fn write_template(&self, tx: &mut Tx, user: UserId, agency: AgencyId, new: NewTemplate) -> Result<i64> {
        let (at, log) = (self.now(), self.id());
        let version = new.was.map_or(1, |(_, version)| version + 1);
        let id = new.was.map_or(log, |(id, _)| id);
        let (name, body) = (new.name.as_str().to_owned(), new.body.as_str().to_owned());
        let template = AnswerTemplate { id, agency, name, body, version, active: new.active };
        match new.was {
            None => answer::insert_template(tx, &template, at).await?,
            Some((id, seen)) => {
                let known = answer::template(tx, id).await?;
                let known = known.filter(|known| known.agency == agency).ok_or(Error::NotFound)?;
                if !answer::update_template(tx, &template, seen, at).await? {
                    return Err(Error::Conflict(Conflict::Stale { seq: known.version }));
                }
            }
        }
        let change = serde_json::json!({
            "name": template.name, "body": template.body, "version": version, "active": template.active,
        });
        log_change(tx, log, at, Some(user), "answer_template", &id.to_string(), &change.to_string()).await?;
        Ok(id)
    }

    /// The templates that an office may use: its own first, then those of the offices above it.
    pub async fn templates(&self, agency: AgencyId) -> Result<Vec<AnswerTemplate>> {
        list(&mut self.db.read().await?, &self.reference().rules.agencies, agency).await
    }
}

pub(crate) async fn list(tx: &mut Tx, agencies: &AgencyTree, agency: AgencyId) -> Result<Vec<AnswerTemplate>> {
    let mut all = Vec::new();
    for office in agencies.line(agency) {
        all.extend(answer::templates(tx, office, MOST).await?);
    }
    Ok(all)
}
