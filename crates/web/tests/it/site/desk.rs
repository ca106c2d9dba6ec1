//! An officer's forms.

use super::browser::{Browser, KALSEL, NATIONAL, PUPR};
use domain::report::Class;
use domain::{Actor, Code, Role};

both!(words_sent_after_the_session_ended_are_not_lost, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.forget_session();
    let words = [("kind", "explained"), ("text", "Jalan itu masuk rencana perbaikan tahun depan.")];
    let page = admin.post(&format!("/desk{report}/jawaban"), &words).await.is(401).text();
    assert!(page.contains("Jalan itu masuk rencana perbaikan") && page.contains("name=\"password\""), "{page}");
    let asked = admin.get("/desk?tab=answer&after=1.2").await.leads();
    assert_eq!(asked, "/desk/masuk?back=/desk%3Ftab%3Danswer%26after%3D1.2");
});

both!(a_disposition_that_is_refused_judges_nothing, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("agency", "Pemerintah Provinsi Kalimantan Selatan")]).await;
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let elsewhere = [("to", "640200"), ("class", "aspiration")];
    chief.act(&report, "disposisi", &elsewhere).await.is(422);
    let (code, by) = (code(&report), Actor::Reporter);
    assert_eq!(house.app.view(code, &by).await.unwrap().report().class, Class::Complaint);
    chief.act(&report, "disposisi", &[("to", &PUPR.to_string()), ("class", "aspiration")]).await.is(303);
    assert_eq!(house.app.view(code, &by).await.unwrap().report().class, Class::Aspiration);
});

both!(seats_that_only_look_get_no_notices, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("secret", "1"), ("agency", "Pemerintah Provinsi Kalimantan Selatan")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &KALSEL.to_string())]).await.is(303);
    let code = code(&report).to_string();
    for (login, role, sees) in [("pimpinan", Role::Leader, false), ("kalsel", Role::AgencyAdmin, true)] {
        let mut seat = Browser::officer(&house, login, role, KALSEL).await;
        let page = seat.get("/desk/pemberitahuan").await.is(200).text();
        assert_eq!(page.contains(&code), sees, "{login}: {page}");
    }
});

fn code(report: &str) -> Code {
    Code::parse(report.rsplit('/').next().unwrap()).unwrap()
}
