//! A half year is frozen, and everybody checks and counts it again.

use super::browser::{Browser, KALSEL, NATIONAL, PUPR};
use app::keys;
use calamine::{Data, Reader, Xlsx};
use domain::Role;
use std::io::Cursor;

both!(a_supervisor_freezes_a_half_year_and_everybody_counts_it_again, |house| {
    let mut citizen = Browser::new(&house);
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    for n in 0..12 {
        let report = citizen.report(&[("agency", "Pemerintah Provinsi Kalimantan Selatan")]).await;
        if n < 9 {
            chief.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
        }
    }
    chief.post("/desk/rekaman", &[("semester", "2026-1")]).await.is(403);
    house.clock.set("2027-01-11T02:00:00Z".parse().unwrap());
    let mut supervisor = Browser::officer(&house, "pengawas", Role::Supervisor, NATIONAL).await;
    let page = supervisor.get("/desk/rekaman").await.is(200).text();
    assert!(page.contains("Semester 2 2026") && page.contains("Bekukan"), "{page}");
    assert_eq!(supervisor.post("/desk/rekaman", &[("semester", "2026-2")]).await.leads(), "/desk/rekaman");
    let page = supervisor.get("/desk/rekaman").await.is(200).text();
    assert!(page.contains("Semester dibekukan") && page.contains("/statistik/rekaman/2026-2"), "{page}");

    let at = "/statistik/rekaman/2026-2";
    let list = citizen.get("/statistik/rekaman").await.is(200).text();
    assert!(list.contains(at), "{list}");
    let page = citizen.get(at).await.is(200);
    for shown in ["Golongan D", "Pemerintah Provinsi Kalimantan Selatan", "0 dari 12", "openssl", "Warisan"] {
        assert!(page.text().contains(shown), "{shown}: {}", page.text());
    }
    let document = citizen.get(&format!("{at}/rekaman.json")).await.is(200).text();
    let signature = citizen.get(&format!("{at}/rekaman.sig")).await.is(200).bytes;
    assert_eq!(signature.len(), 64);
    let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    let signer = page.between("<dd class=\"address\">", "<").remove(2);
    assert!(keys::is_attested(&document, &hex, &signer));
    let pem = citizen.get(&format!("{at}/kunci.pem")).await.is(200).text();
    assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA"), "{pem}");

    let book = citizen.get(&format!("{at}/tabel.xlsx")).await.is(200).bytes;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let sheet = book.worksheet_range("Peringkat").unwrap();
    let line = sheet.rows().find(|row| row[5] == Data::String("Pemerintah Provinsi Kalimantan Selatan".into()));
    let line = line.unwrap();
    assert_eq!((&line[7], &line[8]), (&Data::Float(0.0), &Data::Float(12.0)));
    assert_eq!(book.sheet_names()[0], "Penjelasan");

    let certificate =
        page.between("href=\"/statistik/rekaman/2026-2/sertifikat/", "\"").remove(0).replace("&#38;", "&");
    let certificate = citizen.get(&format!("{at}/sertifikat/{}", certificate.replace("&amp;", "&"))).await.is(200);
    assert!(certificate.bytes.starts_with(b"%PDF"));
    for nowhere in [
        "/statistik/rekaman/2026-1",
        "/statistik/rekaman/kemarin",
        "/statistik/rekaman/2026-2/sertifikat/5.pdf",
        "/statistik/rekaman/2026-2?share=rating",
    ] {
        citizen.get(nowhere).await.is(404);
    }
});
