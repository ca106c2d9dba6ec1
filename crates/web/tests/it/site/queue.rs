//! The inbox: its views and counts, filters that are kept, who else is there, and many reports at once.

use super::browser::{Browser, KALSEL, NATIONAL, PASSWORD, PUPR};
use crate::world::House;
use domain::Role;

/// A report that lies at the roads department.
async fn at_roads(house: &House, admin: &mut Browser, text: &str) -> String {
    let report = Browser::new(house).report(&[("text", text)]).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    report
}

/// What a view is said to hold, in its tab.
fn count(page: &str, tab: &str) -> String {
    let rest = page.split(&format!("href=\"/desk?tab={tab}\"")).nth(1).unwrap();
    rest.split("</a>").next().unwrap().split("\">").last().unwrap().trim_end_matches("</span>").to_owned()
}

both!(each_view_holds_what_its_counter_says, |house| {
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let mut roads = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let mut reports = Vec::new();
    for n in 0..3 {
        reports.push(at_roads(&house, &mut admin, &format!("Jembatan ke-{n} di desa kami sudah lama rusak.")).await);
    }
    let me = roads.get(&format!("/desk{}", reports[0])).await.is(200);
    let own = me.between("<select id=\"assign-officer\" name=\"officer\">", "</select>")[0].clone();
    let own = own.split("value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    roads.act(&reports[0], "penugasan", &[("officer", &own)]).await.is(303);
    admin.act(&reports[1], "penundaan", &[("missing", "evidence"), ("text", "Mohon kirim foto.")]).await.is(303);
    house.app.forget_figures();
    let page = roads.get("/desk").await.is(200).text();
    let counts = ["all", "mine", "unit", "unassigned", "waiting", "late"].map(|tab| count(&page, tab));
    assert_eq!(counts, ["3", "1", "3", "2", "1", "0"], "{page}");
    house.later(24 * 30);
    roads.post("/desk/masuk", &[("login", "pupr"), ("password", PASSWORD)]).await.is(303);
    let page = roads.get("/desk?tab=late").await.is(200).text();
    assert_eq!(count(&page, "late"), "2");
    assert!(page.contains(&reports[0]) && !page.contains(&reports[1]), "a report on hold is called late");
    for (tab, rows) in [("mine", vec![0]), ("unassigned", vec![1, 2]), ("waiting", vec![1]), ("returned", vec![])] {
        let page = roads.get(&format!("/desk?tab={tab}")).await.is(200).text();
        let shown: Vec<usize> = (0..3).filter(|n| page.contains(&format!("/desk{}\"", reports[*n]))).collect();
        assert_eq!(shown, rows, "{tab}");
    }
    let found = roads.get("/desk?tab=unit&q=ke-2").await.is(200).text();
    assert!(found.contains(&reports[2]) && !found.contains(&reports[0]));
    assert!(house.app.wrong_queues().await.unwrap().is_empty());
});

both!(a_filter_is_kept_under_its_name_and_forgotten_by_its_owner_only, |house| {
    let mut one = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let mut other = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let query = [("query", "tab=unit&class=complaint&evil=1"), ("name", " Pengaduan   unit ")];
    assert_eq!(one.post("/desk/saringan", &query).await.leads(), "/desk?tab=unit&class=complaint");
    let page = one.get("/desk?tab=unit&class=complaint").await.is(200);
    assert!(page.text().contains(">Pengaduan unit</a>") && page.text().contains("aria-current=\"true\""));
    let id = page.between("action=\"/desk/saringan/", "\"")[0].clone();
    assert!(!other.get("/desk").await.text().contains("Pengaduan unit"));
    other.post(&format!("/desk/saringan/{id}"), &[]).await.is(404);
    let unnamed = one.post("/desk/saringan", &[("query", "tab=unit"), ("name", " ")]).await.is(422);
    assert!(unnamed.text().contains("filter-name-slip"), "{}", unnamed.text());
    one.post(&format!("/desk/saringan/{id}"), &[]).await.is(303);
    assert!(!one.get("/desk").await.text().contains("action=\"/desk/saringan/"));
});

both!(who_else_is_there_is_told_to_those_who_may_read_it, |house| {
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let report = at_roads(&house, &mut admin, "Jembatan di desa kami sudah lama rusak.").await;
    let mut roads = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let page = roads.get(&format!("/desk{report}")).await.is(200).text();
    assert!(page.contains("Sedang dibuka: Petugas nasional"), "{page}");
    let beat = format!("/desk{report}/kehadiran");
    assert_eq!(admin.post(&beat, &[("writing", "1")]).await.is(200).text(), "Sedang dibuka: Petugas pupr");
    assert_eq!(roads.post(&beat, &[]).await.is(200).text(), "Sedang ditulis: Petugas nasional");
    assert!(roads.get("/desk").await.text().contains("Sedang ditulis: Petugas nasional"));
    admin.post(&beat, &[("left", "1")]).await.is(200);
    assert_eq!(roads.post(&beat, &[]).await.is(200).text(), "");
    let secret =
        Browser::new(&house).report(&[("secret", "1"), ("text", "Kepala dinas meminta uang tiap bulan.")]).await;
    roads.post(&format!("/desk{secret}/kehadiran"), &[]).await.is(404);
});

both!(a_late_save_is_told_who_did_what_and_keeps_its_words, |house| {
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let report = at_roads(&house, &mut admin, "Jembatan di desa kami sudah lama rusak.").await;
    let mut roads = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let desk = format!("/desk{report}");
    let seq = roads.get(&desk).await.is(200).between("name=\"seq\" value=\"", "\"")[0].clone();
    let hold = [("missing", "evidence"), ("text", "Mohon kirim foto.")];
    admin.act(&report, "penundaan", &hold).await.is(303);
    let words = [("seq", seq.as_str()), ("kind", "explained"), ("text", "Jembatan itu kami periksa minggu depan.")];
    let page = roads.post(&format!("{desk}/jawaban"), &words).await.text();
    assert!(page.contains("Menunggu kelengkapan dari pelapor") && page.contains("Sementara Anda menulis"), "{page}");
    assert!(page.contains("Jembatan itu kami periksa minggu depan."), "the words are lost");
});

both!(many_reports_are_looked_at_sent_and_undone, |house| {
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let mut roads = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let mut codes = Vec::new();
    for n in 0..3 {
        let report = at_roads(&house, &mut admin, &format!("Jembatan ke-{n} di desa kami sudah lama rusak.")).await;
        codes.push(report.trim_start_matches("/laporan/").to_owned());
    }
    admin
        .act(&format!("/laporan/{}", codes[2]), "penundaan", &[("missing", "evidence"), ("text", "Mohon foto.")])
        .await;
    let mut fields: Vec<(&str, &str)> = codes.iter().map(|code| ("code", code.as_str())).collect();
    fields.extend([("deed", "answer"), ("look", "1"), ("kind", "explained")]);
    fields.push(("text", "Laporan {nomor} sudah kami periksa bersama tim teknis."));
    let looked = roads.post("/desk/massal", &fields).await.is(200);
    assert!(looked.text().contains("2 dari 3 dapat dilakukan"), "{}", looked.text());
    let items = looked.between("name=\"item\" value=\"", "\"");
    assert_eq!(items.len(), 2);
    let mut send = vec![("deed", "answer"), ("key", "kunci-1"), ("kind", "explained"), fields[6]];
    send.extend(items.iter().map(|item| ("item", item.as_str())));
    let first = roads.post("/desk/massal/kirim", &send).await.leads();
    assert_eq!(roads.post("/desk/massal/kirim", &send).await.leads(), first, "the same batch is there twice");
    roads.post(&format!("{first}/batal"), &[]).await.is(303);
    house.later(1);
    house.work().await;
    let answered = |browser: &str| browser.contains("sudah kami periksa bersama tim teknis");
    assert!(!answered(&roads.get(&format!("/desk/laporan/{}", codes[0])).await.text()), "an undone batch is sent");

    send[1] = ("key", "kunci-2");
    let second = roads.post("/desk/massal/kirim", &send).await.leads();
    let mut other = Browser::officer(&house, "lain", Role::LiaisonOfficer, PUPR).await;
    other.get(&second).await.is(404);
    house.later(1);
    house.work().await;
    let page = roads.get(&second).await.is(200).text();
    assert!(page.contains("2 dari 2 laporan berhasil"), "{page}");
    roads.post(&format!("{second}/batal"), &[]).await.is(409);
    let told = roads.get(&format!("/desk/laporan/{}", codes[1])).await.text();
    let code = &codes[1];
    let own = format!("Laporan {} {} {} sudah kami periksa", &code[..3], &code[3..6], &code[6..]);
    assert!(told.contains(&own), "{told}");
});

both!(many_reports_are_answered_from_a_template_of_the_office_and_approved_where_it_wants_that, |house| {
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let mut chief = Browser::officer(&house, "kepala", Role::AgencyAdmin, PUPR).await;
    let mut roads = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let report = at_roads(&house, &mut admin, "Jembatan di desa kami sudah lama rusak.").await;
    let code = report.trim_start_matches("/laporan/");
    let text = "Laporan {nomor} tentang {judul} kami kerjakan mulai 12 Januari 2027 oleh tim jembatan zamrud.";
    let keep = [("do", "save"), ("name", "Jembatan"), ("text", text), ("active", "1")];
    chief.post("/desk/jawaban/templat", &keep).await.is(303);
    let start = [("code", code), ("deed", "answer")];
    let page = roads.post("/desk/massal", &start).await.is(200);
    let template = page.between("<option value=\"", "\">Jembatan").pop().unwrap();
    let template = template.rsplit('"').next().unwrap().to_owned();
    let used = roads.post("/desk/massal", &[start[0], start[1], ("use", "1"), ("template", &template)]).await.is(200);
    assert!(used.text().contains(&format!("{text}</textarea>")), "{}", used.text());
    let wrong = [start[0], start[1], ("look", "1"), ("kind", "planned"), ("text", "Laporan {nomer} dikerjakan.")];
    assert!(roads.post("/desk/massal", &wrong).await.is(422).text().contains("nomor"), "no piece of advice");
    let answer =
        [start[0], start[1], ("look", "1"), ("kind", "planned"), ("planned_for", "2027-01-12"), ("text", text)];
    let weak = roads.post("/desk/massal", &answer).await.is(200);
    assert!(weak.between("name=\"item\"", ">").is_empty(), "a copy of the template is sent without a word");
    let despite = ("despite", "Satu pekerjaan untuk seluruh ruas");
    let all = [answer.as_slice(), &[despite]].concat();
    let ready = roads.post("/desk/massal", &all).await.is(200);
    assert!(ready.text().contains("1 dari 1 dapat dilakukan") && ready.text().contains("tim jembatan zamrud"));
    chief.post("/desk/jawaban/persetujuan", &[("approver", "admin")]).await.is(303);
    let draft = roads.post("/desk/massal", &all).await.is(200);
    assert!(draft.text().contains("Akan menjadi draf untuk disetujui"), "{}", draft.text());
    let item = draft.between("name=\"item\" value=\"", "\"")[0].clone();
    let send = [all.as_slice(), &[("item", item.as_str()), ("key", "k")]].concat();
    let batch = roads.post("/desk/massal/kirim", &send).await.leads();
    house.later(1);
    house.work().await;
    assert!(roads.get(&batch).await.is(200).text().contains("1 dari 1 laporan berhasil"));
    let public = |page: &str| page.contains("tim jembatan zamrud");
    assert!(!public(&Browser::new(&house).get(&report).await.is(200).text()), "a draft is public");
    assert!(public(&chief.get(&format!("/desk{report}")).await.is(200).text()));
});

both!(a_selection_is_exported_as_far_as_it_may_be_read, |house| {
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let report = at_roads(&house, &mut admin, "Jembatan di desa kami sudah lama rusak.").await;
    let elsewhere = Browser::new(&house).report(&[("text", "Surat saya di dinas lain belum dijawab juga.")]).await;
    let code = |report: &str| report.trim_start_matches("/laporan/").to_owned();
    let (own, foreign) = (code(&report), code(&elsewhere));
    let mut roads = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let fields = [("code", own.as_str()), ("code", foreign.as_str()), ("format", "csv")];
    let file = roads.post("/desk/massal/ekspor", &fields).await.is(200);
    assert!(file.text().contains("Jembatan di desa kami") && !file.text().contains("Surat saya"), "{}", file.text());
    let sheet = roads.post("/desk/massal/ekspor", &[("code", &own), ("format", "xlsx")]).await.is(200);
    assert!(sheet.bytes.starts_with(b"PK"));
});
