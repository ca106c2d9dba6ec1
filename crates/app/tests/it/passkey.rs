//! Passkeys: made by an officer, shown at the door alone or after the password.

use crate::device::{Device, SITE, foreign_handle};
use crate::people::KALSEL;
use crate::world::House;
use app::{Answer, Challenge, Door, Entry, Error, FactorSlip, NewOfficer, Officer, Proof, Session};
use domain::{Role, UserId};
use p256::ecdsa::SigningKey;

const PASSWORD: &str = "kata sandi contoh";
const HERE: Door<'static> = Door { address: "192.0.2.1", device: "", name: "Peramban contoh" };
const PROOF: Proof<'static> = Proof { password: PASSWORD, code: "", address: "192.0.2.1" };
const SESSION: &str = "sesi contoh";
const BROWSER: &str = "peramban contoh";

async fn officer(house: &House, login: &str) -> Officer {
    let (role, name) = (Role::AgencyAdmin, "Siti Contoh".to_owned());
    let new = NewOfficer { login: login.into(), name, role, agency: KALSEL, password: PASSWORD.into() };
    let id = house.app.add_officer(new).await.unwrap();
    let all = house.app.officers(UserId(0), 100).await.unwrap();
    all.into_iter().find(|officer| officer.id == id).unwrap()
}

fn answer<'a>(bond: &'a str, challenge: &'a Challenge, json: &'a str) -> Answer<'a> {
    Answer { site: SITE, bond, ticket: &challenge.ticket, json }
}

async fn add(house: &House, officer: &Officer, device: &mut Device) -> Result<Vec<String>, FactorSlip> {
    let challenge = house.app.ask_passkey(officer, SITE, SESSION).await.unwrap();
    let json = device.make(&challenge);
    house.app.add_passkey(officer, &answer(SESSION, &challenge, &json), "Laptop", &PROOF).await.unwrap()
}

async fn log_in(house: &House, challenge: &Challenge, json: &str) -> app::Result<Session> {
    house.app.log_in_with_passkey(&answer(BROWSER, challenge, json), &HERE).await
}

async fn show(house: &House, device: &Device) -> app::Result<Session> {
    let challenge = house.app.ask_for_passkey(SITE, BROWSER).unwrap();
    log_in(house, &challenge, &device.show(&challenge)).await
}

async fn half(house: &House, login: &str) -> String {
    match house.app.log_in(login, PASSWORD, &HERE).await.unwrap() {
        Entry::Half(half) => half.ticket,
        Entry::Whole(_) => panic!("the password alone lets {login} in"),
    }
}

both!(a_passkey_alone_lets_its_owner_in_and_no_answer_counts_twice, |house| {
    let siti = officer(&house, "siti").await;
    let mut device = Device::new(7);
    assert_eq!(add(&house, &siti, &mut device).await.unwrap().len(), 10, "no recovery codes came with it");
    let challenge = house.app.ask_for_passkey(SITE, BROWSER).unwrap();
    let json = device.show(&challenge);
    let elsewhere = house.app.log_in_with_passkey(&answer("lain", &challenge, &json), &HERE).await;
    assert!(matches!(elsewhere, Err(Error::Denied)), "a challenge is good for another browser");
    let session = log_in(&house, &challenge, &json).await.unwrap();
    assert_eq!(house.app.session(&session.token).await.unwrap().id, siti.id);
    assert!(matches!(log_in(&house, &challenge, &json).await, Err(Error::Denied)), "an answer counts twice");
    let other = house.app.ask_for_passkey(SITE, BROWSER).unwrap();
    assert!(matches!(log_in(&house, &other, &json).await, Err(Error::Denied)), "an answer fits another challenge");
    let late = house.app.ask_for_passkey(SITE, BROWSER).unwrap();
    let json = device.show(&late);
    house.later(1);
    assert!(matches!(log_in(&house, &late, &json).await, Err(Error::Denied)), "a challenge is good for ever");
    let security = house.app.security(&siti).await.unwrap();
    assert!(security.factors[0].used_at.is_some() && security.notes[0].what == "passkey-added");
});

