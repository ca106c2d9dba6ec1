//! A problem as officers make it and as everybody reads it.

use super::browser::{Browser, KALSEL, NATIONAL, PUPR};
use crate::world::House;
use domain::Role;

const OWNER: &str = "Dinas PUPR Kalsel";

/// A report that is with the road office.
async fn disposed(citizen: &mut Browser, chief: &mut Browser, extra: &[(&str, &str)]) -> String {
    let to_province = [extra, &[("agency", "Pemerintah Provinsi Kalimantan Selatan")]].concat();
    let report = citizen.report(&to_province).await;
    chief.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    report
}

fn number(report: &str) -> String {
    report.trim_start_matches("/laporan/").to_owned()
}

async fn read(house: &House, path: &str) -> String {
    Browser::new(house).get(path).await.is(200).text()
}

async fn make(chief: &mut Browser, of: &str) -> String {
    let fields = [
        ("key", "k"),
        ("of", of),
        ("title", "Jalan Padat Karya rusak"),
        ("cause", "Saluran tersumbat."),
        ("owner", OWNER),
        ("step-1", "Penambalan"),
        ("until-1", "2026-12-01"),
    ];
    let desk = chief.post("/desk/masalah", &fields).await.leads();
    assert_eq!(chief.post("/desk/masalah", &fields).await.leads(), desk);
    desk
}

