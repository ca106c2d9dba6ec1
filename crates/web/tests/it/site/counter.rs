//! The counter, by an officer who takes reports in and by those who must not see what is on their receipts.

use super::browser::{Browser, KALSEL, NATIONAL, PNG, Page};
use super::letters::{post, with_mail};
use super::printing::read;
use crate::world::House;
use domain::Role;

const SAID: [(&str, &str); 6] = [
    ("channel", "counter"),
    ("class", "complaint"),
    ("text", "Antrean di puskesmas dibuka pukul sepuluh, bukan pukul delapan."),
    ("province", "63"),
    ("regency", "63.72"),
    ("name", "Siti Contoh"),
];

/// Sends the form, where `extra` goes before the usual.
async fn send(browser: &mut Browser, key: &str, extra: &[(&str, &str)]) -> Page {
    let mut fields = extra.to_vec();
    fields.push(("key", key));
    fields.extend(SAID);
    browser.post("/desk/loket", &fields).await
}

async fn operator(house: &House) -> Browser {
    Browser::officer(house, "loket", Role::Operator, KALSEL).await
}

both!(a_walk_in_report_ends_with_a_sheet_for_the_person, |house| {
    let mut officer = operator(&house).await;
    let form = officer.get("/desk/loket").await.is(200).text();
    assert!(form.contains("value=\"63\" selected") && form.contains("Pemerintah Provinsi Kalimantan Selatan"));
    let path = send(&mut officer, "k1", &[("consent", "at_counter")]).await.leads();
    let page = officer.get(&path).await.is(200);
    let (text, code) = (page.text(), path.trim_start_matches("/desk/loket/").to_owned());
    let pin = house.app.keys().pin(domain::Code::parse(&code).unwrap());
    let shown = format!("{} {}", &pin[..3], &pin[3..]);
    assert!(text.contains(&shown) && text.contains("<svg aria-hidden=\"true\""), "{text}");
    let paper = officer.get(&format!("{path}/tanda-terima.pdf")).await.is(200);
    let (words, about) = read(&house, &paper.bytes);
    assert!(words.contains(&shown) && words.contains(&format!("lapor.example/laporan/{code}")), "{words}");
    assert!(about.contains("Tagged: yes"), "{about}");
    assert_eq!(send(&mut officer, "k1", &[("consent", "at_counter")]).await.leads(), path, "sent twice, taken twice");
    let mut person = Browser::new(&house);
    person.post(&format!("/laporan/{code}/pin"), &[("pin", &pin)]).await.is(303);
    assert!(person.get(&format!("/laporan/{code}")).await.is(200).text().contains("puskesmas"));
});

both!(a_person_who_leaves_an_address_gets_a_letter_and_the_intake_stays_short, |house| {
    let house = with_mail(house);
    let mut officer = operator(&house).await;
    let extra =
        [("consent", "at_counter"), ("email", "siti@contoh.id"), ("phone", "081200000000"), ("happened", "2026-11-01")];
    let mut fields = extra.to_vec();
    fields.push(("key", "k6"));
    fields.extend(SAID);
    let path = officer.post_file("/desk/loket", &fields, "surat.png", &PNG).await.leads();
    assert!(path.starts_with("/desk/loket/"), "{path}");
    let letters = post(&house).await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].to.contains("siti@contoh.id"), "{}", letters[0].to);
    let most = house.app.intake_statements();
    assert!(most <= 10, "an intake takes {most} statements");
});

both!(a_receipt_is_for_who_took_the_report_and_for_a_short_time, |house| {
    let mut officer = operator(&house).await;
    let path = send(&mut officer, "k2", &[("consent", "by_phone"), ("channel", "phone")]).await.leads();
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    assert_eq!(admin.get(&path).await.leads(), "/desk/loket");
    admin.get(&format!("{path}/tanda-terima.pdf")).await.is(404);
    assert!(Browser::new(&house).get(&path).await.leads().starts_with("/desk/masuk"));
    house.later(1);
    assert_eq!(officer.get(&path).await.leads(), "/desk/loket");
    assert!(officer.get("/desk/loket").await.is(200).text().contains("tidak dapat dibuka lagi"));
    officer.get(&format!("{path}/tanda-terima.pdf")).await.is(404);
});

