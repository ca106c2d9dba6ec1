//! The optional account of a reporter: in with a code, what it keeps, what it follows, and its end.

use super::browser::{Browser, NATIONAL, PUPR};
use super::letters::{post, with_mail};
use crate::world::House;
use domain::Role;

const ADDRESS: &str = "siti@contoh.id";

/// Asks for a code, and reads it in the letter.
async fn code_for(house: &House, browser: &mut Browser, address: &str) -> String {
    assert_eq!(browser.post("/akun", &[("contact", address)]).await.leads(), "/akun/kode");
    let letters = post(house).await;
    let letter = letters.iter().find(|letter| letter.subject.contains("Kode")).expect("no code was sent");
    let line = letter.text.lines().find_map(|line| line.strip_prefix("Kode Anda: ")).unwrap();
    line.to_owned()
}

async fn log_in(house: &House, address: &str) -> Browser {
    let mut browser = Browser::new(house);
    let code = code_for(house, &mut browser, address).await;
    assert_eq!(browser.post("/akun/kode", &[("code", &code)]).await.leads(), "/akun");
    browser
}

both!(a_code_opens_once_for_ten_minutes_and_five_tries, |house| {
    let house = with_mail(house);
    let mut browser = Browser::new(&house);
    let code = code_for(&house, &mut browser, ADDRESS).await;
    let other = if code == "111 111" { "222222" } else { "111111" };
    browser.post("/akun/kode", &[("code", other)]).await.is(422);
    browser.post("/akun/kode", &[("code", &code)]).await.is(303);
    assert!(browser.get("/akun").await.text().contains("Anda masuk sebagai siti@contoh.id"));
    let mut thief = Browser::new(&house);
    code_for(&house, &mut thief, "lain@contoh.id").await;
    thief.post("/akun/kode", &[("code", &code)]).await.is(422);

    let mut late = Browser::new(&house);
    let code = code_for(&house, &mut late, ADDRESS).await;
    house.later(1);
    late.post("/akun/kode", &[("code", &code)]).await.is(422);

    let mut guessing = Browser::new(&house);
    let code = code_for(&house, &mut guessing, ADDRESS).await;
    let other = if code == "111 111" { "222222" } else { "111111" };
    for _ in 0..5 {
        guessing.post("/akun/kode", &[("code", other)]).await.is(422);
    }
    guessing.post("/akun/kode", &[("code", &code)]).await.is(422);
});

both!(nobody_learns_whether_an_address_has_an_account, |house| {
    let house = with_mail(house);
    log_in(&house, ADDRESS).await;
    let mut curious = Browser::new(&house);
    let mut answers = Vec::new();
    for address in [ADDRESS, "lain@contoh.id"] {
        let lead = curious.post("/akun", &[("contact", address)]).await.leads();
        let page = curious.get("/akun/kode").await.is(200).text();
        answers.push((lead, page.replace("siti", "XXXX").replace("lain", "XXXX")));
    }
    assert_eq!(answers[0], answers[1]);
});

both!(an_account_keeps_what_was_sent_and_what_was_claimed_for_its_owner_only, |house| {
    let house = with_mail(house);
    let mut siti = log_in(&house, ADDRESS).await;
    let sent = siti.report(&[("secret", "1"), ("title", "Pungutan di loket")]).await;
    let mut before = Browser::new(&house);
    let earlier = before.report(&[("anonymous", "1"), ("title", "Lampu jalan padam")]).await;
    let receipt = before.get(&format!("{earlier}/tanda-terima")).await.text();
    let pin = receipt.split("<dd>").nth(2).unwrap().split("</dd>").next().unwrap().to_owned();
    let number = earlier.trim_start_matches("/laporan/").to_owned();
    let wrong = siti.post("/akun/laporan", &[("number", &number), ("pin", "000 000")]).await;
    assert!(wrong.is(422).text().contains("tidak cocok"));
    siti.post("/akun/laporan", &[("number", &number), ("pin", &pin)]).await.is(303);

    let mut phone = log_in(&house, ADDRESS).await;
    let mine = phone.get("/akun").await.is(200).text();
    assert!(mine.contains("Pungutan di loket") && mine.contains("Lampu jalan padam"), "{mine}");
    phone.get(&sent).await.is(404);
    assert_eq!(phone.get(&format!("/akun{sent}")).await.leads(), sent);
    assert!(phone.get(&sent).await.is(200).text().contains("Pungutan di loket"));

    let mut joe = log_in(&house, "joe@contoh.id").await;
    assert!(!joe.get("/akun").await.text().contains("Pungutan"));
    assert_eq!(joe.get(&format!("/akun{sent}")).await.leads(), sent);
    joe.get(&sent).await.is(404);

    phone.post("/akun/keluar", &[]).await.is(303);
    phone.get(&sent).await.is(404);
    assert!(phone.get("/akun").await.text().contains("Masuk dengan surel"));
});

both!(followers_are_told_what_the_public_may_know, |house| {
    let house = with_mail(house);
    let report = Browser::new(&house).report(&[("title", "Jalan rusak di depan pasar")]).await;
    let mut joe = log_in(&house, "joe@contoh.id").await;
    joe.post(&format!("{report}/ikuti"), &[]).await.is(404);
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    assert!(Browser::new(&house).get(&report).await.text().contains("Masuk dengan surel untuk mengikuti"));
    joe.post(&format!("{report}/ikuti"), &[]).await.is(303);
    assert!(joe.get("/akun").await.text().contains("Jalan rusak di depan pasar"));
    admin.act(&report, "catatan", &[("text", "Sudah dicek ke bendahara.")]).await.is(303);
    assert!(post(&house).await.is_empty(), "an internal note is nobody's news");

    admin.act(&report, "jawaban", &[("kind", "explained"), ("text", "Sudah kami periksa di lapangan.")]).await.is(303);
    let letters = post(&house).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "joe@contoh.id");
    assert!(letters[0].text.contains("yang Anda ikuti") && letters[0].text.contains("menjawab"), "{}", letters[0].text);

    let at = letters[0].text.find("/surat/berhenti/").unwrap();
    let path = letters[0].text[at..].split_whitespace().next().unwrap().to_owned();
    Browser::new(&house).post(&path, &[]).await.is(303);
    admin.act(&report, "penutupan", &[("text", "Sudah selesai.")]).await.is(303);
    assert!(post(&house).await.is_empty());
    assert!(joe.get(&report).await.text().contains("Ikuti laporan ini"));
});

both!(an_account_can_be_deleted_and_its_reports_stay, |house| {
    let house = with_mail(house);
    let mut siti = log_in(&house, ADDRESS).await;
    let report = siti.report(&[("title", "Lampu jalan padam")]).await;
    assert_eq!(siti.post("/akun/hapus", &[]).await.leads(), "/akun");
    assert!(siti.get("/akun").await.text().contains("Lampu jalan padam"), "deleted without being asked");
    siti.post("/akun/hapus", &[("sure", "1")]).await.is(303);
    assert!(siti.get("/akun").await.text().contains("Masuk dengan surel"));
    siti.get(&report).await.is(404);
    let again = log_in(&house, ADDRESS).await.get("/akun").await.text();
    assert!(!again.contains("Lampu jalan padam"), "{again}");
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.get(&format!("/desk{report}")).await.is(200);
});

both!(without_letters_there_are_no_accounts, |house| {
    let mut anybody = Browser::new(&house);
    anybody.get("/akun").await.is(404);
    assert!(!anybody.get("/lacak").await.text().contains("/akun"));
});