both!(an_admin_makes_a_problem_of_a_report_and_everybody_reads_how_it_stands, |house| {
    let mut citizen = Browser::new(&house);
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let report = disposed(&mut citizen, &mut chief, &[]).await;
    let code = number(&report);
    let case = chief.get(&format!("/desk{report}")).await.is(200).text();
    assert!(case.contains(&format!("/desk/masalah/baru?laporan={code}")), "{case}");
    let form = chief.get(&format!("/desk/masalah/baru?laporan={code}")).await.is(200).text();
    assert!(form.contains(&format!("name=\"of\" value=\"{code}\"")), "{form}");
    let desk = make(&mut chief, &code).await;
    let mut owner = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let seq = owner.get(&desk).await.is(200).between("name=\"seq\" value=\"", "\"")[0].clone();
    let news = |key| [("key", key), ("seq", seq.as_str()), ("status", "working"), ("text", "Dimulai hari ini.")];
    for _ in 0..2 {
        owner.post(&format!("{desk}/kabar"), &news("a")).await.is(303);
    }
    let late = owner.post(&format!("{desk}/kabar"), &news("b")).await.is(422).text();
    assert!(late.contains("Petugas lain baru saja") && late.contains(">Dimulai hari ini.</textarea>"), "{late}");
    let public = desk.trim_start_matches("/desk").to_owned();
    let page = read(&house, &public).await;
    for shown in ["Jalan Padat Karya rusak", "Dimulai hari ini.", "Sedang dikerjakan", "Penambalan", "1 laporan publik"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(page.matches("Dimulai hari ini.").count(), 1);
    assert!(page.contains(&format!("href=\"{report}\"")), "{page}");
    let own = read(&house, &report).await;
    assert!(
        own.contains(&format!("href=\"{public}\"")) && own.contains("Bagian dari masalah yang lebih besar"),
        "{own}"
    );
    assert!(chief.get("/desk/masalah").await.is(200).text().contains(&desk));
});

both!(a_form_with_slips_comes_back_as_it_was_typed, |house| {
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let typed = [
        ("key", "k"),
        ("title", "Jln"),
        ("cause", "Saluran tersumbat."),
        ("owner", "Dinas Entah"),
        ("step-2", "Penambalan"),
        ("until-2", "besok"),
    ];
    let page = chief.post("/desk/masalah", &typed).await.is(422).text();
    for kept in [">Saluran tersumbat.</textarea>", "value=\"Dinas Entah\"", "value=\"Penambalan\"", "value=\"besok\""] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    for slip in ["problem-title", "problem-owner", "until-2"] {
        assert!(page.contains(&format!("href=\"#{slip}\"")), "{slip}: {page}");
    }
    let desk = make(&mut chief, "").await;
    let page = chief.post(&format!("{desk}/laporan"), &[("key", "a"), ("code", "12")]).await.is(422).text();
    assert!(page.contains("id=\"problem-report-slip\"") && page.contains("value=\"12\""), "{page}");
    let short = [("key", "a"), ("seq", "1"), ("status", "solved"), ("text", "ok")];
    let page = chief.post(&format!("{desk}/kabar"), &short).await.is(422).text();
    assert!(page.contains("value=\"solved\" selected") && page.contains(">ok</textarea>"), "{page}");
    let stale = [("key", "e"), ("seq", "9"), ("title", "Judul yang baru"), ("cause", "Sebab."), ("owner", OWNER)];
    let page = chief.post(&desk, &stale).await.is(422).text();
    assert!(page.contains("Petugas lain baru saja") && page.contains("value=\"Judul yang baru\""), "{page}");
    chief.post(&desk, &[("seq", "1"), stale[0], stale[2], stale[3], stale[4]]).await.is(303);
    assert!(chief.get(&desk).await.is(200).text().contains("<h1>Judul yang baru</h1>"));
});

both!(reports_are_put_in_by_their_number_or_from_their_case_and_taken_out, |house| {
    let mut citizen = Browser::new(&house);
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let desk = make(&mut chief, "").await;
    let public = desk.trim_start_matches("/desk").to_owned();
    let id = desk.rsplit('/').next().unwrap().to_owned();
    let one = disposed(&mut citizen, &mut chief, &[]).await;
    let two = disposed(&mut citizen, &mut chief, &[]).await;
    let code = number(&one);
    for _ in 0..2 {
        chief.post(&format!("{desk}/laporan"), &[("key", "a"), ("code", &code)]).await.is(303);
    }
    chief.post(&format!("/desk{two}/masalah"), &[("key", "a"), ("problem", "")]).await.is(422);
    chief.post(&format!("/desk{two}/masalah"), &[("key", "a"), ("problem", &id)]).await.is(303);
    let page = read(&house, &public).await;
    assert!(page.contains(&format!("href=\"{one}\"")) && page.contains("2 laporan publik"), "{page}");
    let released = chief.post(&format!("/desk{one}/masalah-lepas"), &[("key", "o"), ("from", &id)]).await;
    assert_eq!(released.leads(), desk);
    let page = read(&house, &public).await;
    assert!(!page.contains(&code) && page.contains("1 laporan publik"), "{page}");
    assert!(!read(&house, &one).await.contains(&public));
});

both!(a_report_that_not_everybody_may_read_is_nowhere_near_a_problem, |house| {
    let mut citizen = Browser::new(&house);
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let desk = make(&mut chief, "").await;
    let public = desk.trim_start_matches("/desk").to_owned();
    let before = read(&house, &public).await;
    for extra in [[("secret", "1")], [("anonymous", "1")]] {
        let report = disposed(&mut citizen, &mut chief, &extra).await;
        let case = chief.get(&format!("/desk{report}")).await.is(200).text();
        assert!(!case.contains("masalah/baru?laporan="), "it is offered: {case}");
        let fields = [("key", "a"), ("code", &*number(&report))];
        let page = chief.post(&format!("{desk}/laporan"), &fields).await.is(422).text();
        assert!(page.contains("Hanya laporan publik yang pelapornya tidak anonim dapat"), "{page}");
        assert!(!citizen.get(&report).await.text().contains(&public));
    }
    let shown = disposed(&mut citizen, &mut chief, &[]).await;
    chief.post(&format!("{desk}/laporan"), &[("key", "a"), ("code", &number(&shown))]).await.is(303);
    let hide = [("reason", "personal_data"), ("text", "Memuat alamat rumah.")];
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&shown, "keterlihatan", &hide).await.is(303);
    assert!(read(&house, &public).await == before, "a hidden report leaves a trace");
    let inside = chief.get(&desk).await.is(200).text();
    assert!(!inside.contains(&number(&shown)), "{inside}");
});
