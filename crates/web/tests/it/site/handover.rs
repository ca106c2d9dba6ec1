//! The hand-over wizard by the people of Kutai Kartanegara.

use super::browser::{Browser, NATIONAL};
use super::printing::read;
use domain::Role;

const DISKOMINFO: i64 = 640_201;
const INSPEKTORAT: i64 = 640_202;
const FORM: [(&str, &str); 4] = [
    ("key", "a"),
    ("giving", "Inspektorat Kukar"),
    ("day", "2026-11-09"),
    ("reason", "Pengelola dialihkan kepada Diskominfo."),
];

both!(two_offices_sign_and_the_receiving_one_sees_what_it_inherited, |house| {
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[]).await;
    let mut national = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    national.act(&report, "disposisi", &[("to", &INSPEKTORAT.to_string())]).await.is(303);
    let mut giver = Browser::officer(&house, "itda", Role::Inspector, INSPEKTORAT).await;
    let mut former = Browser::officer(&house, "lama", Role::LiaisonOfficer, INSPEKTORAT).await;
    let mut receiver = Browser::officer(&house, "diskominfo", Role::AgencyAdmin, DISKOMINFO).await;
    former.get(&format!("/desk{report}")).await.is(200);

    let wrong = [&FORM[..], &[("receiving", "Diskominfo Kalsel")]].concat();
    let back = giver.post("/desk/serah-terima", &wrong).await.is(422).text();
    assert!(back.contains("dua kantor yang berbeda") && back.contains("Pengelola dialihkan"), "{back}");
    let right = [&FORM[..], &[("receiving", "Diskominfo Kukar")]].concat();
    let path = giver.post("/desk/serah-terima", &right).await.leads();
    let page = giver.get(&path).await.is(200);
    assert!(page.text().contains("Terdisposisi") || page.text().contains("Diteruskan"), "{}", page.text());
    assert_eq!(page.between("name=\"side\" value=\"", "\""), ["giving"]);
    giver.post(&format!("{path}/tanda-tangan"), &[("side", "giving")]).await.is(303);
    receiver.post(&format!("{path}/tanda-tangan"), &[("side", "giving")]).await.is(403);
    receiver.post(&format!("{path}/tanda-tangan"), &[("side", "receiving")]).await.is(303);
    house.work().await;

    former.get("/desk").await.is(303);
    let done = receiver.get(&path).await.is(200).text();
    assert!(done.contains("Laporan warisan") && done.contains(&format!("/desk{report}")), "{done}");
    let paper = receiver.get(&format!("{path}/berita-acara.pdf")).await.is(200);
    let (text, _) = read(&house, &paper.bytes);
    assert!(text.contains("Berita acara") && text.contains("Inspektorat Daerah Kabupaten Kutai Kartanegara"), "{text}");
    let minutes = receiver.get(&format!("{path}/berita-acara")).await.is(200).text();
    assert!(minutes.contains("Petugas itda") && minutes.contains("Petugas diskominfo"), "{minutes}");
    receiver.get(&format!("/desk{report}")).await.is(200);
    let public = citizen.get(&report).await.is(200).text();
    assert!(public.contains("Diserahterimakan dari Inspektorat"), "{public}");
    let changes = receiver.get(&format!("/desk/instansi/{DISKOMINFO}/perubahan")).await.text();
    assert!(changes.contains("ditandatangani") && changes.contains("selesai"), "{changes}");
    former.get(&path).await.is(303);
});
