//! Second factors, recovery codes, and attempts that hold up nobody else.

use crate::people::{KALSEL, NATIONAL, PUPR};
use crate::world::House;
use app::{Door, Entry, Error, FactorSlip, NewOfficer, Officer, Proof, Session};
use domain::{Actor, AgencyId, Role, UserId};
use totp_rs::{Builder, Secret, Totp};

const PASSWORD: &str = "kata sandi contoh";
const HERE: Door<'static> = Door { address: "192.0.2.1", device: "", name: "Peramban contoh" };

async fn add(house: &House, login: &str, role: Role, agency: AgencyId) -> Officer {
    let new = NewOfficer { login: login.into(), name: "Siti Contoh".into(), role, agency, password: PASSWORD.into() };
    let id = house.app.add_officer(new).await.unwrap();
    let all = house.app.officers(UserId(0), 100).await.unwrap();
    all.into_iter().find(|officer| officer.id == id).unwrap()
}

/// What an authenticator does with the letters that it is given.
fn authenticator(typed: &str) -> Totp {
    let secret = Secret::try_from_base32(typed.replace(' ', "")).unwrap();
    Builder::new().with_secret(secret).with_account_name("petugas").build().unwrap()
}

fn code(house: &House, device: &Totp) -> String {
    device.generate(house.app.now().as_second() as u64).to_string()
}

fn proof(code: &str) -> Proof<'_> {
    Proof { password: PASSWORD, code, address: "192.0.2.1" }
}

async fn enrolled(house: &House, officer: &Officer) -> (Totp, Vec<String>) {
    let offer = house.app.offer_totp(officer).unwrap();
    let device = authenticator(&offer.typed);
    let first = code(house, &device);
    let codes = house.app.add_totp(officer, &offer.ticket, "Ponsel", &proof(&first)).await.unwrap().unwrap();
    house.clock.set(house.app.now() + jiff::SignedDuration::from_secs(60));
    (device, codes)
}

async fn half(house: &House, login: &str) -> String {
    match house.app.log_in(login, PASSWORD, &HERE).await.unwrap() {
        Entry::Half(half) => half.ticket,
        Entry::Whole(_) => panic!("the password alone lets {login} in"),
    }
}

async fn whole(house: &House, login: &str, door: &Door<'_>) -> app::Result<Session> {
    match house.app.log_in(login, PASSWORD, door).await? {
        Entry::Whole(session) => Ok(*session),
        Entry::Half(_) => panic!("{login} has a second factor"),
    }
}

both!(a_session_that_has_ended_looks_no_more, |house| {
    add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let (here, there) = (whole(&house, "siti", &HERE).await.unwrap(), whole(&house, "siti", &HERE).await.unwrap());
    for session in [&here, &there] {
        assert_eq!(house.app.looking_session(&session.token).await.unwrap().login, "siti");
    }
    house.app.log_out(&here.token).await.unwrap();
    assert!(matches!(house.app.looking_session(&here.token).await, Err(Error::Denied)), "ended by this process");
    assert!(house.app.looking_session(&there.token).await.is_ok());
    house.beside().await.log_out(&there.token).await.unwrap();
    house.clock.set(house.app.now() + jiff::SignedDuration::from_secs(2));
    assert!(matches!(house.app.looking_session(&there.token).await, Err(Error::Denied)), "ended by another one");
});

both!(after_enrolment_the_password_alone_lets_nobody_in_and_no_code_fits_twice, |house| {
    let officer = add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    whole(&house, "siti", &HERE).await.unwrap();
    let (device, codes) = enrolled(&house, &officer).await;
    assert_eq!(codes.len(), 10);
    let ticket = half(&house, "siti").await;
    assert!(matches!(house.app.session(&ticket).await, Err(Error::Denied)), "a ticket opens the desk");
    let now = code(&house, &device);
    let session = house.app.finish_login(&ticket, &now, &HERE).await.unwrap().unwrap();
    assert_eq!(house.app.session(&session.token).await.unwrap().id, officer.id);
    let again = house.app.finish_login(&ticket, &now, &HERE).await.unwrap();
    assert_eq!(again.unwrap_err(), FactorSlip::Code, "a code that somebody looked over the shoulder fits again");
    let wrong = house.app.finish_login(&ticket, "000000", &HERE).await.unwrap();
    assert_eq!(wrong.unwrap_err(), FactorSlip::Code);
    house.later(1);
    let late = house.app.finish_login(&ticket, &code(&house, &device), &HERE).await;
    assert!(matches!(late, Err(Error::Denied)), "a ticket is good for ever");
});

