//! A login with a second step, as a browser without script does it.

use super::browser::{Browser, KALSEL, NATIONAL, PASSWORD, Page};
use crate::world::House;
use domain::{AgencyId, Role};
use totp_rs::{Builder, Secret};

const KNOWN: [(&str, &str); 3] = [("login", "siti"), ("password", PASSWORD), ("back", "/desk?tab=late")];

/// The code that an authenticator shows now for the letters on a page.
fn code(house: &House, page: &Page) -> String {
    let typed = page.between("<code>", "</code>").remove(0).replace(' ', "");
    let secret = Secret::try_from_base32(typed).unwrap();
    let device = Builder::new().with_secret(secret).with_account_name("siti").build().unwrap();
    device.generate(house.app.now().as_second() as u64).to_string()
}

both!(an_officer_sets_up_an_authenticator_and_logs_in_with_a_recovery_code, |house| {
    let mut officer = Browser::officer(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    assert!(officer.get("/desk/akun").await.is(200).text().contains("/desk/akun/keamanan"));
    officer.get("/desk/akun/keamanan").await.is(200);
    let offer = officer.get("/desk/akun/keamanan/aplikasi").await.is(200);
    assert!(offer.text().contains("<svg aria-hidden=\"true\""));
    let ticket = offer.between("name=\"ticket\" value=\"", "\"").remove(0);
    fn sent<'a>(ticket: &'a str, code: &'a str) -> [(&'static str, &'a str); 4] {
        [("ticket", ticket), ("label", "Ponsel"), ("code", code), ("password", PASSWORD)]
    }
    let again = officer.post("/desk/akun/keamanan/aplikasi", &sent(&ticket, "000000")).await.is(422);
    assert!(again.text().contains("id=\"code-slip\"") && again.text().contains("value=\"Ponsel\""));
    assert_eq!(again.between("<code>", "</code>"), offer.between("<code>", "</code>"), "what was scanned is lost");
    let shown = code(&house, &offer);
    let right = sent(&ticket, &shown);
    let codes = officer.post("/desk/akun/keamanan/aplikasi", &right).await.is(200).between("<code>", "</code>");
    assert_eq!(codes.len(), 10);
    assert!(officer.get("/desk/akun/keamanan").await.is(200).text().contains("Tersisa 10 kode"));

    let mut elsewhere = Browser::new(&house);
    let step = elsewhere.post("/desk/masuk", &KNOWN).await.leads();
    assert_eq!(step, "/desk/masuk/kode?back=/desk%3Ftab%3Dlate");
    elsewhere.get("/desk").await.is(303);
    let form = elsewhere.get(&step).await.is(200);
    assert!(form.text().contains("name=\"back\" value=\"/desk?tab=late\""));
    let slip = elsewhere.post("/desk/masuk/kode", &[("code", "123456"), ("back", "/desk")]).await.is(422);
    assert!(slip.text().contains("id=\"code-slip\""));
    let fields = [("code", codes[0].as_str()), ("back", "/desk?tab=late")];
    assert_eq!(elsewhere.post("/desk/masuk/kode", &fields).await.leads(), "/desk?tab=late");
    elsewhere.get("/desk").await.is(200);
    let told = officer.get("/desk/akun/keamanan").await.is(200).text();
    assert!(told.contains("Tersisa 9 kode") && told.contains("Masuk dengan satu kode pemulihan"));
});

both!(nobody_reaches_the_second_step_without_the_password, |house| {
    Browser::officer(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let mut stranger = Browser::new(&house);
    for path in ["/desk/masuk/kode", "/desk/masuk/pasang"] {
        assert_eq!(stranger.get(path).await.leads(), "/desk/masuk", "{path}");
        assert_eq!(stranger.post(path, &[("code", "123456")]).await.leads(), "/desk/masuk", "{path}");
    }
    assert!(stranger.get("/desk/masuk").await.text().contains("Langkah kedua terlalu lama"));
});

both!(where_the_office_asks_for_it_the_way_in_leads_over_the_authenticator, |house| {
    let mut officer = Browser::officer(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let mut nation = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let asked = "/desk/instansi/630000/langkah-kedua";
    officer.post("/desk/instansi/1/langkah-kedua", &[("role", "agency_admin")]).await.is(403);
    assert_eq!(nation.post(asked, &[("role", "agency_admin")]).await.leads(), "/desk/instansi/630000/akun");
    let page = nation.get("/desk/instansi/630000/akun").await.is(200).text();
    assert!(page.contains("value=\"agency_admin\" checked") && !page.contains("value=\"leader\" checked"), "{page}");
    let log = nation.get("/desk/instansi/630000/perubahan").await.is(200).text();
    assert!(log.contains("Langkah kedua diminta dari Admin Instansi"), "{log}");
    assert!(officer.get("/desk/akun/keamanan").await.text().contains("mewajibkan langkah kedua"));
    officer.forget_session();
    let step = officer.post("/desk/masuk", &KNOWN).await.leads();
    assert_eq!(step, "/desk/masuk/pasang?back=/desk%3Ftab%3Dlate");
    officer.get("/desk").await.is(303);
    let offer = officer.get(&step).await.is(200);
    let ticket = offer.between("name=\"ticket\" value=\"", "\"").remove(0);
    let shown = code(&house, &offer);
    let fields = [("ticket", ticket.as_str()), ("code", shown.as_str()), ("back", "/desk?tab=late")];
    let done = officer.post("/desk/masuk/pasang", &fields).await.is(200);
    assert!(done.text().contains("href=\"/desk?tab=late\"") && done.between("<code>", "</code>").len() == 10);
    officer.get("/desk").await.is(200);
});

both!(an_officer_makes_a_token_that_may_only_read_in_one_office, |house| {
    let mut officer = Browser::officer(&house, "siti", Role::AgencyAdmin, KALSEL).await;
    let form = officer.get("/desk/akun/token").await.is(200).text();
    assert!(form.contains("value=\"630003\"") && !form.contains("value=\"640200\""), "offices out of reach");
    let fields =
        |verb, office, password| [("label", "Rekap"), (verb, "read"), ("office", office), ("password", password)];
    let wrong = officer.post("/desk/akun/token", &fields("verb", "630003", "bukan ini")).await.is(422).text();
    assert!(wrong.contains("id=\"password-slip\"") && wrong.contains("value=\"Rekap\""));
    for fields in [fields("none", "630003", PASSWORD), fields("verb", "640200", PASSWORD)] {
        assert!(officer.post("/desk/akun/token", &fields).await.is(422).text().contains("#verb-read"));
    }
    let made = officer.post("/desk/akun/token", &fields("verb", "630003", PASSWORD)).await.is(200);
    let token = made.between("<code>", "</code>").remove(0);
    let (owner, scope) = house.app.token(&token).await.unwrap();
    assert_eq!((owner.login.as_str(), scope.office), ("siti", Some(AgencyId(630_003))));
    let listed = officer.get("/desk/akun").await.is(200).text();
    assert!(listed.contains("Rekap") && listed.contains("Membaca ·"), "{listed}");
    assert!(!listed.contains(&token));
});
