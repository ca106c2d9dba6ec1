//! Seats: invitations, several of them for one person, deputies, endings.

use super::browser::{Browser, KALSEL, NATIONAL, PASSWORD, PUPR};
use crate::world::House;
use domain::Role;

const INSPECTORATE: i64 = 630_002;
const BONTANG: i64 = 647_400;
const SITI: [(&str, &str); 3] =
    [("name", "Siti Contoh"), ("email", "siti@instansi.example"), ("role", "liaison_officer")];

async fn chief(house: &House) -> Browser {
    Browser::officer(house, "kalsel", Role::AgencyAdmin, KALSEL).await
}

/// Invites, and returns the path of the link.
async fn invited(by: &mut Browser, office: i64, key: &str, fields: &[(&str, &str)]) -> String {
    let fields: Vec<(&str, &str)> = [&[("key", key)], fields].concat();
    by.post(&format!("/desk/instansi/{office}/undangan"), &fields).await.is(303);
    let page = by.get(&format!("/desk/instansi/{office}/akun")).await.is(200);
    page.between("value=\"http://lapor.example", "\"")[0].clone()
}

both!(an_invited_person_chooses_login_and_password_and_the_link_works_once, |house| {
    let mut chief = chief(&house).await;
    let link = invited(&mut chief, PUPR, "a", &SITI).await;
    assert_eq!(link, invited(&mut chief, PUPR, "a", &SITI).await, "the same form invites twice");
    let mut siti = Browser::new(&house);
    assert!(siti.get(&link).await.is(200).text().contains("Siti Contoh"));
    let short = siti.post(&link, &[("login", "siti"), ("password", "pendek")]).await.is(422).text();
    assert!(short.contains("id=\"password-slip\"") && short.contains("value=\"siti\""));
    let taken = siti.post(&link, &[("login", "kalsel"), ("password", PASSWORD)]).await.is(422).text();
    assert!(taken.contains("sudah dipakai"), "{taken}");
    siti.post(&link, &[("login", "siti"), ("password", PASSWORD)]).await.is(303);
    siti.post("/desk/masuk", &[("login", "siti"), ("password", PASSWORD)]).await.is(303);
    assert!(siti.get("/desk").await.is(200).text().contains("Pejabat Penghubung"));

    let again = Browser::new(&house).get(&link).await.is(200).text();
    assert!(again.contains("sudah diterima") && !again.contains("<button class=\"button wide\""), "{again}");
    Browser::new(&house).post(&link, &[("login", "lain"), ("password", PASSWORD)]).await.is(422);
    let seats = chief.get(&format!("/desk/instansi/{PUPR}/akun")).await.text();
    assert!(seats.contains("siti@instansi.example") && !seats.contains("Tautan sekali pakai"));
    let changes = chief.get(&format!("/desk/instansi/{PUPR}/perubahan")).await.is(200).text();
    assert!(changes.contains("Undangan dibuat") && changes.contains("Siti Contoh menduduki kursi"), "{changes}");
});

both!(a_link_that_was_withdrawn_or_has_run_out_explains_itself, |house| {
    let mut chief = chief(&house).await;
    let first = invited(&mut chief, PUPR, "a", &SITI).await;
    let page = chief.get(&format!("/desk/instansi/{PUPR}/akun")).await;
    let withdraw = page.between("action=\"/desk/instansi/630003/undangan/", "\"")[0].clone();
    chief.post(&format!("/desk/instansi/{PUPR}/undangan/{withdraw}"), &[]).await.is(303);
    assert!(Browser::new(&house).get(&first).await.is(200).text().contains("sudah ditarik"));
    let second = invited(&mut chief, PUPR, "b", &SITI).await;
    house.later(24 * 7 + 1);
    assert!(Browser::new(&house).get(&second).await.is(200).text().contains("lewat masa berlakunya"));
    Browser::new(&house).post(&second, &[("login", "siti"), ("password", PASSWORD)]).await.is(422);
    Browser::new(&house).get("/desk/undangan/abc").await.is(404);
});

