//! An agency connects its own system.

use super::browser::{Browser, KALSEL, NATIONAL, PUPR};
use domain::Role;

const PAGE: &str = "/desk/instansi/630000/sistem";
const GOOD: [(&str, &str); 7] = [
    ("edition", "0"),
    ("address", "https://aduan.contoh.go.id/open311/v2/"),
    ("key", "kunci-rahasia"),
    ("speech", "json"),
    ("fallback", "Lain-lain"),
    ("services", "Jalan berlubang = 0302\n8 = J"),
    ("on", "1"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = GOOD.into_iter().filter(|(name, _)| changes.iter().all(|(other, _)| name != other));
    kept.chain(changes.iter().copied()).collect()
}

both!(the_admin_of_an_agency_connects_its_own_system_and_its_key_is_never_shown, |house| {
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let wrong =
        with(&[("address", "http://10.1.2.3/open311"), ("key", "a b"), ("fallback", ""), ("services", "apa saja")]);
    let back = chief.post(PAGE, &wrong).await.is(422).text();
    for field in ["address", "key", "fallback", "services"] {
        assert!(back.contains(&format!("href=\"#{field}\"")), "{field} is not told: {back}");
    }
    assert!(!back.contains("value=\"a b\""), "a key comes back");
    assert_eq!(chief.post(PAGE, &GOOD).await.leads(), PAGE);
    let page = chief.get(PAGE).await.is(200).text();
    assert!(
        page.contains("https://aduan.contoh.go.id/open311/v2\"") && page.contains("Jalan berlubang = 0302"),
        "{page}"
    );
    assert!(!page.contains("kunci-rahasia"), "{page}");
    chief.post(PAGE, &GOOD).await.is(409);
    chief.post(PAGE, &with(&[("edition", "1"), ("key", ""), ("fallback", "Umum")])).await.is(303);
    let moved = with(&[("edition", "2"), ("key", ""), ("address", "https://lain.contoh.go.id/v2")]);
    let told = chief.post(PAGE, &moved).await.is(422).text();
    assert!(told.contains("href=\"#key\""), "a key goes to another address: {told}");
    let log = chief.get("/desk/instansi/630000/perubahan").await.is(200).text();
    assert!(log.contains("aduan.contoh.go.id"), "{log}");
    assert_eq!(chief.post(&format!("{PAGE}/lepas"), &[]).await.leads(), PAGE);
    assert!(!chief.get(PAGE).await.is(200).text().contains("aduan.contoh.go.id"));
});

both!(a_report_waits_for_the_own_system_of_its_agency_and_an_anonymous_one_does_not, |house| {
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let mut nation = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let mut citizen = Browser::new(&house);
    let before = citizen.report(&[]).await;
    nation.act(&before, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    chief.post(PAGE, &GOOD).await.is(303);
    let open = citizen.report(&[]).await;
    let anonymous = citizen.report(&[("anonymous", "1")]).await;
    for report in [&open, &anonymous] {
        nation.act(report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    }
    let page = chief.get(PAGE).await.is(200);
    assert_eq!(page.between("href=\"/desk/laporan/", "\""), [open.trim_start_matches("/laporan/")]);
    let case = chief.get(&format!("/desk{open}")).await.is(200).text();
    assert!(case.contains("id=\"peer\"") && case.contains("Menunggu dikirim"), "{case}");
    assert!(!chief.get(&format!("/desk{before}")).await.is(200).text().contains("id=\"peer\""));
});

both!(nobody_else_sees_the_connection, |house| {
    for (login, role, agency) in [
        ("pupr", Role::LiaisonOfficer, PUPR),
        ("pimpinan", Role::Leader, KALSEL),
        ("jateng", Role::AgencyAdmin, 330_000),
        ("pengawas", Role::Supervisor, NATIONAL),
    ] {
        let mut other = Browser::officer(&house, login, role, agency).await;
        other.get(PAGE).await.is(404);
        assert!(other.post(PAGE, &GOOD).await.status >= 400, "{login}");
        assert!(other.post(&format!("{PAGE}/ulang"), &[("forward", "1")]).await.status >= 400, "{login}");
    }
    let mut nation = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    nation.get(PAGE).await.is(200);
    nation.get("/desk/instansi/1/sistem").await.is(404);
});

both!(the_exchange_of_files_is_shown_to_the_national_office, |house| {
    let mut nation = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let page = nation.get("/desk/pertukaran").await.is(200).text();
    assert!(page.contains("Belum diatur"), "{page}");
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    assert!(chief.get("/desk/pertukaran").await.status >= 400);
    assert!(nation.get("/desk/akun").await.is(200).text().contains("/desk/pertukaran"));
    assert!(!chief.get("/desk/akun").await.is(200).text().contains("/desk/pertukaran"));
});
