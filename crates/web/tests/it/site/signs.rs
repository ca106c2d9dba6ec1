//! Signs with a code: who makes them, and what somebody finds who comes by one.

use super::browser::{Browser, KALSEL, PUPR};
use super::printing::read;
use domain::Role;

/// What a form holds in a field.
fn holds(text: &str, id: &str, value: &str) -> bool {
    let field = text.split(&format!("id=\"{id}\"")).nth(1).unwrap_or_default();
    field.split('>').next().unwrap_or_default().contains(&format!("value=\"{value}\""))
}

both!(a_sign_opens_the_form_with_place_and_office, |house| {
    let mut admin = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let form = admin.get("/desk/tanda").await.is(200).text();
    assert!(holds(&form, "agency", "Pemerintah Provinsi Kalimantan Selatan"), "{form}");
    let query = "agency=Dinas+Kesehatan+Provinsi+Kalimantan+Selatan&province=63&regency=63.72&address=Puskesmas+Contoh";
    let sheet = admin.get(&format!("/desk/tanda/lembar?{query}")).await.is(200).text();
    for part in ["lapor.example/?instansi=630007&#38;wilayah=63.72<", "Puskesmas Contoh", "Kota Banjarbaru", "<path"] {
        assert!(sheet.contains(part), "{part} is not in {sheet}");
    }
    let paper = admin.get(&format!("/desk/tanda/lembar.pdf?{query}")).await.is(200);
    let (words, about) = read(&house, &paper.bytes);
    assert!(words.contains("Puskesmas Contoh") && words.contains("instansi=630007"), "{words}");
    assert!(about.contains("Pages: 1 ") && about.contains("Tagged: yes"), "a sign is one page: {about}");
    let mut person = Browser::new(&house);
    let home = person.get("/?instansi=630007&wilayah=63.72&tempat=Puskesmas+Contoh").await.is(200).text();
    assert!(home.contains("value=\"63\" selected") && home.contains("value=\"63.72\" selected"));
    assert!(holds(&home, "agency", "Dinas Kesehatan Provinsi Kalimantan Selatan"), "{home}");
    assert!(holds(&home, "address", "Puskesmas Contoh") && home.contains(" data-given"));
});

both!(a_sign_that_says_something_wrong_is_passed_over, |house| {
    let mut person = Browser::new(&house);
    let plain = person.get("/").await.is(200).text();
    assert!(!plain.contains(" data-given"));
    for wrong in ["instansi=abc&wilayah=99.99&tempat=", "instansi=999999999", "wilayah=63.72.x", "tempat=%20%0A"] {
        let page = person.get(&format!("/?{wrong}")).await.is(200).text();
        assert!(!page.contains(" data-given") && holds(&page, "agency", ""), "{wrong}");
    }
    let page = person.get("/?instansi=abc&tempat=%22%3E%3Cb%3EPasar%0AContoh").await.is(200).text();
    assert!(holds(&page, "address", "&#34;&#62;&#60;b&#62;Pasar Contoh"), "{page}");
    let page = person.get("/?wilayah=63.72.01").await.is(200).text();
    assert!(page.contains("value=\"63.72\" selected"), "a district is in its city");
});

both!(signs_are_made_by_admins_for_their_own_offices, |house| {
    let mut admin = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    let far = admin.get("/desk/tanda/lembar?agency=Pemerintah+Kota+Bontang").await.is(422).text();
    assert!(far.contains("id=\"agency-slip\"") && holds(&far, "agency", "Pemerintah Kota Bontang"), "{far}");
    admin.get("/desk/tanda/lembar?agency=Entah").await.is(422);
    for (login, role) in [("pupr", Role::LiaisonOfficer), ("loket", Role::Operator), ("pimpinan", Role::Leader)] {
        let mut browser = Browser::officer(&house, login, role, PUPR).await;
        browser.get("/desk/tanda").await.is(403);
        browser.get("/desk/tanda/lembar.pdf?agency=x").await.is(403);
    }
});
