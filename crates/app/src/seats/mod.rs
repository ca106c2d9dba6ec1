//! Seats in offices: who sits where, switching between one's own, ending them, closing accounts.

mod change;
mod deputy;
mod invite;

pub use change::{Change, Changed, OfficeChanges};
pub use invite::{Acceptance, Invited, NewInvitation, Opened};

use crate::keys::digest;
use crate::{App, Error, Result, seat};
use domain::policy::seats::{may_seat, may_see_seats};
use domain::{AgencyId, Role, SeatId, UserId};
use jiff::Timestamp;
use store::officer::{self, Officer};
use store::seat::{self as seats, Seat, Sitter};
use store::{Tx, invitation};

/// Why something about a seat or an account cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatSlip {
    /// An office has no seats of this role.
    Unfit,
    /// Nobody gives a seat to themselves, or ends their own.
    Oneself,
    /// No open account has this login.
    Nobody,
    /// The deputy sits in another agency, or may do all of it already.
    Stranger,
    /// The days are over, in the wrong order or more than a year.
    Days,
    /// The account also sits where this actor manages nothing.
    Elsewhere,
    /// The link was used, taken back or has run out.
    Closed,
    /// The login is taken.
    Taken,
    /// The login is too short or has other signs than letters, digits, dot, dash and underscore.
    Login,
    /// The password is too short.
    Password,
}

impl SeatSlip {
    /// The end of its locale key, `slip-seat-…`.
    pub fn code(self) -> &'static str {
        match self {
            SeatSlip::Unfit => "unfit",
            SeatSlip::Oneself => "oneself",
            SeatSlip::Nobody => "nobody",
            SeatSlip::Stranger => "stranger",
            SeatSlip::Days => "days",
            SeatSlip::Elsewhere => "elsewhere",
            SeatSlip::Closed => "closed",
            SeatSlip::Taken => "taken",
            SeatSlip::Login => "login",
            SeatSlip::Password => "password",
        }
    }
}

/// What came of a wish about seats: done, or what is wrong with it.
pub type Outcome<T = ()> = Result<std::result::Result<T, SeatSlip>>;

/// Who sits in an office, and who is invited to.
#[derive(Debug, Clone, PartialEq)]
pub struct OfficeSeats {
    pub sitters: Vec<Sitter>,
    /// Invitations that can still be accepted, for those who may take them back.
    pub invited: Vec<Invited>,
    /// Where the next page begins, when there is one.
    pub next: Option<SeatId>,
}

/// One seat with its deputies, as its own sitter or a manager sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct SeatView {
    pub sitter: Sitter,
    pub deputies: Vec<Sitter>,
    /// Whether the viewer may end it and close its account; the sitter alone may name a deputy.
    pub manages: bool,
    pub at: Timestamp,
}

impl App {
    /// The present and coming seats of the officer's own account.
    pub async fn own_seats(&self, officer: &Officer) -> Result<Vec<Sitter>> {
        Ok(seats::list_officer(&mut self.db.read().await?, officer.id, self.now()).await?)
    }

