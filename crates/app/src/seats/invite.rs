//! Invitations: a link that gives a seat to whoever opens it first, made by those who manage the office.
//!
//! The link's secret is derived from the server's key, like a PIN, so that it can be shown again to those who
//! may invite, and only its digest is stored.

use super::{Change, Outcome, SeatSlip};
use crate::keys::digest;
use crate::mail::{Arg, NewLetter};
use crate::officers::{LEAST_PASSWORD, hash};
use crate::{App, Error, Result, seat};
use domain::policy::seats::{fits, may_seat};
use domain::text::{Email, PersonName};
use domain::time::Zone;
use domain::{AgencyId, Role, SeatId, UserId};
use jiff::SignedDuration;
use store::Tx;
use store::invitation::{self, Invitation};
use store::officer::{self, Officer};
use store::seat::{self as seats, Seat};

/// How long a link works.
const LIFE: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Fewest and most characters of a login.
const LOGIN: std::ops::RangeInclusive<usize> = 3..=60;

/// Who is invited, to what.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    pub office: AgencyId,
    pub role: Role,
    pub name: PersonName,
    pub email: Email,
    /// The client's own key; the same key invites once.
    pub key: String,
}

/// An invitation with the secret of its link.
#[derive(Debug, Clone, PartialEq)]
pub struct Invited {
    pub invitation: Invitation,
    pub secret: String,
}

/// An invitation as the one who opens the link sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    pub invitation: Invitation,
    /// Why it can no longer be accepted: `used`, `withdrawn` or `expired`.
    pub closed: Option<&'static str>,
}

/// How an invitation is accepted.
#[derive(Debug, Clone)]
pub enum Acceptance {
    /// With a new account.
    New { login: String, password: String },
    /// With the account of somebody who is logged in.
    As(UserId),
}

