//! Supervisors at work, by named persons in their browsers.

use super::browser::{Browser, KALSEL, NATIONAL, PUPR};
use super::printing::read;
use calamine::{Data, Reader, Xlsx};
use domain::Role;
use std::io::Cursor;

both!(a_supervisor_finds_what_is_late_and_opens_the_reports_behind_the_figure, |house| {
    let report = Browser::new(&house).report(&[]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    house.later(24 * 20);
    house.app.measure_lateness().await.unwrap();
    house.app.forget_figures();
    let mut supervisor = Browser::officer(&house, "pengawas", Role::Supervisor, NATIONAL).await;
    let page = supervisor.get("/desk/pengawasan").await.is(200);
    let link = format!("/desk/pengawasan/{KALSEL}/laporan?hal=late");
    assert!(page.text().contains(&link) && page.text().contains("aria-sort"), "{}", page.text());
    let code = report.rsplit('/').next().unwrap();
    assert!(supervisor.get(&link).await.is(200).text().contains(code));
    let table = supervisor.get("/desk/pengawasan/unduhan/tabel.csv?urut=late").await.is(200);
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(table.text().contains("Pemerintah Provinsi Kalimantan Selatan,1,1,0,1,0,"), "{}", table.text());
    let book = supervisor.get("/desk/pengawasan/unduhan/tabel.xlsx").await.is(200);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes)).unwrap();
    let sheet = book.worksheet_range("Pengawasan").unwrap();
    let line =
        sheet.rows().find(|row| row[0] == Data::String("Pemerintah Provinsi Kalimantan Selatan".into())).unwrap();
    assert_eq!((&line[1], &line[2]), (&Data::Float(1.0), &Data::Float(1.0)));
    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    for path in ["/desk/pengawasan", "/desk/pengawasan/unduhan/tabel.xlsx"] {
        liaison.get(path).await.is(403);
    }
    assert!(!liaison.get("/desk").await.text().contains("/desk/pengawasan"), "a way that leads nowhere is shown");
});

both!(a_reminder_letter_is_made_sent_and_read, |house| {
    let report = Browser::new(&house).report(&[]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    let fields = |letter: &'static str| {
        [
            ("key", "satu"),
            ("title", "Laporan tahun ini"),
            ("from", "2026-01-01"),
            ("to", "2026-12-31"),
            ("deadline", "2026-12-15"),
            ("letter", letter),
        ]
    };
    let refused = admin.post("/desk/kampanye", &fields("Yth. {bupati} yang terhormat sekali")).await.is(422).text();
    assert!(refused.contains("id=\"letter-slip\"") && refused.contains("{bupati} yang terhormat"), "{refused}");
    let good = "Yth. {instansi}, masih ada {jumlah} laporan. Mohon selesai {tenggat}. {pengirim}";
    let page = admin.post("/desk/kampanye", &fields(good)).await.leads();
    house.work().await;
    let ready = admin.get(&page).await.is(200).text();
    assert!(ready.contains("Pemerintah Provinsi Kalimantan Selatan") && ready.contains("type=\"checkbox\""), "{ready}");
    admin.post(&format!("{page}/pengiriman"), &[]).await.is(422);
    admin.post(&format!("{page}/pengiriman"), &[("office", &KALSEL.to_string())]).await.is(303);
    house.work().await;
    let mut kalsel = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    assert!(kalsel.get("/desk/pemberitahuan").await.is(200).text().contains(&page));
    let letter = kalsel.get(&format!("{page}/surat/{KALSEL}")).await.is(200).text();
    assert!(letter.contains("Yth. Pemerintah Provinsi Kalimantan Selatan, masih ada 1 laporan."), "{letter}");
    assert!(letter.contains("Selasa, 15 Desember 2026"), "{letter}");
    kalsel.get(&format!("{page}/surat/640200")).await.is(404);
    let paper = kalsel.get(&format!("{page}/surat/{KALSEL}/surat.pdf")).await.is(200);
    let (text, _) = read(&house, &paper.bytes);
    assert!(text.contains("masih ada 1 laporan. Mohon selesai Selasa, 15 Desember 2026"), "{text}");
    kalsel.get(&format!("{page}/surat/640200/surat.pdf")).await.is(404);
});

both!(the_papers_of_a_case_at_its_limit_come_as_one_file_with_a_reason, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[("secret", "1")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    house.at("2027-03-01T02:00:00Z");
    house.work().await;
    let code = domain::Code::parse(report.rsplit('/').next().unwrap()).unwrap();
    let agree = app::Act::new(domain::Actor::Reporter, domain::report::Command::AcceptOmbudsman);
    house.app.act(code, agree).await.unwrap();
    let mut supervisor = Browser::officer(&house, "pengawas", Role::Supervisor, NATIONAL).await;
    let listed = supervisor.get("/desk/ombudsman").await.is(200).text();
    assert!(listed.contains(&code.to_string()) && !listed.contains("tergenang"), "{listed}");
    let code = code.to_string();
    supervisor.post("/desk/ombudsman", &[("code", &code), ("text", "")]).await.is(422);
    let file = supervisor.post("/desk/ombudsman", &[("code", &code), ("text", "Diminta Ombudsman RI")]).await.is(200);
    assert!(file.bytes.starts_with(b"PK") && file.header("content-type") == "application/zip");
    for part in ["berkas.pdf", "berkas.json", "SHA256SUMS", "lubang.png", "tergenang sejak bulan lalu"] {
        assert!(file.text().contains(part), "{part} is missing");
    }
    let mut kalsel = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    kalsel.post("/desk/ombudsman", &[("code", &code), ("text", "Ingin tahu saja")]).await.is(404);
});

both!(the_nation_says_under_which_share_a_plan_is_asked_for, |house| {
    let mut nation = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let wrong = nation.post("/desk/rencana", &[("threshold", "<120>")]).await.is(422).text();
    assert!(wrong.contains("value=\"&#60;120&#62;\"") && wrong.contains("antara 1 dan 100"), "{wrong}");
    nation.post("/desk/rencana", &[("threshold", "92,5")]).await.is(303);
    assert!(nation.get("/desk/rencana").await.is(200).text().contains("value=\"92,5\""));
    assert_eq!(house.app.threshold().await.unwrap(), 9_250);
    let mut kalsel = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    assert!(!kalsel.get("/desk/rencana").await.is(200).text().contains("name=\"threshold\""));
    kalsel.post("/desk/rencana", &[("threshold", "10")]).await.is(403);
    assert_eq!(house.app.threshold().await.unwrap(), 9_250);
});