both!(after_the_password_any_passkey_of_the_officer_is_the_second_step, |house| {
    let siti = officer(&house, "siti").await;
    let (mut plain, mut lock) = (Device { verifies: false, ..Device::new(7) }, Device::new(8));
    add(&house, &siti, &mut plain).await.unwrap();
    add(&house, &siti, &mut lock).await.unwrap();
    assert!(matches!(show(&house, &plain).await, Err(Error::Denied)), "a found key is a whole login");
    for device in [&plain, &lock] {
        let step = half(&house, "siti").await;
        let challenge = house.app.ask_second_passkey(&step, SITE).await.unwrap();
        let json = device.show(&challenge);
        let own = answer(&step, &challenge, &json);
        let stolen = Answer { bond: &half(&house, "siti").await, ..own };
        let refused = house.app.finish_login_with_passkey(&stolen, &HERE).await.unwrap();
        assert_eq!(refused.unwrap_err(), FactorSlip::Passkey, "a challenge is good for another login");
        let session = house.app.finish_login_with_passkey(&own, &HERE).await.unwrap().unwrap();
        assert_eq!(house.app.session(&session.token).await.unwrap().id, siti.id);
        let again = house.app.finish_login_with_passkey(&own, &HERE).await.unwrap();
        assert_eq!(again.unwrap_err(), FactorSlip::Passkey, "an answer counts twice");
    }
    let step = half(&house, "siti").await;
    let challenge = house.app.ask_second_passkey(&step, SITE).await.unwrap();
    let found = Device { verifies: false, ..lock.clone() };
    for json in [found.show(&challenge), Device::new(9).show(&challenge), "{}".to_owned()] {
        let wrong = house.app.finish_login_with_passkey(&answer(&step, &challenge, &json), &HERE).await.unwrap();
        assert_eq!(wrong.unwrap_err(), FactorSlip::Passkey);
    }
    let late = house.app.ask_second_passkey("", SITE).await;
    assert!(matches!(late, Err(Error::Denied)));
});

both!(wrong_answers_are_counted_and_hold_up_nobody_on_a_known_device, |house| {
    let siti = officer(&house, "siti").await;
    let mut device = Device::new(7);
    add(&house, &siti, &mut device).await.unwrap();
    let known = show(&house, &device).await.unwrap().device;
    let forged = Device { key: SigningKey::from_slice(&[9; 32]).unwrap(), ..device.clone() };
    let mut tried = 0;
    while matches!(show(&house, &forged).await, Err(Error::Denied)) {
        tried += 1;
    }
    assert_eq!(tried, 10);
    assert!(matches!(show(&house, &device).await, Err(Error::Limited { .. })));
    let challenge = house.app.ask_for_passkey(SITE, BROWSER).unwrap();
    let json = device.show(&challenge);
    let home = Door { device: &known, ..HERE };
    house.app.log_in_with_passkey(&answer(BROWSER, &challenge, &json), &home).await.unwrap();
});

both!(a_counter_that_does_not_go_on_betrays_a_copy_and_its_owner_is_told, |house| {
    let siti = officer(&house, "siti").await;
    let mut device = Device::new(7);
    add(&house, &siti, &mut device).await.unwrap();
    for (counter, fits) in [(5, true), (5, false), (4, false), (0, false), (6, true)] {
        device.counter = counter;
        assert_eq!(show(&house, &device).await.is_ok(), fits, "counter {counter}");
    }
    let security = house.app.security(&siti).await.unwrap();
    let told: Vec<&str> = security.notes.iter().map(|note| note.what.as_str()).collect();
    assert_eq!(told, ["passkey-copied", "passkey-copied", "passkey-copied", "passkey-added"]);
    let step = half(&house, "siti").await;
    let challenge = house.app.ask_second_passkey(&step, SITE).await.unwrap();
    device.counter = 6;
    let json = device.show(&challenge);
    let copied = house.app.finish_login_with_passkey(&answer(&step, &challenge, &json), &HERE).await.unwrap();
    assert_eq!(copied.unwrap_err(), FactorSlip::Passkey);
});

