//! Passkeys and the identity provider, as requests.

use super::browser::{Browser, KALSEL, PASSWORD, Page};
use crate::device::Device;
use crate::provider::Fake;
use app::Challenge;
use domain::Role;
use serde_json::json;

const MADE: &str = "/desk/akun/keamanan/kunci";
const ALONE: &str = "/desk/masuk/kunci";
const SECOND: &str = "/desk/masuk/kode/kunci";
const LINKS: &str = "/desk/akun/keamanan/identitas";

fn device() -> Device {
    Device { origin: "http://lapor.example", ..Device::new(7) }
}

/// What a page asks the device.
fn challenge(page: &Page) -> Challenge {
    let plain = |mark: &str| page.between(mark, "\"").remove(0).replace("&#34;", "\"").replace("&quot;", "\"");
    Challenge { ticket: plain("name=\"ticket\" value=\""), options: plain("data-options=\"") }
}

fn sent<'a>(challenge: &'a Challenge, answer: &'a str) -> [(&'static str, &'a str); 5] {
    let password = ("password", PASSWORD);
    [("ticket", &challenge.ticket), ("answer", answer), ("back", "/desk?tab=late"), ("label", "Laptop"), password]
}

async fn register(officer: &mut Browser, device: &mut Device) {
    let asked = challenge(&officer.get(MADE).await.is(200));
    let answer = device.make(&asked);
    let done = officer.post(MADE, &sent(&asked, &answer)).await.is(200);
    assert_eq!(done.between("<code>", "</code>").len(), 10);
}

