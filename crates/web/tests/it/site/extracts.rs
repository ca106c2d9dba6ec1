//! The list behind a figure, asked for as a file.

use super::browser::{Browser, KALSEL};
use domain::Role;

const TO_PROVINCE: [(&str, &str); 1] = [("agency", "Pemerintah Provinsi Kalimantan Selatan")];

both!(an_officer_asks_for_a_list_and_takes_it_home_when_it_is_written, |house| {
    let mut citizen = Browser::new(&house);
    let mut chief = Browser::officer(&house, "kalsel3", Role::AgencyAdmin, KALSEL).await;
    for _ in 0..3 {
        citizen.report(&TO_PROVINCE).await;
    }
    house.app.fold_all_measures().await.unwrap();
    let page = chief.get("/desk/ringkasan").await.is(200);
    let link = page.between("href=\"/desk/daftar?", "\"").into_iter().find(|link| link.contains("received"));
    let list = format!("/desk/daftar?{}", link.unwrap().replace("&#38;", "&").replace("&amp;", "&"));
    let page = chief.get(&list).await.is(200);
    let asked = page.between("name=\"list\" value=\"", "\"").remove(0).replace("&#38;", "&").replace("&amp;", "&");
    let key = page.between("name=\"key\" value=\"", "\"").remove(0);
    let form = [("list", asked.as_str()), ("key", key.as_str())];
    let own = chief.post("/desk/unduhan", &form).await.leads();
    assert_eq!(chief.post("/desk/unduhan", &form).await.leads(), own, "pressed twice, asked once");
    let waiting = chief.get(&own).await.is(200).text();
    assert!(waiting.contains("Menghitung laporannya") && waiting.contains("<progress"), "{waiting}");
    chief.get(&format!("{own}/laporan.csv")).await.is(404);
    house.app.work().await.unwrap();
    let running = chief.get(&own).await.is(200).text();
    assert!(running.contains("0 dari 3 laporan"), "{running}");
    while house.app.work().await.unwrap().jobs > 0 {}
    let done = chief.get(&own).await.is(200).text();
    assert!(done.contains("3 baris.") && done.contains(&format!("{own}/laporan.xlsx")), "{done}");
    let csv = chief.get(&format!("{own}/laporan.csv")).await.is(200);
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"laporan.csv\"");
    assert_eq!(csv.text().lines().count(), 4);
    assert!(chief.get(&format!("{own}/laporan.xlsx")).await.is(200).bytes.starts_with(b"PK"));
    chief.get(&format!("{own}/laporan.pdf")).await.is(404);
    assert!(chief.get("/desk/unduhan").await.is(200).text().contains(&format!("href=\"{own}\"")));

    let mut other = Browser::officer(&house, "kalsel4", Role::AgencyAdmin, KALSEL).await;
    for path in [own.clone(), format!("{own}/laporan.csv")] {
        other.get(&path).await.is(404);
    }
    assert!(citizen.get(&own).await.is(303).header("location").starts_with("/desk/masuk"));
    other.post(&format!("{own}/hapus"), &[]).await.is(404);
    assert_eq!(chief.post(&format!("{own}/hapus"), &[]).await.leads(), "/desk/unduhan");
    chief.get(&own).await.is(404);
    let nothing = [("list", "measure=keberuntungan"), ("key", "lain")];
    chief.post("/desk/unduhan", &nothing).await.is(404);
});
