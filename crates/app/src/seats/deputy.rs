//! A colleague stands in for a seat while its sitter is on leave. It ends by itself.

use super::{Change, Outcome, SeatSlip, sits};
use crate::{App, Error};
use domain::SeatId;
use domain::policy::seats::may_stand_in;
use domain::time::Zone;
use jiff::ToSpan;
use jiff::civil::Date;
use store::officer::{self, Officer};
use store::seat::{self as seats, Seat};

/// Most days that one deputising lasts.
const MOST_DAYS: i64 = 366;

impl App {
    /// Names a deputy for a seat, from one day to another, both included and counted in western Indonesian time.
    /// The sitter may, and whoever manages the seat.
    pub async fn deputise(&self, by: &Officer, of: SeatId, login: &str, from: Date, to: Date) -> Outcome {
        let (app, by, login) = (self.clone(), by.clone(), login.trim().to_lowercase());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let now = app.now();
                    let known = seats::load(tx, of).await?.ok_or(Error::NotFound)?.seat;
                    if known.officer != by.id && !app.governs(&by, &known) {
                        return Err(Error::NotFound);
                    }
                    // A deputy names none: who stands in is chosen by the one who is away, or above.
                    if known.deputy_of.is_some() || known.to.is_some_and(|to| to <= now) {
                        return Err(Error::NotFound);
                    }
                    let days = match days(from, to, Zone::Wib.day(now)) {
                        Some(days) => days,
                        None => return Ok(Err(SeatSlip::Days)),
                    };
                    let found = officer::find(tx, &login).await?.filter(|found| found.active);
                    let Some(found) = found else { return Ok(Err(SeatSlip::Nobody)) };
                    if found.id == known.officer {
                        return Ok(Err(SeatSlip::Oneself));
                    }
                    let held = seats::list_officer(tx, found.id, now).await?;
                    let held: Vec<_> = held.iter().filter(|one| one.seat.is_current(now)).map(sits).collect();
                    if !may_stand_in(&app.reference().rules.agencies, &held, known.agency, known.role) {
                        return Ok(Err(SeatSlip::Stranger));
                    }
                    let deputy = Seat {
                        id: SeatId(app.id()),
                        officer: found.id,
                        from: Zone::Wib.at(days.0, 0),
                        to: Some(Zone::Wib.at(days.1, 0)),
                        deputy_of: Some(of),
                        ..known.clone()
                    };
                    seats::insert(tx, &deputy).await?;
                    let change = Change::Deputised { officer: found.id, of: known.officer, from, to };
                    app.log_seat(tx, Some(by.id), known.agency, &change).await.map(Ok)
                })
            })
            .await
    }
}

/// The first day and the one after the last, where they make sense.
fn days(from: Date, to: Date, today: Date) -> Option<(Date, Date)> {
    let end = to.checked_add(1.day()).ok()?;
    let length = i64::from((end - from).get_days());
    (to >= today && from <= to && length <= MOST_DAYS).then_some((from, end))
}
