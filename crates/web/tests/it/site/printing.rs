//! Paper: the case file, read as a person with a PDF reader reads it.

use super::browser::{Browser, KALSEL, NATIONAL, PUPR};
use crate::world::House;
use domain::{Code, Role};
use std::process::Command;

/// What a reader of PDF gets to see, and what the file says about itself.
pub(super) fn read(house: &House, bytes: &[u8]) -> (String, String) {
    let file = house.file("berkas.pdf");
    std::fs::write(&file, bytes).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let done = command.args(&arguments[..1]).arg(&file).args(&arguments[1..]).output();
        let done = done.unwrap_or_else(|error| panic!("{program}, of poppler-utils, does not run: {error}"));
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (run("pdftotext", &["-raw", "-"]), run("pdfinfo", &["-isodates"]))
}

both!(the_case_file_tells_what_the_page_tells, |house| {
    let mut citizen = Browser::new(&house);
    let words = "Jalan di depan pasar berlubang.\n\nTeks ini <b>bukan</b> #strong[markup] (dan) \\bukan \\perintah.";
    let report = citizen.report(&[("text", words), ("name", "Siti Contoh"), ("phone", "081200000000")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string()), ("note", "Mohon ditinjau segera.")]).await.is(303);
    admin.act(&report, "catatan", &[("text", "Sudah saya telepon dinasnya.")]).await.is(303);
    let page = admin.get(&format!("/desk{report}/berkas.pdf")).await.is(200);
    assert_eq!(page.header("content-type"), "application/pdf");
    let (text, about) = read(&house, &page.bytes);
    for part in [
        "Teks ini <b>bukan</b> #strong[markup] (dan) \\bukan \\perintah.",
        "Siti Contoh",
        "Mohon ditinjau segera.",
        "Sudah saya telepon dinasnya.",
        "lubang.png",
        "Petugas nasional",
        "Halaman 1 dari",
    ] {
        assert!(text.contains(part), "{part:?} is not in {text}");
    }
    let code = Code::parse(report.trim_start_matches("/laporan/")).unwrap();
    let view = house.app.view(code, &domain::Actor::Reporter).await.unwrap();
    let digest = &view.attachments[0].hash;
    assert!(text.contains(digest.as_str()), "{digest} is not in {text}");
    assert!(about.contains("Tagged: yes") && about.contains("Title: Berkas laporan"), "{about}");
    let hidden = Browser::new(&house).get(&format!("/desk{report}/berkas.pdf")).await;
    assert_eq!(hidden.status, 303, "somebody without a seat gets a case file");
});

both!(a_case_file_is_cut_as_its_page_is_and_its_opening_is_told, |house| {
    let mut citizen = Browser::new(&house);
    let secret = [
        ("secret", "1"),
        ("anonymous", "1"),
        ("name", "Siti Contoh"),
        ("text", "Kepala dinas meminta uang tiap bulan."),
    ];
    let report = citizen.report(&secret).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &KALSEL.to_string())]).await.is(303);
    let mut leader = Browser::officer(&house, "pimpinan", Role::Leader, KALSEL).await;
    leader.get(&format!("/desk{report}/berkas.pdf")).await.is(404);
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let page = chief.get(&format!("/desk{report}/berkas.pdf")).await.is(200);
    let (text, _) = read(&house, &page.bytes);
    assert!(text.contains("meminta uang tiap bulan") && text.contains("TERTUTUP"), "{text}");
    assert!(!text.contains("Siti Contoh"), "the anonymous name is on paper");
    let own = citizen.get(&report).await.is(200).text();
    assert!(own.contains("Pemerintah Provinsi Kalimantan Selatan") && own.contains("Membuka isi yang tertutup"));
});