both!(a_recovery_code_lets_in_once_and_its_owner_is_told, |house| {
    let officer = add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let (device, codes) = enrolled(&house, &officer).await;
    let ticket = half(&house, "siti").await;
    let typed = codes[3].to_uppercase().replace('-', " ");
    house.app.finish_login(&ticket, &typed, &HERE).await.unwrap().unwrap();
    assert!(house.app.finish_login(&ticket, &typed, &HERE).await.unwrap().is_err(), "a recovery code fits twice");
    let security = house.app.security(&officer).await.unwrap();
    assert_eq!(security.codes_left, 9);
    let told: Vec<&str> = security.notes.iter().map(|note| note.what.as_str()).collect();
    assert_eq!(told, ["recovery-used", "totp-added"]);
    let fresh = house.app.renew_codes(&officer, &proof(&code(&house, &device))).await.unwrap().unwrap();
    assert_eq!(house.app.security(&officer).await.unwrap().codes_left, 10);
    assert!(house.app.finish_login(&ticket, &codes[4], &HERE).await.unwrap().is_err(), "an old code outlives the new");
    house.app.finish_login(&ticket, &fresh[0], &HERE).await.unwrap().unwrap();
});

both!(switching_off_takes_the_password_and_a_code, |house| {
    let officer = add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let (device, codes) = enrolled(&house, &officer).await;
    let factor = house.app.security(&officer).await.unwrap().factors[0].id;
    let wrong = Proof { password: "bukan ini", ..proof(&codes[0]) };
    assert_eq!(house.app.remove_factor(&officer, factor, &wrong).await.unwrap(), Err(FactorSlip::Password));
    assert_eq!(house.app.remove_factor(&officer, factor, &proof("000000")).await.unwrap(), Err(FactorSlip::Code));
    half(&house, "siti").await;
    let other = add(&house, "budi", Role::AgencyAdmin, KALSEL).await;
    let (others, _) = enrolled(&house, &other).await;
    let foreign = house.app.remove_factor(&other, factor, &proof(&code(&house, &others))).await;
    assert!(matches!(foreign, Err(Error::NotFound)));
    house.app.remove_factor(&officer, factor, &proof(&code(&house, &device))).await.unwrap().unwrap();
    whole(&house, "siti", &HERE).await.unwrap();
    assert_eq!(house.app.security(&officer).await.unwrap().codes_left, 0);
});

both!(a_lost_factor_is_reset_by_an_operator_and_ends_all_sessions, |house| {
    let officer = add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let session = whole(&house, "siti", &HERE).await.unwrap();
    enrolled(&house, &officer).await;
    house.app.reset_factors("SITI").await.unwrap();
    assert!(matches!(house.app.session(&session.token).await, Err(Error::Denied)));
    whole(&house, "siti", &HERE).await.unwrap();
    let security = house.app.security(&officer).await.unwrap();
    assert!(security.factors.is_empty() && security.notes[0].what == "factors-reset");
    assert!(matches!(house.app.reset_factors("tidak ada").await, Err(Error::NotFound)));
});

both!(an_office_asks_a_role_for_a_second_factor_and_leads_it_there, |house| {
    let admin = add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    add(&house, "budi", Role::LiaisonOfficer, PUPR).await;
    house.app.demand_second_factor(&Actor::System, Role::AgencyAdmin, NATIONAL, true).await.unwrap();
    whole(&house, "budi", &HERE).await.unwrap();
    let ticket = half(&house, "siti").await;
    assert!(matches!(house.app.finish_login(&ticket, "000000", &HERE).await, Err(Error::Denied)));
    let waiting = house.app.waiting(&ticket).await.unwrap();
    assert!(waiting.enrols);
    let offer = house.app.offer_totp(&waiting.officer).unwrap();
    let device = authenticator(&offer.typed);
    let wrong = house.app.enrol_at_login(&ticket, &offer.ticket, "000000", &HERE).await.unwrap();
    assert_eq!(wrong.unwrap_err(), FactorSlip::Code);
    let first = code(&house, &device);
    let done = house.app.enrol_at_login(&ticket, &offer.ticket, &first, &HERE).await.unwrap();
    let (session, codes) = done.unwrap();
    assert_eq!(house.app.session(&session.token).await.unwrap().id, admin.id);
    assert_eq!(codes.len(), 10);
    let second = house.app.enrol_at_login(&ticket, &offer.ticket, &first, &HERE).await;
    assert!(matches!(second, Err(Error::Denied)), "who has a factor is let in by adding another");
    let fresh = half(&house, "siti").await;
    let replayed = house.app.finish_login(&fresh, &first, &HERE).await.unwrap();
    assert_eq!(replayed.unwrap_err(), FactorSlip::Code, "the code that enrolled lets in as well");
    house.app.demand_second_factor(&Actor::System, Role::AgencyAdmin, NATIONAL, false).await.unwrap();
    add(&house, "ani", Role::AgencyAdmin, KALSEL).await;
    whole(&house, "ani", &HERE).await.unwrap();
});