both!(what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost, |house| {
    let mut officer = operator(&house).await;
    let page = send(&mut officer, "k3", &[("channel", "press"), ("text", "pendek"), ("agency", "Dinas Antah")]).await;
    let text = page.is(422).text();
    for part in
        ["id=\"text-slip\"", "id=\"source-slip\"", "id=\"agency-slip\"", "value=\"Siti Contoh\"", "value=\"k3\""]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let text = send(&mut officer, "k3", &[]).await.is(422).text();
    assert!(text.contains("id=\"consent-slip\"") && text.contains("pukul sepuluh"), "{text}");
    send(&mut officer, "k3", &[("name", "")]).await.leads();
    let other = send(&mut officer, "k3", &[("name", ""), ("text", "Lampu jalan di depan pasar padam sejak kemarin.")]);
    assert!(other.await.is(422).text().contains("Lampu jalan di depan pasar padam"));
});

both!(who_took_it_in_is_told_to_those_who_may_know_the_reporter, |house| {
    let mut officer = operator(&house).await;
    let post =
        [("channel", "social_media"), ("consent", "public_source"), ("source", "https://x.com/contoh/status/17?s=20")];
    let path = send(&mut officer, "k4", &post).await.leads();
    let code = path.trim_start_matches("/desk/loket/").to_owned();
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let desk = format!("/desk/laporan/{code}");
    let case = admin.get(&desk).await.is(200).text();
    for part in ["https://x.com/contoh/status/17", "Pemerintah Provinsi Kalimantan Selatan", "media publik"] {
        assert!(case.contains(part), "{part} is not in {case}");
    }
    admin.act(&format!("/laporan/{code}"), "disposisi", &[("to", &KALSEL.to_string())]).await.is(303);
    let mut leader = Browser::officer(&house, "pimpinan", Role::Leader, KALSEL).await;
    let public = Browser::new(&house).get(&format!("/laporan/{code}")).await.is(200).text();
    for (who, text) in [("everybody", public), ("a leader", leader.get(&desk).await.is(200).text())] {
        assert!(!text.contains("x.com/contoh"), "{who} is told where the person wrote it");
        assert!(!text.contains("Siti Contoh"), "{who} is told the name");
    }
});

