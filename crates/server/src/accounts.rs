//! `lapor user` and `lapor token`.

use crate::arguments::{Token, User};
use crate::config::Config;
use crate::failure::Failure;
use crate::start;
use app::{App, NewOfficer};
use domain::partner::{PartnerName, Partnership, Quota};
use domain::scope::{Scope, Verb};
use domain::{Actor, AgencyId, Role, UserId};
use std::io::Read;

/// Why an account cannot give a token.
const DENIED: &str =
    "the account does not reach this office, or `submit` and --partner do not come together, from an admin";

/// Makes, lists and changes accounts.
pub async fn user(config: &Config, command: User) -> Result<(), Failure> {
    let app = start::app(config).await?;
    match command {
        User::Add { login, name, role, agency } => {
            let role = known_role(&role)?;
            let new = NewOfficer { login: login.clone(), name, role, agency: AgencyId(agency), password: password()? };
            app.add_officer(new).await.map_err(|error| explain(&login, agency, error))?;
            println!("{login} can log in now.");
        }
        User::Seat { login, role, agency } => {
            let role = known_role(&role)?;
            let given = app.add_seat(&login, role, AgencyId(agency)).await;
            given.map_err(|error| Failure::new(format!("{login}, --agency {agency}"), error))?;
            println!("{login} has one more seat now.");
        }
        User::List => list(&app).await?,
        User::Password { login } => app.set_password(&login, password()?).await?,
        User::Deactivate { login } => app.set_officer_active(&login, false).await?,
        User::Activate { login } => app.set_officer_active(&login, true).await?,
        User::ResetFactors { login } => app.reset_factors(&login).await.map_err(|error| Failure::new(login, error))?,
        User::RequireFactor { role, agency, off } => {
            let asked = app.demand_second_factor(&Actor::System, known_role(&role)?, AgencyId(agency), !off).await;
            asked.map_err(|error| explain(&role, agency, error))?;
        }
    }
    app.db().close().await;
    Ok(())
}

/// Makes a token and prints it.
pub async fn token(config: &Config, command: Token) -> Result<(), Failure> {
    let app = start::app(config).await?;
    match command {
        Token::Create { user, label, seat, verbs, agency, partner, per_minute, per_day } => {
            let verbs = if verbs.is_empty() { Scope::whole().verbs } else { known_verbs(&verbs)? };
            let partner = partner.map(|name| partnership(&name, per_minute, per_day)).transpose()?;
            let scope = Scope { verbs, office: agency.map(AgencyId) };
            let made = app.make_token_for(&user, seat.map(AgencyId), &label, scope, partner).await;
            let token = made.map_err(|error| match error {
                app::Error::Denied => Failure::new("--agency, --verbs, --partner", DENIED),
                other => Failure::new(user, other),
            })?;
            println!("{token}");
        }
        Token::List { user } => {
            for line in app.token_lines(&user).await.map_err(|error| Failure::new(user, error))? {
                println!("{line}");
            }
        }
    }
    app.db().close().await;
    Ok(())
}

async fn list(app: &App) -> Result<(), Failure> {
    let reference = app.reference();
    let mut after = UserId(0);
    loop {
        let page = app.officers(after, 500).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for officer in &page {
            let office = reference.rules.agencies.get(officer.agency).map_or("?", |agency| &agency.name);
            let active = if officer.active { "" } else { "  (closed)" };
            println!("{}  {}  {}  {}{}", officer.login, officer.role.name(), office, officer.name, active);
        }
    }
}

fn password() -> Result<String, Failure> {
    let mut typed = String::new();
    std::io::stdin().take(1_024).read_to_string(&mut typed)?;
    Ok(typed.trim_end_matches(['\r', '\n']).to_owned())
}

fn known_verbs(names: &[String]) -> Result<Vec<Verb>, Failure> {
    let known = || Failure::new("--verbs", format!("use some of {}", Verb::ALL.map(Verb::name).join(", ")));
    names.iter().map(|name| Verb::parse(name).ok_or_else(known)).collect()
}

/// For whom a token brings reports in, and how many.
fn partnership(name: &str, per_minute: Option<u32>, per_day: Option<u32>) -> Result<Partnership, Failure> {
    let name = PartnerName::parse(name).ok_or_else(|| Failure::new("--partner", "a name of 2 to 60 characters"))?;
    let (minute, day) = (per_minute.unwrap_or(Quota::USUAL.per_minute), per_day.unwrap_or(Quota::USUAL.per_day));
    let most = Quota::MOST;
    let bounds = format!("1 to {} and 1 to {}", most.per_minute, most.per_day);
    let quota = Quota::new(minute, day).ok_or_else(|| Failure::new("--per-minute, --per-day", bounds))?;
    Ok(Partnership { name, quota })
}

fn known_role(name: &str) -> Result<Role, Failure> {
    let known = || Role::ALL.map(Role::name).join(", ");
    Role::parse(name).ok_or_else(|| Failure::new("--role", format!("use one of {}", known())))
}

fn explain(login: &str, agency: i64, error: app::Error) -> Failure {
    match error {
        app::Error::NotFound => Failure::new("--agency", format!("there is no office {agency}")),
        app::Error::Conflict(_) => Failure::new(login, "this login is taken"),
        app::Error::Denied => Failure::new("password", format!("at least {} characters", app::LEAST_PASSWORD)),
        other => Failure::from(other),
    }
}
