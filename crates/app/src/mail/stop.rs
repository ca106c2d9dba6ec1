//! An end to letters: by the link at the foot of each, which needs no login.

use crate::keys::Keys;
use crate::{App, Error, Result};
use domain::{Code, ReportId};
use store::{Audience, follow, report, reporter};

/// What was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    pub code: Code,
}

/// Whose letters about which report a link stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Subject {
    report: ReportId,
    /// The reporter otherwise.
    account: Option<i64>,
}

impl Subject {
    fn text(self) -> String {
        match self.account {
            Some(account) => format!("{}-{account}", self.report),
            None => self.report.to_string(),
        }
    }

    fn parse(text: &str) -> Option<Subject> {
        let (report, account) = match text.split_once('-') {
            Some((report, account)) => (report, Some(account.parse().ok()?)),
            None => (text, None),
        };
        Some(Subject { report: ReportId(report.parse().ok()?), account })
    }
}

/// The path of the page that stops letters about a report.
pub(super) fn stop_path(keys: &Keys, report: ReportId, account: Option<i64>) -> String {
    let text = Subject { report, account }.text();
    format!("/surat/berhenti/{text}.{}", keys.sign("stop", &text))
}

impl App {
    fn stop_subject(&self, token: &str) -> Result<Subject> {
        let (text, signature) = token.split_once('.').ok_or(Error::NotFound)?;
        let fits = self.keys.is_signed("stop", text, signature);
        fits.then(|| Subject::parse(text)).flatten().ok_or(Error::NotFound)
    }

    /// The report of whose letters a link is the end, before it is used.
    pub async fn stoppable(&self, token: &str) -> Result<Stopped> {
        let subject = self.stop_subject(token)?;
        let row = report::load(&mut self.db.read().await?, subject.report).await?.ok_or(Error::NotFound)?;
        Ok(Stopped { code: row.code })
    }

    /// Stops the letters about a report for whoever the link was sent to. Doing it again changes nothing.
    pub async fn stop_letters(&self, token: &str) -> Result<Stopped> {
        let subject = self.stop_subject(token)?;
        let stopped = self.stoppable(token).await?;
        let at = self.now();
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move {
                    match subject.account {
                        None => reporter::stop_letters(tx, subject.report, at).await?,
                        Some(account) => follow::delete(tx, subject.report, account).await?,
                    }
                    Ok::<(), Error>(())
                })
            })
            .await?;
        Ok(stopped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_the_reporter_or_an_account() {
        for account in [None, Some(5)] {
            let subject = Subject { report: ReportId(17), account };
            assert_eq!(Subject::parse(&subject.text()), Some(subject));
        }
        assert_eq!(Subject::parse("17-"), None);
        assert_eq!(Subject::parse("x"), None);
    }
}
