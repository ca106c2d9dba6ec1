//! Accounts for every seat, with names that nobody has.

use crate::{App, Error, Result, officers};
use domain::{AgencyId, Role, SeatId, UserId};
use std::collections::BTreeMap;
use store::officer::{self, Officer};
use store::seat::{self, Seat};

/// The password of all demo accounts.
pub const PASSWORD: &str = "peragaan-1708";

/// Login, name, role and office.
const SEATS: [(&str, &str, Role, i64); 12] = [
    ("nasional", "Ani Peragaan", Role::NationalAdmin, 1),
    ("kalsel", "Budi Peragaan", Role::AgencyAdmin, 630_000),
    ("pupr", "Cici Peragaan", Role::LiaisonOfficer, 630_003),
    ("dishub", "Dodi Peragaan", Role::LiaisonOfficer, 630_004),
    ("inspektorat", "Eni Peragaan", Role::Inspector, 630_002),
    ("pimpinan", "Feri Peragaan", Role::Leader, 630_000),
    ("pengawas", "Gita Peragaan", Role::Supervisor, 1),
    ("kukar", "Hadi Peragaan", Role::AgencyAdmin, 640_200),
    ("bontang", "Ida Peragaan", Role::AgencyAdmin, 647_400),
    ("itda.kukar", "Joko Peragaan", Role::Inspector, 640_202),
    ("diskominfo.kukar", "Kiki Peragaan", Role::AgencyAdmin, 640_201),
    ("loket", "Lina Peragaan", Role::Operator, 630_001),
];

/// A second seat of one of them, to switch to: login, role and office.
const SECOND: (&str, Role, i64) = ("dishub", Role::LiaisonOfficer, 630_013);

/// An account of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoLogin {
    pub login: &'static str,
    pub name: &'static str,
    pub role: Role,
    /// The name of the office.
    pub office: String,
    pub password: &'static str,
}

/// All accounts of the demo.
pub type DemoLogins = Vec<DemoLogin>;

pub(super) fn logins(app: &App) -> DemoLogins {
    let reference = app.reference();
    let office = |id: i64| reference.rules.agencies.get(AgencyId(id)).map(|agency| agency.name.clone());
    let login = |(login, name, role, agency): (&'static str, &'static str, Role, i64)| DemoLogin {
        login,
        name,
        role,
        office: office(agency).unwrap_or_default(),
        password: PASSWORD,
    };
    SEATS.into_iter().map(login).collect()
}

/// The accounts that are active and still have the published password.
pub(super) async fn open(app: &App) -> Result<Vec<&'static str>> {
    let mut tx = app.db().read().await?;
    let mut judged: BTreeMap<String, bool> = BTreeMap::new();
    let mut open = Vec::new();
    for (login, ..) in SEATS {
        let Some(account) = officer::find(&mut tx, login).await?.filter(|account| account.active) else { continue };
        let fits = match judged.get(&account.password) {
            Some(fits) => *fits,
            None => officers::verify(account.password.clone(), PASSWORD.to_owned()).await?,
        };
        judged.insert(account.password, fits);
        open.extend(fits.then_some(login));
    }
    Ok(open)
}

/// Makes the accounts that are missing. Returns all seats with their accounts.
pub(super) async fn install(app: &App) -> Result<Vec<(Role, AgencyId, UserId)>> {
    let password = officers::hash(PASSWORD.to_owned()).await?;
    let at = app.now();
    let accounts: Vec<Officer> = SEATS
        .iter()
        .map(|(login, name, role, agency)| Officer {
            id: UserId(app.id()),
            seat: SeatId(app.id()),
            login: (*login).to_owned(),
            name: (*name).to_owned(),
            role: *role,
            agency: AgencyId(*agency),
            password: password.clone(),
            active: true,
            on_behalf_of: None,
        })
        .collect();
    // Later than the own ones: everybody sits down in the first of theirs.
    let second = SeatId(app.id());
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let mut seats = Vec::new();
                for account in accounts {
                    let fresh = officer::insert(tx, &account, None, at).await?;
                    if fresh && account.login == SECOND.0 {
                        seat::insert(tx, &Seat::own(second, account.id, AgencyId(SECOND.2), SECOND.1, at)).await?;
                    }
                    if let Some(known) = officer::find(tx, &account.login).await? {
                        seats.push((known.role, known.agency, known.id));
                    }
                }
                Ok::<_, Error>(seats)
            })
        })
        .await
}
