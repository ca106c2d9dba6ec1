//! What came of an outreach activity: reports before and after it, and in the same season a year before.

use crate::measures::Arrived;
use crate::{App, Result};
use domain::RegionCode;
use domain::outreach::{BeforeAfter, Effect, OutreachState, WINDOW, windows, year_before};
use domain::time::Zone;
use store::outreach::Outreach;

impl App {
    /// What came of an activity that was carried out: reports of the people it was for or, where it was for the whole
    /// country, reports to its agency. Sealed ones are left out.
    pub(super) async fn effect_of(&self, outreach: &Outreach) -> Result<Option<Effect>> {
        if outreach.state != OutreachState::CarriedOut {
            return Ok(None);
        }
        let reference = self.reference();
        let (calendar, day) = (&reference.rules.calendar, outreach.plan.day);
        let (now, then) = (windows(calendar, day, WINDOW), windows(calendar, year_before(day), WINDOW));
        let region = &outreach.plan.region;
        let of = match *region == RegionCode::nation() {
            true => Arrived::At(reference.rules.agencies.root_of(outreach.agency)),
            false => Arrived::In(region),
        };
        let stretches = [now.before, now.after, then.before, then.after];
        let [before, after, before_then, after_then] = self.arrived(of, stretches).await?;
        Ok(Some(Effect {
            windows: now,
            now: BeforeAfter { before, after },
            year_before: BeforeAfter { before: before_then, after: after_then },
            is_over: now.after.1 < Zone::Wib.day(self.measured_until().await?),
        }))
    }
}