both!(a_passkey_of_another_site_of_nobody_or_of_a_locked_device_lets_nobody_in, |house| {
    let siti = officer(&house, "siti").await;
    let mut device = Device::new(7);
    add(&house, &siti, &mut device).await.unwrap();
    let handle = device.handle.clone();
    let phished = Device { origin: "https://lapor.evil", ..device.clone() };
    let unverified = Device { verifies: false, ..device.clone() };
    let unknown = Device { handle, ..Device::new(8) };
    let forged = Device { key: SigningKey::from_slice(&[9; 32]).unwrap(), ..device.clone() };
    let stranger = Device { handle: foreign_handle(), ..device.clone() };
    for wrong in [phished, unverified, unknown, forged, stranger] {
        assert!(matches!(show(&house, &wrong).await, Err(Error::Denied)));
    }
    let challenge = house.app.ask_for_passkey(SITE, BROWSER).unwrap();
    assert!(matches!(log_in(&house, &challenge, "{}").await, Err(Error::Denied)));
    house.app.set_officer_active("siti", false).await.unwrap();
    assert!(matches!(show(&house, &device).await, Err(Error::Denied)), "a closed account opens");
});

both!(a_passkey_belongs_to_one_officer_and_is_made_in_the_session_that_asked, |house| {
    let (siti, budi) = (officer(&house, "siti").await, officer(&house, "budi").await);
    let mut device = Device::new(7);
    add(&house, &siti, &mut device).await.unwrap();
    assert_eq!(add(&house, &budi, &mut Device::new(7)).await.unwrap_err(), FactorSlip::Passkey);
    let challenge = house.app.ask_passkey(&siti, SITE, SESSION).await.unwrap();
    let (first, second) = (Device::new(9).make(&challenge), Device::new(10).make(&challenge));
    let own = answer(SESSION, &challenge, &first);
    let taken = house.app.add_passkey(&budi, &own, "", &PROOF).await.unwrap();
    assert_eq!(taken.unwrap_err(), FactorSlip::Offer);
    let elsewhere = house.app.add_passkey(&siti, &Answer { bond: "lain", ..own }, "", &PROOF).await.unwrap();
    assert_eq!(elsewhere.unwrap_err(), FactorSlip::Offer);
    let wrong = Proof { password: "bukan ini", ..PROOF };
    let refused = house.app.add_passkey(&siti, &own, "", &wrong).await.unwrap();
    assert_eq!(refused.unwrap_err(), FactorSlip::Password);
    assert!(house.app.add_passkey(&siti, &own, "", &PROOF).await.unwrap().unwrap().is_empty());
    let twice = house.app.add_passkey(&siti, &answer(SESSION, &challenge, &second), "", &PROOF).await.unwrap();
    assert_eq!(twice.unwrap_err(), FactorSlip::Offer, "a challenge counts twice");
});

both!(a_passkey_is_taken_away_with_a_recovery_code_and_lets_nobody_in_any_more, |house| {
    let siti = officer(&house, "siti").await;
    let mut device = Device::new(7);
    let codes = add(&house, &siti, &mut device).await.unwrap();
    let factor = house.app.security(&siti).await.unwrap().factors[0].id;
    let proof = Proof { code: &codes[0], ..PROOF };
    house.app.remove_factor(&siti, factor, &proof).await.unwrap().unwrap();
    assert!(matches!(show(&house, &device).await, Err(Error::Denied)));
    add(&house, &siti, &mut device).await.unwrap();
    show(&house, &device).await.unwrap();
});