both!(an_agency_admin_stays_in_the_own_subtree_and_below_the_own_rank, |house| {
    let mut chief = chief(&house).await;
    let page = chief.get(&format!("/desk/instansi/{PUPR}/akun")).await.is(200).text();
    assert!(page.contains("value=\"liaison_officer\"") && !page.contains("value=\"national_admin\""));
    for office in [BONTANG, NATIONAL] {
        chief.get(&format!("/desk/instansi/{office}/akun")).await.is(404);
        let fields = [("key", "x"), SITI[0], SITI[1], SITI[2]];
        chief.post(&format!("/desk/instansi/{office}/undangan"), &fields).await.is(403);
    }
    for role in ["national_admin", "supervisor", "auditor"] {
        let fields = [("key", role), SITI[0], SITI[1], ("role", role)];
        chief.post(&format!("/desk/instansi/{KALSEL}/undangan"), &fields).await.is(403);
    }
    let unfit = [("key", "y"), SITI[0], SITI[1], ("role", "inspector")];
    chief.post(&format!("/desk/instansi/{PUPR}/undangan"), &unfit).await.is(422);
    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    liaison.get(&format!("/desk/instansi/{PUPR}/akun")).await.is(404);
    let mut auditor = Browser::officer(&house, "audit", Role::Auditor, NATIONAL).await;
    auditor.get(&format!("/desk/instansi/{PUPR}/akun")).await.is(404);
    auditor.get(&format!("/desk/instansi/{PUPR}/perubahan")).await.is(200);
    assert_eq!(auditor.get(&format!("/desk/instansi/{PUPR}")).await.leads(), "/desk/instansi/630003/data");
});

both!(one_person_switches_between_two_seats_and_a_token_stays_in_its_own, |house| {
    let mut national = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let mut person = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let token = house.app.make_token("pupr", None, "rekap", domain::scope::Scope::whole()).await.unwrap();
    let fields = [SITI[0], SITI[1], ("role", "agency_admin")];
    let link = invited(&mut national, BONTANG, "a", &fields).await;
    assert!(national.post(&link, &[("as", "1")]).await.is(422).text().contains("Mintalah kepada rekan"));
    person.post(&link, &[("as", "1")]).await.is(303);
    let account = person.get("/desk/akun").await.is(200);
    let other = account.between("action=\"/desk/kursi/", "/pindah\"");
    assert_eq!(other.len(), 1, "{}", account.text());
    assert!(person.get("/desk").await.text().contains("Dinas PUPR Kalsel"));
    person.post(&format!("/desk/kursi/{}/pindah", other[0]), &[]).await.is(303);
    assert!(person.get("/desk").await.text().contains("Pemkot Bontang"));
    person.get(&format!("/desk/instansi/{BONTANG}/akun")).await.is(200);
    assert_eq!(house.app.token(&token).await.unwrap().0.role, Role::LiaisonOfficer);
    national.post(&format!("/desk/kursi/{}/pindah", other[0]), &[]).await.is(404);

    national.post(&format!("/desk/kursi/{}/akhir", other[0]), &[]).await.is(303);
    person.get("/desk").await.is(303);
    person.post("/desk/masuk", &[("login", "pupr"), ("password", PASSWORD)]).await.is(303);
    assert!(person.get("/desk").await.text().contains("Dinas PUPR Kalsel"));
});

both!(a_deputy_acts_in_the_name_of_the_seat_for_as_long_as_the_leave_lasts, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[]).await;
    let mut national = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    national.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let mut deputy = Browser::officer(&house, "dishub", Role::LiaisonOfficer, 630_004).await;
    Browser::officer(&house, "bontang", Role::AgencyAdmin, BONTANG).await;
    deputy.get(&format!("/desk{report}")).await.is(200);
    let none = deputy.get(&format!("/desk{report}")).await.text();
    assert!(!none.contains(&format!("{report}/jawaban\"")), "a colleague of another office answers");

    let own = liaison.get("/desk/akun").await.between("href=\"/desk/kursi/", "\"")[0].clone();
    let seat = format!("/desk/kursi/{own}/wakil");
    let days = [("from", "2026-11-09"), ("to", "2026-11-11")];
    let ask = |login| [("login", login), days[0], days[1]];
    assert!(liaison.post(&seat, &ask("bontang")).await.is(422).text().contains("dari instansi lain"));
    assert!(liaison.post(&seat, &ask("siapa")).await.is(422).text().contains("Tidak ada akun"));
    let back = [("login", "dishub"), days[1], ("to", "2026-11-01")];
    liaison.post(&seat, &back).await.is(422);
    liaison.post(&seat, &ask("dishub")).await.is(303);

    let account = deputy.get("/desk/akun").await.is(200);
    assert!(account.text().contains("a.n. Petugas pupr"), "{}", account.text());
    let switch = account.between("action=\"/desk/kursi/", "/pindah\"")[0].clone();
    deputy.post(&format!("/desk/kursi/{switch}/pindah"), &[]).await.is(303);
    let words = [("kind", "explained"), ("text", "Jalan itu masuk rencana perbaikan tahun depan.")];
    deputy.act(&report, "jawaban", &words).await.is(303);
    let history = liaison.get(&format!("/desk{report}")).await.is(200).text();
    assert!(history.contains("Petugas dishub, ") && history.contains("(a.n. Petugas pupr)"), "{history}");
    let public = citizen.get(&report).await.text();
    assert!(!public.contains("Petugas pupr"), "the public reads an officer's name");

    house.at("2026-11-12T01:00:00Z");
    deputy.post("/desk/masuk", &[("login", "dishub"), ("password", PASSWORD)]).await.is(303);
    let over = deputy.get("/desk/akun").await.is(200).text();
    assert!(!over.contains("a.n. Petugas pupr"));
    deputy.post(&format!("/desk/kursi/{switch}/pindah"), &[]).await.is(404);
    liaison.post("/desk/masuk", &[("login", "pupr"), ("password", PASSWORD)]).await.is(303);
    assert!(liaison.get(&format!("/desk{report}")).await.text().contains("(a.n. Petugas pupr)"));
});

