//! Every look at protected data is recorded, before it is shown.

use crate::{App, Error, Result};
use domain::{Actor, Report};
use store::Audience;
use store::access::{self, Access};

/// What an officer may have looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protected {
    /// The content of a secret or supervisory report.
    Sealed,
    Name,
    Contact,
    /// All papers, for the Ombudsman.
    Package,
}

impl Protected {
    fn name(self) -> &'static str {
        match self {
            Protected::Sealed => "sealed",
            Protected::Name => "name",
            Protected::Contact => "contact",
            Protected::Package => "package",
        }
    }
}

impl App {
    /// Records that an officer looks at protected parts of a report. A reporter's own look is not.
    pub(crate) async fn note_access(&self, report: &Report, by: &Actor, what: &[Protected]) -> Result<()> {
        let Actor::Officer { user, role, agency } = *by else { return Ok(()) };
        let looks: Vec<(i64, Access)> = what
            .iter()
            .map(|what| {
                (self.id(), Access { at: self.now(), officer: user, agency, role, what: what.name().to_owned() })
            })
            .collect();
        if looks.is_empty() {
            return Ok(());
        }
        let id = report.id;
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move {
                    for (access_id, look) in looks {
                        access::insert(tx, access_id, id, &look).await?;
                    }
                    Ok::<(), Error>(())
                })
            })
            .await
    }

    /// Who looked at the protected parts of a report, the latest first.
    pub async fn accesses(&self, report: &Report) -> Result<Vec<Access>> {
        Ok(access::list(&mut self.db.read().await?, report.id).await?)
    }
}