both!(an_officer_makes_a_passkey_and_logs_in_with_it_alone, |house| {
    let mut officer = Browser::officer(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    assert!(officer.get("/desk/akun/keamanan").await.text().contains(MADE));
    let page = officer.get(MADE).await.is(200);
    assert!(page.text().contains("/assets/passkey.js?v=") && page.text().contains("memerlukan JavaScript"));
    let asked = challenge(&page);
    let mut device = device();
    let answer = device.make(&asked);
    let mut wrong = sent(&asked, &answer);
    wrong[4] = ("password", "bukan ini");
    let again = officer.post(MADE, &wrong).await.is(422).text();
    assert!(again.contains("id=\"password-slip\"") && again.contains("value=\"Laptop\""));
    register(&mut officer, &mut device).await;
    assert!(officer.get("/desk/akun/keamanan").await.text().contains("Laptop"));

    let mut elsewhere = Browser::new(&house);
    assert!(elsewhere.get("/desk/masuk").await.text().contains("/desk/masuk/kunci?back="));
    let asked = challenge(&elsewhere.get(&format!("{ALONE}?back=/desk%3Ftab%3Dlate")).await.is(200));
    let answer = device.show(&asked);
    let right = sent(&asked, &answer);
    let stolen = Browser::new(&house).post(ALONE, &right).await.is(422);
    assert!(stolen.text().contains("id=\"slips\""), "another browser answers the challenge");
    assert_eq!(elsewhere.post(ALONE, &right).await.leads(), "/desk?tab=late");
    elsewhere.get("/desk").await.is(200);
    for answer in ["", "{}", "bukan json", &answer] {
        elsewhere.post(ALONE, &sent(&asked, answer)).await.is(422);
    }
});

both!(a_passkey_takes_the_place_of_a_code_after_the_password, |house| {
    let mut officer = Browser::officer(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let mut device = device();
    register(&mut officer, &mut device).await;
    let mut elsewhere = Browser::new(&house);
    assert_eq!(elsewhere.get(SECOND).await.leads(), "/desk/masuk", "somebody without the password is asked");
    let step = elsewhere.post("/desk/masuk", &[("login", "siti"), ("password", PASSWORD)]).await.leads();
    assert!(elsewhere.get(&step).await.is(200).text().contains(SECOND));
    let asked = challenge(&elsewhere.get(SECOND).await.is(200));
    elsewhere.post(SECOND, &sent(&asked, "{}")).await.is(422);
    assert_eq!(elsewhere.post(SECOND, &sent(&asked, &device.show(&asked))).await.leads(), "/desk?tab=late");
    elsewhere.get("/desk").await.is(200);
});

both!(where_no_provider_is_set_up_none_is_there, |house| {
    let mut officer = Browser::officer(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    for path in ["/desk/masuk/identitas", "/desk/masuk/identitas/kembali?code=x&state=y"] {
        officer.get(path).await.is(404);
    }
    for path in ["/desk/masuk", "/desk/akun/keamanan"] {
        assert!(!officer.get(path).await.text().contains("identitas"), "{path}");
    }
    officer.get(LINKS).await.is(200);
});

both!(a_person_of_the_provider_is_linked_with_the_password_and_logs_in_after_that, |house| {
    let fake = Fake::start().await;
    let mut house = house.clone();
    house.app = house.app.clone().with_provider(fake.settings(&[]));
    Browser::officer(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let mut person = Browser::new(&house);
    assert!(person.get("/desk/masuk").await.text().contains("Masuk dengan Penyedia contoh"));
    assert_eq!(come(&mut person, &fake, "/desk").await, format!("/desk/masuk?back={LINKS}"));
    assert!(person.get("/desk/masuk").await.text().contains("belum terhubung"));
    let known = [("login", "siti"), ("password", PASSWORD), ("back", LINKS)];
    assert_eq!(person.post("/desk/masuk", &known).await.leads(), LINKS);
    assert!(person.get(LINKS).await.text().contains("siti@contoh.go.id"));
    assert!(person.post(LINKS, &[("password", "bukan")]).await.is(422).text().contains("id=\"password-slip\""));
    assert_eq!(person.post(LINKS, &[("password", PASSWORD)]).await.leads(), LINKS);
    let listed = person.get(LINKS).await.is(200);
    assert!(listed.text().contains("sudah terhubung") && listed.text().contains("id=\"unlink-1\""));

    let mut elsewhere = Browser::new(&house);
    assert_eq!(come(&mut elsewhere, &fake, "/desk?tab=late").await, "/desk?tab=late");
    elsewhere.get("/desk").await.is(200);
    assert_eq!(come(&mut elsewhere, &fake, "https://lain.example").await, "/desk");
    let issuer = listed.between("name=\"issuer\" value=\"", "\"").remove(0);
    let gone = |password| [("issuer", issuer.as_str()), ("subject", "8812"), ("password", password)];
    let lepas = format!("{LINKS}/lepas");
    assert!(elsewhere.post(&lepas, &gone("bukan")).await.is(422).text().contains("id=\"unlink-1-slip\""));
    assert_eq!(elsewhere.post(&lepas, &gone(PASSWORD)).await.leads(), LINKS);
    assert_eq!(come(&mut elsewhere, &fake, "/desk").await, LINKS, "who is logged in is asked for the password at once");
    assert!(elsewhere.get("/desk/akun/keamanan").await.text().contains("Akun penyedia identitas dilepaskan"));
});

both!(who_comes_back_without_having_gone_is_told_and_not_let_in, |house| {
    let fake = Fake::start().await;
    let mut house = house.clone();
    house.app = house.app.clone().with_provider(fake.settings(&[]));
    let mut stranger = Browser::new(&house);
    assert_eq!(stranger.get("/desk/masuk/identitas/kembali?code=x&state=y").await.leads(), "/desk/masuk");
    assert!(stranger.get("/desk/masuk").await.text().contains("dimulai di tempat lain"));
    let away = stranger.get("/desk/masuk/identitas").await.leads();
    let state = parameter(&away, "state");
    let refused = format!("/desk/masuk/identitas/kembali?error=access_denied&state={state}");
    assert_eq!(stranger.get(&refused).await.leads(), "/desk/masuk");
    assert!(stranger.get("/desk/masuk").await.text().contains("tidak membuktikan"));
});

/// To the provider, which vouches for somebody, and back; where that leads.
async fn come(browser: &mut Browser, fake: &Fake, back: &str) -> String {
    let back = back.replace('?', "%3F").replace('=', "%3D");
    let away = browser.get(&format!("/desk/masuk/identitas?back={back}")).await.leads();
    let nonce = parameter(&away, "nonce");
    fake.vouch(json!({ "sub": "8812", "email": "siti@contoh.go.id", "email_verified": true, "nonce": nonce }));
    let state = parameter(&away, "state");
    browser.get(&format!("/desk/masuk/identitas/kembali?code=kode&state={state}")).await.leads()
}

fn parameter(address: &str, name: &str) -> String {
    let pairs = address.split(['?', '&']).filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next().unwrap()
}