both!(an_offer_is_for_one_officer_and_ends, |house| {
    let siti = add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let budi = add(&house, "budi", Role::AgencyAdmin, KALSEL).await;
    let offer = house.app.offer_totp(&siti).unwrap();
    let device = authenticator(&offer.typed);
    let taken = house.app.add_totp(&budi, &offer.ticket, "", &proof(&code(&house, &device))).await.unwrap();
    assert_eq!(taken, Err(FactorSlip::Offer));
    house.later(1);
    let late = house.app.add_totp(&siti, &offer.ticket, "", &proof(&code(&house, &device))).await.unwrap();
    assert_eq!(late, Err(FactorSlip::Offer));
});

both!(a_stored_secret_is_sealed, |house| {
    let officer = add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let (device, _) = enrolled(&house, &officer).await;
    let mut tx = house.app.db().read().await.unwrap();
    let factor = store::factor::list(&mut tx, officer.id).await.unwrap().remove(0);
    let hex: String = device.secret().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(!factor.sealed.contains(&hex) && !factor.sealed.contains(&device.secret().to_base32()));
});

both!(wrong_guesses_from_elsewhere_lock_nobody_out, |house| {
    add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let known = whole(&house, "siti", &HERE).await.unwrap().device;
    let thief = Door { address: "203.0.113.9", ..Door::default() };
    let mut tried = 0;
    while matches!(house.app.log_in("siti", "salah", &thief).await, Err(Error::Denied)) {
        tried += 1;
    }
    assert_eq!(tried, 10);
    whole(&house, "siti", &HERE).await.unwrap();
    assert!(matches!(house.app.log_in("siti", PASSWORD, &thief).await, Err(Error::Limited { .. })));
    let home = Door { device: &known, ..thief };
    whole(&house, "siti", &home).await.unwrap();
    let strangers = (0..70).map(|n| format!("petugas{n}")).collect::<Vec<_>>();
    for login in &strangers {
        let _told = house.app.log_in(login, "salah", &thief).await;
    }
    whole(&house, "siti", &home).await.unwrap();
});

both!(a_stranger_is_told_the_same_of_an_account_that_exists_and_of_one_that_does_not, |house| {
    let officer = add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    enrolled(&house, &officer).await;
    let mut told = Vec::new();
    for (login, address) in [("siti", "203.0.113.1"), ("tidak ada", "203.0.113.2")] {
        let door = Door { address, ..Door::default() };
        let mut answers = Vec::new();
        for _ in 0..11 {
            answers.push(match house.app.log_in(login, "salah", &door).await {
                Err(Error::Denied) => "denied",
                Err(Error::Limited { .. }) => "limited",
                other => panic!("{other:?}"),
            });
        }
        told.push(answers);
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0][9..], ["denied", "limited"]);
});

both!(whoever_stole_the_password_cannot_use_up_the_owners_codes, |house| {
    let officer = add(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let known = whole(&house, "siti", &HERE).await.unwrap().device;
    let (device, _) = enrolled(&house, &officer).await;
    let ticket = half(&house, "siti").await;
    let mut wrong = 0;
    for n in 0..100 {
        let address = format!("203.0.113.{n}");
        let thief = Door { address: &address, ..Door::default() };
        wrong += usize::from(house.app.finish_login(&ticket, "000000", &thief).await.is_ok());
    }
    assert_eq!(wrong, 30, "many addresses try as many codes as they like");
    let owner = Door { device: &known, ..HERE };
    house.app.finish_login(&ticket, &code(&house, &device), &owner).await.unwrap().unwrap();
});
