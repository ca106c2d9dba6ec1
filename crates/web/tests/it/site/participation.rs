//! Who takes part, as everybody reads it, and what officers do for it.

use super::browser::{Browser, KALSEL, NATIONAL, PNG};
use super::printing::read;
use domain::Role;

const TO_PROVINCE: [(&str, &str); 1] = [("agency", "Pemerintah Provinsi Kalimantan Selatan")];

both!(everybody_reads_how_much_the_system_is_used_and_no_count_knows_a_secret_report, |house| {
    let mut citizen = Browser::new(&house);
    let _chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let mut national = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    for _ in 0..3 {
        citizen.report(&TO_PROVINCE).await;
    }
    house.app.fold_all_measures().await.unwrap();
    let pages = [
        "/statistik/partisipasi",
        "/statistik/partisipasi?province=63",
        "/statistik/partisipasi/tabel.csv?province=63",
    ];
    let mut before = Vec::new();
    for page in pages {
        before.push(citizen.get(page).await.is(200).text());
    }
    for shown in
        ["Kalimantan", "100,00 %", "<svg class=\"chart\"", "1 dari", "belum satu pun ditindaklanjuti", "belum diisi"]
    {
        assert!(before[0].contains(shown), "{shown}: {}", before[0]);
    }
    assert!(before[1].contains("1 dari 14") && before[1].contains("Kota Banjarbaru"), "{}", before[1]);
    assert!(before[2].contains("Kota Banjarbaru,3,100.00,"), "{}", before[2]);
    citizen.report(&[&TO_PROVINCE[..], &[("secret", "1")]].concat()).await;
    house.app.fold_all_measures().await.unwrap();
    for (page, known) in pages.iter().zip(&before) {
        assert_eq!(&citizen.get(page).await.is(200).text(), known, "{page}");
    }
    assert!(citizen.get("/statistik").await.is(200).text().contains("href=\"/statistik/partisipasi\""));
    let list = citizen.get("/statistik/partisipasi").await.between("href=\"/statistik/daftar?", "\"").remove(0);
    let list = citizen.get(&format!("/statistik/daftar?{}", list.replace("&#38;", "&").replace("&amp;", "&"))).await;
    list.is(200);

    let table = "code,people,year,source\n63.72,tiga,2020,Angka karangan\n";
    let back = national.post("/desk/penduduk", &[("text", table)]).await.is(422).text();
    assert!(back.contains("Baris 2: jumlah penduduk") && back.contains("63.72,tiga,2020"), "{back}");
    let table = "code,people,year,source\n63.72,300000,2020,Angka karangan\n";
    assert_eq!(national.post("/desk/penduduk", &[("text", table)]).await.leads(), "/desk/penduduk");
    let page = citizen.get("/statistik/partisipasi?province=63").await.is(200).text();
    for shown in ["300.000 (2020)", "1,00", "Jumlah penduduk menurut: Angka karangan."] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let book = citizen.get("/statistik/partisipasi/tabel.xlsx").await.is(200).bytes;
    assert!(book.starts_with(b"PK"));
    let paper = citizen.get("/statistik/partisipasi/laporan.pdf?province=63").await.is(200).bytes;
    let (paper, _) = read(&house, &paper);
    for told in ["Kota Banjarbaru", "300.000 (2020)", "1 dari 14", "Pemerintah Provinsi Kalimantan Selatan"] {
        assert!(paper.contains(told), "{told}: {paper}");
    }
    for nowhere in [
        "/statistik/partisipasi?province=99",
        "/statistik/partisipasi?province=63.72",
        "/statistik/partisipasi?province=00",
        "/statistik/partisipasi?period=kemarin",
        "/statistik/partisipasi/tabel.pdf",
    ] {
        citizen.get(nowhere).await.is(404);
    }
});

/// The fields of a plan.
fn plan<'a>(key: &'a str, day: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", key),
        ("office", "Pemerintah Provinsi Kalimantan Selatan"),
        ("kind", "sharing"),
        ("title", "LAPOR! Berbagi di balai warga"),
        ("day", day),
        ("region", "Kalimantan Selatan"),
        ("place", "Balai warga"),
        ("goal", "Warga mengenal cara melapor."),
        ("beneficiaries", "Keluarga yang membutuhkan"),
        ("people", "100"),
    ]
}