impl App {
    /// Invites somebody to a seat, by a letter with the link where letters are sent. The same key invites once.
    pub async fn invite(&self, by: &Officer, new: NewInvitation) -> Outcome {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        agencies.get(new.office).ok_or(Error::NotFound)?;
        if !may_seat(agencies, &seat(by), new.office, new.role) {
            return Err(Error::Denied);
        }
        if !fits(agencies, new.office, new.role) {
            return Ok(Err(SeatSlip::Unfit));
        }
        let (app, by, now) = (self.clone(), by.id, self.now());
        let made = Invitation {
            id: self.id(),
            agency: new.office,
            role: new.role,
            name: new.name.as_str().to_owned(),
            email: new.email.as_str().to_owned(),
            made_by: by,
            made_at: now,
            expires_at: now.checked_add(LIFE).unwrap_or(now),
            withdrawn_at: None,
            used_at: None,
        };
        let office = agencies.get(new.office).map(|office| office.name.clone()).unwrap_or_default();
        let letter = self.invitation_letter(&made, office);
        let link = digest(&self.secret_of(made.id));
        let key = digest(&format!("invite:{by}:{}", new.key));
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if invitation::insert(tx, &made, &link, &key).await? {
                        app.log_seat(tx, Some(by), made.agency, &Change::Invited { role: made.role }).await?;
                        app.post(tx, letter).await?;
                    }
                    Ok(Ok(()))
                })
            })
            .await
    }

    fn invitation_letter(&self, made: &Invitation, office: String) -> NewLetter {
        NewLetter::now(&made.email, "id", "invitation", made.made_at)
            .with("name", Arg::Text(made.name.clone()))
            .with("office", Arg::Text(office))
            .with("role", Arg::Key(format!("role-{}", made.role.name())))
            .with("until", Arg::Day(Zone::Wib.day(made.expires_at)))
            .with("link", Arg::Path(format!("/desk/undangan/{}", self.secret_of(made.id))))
    }

    /// Takes an invitation back.
    pub async fn withdraw_invitation(&self, by: &Officer, office: AgencyId, id: i64) -> Outcome {
        let (app, by) = (self.clone(), by.clone());
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    let found = invitation::lock(tx, id).await?.filter(|found| found.agency == office);
                    let agencies = &app.reference().rules.agencies;
                    let found = found.filter(|found| may_seat(agencies, &seat(&by), office, found.role));
                    let found = found.ok_or(Error::NotFound)?;
                    if !invitation::withdraw(tx, id, app.now()).await? {
                        return Ok(Err(SeatSlip::Closed));
                    }
                    app.log_seat(tx, Some(by.id), office, &Change::Withdrawn { role: found.role }).await.map(Ok)
                })
            })
            .await
    }

    /// The invitation behind a link. Guesses are limited for each address.
    pub async fn open_invitation(&self, secret: &str, address: &str) -> Result<Opened> {
        let found = invitation::find(&mut self.db.read().await?, &digest(secret)).await?;
        let known = found.is_some();
        self.attempts.guess("invitation", address, || known)?;
        let invitation = found.ok_or(Error::NotFound)?;
        let closed = match &invitation {
            Invitation { used_at: Some(_), .. } => Some("used"),
            Invitation { withdrawn_at: Some(_), .. } => Some("withdrawn"),
            other => (other.expires_at <= self.now()).then_some("expired"),
        };
        Ok(Opened { invitation, closed })
    }

    /// Takes the seat that a link offers, once. Returns the login.
    pub async fn accept_invitation(&self, secret: &str, address: &str, how: Acceptance) -> Outcome<String> {
        let opened = self.open_invitation(secret, address).await?;
        if opened.closed.is_some() {
            return Ok(Err(SeatSlip::Closed));
        }
        let offered = opened.invitation;
        let made = match how {
            Acceptance::As(user) if user == offered.made_by => return Ok(Err(SeatSlip::Oneself)),
            Acceptance::As(user) => Err(user),
            Acceptance::New { login, password } => match self.new_account(&offered, &login, password).await? {
                Ok(made) => Ok(made),
                Err(slip) => return Ok(Err(slip)),
            },
        };
        let app = self.clone();
        let taken = self.db.write(move |tx| Box::pin(async move { app.take_seat(tx, &offered, made).await })).await;
        match taken {
            Err(Error::Overtaken) => Ok(Err(SeatSlip::Closed)),
            outcome => outcome,
        }
    }

    /// A new account in the offered seat, if login and password will do.
    async fn new_account(&self, offered: &Invitation, login: &str, password: String) -> Outcome<Officer> {
        let login = login.trim().to_lowercase();
        let plain = login.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'));
        if !plain || !LOGIN.contains(&login.len()) {
            return Ok(Err(SeatSlip::Login));
        }
        if password.chars().count() < LEAST_PASSWORD {
            return Ok(Err(SeatSlip::Password));
        }
        if officer::find(&mut self.db.read().await?, &login).await?.is_some() {
            return Ok(Err(SeatSlip::Taken));
        }
        Ok(Ok(Officer {
            id: UserId(self.id()),
            seat: SeatId(self.id()),
            login,
            name: offered.name.clone(),
            role: offered.role,
            agency: offered.agency,
            password: hash(password).await?,
            active: true,
            on_behalf_of: None,
        }))
    }

    async fn take_seat(
        &self,
        tx: &mut Tx,
        offered: &Invitation,
        made: std::result::Result<Officer, UserId>,
    ) -> Outcome<String> {
        let now = self.now();
        let user = match &made {
            Ok(officer) => officer.id,
            Err(user) => *user,
        };
        let login = match made {
            Ok(officer) => {
                if !officer::insert(tx, &officer, Some(&offered.email), now).await? {
                    return Ok(Err(SeatSlip::Taken));
                }
                officer.login
            }
            Err(user) => {
                let known = officer::load(tx, user).await?.filter(|known| known.active).ok_or(Error::Denied)?;
                seats::insert(tx, &Seat::own(SeatId(self.id()), user, offered.agency, offered.role, now)).await?;
                known.login
            }
        };
        if !invitation::accept(tx, offered.id, user, now).await? {
            // Somebody was faster: undo what was written.
            return Err(Error::Overtaken);
        }
        let change = Change::Joined { officer: user, role: offered.role };
        self.log_seat(tx, Some(user), offered.agency, &change).await?;
        Ok(Ok(login))
    }

    pub(super) fn with_link(&self, invitation: Invitation) -> Invited {
        Invited { secret: self.secret_of(invitation.id), invitation }
    }

    fn secret_of(&self, id: i64) -> String {
        self.keys.sign("invitation", &id.to_string())
    }
}