both!(a_pasted_post_fills_the_form_and_takes_nothing_in, |house| {
    let mut officer = operator(&house).await;
    let pasted = "RT @warga: Lampu jalan di Kota Banjarmasin mati sejak 3 November 2026 #lapor <b>\n\
        https://www.instagram.com/p/Abc/?igsh=xyz";
    let text = officer.post("/desk/loket/kliping", &[("pasted", pasted)]).await.is(200).text();
    for part in [
        "value=\"social_media\" selected",
        "value=\"public_source\" selected",
        "value=\"https://www.instagram.com/p/Abc/\"",
        ">Lampu jalan di Kota Banjarmasin mati sejak 3 November 2026 &#60;b&#62;</textarea>",
        "value=\"63.71\" selected",
        "value=\"2026-11-03\"",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let none = officer.post("/desk/loket/kliping", &[("pasted", " @ \n")]).await.is(422).text();
    assert!(none.contains("id=\"pasted-slip\""), "{none}");
    let page = officer.get("/desk/loket").await.is(200).text();
    assert!(!page.contains("id=\"latest\""), "something was taken in");
    assert_eq!(officer.get("/desk/loket/kliping").await.leads(), "/desk/loket");
});

both!(seats_that_judge_or_watch_take_nothing_in, |house| {
    for (login, role) in [("pimpinan", Role::Leader), ("inspektorat", Role::Inspector), ("auditor", Role::Auditor)] {
        let mut browser = Browser::officer(&house, login, role, KALSEL).await;
        browser.get("/desk/loket").await.is(403);
        send(&mut browser, "k5", &[("consent", "at_counter")]).await.is(403);
        assert!(!browser.get("/desk/akun").await.text().contains("href=\"/desk/loket\""));
    }
});

/// A table as an office fills it in: one good row, one without consent and with a bad day, one good row.
const TABLE: &str = "Nomor agenda;Datang lewat;Isi;Provinsi;Kabupaten/Kota;Tanggal kejadian;Instansi;Nama pelapor;Persetujuan\n\
    1;Telepon;Lampu jalan di depan pasar padam sejak kemarin.;Kalimantan Selatan;Banjarbaru;3/11/2026;;Siti Contoh;lewat telepon\n\
    2;loket;Antrean di puskesmas dibuka terlambat.;Kalimantan Selatan;;31 Februari;Dinas Antah;Budi Contoh;\n\
    3;surat;Pohon tumbang menutup jalan desa.;Kalimantan Selatan;Kab. Banjar;;;;\n";

async fn send_table(browser: &mut Browser, bytes: &[u8]) -> Page {
    let mut body = b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"agenda.csv\"\r\n\r\n".to_vec();
    body.extend_from_slice(bytes);
    body.extend(b"\r\n--x--\r\n");
    let kind = Some("multipart/form-data; boundary=x");
    browser.ask(axum::http::Method::POST, "/desk/loket/tabel", kind, body.into()).await
}

both!(a_table_is_taken_row_by_row_and_no_row_twice, |house| {
    let mut officer = operator(&house).await;
    let first = send_table(&mut officer, TABLE.as_bytes()).await.is(200);
    let text = first.text();
    assert!(text.contains("2 laporan diterima, 0 sudah diterima sebelumnya, 1 baris perlu diperbaiki"), "{text}");
    for part in ["Baris 3", "Tanggal kejadian: Tanggal tidak terbaca", "Instansi: Instansi ini", "Persetujuan: "] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let mended = TABLE.replace("31 Februari", "").replace("Dinas Antah", "").replace("Budi Contoh", "");
    let text = send_table(&mut officer, mended.as_bytes()).await.is(200).text();
    assert!(text.contains("1 laporan diterima, 2 sudah diterima sebelumnya, 0 baris perlu diperbaiki"), "{text}");
    let receipts = first.between("href=\"/desk/loket/", "\"");
    let receipt = receipts.iter().find(|code| code.len() == 10).unwrap();
    officer.get(&format!("/desk/loket/{receipt}")).await.is(200);
    let other = mended.replace("Pohon tumbang menutup", "Longsor menutup");
    let text = send_table(&mut officer, other.as_bytes()).await.is(200).text();
    assert!(text.contains("sudah dipakai untuk laporan dengan isi lain"), "{text}");
});

both!(a_table_that_is_none_is_told_and_the_empty_one_is_there, |house| {
    let mut officer = operator(&house).await;
    let many = format!("Datang lewat,Isi,Provinsi\n{}", "loket,a,b\n".repeat(201));
    for (bytes, told) in [
        (&b""[..], "Pilih berkas tabelnya"),
        (b"Nama,Alamat\na,b\n", "Kolom Datang lewat tidak ada"),
        (b"PK\x03\x04....", "bukan tabel XLSX atau CSV"),
        (&vec![b'a'; 2_200_000], "terlalu besar"),
        (many.as_bytes(), "Paling banyak 200 baris"),
    ] {
        let text = send_table(&mut officer, bytes).await.is(422).text();
        assert!(text.contains(told), "{told} is not in {text}");
    }
    let sheet = officer.get("/desk/loket/tabel/kosong.xlsx").await.is(200);
    assert!(sheet.bytes.starts_with(b"PK"));
    assert!(send_table(&mut officer, &sheet.bytes).await.is(422).text().contains("Tidak ada baris yang terisi"));
    assert!(officer.get("/desk/loket/tabel/kosong.csv").await.is(200).text().contains("Nomor agenda,Datang lewat"));
    officer.get("/desk/loket/tabel/lain.xlsx").await.is(404);
    let mut leader = Browser::officer(&house, "pimpinan", Role::Leader, KALSEL).await;
    leader.get("/desk/loket/tabel").await.is(403);
    send_table(&mut leader, TABLE.as_bytes()).await.is(403);
});