both!(an_activity_is_planned_told_and_read_by_everybody_once_it_took_place, |house| {
    let mut citizen = Browser::new(&house);
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let form = chief.get("/desk/sosialisasi/baru").await.is(200).text();
    assert!(form.contains("value=\"Pemerintah Provinsi Kalimantan Selatan\""), "{form}");
    let wrong = plan("a", "kemarin");
    let back = chief.post("/desk/sosialisasi", &wrong).await.is(422).text();
    assert!(back.contains("LAPOR! Berbagi di balai warga") && back.contains("Tanggal tidak terbaca"), "{back}");
    let today = domain::time::Zone::Wita.day(house.app.now()).to_string();
    let at = chief.post("/desk/sosialisasi", &plan("a", &today)).await.leads();
    assert_eq!(chief.post("/desk/sosialisasi", &plan("a", &today)).await.leads(), at);
    let public = at.replace("/desk", "");
    citizen.get(&public).await.is(404);
    assert!(!citizen.get("/sosialisasi").await.is(200).text().contains("LAPOR! Berbagi di balai"));

    let seq = ("seq", "1");
    let told = [("key", "b"), seq, ("came", "banyak"), ("notes", "Semua paket terbagi.")];
    let back = chief.post(&format!("{at}/pelaksanaan"), &told).await.is(422).text();
    assert!(back.contains("Semua paket terbagi.") && back.contains("angka bulat"), "{back}");
    let told = [("key", "b"), seq, ("came", "120"), ("notes", "Semua paket terbagi.")];
    assert_eq!(chief.post(&format!("{at}/pelaksanaan"), &told).await.leads(), at);
    let back =
        chief.post_file(&format!("{at}/foto"), &[("key", "c"), ("alt", "")], "foto.png", &PNG).await.is(422).text();
    assert!(back.contains("Tulis apa yang tampak"), "{back}");
    let alt = [("key", "c"), ("alt", "Warga menerima kartu")];
    assert_eq!(chief.post_file(&format!("{at}/foto"), &alt, "foto.png", &PNG).await.leads(), at);

    let page = citizen.get(&public).await.is(200);
    for shown in ["120 orang, dari 100", "alt=\"Warga menerima kartu\"", "30 hari kerja sebelum", "bukan bukti"] {
        assert!(page.text().contains(shown), "{shown}: {}", page.text());
    }
    let photo = page.between("<img src=\"", "\"").into_iter().find(|url| url.contains("/foto/")).unwrap();
    assert_eq!(citizen.get(&photo).await.is(200).header("content-type"), "image/png");
    assert!(citizen.get("/sosialisasi").await.is(200).text().contains("LAPOR! Berbagi di balai warga"));
    let settled = chief.post(&format!("{at}/pembatalan"), &[("key", "d"), ("seq", "2")]).await.is(422).text();
    assert!(settled.contains("sudah terlaksana"), "{settled}");
    let mut liaison = Browser::officer(&house, "pupr", Role::LiaisonOfficer, super::super::browser::PUPR).await;
    liaison.get("/desk/sosialisasi/baru").await.is(403);
    liaison.post("/desk/sosialisasi", &plan("e", &today)).await.is(403);
    liaison.get("/desk/penduduk").await.is(403);
    liaison.get("/desk/keterhubungan").await.is(403);
});

both!(the_way_of_an_agency_into_the_system_is_noted_by_the_office_above, |house| {
    let mut kaltim = Browser::officer(&house, "kaltim", Role::AgencyAdmin, 640_000).await;
    let page = kaltim.get("/desk/keterhubungan").await.is(200).text();
    for shown in ["0 dari 11", "Pemerintah Kabupaten Mahakam Ulu", "belum ada admin yang dapat masuk"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(!page.contains("Pemerintah Kota Banjarbaru"), "{page}");
    let at = "/desk/keterhubungan/641100";
    let ahead = [("step", "decree"), ("day", "2199-01-01"), ("note", "SK sudah ada.")];
    let back = kaltim.post(at, &ahead).await.is(422).text();
    assert!(back.contains("Hari itu belum tiba") && back.contains("SK sudah ada."), "{back}");
    let told = [("step", "decree"), ("day", "2026-02-02"), ("note", "SK sudah ada.")];
    assert_eq!(kaltim.post(at, &told).await.leads(), at);
    let page = kaltim.get(at).await.is(200).text();
    assert!(page.contains("SK sudah ada.") && page.contains("1 dari 6 langkah selesai"), "{page}");
    assert_eq!(kaltim.post(at, &[("step", "decree"), ("undo", "1")]).await.leads(), at);
    assert!(kaltim.get(at).await.is(200).text().contains("0 dari 6 langkah selesai"));
    kaltim.post(at, &[("step", "account"), ("day", "2026-02-02"), ("note", "Akun ada.")]).await.is(403);
    kaltim.get("/desk/keterhubungan/630000").await.is(404);
});
