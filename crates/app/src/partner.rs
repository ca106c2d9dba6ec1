//! Partner systems: who is let in, how much of its quota is left, and how its reports go on.

use crate::keys::digest;
use crate::{App, Error, Result};
use domain::partner::{ExternalRef, gives_partnerships, is_changed};
use domain::report::Channel;
use domain::scope::Verb;
use domain::time::Zone;
use domain::{Code, Report};
use jiff::SignedDuration;
use store::Tx;
use store::partner::{self, Brought, Since};

pub use store::partner::Partner;

/// Seconds of the shorter stretch of a quota.
const MINUTE: i64 = 60;
/// A change is listed once all writes of the same instant are on disk, so that no reader passes one over.
const SETTLED: SignedDuration = SignedDuration::from_secs(2);

/// One stretch of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    pub limit: u32,
    pub used: u32,
    /// Seconds until it begins anew.
    pub ends_in: u64,
}

impl Spent {
    /// How much is left.
    pub fn left(self) -> u32 {
        self.limit.saturating_sub(self.used)
    }

    /// Whether this use was one too many.
    pub fn is_over(self) -> bool {
        self.used > self.limit
    }
}

/// A partner system that showed its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerVisit {
    pub partner: Partner,
    /// Requests of this minute.
    pub minute: Spent,
    /// Reports of this day, where one is brought.
    pub day: Option<Spent>,
}

impl PartnerVisit {
    /// The stretch that is used up, where one is.
    pub fn over(&self) -> Option<Spent> {
        [Some(self.minute), self.day].into_iter().flatten().find(|spent| spent.is_over())
    }
}

impl App {
    /// Lets a partner system in by its token and counts the visit; `brings` is whether a report comes with it.
    /// [`Error::Denied`] without a valid token, `None` where it is no partner's.
    pub async fn admit_partner(&self, token: &str, brings: bool) -> Result<Option<PartnerVisit>> {
        let (officer, scope) = self.token(token).await?;
        let hash = digest(token);
        let granted = partner::granted_to(&mut self.db.read().await?, &hash).await?;
        let may = scope.verbs.contains(&Verb::Submit) && gives_partnerships(officer.role);
        let Some((partner, quota)) = granted.filter(|_| may) else { return Ok(None) };
        let now = self.now();
        let second = now.as_second();
        let today = Zone::Wib.day(now);
        let midnight = Zone::Wib.at(today.tomorrow().unwrap_or(today), 0);
        let (minute, day) = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let minute = partner::count_use(tx, &hash, "minute", second.div_euclid(MINUTE)).await?;
                    let counts = brings && minute <= quota.per_minute;
                    let day = match counts {
                        true => Some(partner::count_use(tx, &hash, "day", store::day_number(today)).await?),
                        false => None,
                    };
                    Ok::<_, Error>((minute, day))
                })
            })
            .await?;
        let ends_in = |seconds: i64| u64::try_from(seconds).unwrap_or(0).max(1);
        let to_midnight = ends_in(midnight.as_second() - second);
        Ok(Some(PartnerVisit {
            partner,
            minute: Spent {
                limit: quota.per_minute,
                used: minute,
                ends_in: ends_in(MINUTE - second.rem_euclid(MINUTE)),
            },
            day: day.map(|used| Spent { limit: quota.per_day, used, ends_in: to_midnight }),
        }))
    }

    /// A report of a partner by its tracking number. That of somebody else is not there.
    pub async fn partner_report(&self, partner: &Partner, code: Code) -> Result<Brought> {
        partner::by_code(&mut self.db.read().await?, partner.id, code).await?.ok_or(Error::NotFound)
    }

    /// A report of a partner by the partner's own number.
    pub async fn partner_report_by_ref(&self, partner: &Partner, number: &ExternalRef) -> Result<Option<Brought>> {
        Ok(partner::by_ref(&mut self.db.read().await?, partner.id, number.as_str()).await?)
    }

    /// The reports of a partner that changed, in the order in which they did.
    pub async fn partner_reports(&self, partner: &Partner, since: Since, limit: u32) -> Result<Vec<Brought>> {
        let until = self.now().checked_sub(SETTLED).unwrap_or_else(|_| self.now());
        Ok(partner::list(&mut self.db.read().await?, partner.id, since, until, limit).await?)
    }

    /// Notes in the transaction of a change that a partner has to read its report again.
    pub(crate) async fn tell_partner(&self, tx: &mut Tx, was: &Report, now: &Report) -> Result<()> {
        if now.channel == Channel::Partner && is_changed(was, now) {
            // As late as can be: the list goes by it, and what is written later must not stand before what was read.
            partner::note_change(tx, now.id, self.now()).await?;
        }
        Ok(())
    }
}