    /// Moves a session to another present seat of the same person.
    pub async fn switch_seat(&self, officer: &Officer, token: &str, to: SeatId) -> Result<()> {
        let (user, hash, now) = (officer.id, digest(token), self.now());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let found = seats::load(tx, to).await?;
                    let own = found.filter(|known| known.seat.officer == user && known.seat.is_current(now));
                    own.ok_or(Error::NotFound)?;
                    match officer::move_pass(tx, user, &hash, to).await? {
                        true => Ok(()),
                        false => Err(Error::Denied),
                    }
                })
            })
            .await
    }

    /// Who sits in an office, behind a seat; [`Error::NotFound`] for those who may not know.
    pub async fn office_seats(&self, by: &Officer, office: AgencyId, after: SeatId, limit: u32) -> Result<OfficeSeats> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        agencies.get(office).filter(|_| may_see_seats(agencies, &seat(by), office)).ok_or(Error::NotFound)?;
        let (mut tx, limit, now) = (self.db.read().await?, limit.min(100), self.now());
        let mut sitters = seats::list_office(&mut tx, office, now, after, limit + 1).await?;
        let more = sitters.len() > limit as usize;
        sitters.truncate(limit as usize);
        let next = sitters.last().filter(|_| more).map(|last| last.seat.id);
        let mut invited = invitation::list_open(&mut tx, office, now).await?;
        invited.retain(|one| may_seat(agencies, &seat(by), office, one.role));
        let invited = invited.into_iter().map(|one| self.with_link(one)).collect();
        Ok(OfficeSeats { sitters, invited, next })
    }

    /// One seat; [`Error::NotFound`] for those who neither sit in it nor manage it.
    pub async fn seat(&self, by: &Officer, id: SeatId) -> Result<SeatView> {
        let mut tx = self.db.read().await?;
        let sitter = seats::load(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let manages = self.governs(by, &sitter.seat);
        if !manages && sitter.seat.officer != by.id {
            return Err(Error::NotFound);
        }
        let deputies = seats::list_deputies(&mut tx, id, self.now()).await?;
        Ok(SeatView { sitter, deputies, manages, at: self.now() })
    }

    /// Ends a seat with its deputies, sessions and tokens. Nobody ends the own.
    pub async fn end_seat(&self, by: &Officer, id: SeatId) -> Outcome {
        let (app, by) = (self.clone(), by.clone());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let known = seats::load(tx, id).await?.ok_or(Error::NotFound)?.seat;
                    let principal = match known.deputy_of {
                        Some(of) => seats::load(tx, of).await?.map(|of| of.seat.officer),
                        None => None,
                    };
                    // Who is back from leave sends the own deputy home.
                    if !app.governs(&by, &known) && principal != Some(by.id) {
                        return Err(Error::NotFound);
                    }
                    if known.officer == by.id && principal.is_none() {
                        return Ok(Err(SeatSlip::Oneself));
                    }
                    app.close_seat(tx, Some(by.id), &known).await.map(Ok)
                })
            })
            .await
    }

    /// Gives an existing account one more seat, for whoever runs the system.
    pub async fn add_seat(&self, login: &str, role: Role, agency: AgencyId) -> Result<()> {
        self.reference().rules.agencies.get(agency).ok_or(Error::NotFound)?;
        let (app, login) = (self.clone(), login.trim().to_lowercase());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let known = officer::find(tx, &login).await?.ok_or(Error::NotFound)?;
                    let given = Seat::own(SeatId(app.id()), known.id, agency, role, app.now());
                    seats::insert(tx, &given).await?;
                    app.log_seat(tx, None, agency, &Change::Joined { officer: known.id, role }).await
                })
            })
            .await
    }

    /// Closes an account, with all its sessions and tokens, or opens it again. Only somebody who manages all of
    /// its seats may.
    pub async fn set_account_active(&self, by: &Officer, user: UserId, active: bool) -> Outcome {
        let (app, by) = (self.clone(), by.clone());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let held = seats::list_officer(tx, user, app.now()).await?;
                    if !held.iter().any(|known| app.governs(&by, &known.seat)) {
                        return Err(Error::NotFound);
                    }
                    if user == by.id {
                        return Ok(Err(SeatSlip::Oneself));
                    }
                    if !held.iter().all(|known| app.governs(&by, &known.seat)) {
                        return Ok(Err(SeatSlip::Elsewhere));
                    }
                    officer::set_active(tx, user, active).await?;
                    if !active {
                        officer::revoke_all(tx, user, app.now()).await?;
                    }
                    let change =
                        if active { Change::Reopened { officer: user } } else { Change::Closed { officer: user } };
                    let mut offices: Vec<AgencyId> = held.iter().map(|known| known.seat.agency).collect();
                    offices.sort_unstable();
                    offices.dedup();
                    for office in offices {
                        app.log_seat(tx, Some(by.id), office, &change).await?;
                    }
                    Ok(Ok(()))
                })
            })
            .await
    }

    /// Whether an officer manages a seat in the policy's eyes.
    fn governs(&self, by: &Officer, known: &Seat) -> bool {
        may_seat(&self.reference().rules.agencies, &seat(by), known.agency, known.role)
    }

    /// Ends a seat that has not ended, with all that hangs on it.
    pub(crate) async fn close_seat(&self, tx: &mut Tx, by: Option<UserId>, known: &Seat) -> Result<()> {
        let now = self.now();
        if !seats::end(tx, known.id, now).await? {
            return Ok(());
        }
        officer::revoke_seat(tx, known.id, now).await?;
        let change = Change::Ended { officer: known.officer, role: known.role };
        self.log_seat(tx, by, known.agency, &change).await?;
        for deputy in seats::list_deputies(tx, known.id, now).await? {
            seats::end(tx, deputy.seat.id, now).await?;
            officer::revoke_seat(tx, deputy.seat.id, now).await?;
            let change = Change::Ended { officer: deputy.seat.officer, role: deputy.seat.role };
            self.log_seat(tx, by, known.agency, &change).await?;
        }
        Ok(())
    }
}

/// A seat in the eyes of the policy, with its office.
pub(crate) fn sits(known: &Sitter) -> (AgencyId, Role) {
    (known.seat.agency, known.seat.role)
}
