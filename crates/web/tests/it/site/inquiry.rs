//! A visitor with nothing but a link.

use super::browser::{Browser, KALSEL, NATIONAL, PNG};
use crate::world::House;
use domain::Role;

async fn with_kalsel(house: &House) -> (Browser, String, Browser) {
    let mut citizen = Browser::new(house);
    let report = citizen.report(&[("agency", "Pemerintah Provinsi Kalimantan Selatan"), ("name", "Siti Contoh")]).await;
    let mut chief = Browser::officer(house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    chief.act(&report, "disposisi", &[("to", &KALSEL.to_string())]).await.is(303);
    (citizen, report, chief)
}

fn path(page: &super::browser::Page) -> String {
    let links = page.between("readonly value=\"http://lapor.example", "\"");
    links.first().unwrap_or_else(|| panic!("no link: {}", page.text())).clone()
}

both!(a_hold_gives_a_link_by_which_the_reporter_completes_the_report, |house| {
    let (_, report, mut chief) = with_kalsel(&house).await;
    let hold = [("missing", "location"), ("text", "Di ruas mana tepatnya?")];
    chief.act(&report, "penundaan", &hold).await.is(303);
    let link = path(&chief.get(&format!("/desk{report}")).await.is(200));
    let mut anybody = Browser::new(&house);
    let page = anybody.get(&link).await.is(200).text();
    assert!(page.contains("Di ruas mana tepatnya?") && !page.contains("Jalan di depan pasar"), "{page}");
    let short = anybody.post(&link, &[("text", "Ya")]).await.is(422).text();
    assert!(short.contains("href=\"#inquiry-text\"") && short.contains(">Ya</textarea>"), "{short}");
    let words = [("key", "k"), ("text", "Di Simpang Empat, depan toko buku.")];
    assert_eq!(anybody.post_file(&link, &words, "denah.png", &PNG).await.leads(), link);
    assert!(anybody.get(&link).await.is(200).text().contains("Jawaban Anda sudah kami terima"));
    let desk = chief.get(&format!("/desk{report}")).await.is(200).text();
    assert!(desk.contains("Di Simpang Empat, depan toko buku.") && desk.contains("Dibuka "), "{desk}");
    let late = anybody.post(&link, &[("text", "Masih ada lagi, tunggu dulu.")]).await.is(422).text();
    assert!(late.contains("Masih ada lagi, tunggu dulu."), "the words are lost: {late}");
});

both!(an_outsider_answers_by_link_and_the_answer_stays_inside, |house| {
    let (mut citizen, report, mut chief) = with_kalsel(&house).await;
    let ask = format!("/desk{report}/pertanyaan");
    let bad = chief.post(&ask, &[("recipient", ""), ("text", "Kapan selesai?"), ("days", "90")]).await.is(422).text();
    assert!(bad.contains("href=\"#ask-recipient\"") && bad.contains("href=\"#ask-days\""), "{bad}");
    assert!(bad.contains(">Kapan selesai?</textarea>"), "{bad}");
    let good = [("key", "k"), ("recipient", "PDAM Contoh"), ("text", "Kapan pipa itu selesai?"), ("days", "3")];
    chief.post(&ask, &good).await.is(303);
    chief.post(&ask, &good).await.is(303);
    let page = chief.get(&format!("/desk{report}")).await.is(200);
    assert_eq!(page.between("readonly value=\"", "\"").len(), 1, "the same question twice");
    let link = path(&page);
    let mut pdam = Browser::new(&house);
    let shown = pdam.get(&link).await.is(200).text();
    for secret in ["Jalan di depan pasar", "Siti Contoh", report.trim_start_matches("/laporan/")] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    pdam.post(&link, &[("key", "a"), ("text", "Pipa zamrud selesai hari Jumat.")]).await.is(303);
    let desk = chief.get(&format!("/desk{report}")).await.is(200).text();
    assert!(desk.contains("Pipa zamrud selesai hari Jumat.") && desk.contains("PDAM Contoh"), "{desk}");
    for browser in [&mut citizen, &mut Browser::new(&house)] {
        let page = browser.get(&report).await.is(200).text();
        assert!(!page.contains("zamrud") && !page.contains("PDAM Contoh"), "{page}");
    }
    assert!(chief.get("/desk/pemberitahuan").await.is(200).text().contains("Pihak luar menjawab"));
});

both!(an_officer_of_another_office_neither_asks_nor_reads_nor_ends, |house| {
    let (_, report, mut chief) = with_kalsel(&house).await;
    let good = [("key", "k"), ("recipient", "PDAM Contoh"), ("text", "Kapan pipa itu selesai?"), ("days", "3")];
    chief.post(&format!("/desk{report}/pertanyaan"), &good).await.is(303);
    let link = path(&chief.get(&format!("/desk{report}")).await.is(200));
    let mut other = Browser::officer(&house, "bontang", Role::AgencyAdmin, 647_400).await;
    let page = other.get(&format!("/desk{report}")).await.is(200).text();
    assert!(!page.contains("PDAM Contoh") && !page.contains("/tanya/"), "{page}");
    other.post(&format!("/desk{report}/pertanyaan"), &good).await.is(403);
    other.post(&format!("/desk{report}/pertanyaan-selesai"), &[("question", "3")]).await.is(403);
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let seq = admin.get(&format!("/desk{report}")).await.between("name=\"question\" value=\"", "\"")[0].clone();
    admin.post(&format!("/desk{report}/pertanyaan-selesai"), &[("key", "e"), ("question", &seq)]).await.is(303);
    assert!(Browser::new(&house).get(&link).await.is(200).text().contains("sudah diakhiri"));
    let wrong = format!("{}0", &link[..link.len() - 1]);
    let wrong = if wrong == link { format!("{}1", &link[..link.len() - 1]) } else { wrong };
    Browser::new(&house).get(&wrong).await.is(404);
});
