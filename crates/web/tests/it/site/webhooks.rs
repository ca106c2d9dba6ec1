//! Endpoints of other systems at the desk, and tokens for partner systems.

use super::PASSWORD;
use super::browser::{Browser, KALSEL, NATIONAL};
use crate::world::House;
use app::webhook::{Caller, Reach, Webhooks};
use domain::Role;

/// A house that can tell other systems, public ones only.
pub fn telling(mut house: House) -> House {
    let caller = Caller::new(Reach::default()).unwrap();
    house.app = house.app.clone().with_webhooks(Webhooks { caller, base: "https://lapor.contoh.go.id".into() });
    house
}

const OFFICE: &str = "Pemerintah Provinsi Kalimantan Selatan";
const URL: &str = "https://sistem.contoh.go.id/lapor";

both!(an_admin_keeps_the_endpoints_of_the_own_agency, |house| {
    let house = telling(house);
    let mut kalsel = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    assert!(kalsel.get("/desk/akun").await.is(200).text().contains("/desk/webhook"));
    for (url, slip) in [
        ("http://sistem.contoh.go.id/", "https://"),
        ("https://10.0.0.7/", "jaringan lokal"),
        ("https://localhost/", "jaringan lokal"),
        ("bukan alamat", "tidak terbaca"),
    ] {
        let wrong = kalsel.post("/desk/webhook", &[("office", OFFICE), ("url", url)]).await.is(422).text();
        assert!(wrong.contains(slip), "{url}: {wrong}");
    }
    kalsel.post("/desk/webhook", &[("office", "Pemerintah Kota Bontang"), ("url", URL)]).await.is(422);
    let fields = [("office", OFFICE), ("url", URL), ("topic", "report.answered")];
    let made = kalsel.post("/desk/webhook", &fields).await.is(200).text();
    let secret = made.split("whsec_").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let home = made.split("href=\"/desk/webhook/").nth(1).unwrap().split('"').next().unwrap();
    let home = format!("/desk/webhook/{home}");
    let list = kalsel.get("/desk/webhook").await.is(200).text();
    assert!(list.contains(URL) && list.contains(&home) && !list.contains(&secret));
    let page = kalsel.get(&home).await.is(200).text();
    assert!(page.contains("value=\"report.answered\" checked") && !page.contains(&secret), "{page}");
    let renewed = kalsel.post(&format!("{home}/rahasia"), &[]).await.is(200).text();
    assert!(renewed.contains("whsec_") && !renewed.contains(&secret));
    assert_eq!(kalsel.post(&format!("{home}/uji"), &[]).await.leads(), home);
    assert!(kalsel.get(&home).await.is(200).text().contains("Uji coba"));
    kalsel.post(&format!("{home}/ulang"), &[("what", "since"), ("since", "kemarin")]).await.is(422);
    let since = [("what", "since"), ("since", "2026-11-09T00:00")];
    assert_eq!(kalsel.post(&format!("{home}/ulang"), &since).await.leads(), home);
    kalsel.post(&format!("{home}/ubah"), &[("url", "https://[::1]/")]).await.is(422);
    kalsel.post(&format!("{home}/ubah"), &[("url", "https://baru.contoh.go.id/x")]).await.is(303);
    kalsel.post(&format!("{home}/saklar"), &[("on", "0")]).await.is(303);
    let page = kalsel.get(&home).await.is(200).text();
    assert!(page.contains("baru.contoh.go.id") && page.contains("mati"), "{page}");
    let log = kalsel.get(&format!("/desk/instansi/{KALSEL}/perubahan")).await.is(200).text();
    for told in ["Alamat webhook ditambahkan", "Rahasia webhook diganti", "Alamat webhook dimatikan"] {
        assert!(log.contains(told), "{told} is not in {log}");
    }

    let mut bontang = Browser::officer(&house, "bontang", Role::AgencyAdmin, 647_400).await;
    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, 630_003).await;
    bontang.get(&home).await.is(404);
    bontang.post(&format!("{home}/rahasia"), &[]).await.is(404);
    assert!(!bontang.get("/desk/webhook").await.is(200).text().contains("contoh.go.id"));
    liaison.get("/desk/webhook").await.is(403);
    liaison.get(&home).await.is(404);
    let mut nation = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    assert!(nation.get("/desk/webhook").await.is(200).text().contains(OFFICE));
    assert_eq!(nation.post(&format!("{home}/hapus"), &[]).await.leads(), "/desk/webhook");
    kalsel.get(&home).await.is(404);
});

both!(an_admin_gives_a_token_to_a_partner_with_a_quota, |house| {
    let mut kalsel = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let password = PASSWORD;
    let asked = |partner, minute| {
        [
            ("label", "mitra"),
            ("verb", "submit"),
            ("partner", partner),
            ("per_minute", minute),
            ("per_day", "10"),
            ("password", password),
        ]
    };
    let wrong = kalsel.post("/desk/akun/token", &asked("", "60")).await.is(422).text();
    assert!(wrong.contains("Isi nama aplikasi mitra"), "{wrong}");
    let wrong = kalsel.post("/desk/akun/token", &asked("Aplikasi Contoh", "9000")).await.is(422).text();
    assert!(wrong.contains("Aplikasi Contoh") && wrong.contains("600"), "{wrong}");
    let made = kalsel.post("/desk/akun/token", &asked("Aplikasi Contoh", "7")).await.is(200).text();
    let token = made.split("<code>").nth(1).unwrap().split('<').next().unwrap();
    let visit = house.app.admit_partner(token, false).await.unwrap().unwrap();
    assert_eq!((visit.partner.name.as_str(), visit.minute.limit), ("Aplikasi Contoh", 7));
    assert!(kalsel.get("/desk/akun").await.is(200).text().contains("Mengirim laporan"));
    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, 630_003).await;
    assert!(!liaison.get("/desk/akun/token").await.is(200).text().contains("verb-submit"));
    liaison.post("/desk/akun/token", &asked("Aplikasi Contoh", "7")).await.is(422);
});
