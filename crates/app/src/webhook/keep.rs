//! Endpoints are kept by the admins of their office.

use super::{Webhooks, purpose};
use crate::seats::Change;
use crate::{App, Error, Result};
use channel::webhook::{AddressFault, Secret};
use domain::policy::{OfficeAction, may_at};
use domain::webhook::Topic;
use domain::{Actor, AgencyId};
use jiff::SignedDuration;
use store::delivery::NewEvent;
use store::webhook::{self, Webhook};

/// Most endpoints of one office.
pub const MOST_WEBHOOKS: i64 = 10;
/// How long messages are signed with the secret before the present one too.
pub const RENEWAL_HOURS: i64 = 24;

/// Why an endpoint is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookSlip {
    Address(AddressFault),
    /// No office that the seat keeps endpoints for.
    Office,
    /// The office has enough of them.
    Many,
}

impl App {
    /// Whether a seat keeps endpoints of an office.
    pub fn keeps_webhooks(&self, by: &Actor, office: AgencyId) -> bool {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        self.sends_webhooks()
            && agencies.get(office).is_some()
            && matches!(by, Actor::Officer { .. })
            && may_at(agencies, by, OfficeAction::KeepWebhooks, office)
    }

    /// Keeps a new endpoint. Returns it with its secret, which is shown once.
    pub async fn add_webhook(
        &self,
        by: &Actor,
        office: AgencyId,
        url: &str,
        topics: Vec<Topic>,
    ) -> Result<std::result::Result<(i64, String), WebhookSlip>> {
        if !self.keeps_webhooks(by, office) {
            return Ok(Err(WebhookSlip::Office));
        }
        let url = match self.webhook_address(url)? {
            Ok(url) => url,
            Err(fault) => return Ok(Err(WebhookSlip::Address(fault))),
        };
        let (id, secret) = (self.id(), Secret::random());
        let new = Webhook {
            id,
            office,
            url,
            topics: chosen(topics),
            secret: self.seal_secret(id, &secret)?,
            old: None,
            active: true,
            off_reason: None,
            created_at: self.now(),
            failures: 0,
            failing_since: None,
        };
        let (app, user) = (self.clone(), by.user());
        let kept = self.db.write(move |tx| {
            Box::pin(async move {
                if webhook::count(tx, office).await? >= MOST_WEBHOOKS {
                    return Ok(false);
                }
                let step = Change::Webhook { webhook: id, step: "added".into() };
                app.log_seat(tx, user, office, &step).await?;
                Ok::<bool, Error>(webhook::insert(tx, &new).await?)
            })
        });
        Ok(if kept.await? { Ok((id, secret.told())) } else { Err(WebhookSlip::Many) })
    }

    /// The endpoints that a seat keeps.
    pub async fn webhooks(&self, by: &Actor) -> Result<Vec<Webhook>> {
        let mut all = webhook::list(&mut self.db.read().await?).await?;
        all.retain(|one| self.keeps_webhooks(by, one.office));
        Ok(all)
    }

    /// One endpoint, for a seat that keeps it; nobody else learns that there is one.
    pub async fn webhook(&self, by: &Actor, id: i64) -> Result<Webhook> {
        let found = webhook::load(&mut self.db.read().await?, id).await?;
        found.filter(|one| self.keeps_webhooks(by, one.office)).ok_or(Error::NotFound)
    }

    /// Changes where messages go and what they are about.
    pub async fn change_webhook(
        &self,
        by: &Actor,
        id: i64,
        url: &str,
        topics: Vec<Topic>,
    ) -> Result<std::result::Result<(), WebhookSlip>> {
        let was = self.webhook(by, id).await?;
        let url = match self.webhook_address(url)? {
            Ok(url) => url,
            Err(fault) => return Ok(Err(WebhookSlip::Address(fault))),
        };
        let (app, user, topics) = (self.clone(), by.user(), chosen(topics));
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let step = Change::Webhook { webhook: id, step: "changed".into() };
                    app.log_seat(tx, user, was.office, &step).await?;
                    Ok::<(), Error>(webhook::change(tx, id, &url, &topics).await?)
                })
            })
            .await?;
        Ok(Ok(()))
    }

    /// Gives an endpoint a new secret, which is shown once; the old one is valid for a day beside it.
    pub async fn renew_webhook(&self, by: &Actor, id: i64) -> Result<String> {
        let was = self.webhook(by, id).await?;
        let secret = Secret::random();
        let sealed = self.seal_secret(id, &secret)?;
        let until = self.now() + SignedDuration::from_hours(RENEWAL_HOURS);
        let (app, user) = (self.clone(), by.user());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let step = Change::Webhook { webhook: id, step: "renewed".into() };
                    app.log_seat(tx, user, was.office, &step).await?;
                    Ok::<(), Error>(webhook::renew(tx, id, &sealed, &was.secret, until).await?)
                })
            })
            .await?;
        Ok(secret.told())
    }

    /// Switches an endpoint on or off. What waited goes on when it is on again; what came meanwhile can be sent again.
    pub async fn switch_webhook(&self, by: &Actor, id: i64, on: bool) -> Result<()> {
        let was = self.webhook(by, id).await?;
        let (app, user) = (self.clone(), by.user());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let step = if on { "on" } else { "off" };
                    app.log_seat(tx, user, was.office, &Change::Webhook { webhook: id, step: step.into() }).await?;
                    Ok::<(), Error>(webhook::switch(tx, id, on, None).await?)
                })
            })
            .await
    }

    /// Takes an endpoint away; once it is gone, nothing waits for it any more.
    pub async fn remove_webhook(&self, by: &Actor, id: i64) -> Result<()> {
        let was = self.webhook(by, id).await?;
        let (app, user) = (self.clone(), by.user());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let step = Change::Webhook { webhook: id, step: "removed".into() };
                    app.log_seat(tx, user, was.office, &step).await?;
                    Ok::<(), Error>(webhook::delete(tx, id).await?)
                })
            })
            .await
    }

    /// Sends a message that says only that messages arrive.
    pub async fn try_webhook(&self, by: &Actor, id: i64) -> Result<()> {
        self.webhook(by, id).await?;
        let app = self.clone();
        let event = NewEvent {
            id: self.id(),
            report: None,
            topic: Topic::Test,
            at: self.now(),
            facts: "{\"code\":\"\"}".into(),
        };
        self.db.write(move |tx| Box::pin(async move { app.put(tx, event, &[(id, true)]).await })).await
    }

    fn webhook_address(&self, url: &str) -> Result<std::result::Result<String, AddressFault>> {
        let webhooks: &Webhooks = self.webhooks.as_ref().ok_or(Error::NotFound)?;
        Ok(webhooks.caller.reach().check(url).map(|url| url.to_string()))
    }

    fn seal_secret(&self, id: i64, secret: &Secret) -> Result<String> {
        let sealed = self.keys.seal(&purpose(id), secret.bytes());
        sealed.ok_or_else(|| Error::Broken("a secret could not be sealed".into()))
    }
}

/// All that may be chosen is the same as no choice: what is added later is told too.
fn chosen(topics: Vec<Topic>) -> Vec<Topic> {
    let topics: Vec<Topic> = Topic::chosen().filter(|topic| topics.contains(topic)).collect();
    if topics.len() == Topic::chosen().count() { Vec::new() } else { topics }
}