both!(a_session_whose_deputy_seat_runs_out_goes_on_in_the_own_one, |house| {
    let mut chief = chief(&house).await;
    Browser::officer(&house, "itda", Role::Inspector, INSPECTORATE).await;
    let mut deputy = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let page = chief.get(&format!("/desk/instansi/{INSPECTORATE}/akun")).await.is(200);
    let inspector = page.between("href=\"/desk/kursi/", "\"")[0].clone();
    let days = [("login", "pupr"), ("from", "2026-11-09"), ("to", "2026-11-09")];
    let refused = chief.post(&format!("/desk/kursi/{inspector}/wakil"), &days).await.is(422);
    assert!(refused.text().contains("dari instansi lain"), "a stranger stands in for the inspectorate");
    let own = chief.get("/desk/akun").await.between("href=\"/desk/kursi/", "\"")[0].clone();
    chief.post(&format!("/desk/kursi/{own}/wakil"), &days).await.is(303);
    let switch = deputy.get("/desk/akun").await.between("action=\"/desk/kursi/", "/pindah\"")[0].clone();
    deputy.post(&format!("/desk/kursi/{switch}/pindah"), &[]).await.is(303);
    assert!(deputy.get("/desk").await.text().contains("Admin Instansi"));
    house.at("2026-11-09T11:00:00Z");
    deputy.post("/desk/masuk", &[("login", "pupr"), ("password", PASSWORD)]).await.is(303);
    deputy.post(&format!("/desk/kursi/{switch}/pindah"), &[]).await.is(303);
    house.at("2026-11-09T17:00:00Z");
    let later = deputy.get("/desk").await.is(200).text();
    assert!(later.contains("Pejabat Penghubung") && !later.contains("Admin Instansi"), "{later}");
});

both!(a_closed_account_is_out_at_once_and_only_who_manages_all_of_it_closes_it, |house| {
    let mut chief = chief(&house).await;
    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let token = house.app.make_token("pupr", None, "rekap", domain::scope::Scope::whole()).await.unwrap();
    let page = chief.get(&format!("/desk/instansi/{PUPR}/akun")).await.is(200);
    let seat = page.between("href=\"/desk/kursi/", "\"")[0].clone();
    let officer = chief.get(&format!("/desk/kursi/{seat}")).await.between("name=\"officer\" value=\"", "\"")[0].clone();
    let account = format!("/desk/kursi/{seat}/akun");
    chief.post(&account, &[("officer", &officer)]).await.is(303);
    liaison.get("/desk").await.is(303);
    assert!(house.app.token(&token).await.is_err());
    liaison.post("/desk/masuk", &[("login", "pupr"), ("password", PASSWORD)]).await.is(422);
    chief.post(&account, &[("officer", &officer), ("open", "1")]).await.is(303);
    liaison.post("/desk/masuk", &[("login", "pupr"), ("password", PASSWORD)]).await.is(303);

    house.app.add_seat("pupr", Role::NationalAdmin, domain::AgencyId(NATIONAL)).await.unwrap();
    let refused = chief.post(&account, &[("officer", &officer)]).await.is(422).text();
    assert!(refused.contains("juga duduk di kantor yang tidak Anda kelola"), "{refused}");
    liaison.get("/desk").await.is(200);
    let changes = chief.get(&format!("/desk/instansi/{PUPR}/perubahan")).await.text();
    assert!(changes.contains("Akun Petugas pupr ditutup") && changes.contains("dibuka lagi"));
});

both!(nobody_ends_the_own_seat_or_one_elsewhere, |house| {
    let mut chief = chief(&house).await;
    let mut other = Browser::officer(&house, "bontang", Role::AgencyAdmin, BONTANG).await;
    let own = chief.get("/desk/akun").await.between("href=\"/desk/kursi/", "\"")[0].clone();
    chief.post(&format!("/desk/kursi/{own}/akhir"), &[]).await.is(422);
    other.get(&format!("/desk/kursi/{own}")).await.is(404);
    other.post(&format!("/desk/kursi/{own}/akhir"), &[("back", "1")]).await.is(404);
    let days = [("login", "bontang"), ("from", "2026-11-09"), ("to", "2026-11-09")];
    other.post(&format!("/desk/kursi/{own}/wakil"), &days).await.is(404);
    chief.get("/desk").await.is(200);
});
