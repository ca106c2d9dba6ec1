//! Short messages at the desk: who tends them, and the words that name offices.

use super::browser::{Browser, KALSEL, NATIONAL, PNG};
use crate::world::House;
use app::message::{Gateway, Sms};
use domain::{Role, Way};
use std::sync::Arc;
use store::letter;
use web::letters::Letters;

/// A house that people write to, with no line up.
fn with_sms(mut house: House) -> House {
    house.app = house.app.clone().with_sms(Sms {
        gateway: Gateway::new(Vec::new()),
        scribe: Arc::new(Letters::new("https://lapor.contoh.go.id")),
    });
    house
}

/// A message that the machine did not understand.
async fn waits(house: &House, text: &str) {
    let columns = "id, way, line, session, sender, digest, text, received_at, state, claimed_until, attempts";
    let values = format!("7, 'sms', 'satu', 1, '6281100000001', 'x', '{text}', 1794190000000, 'waiting', 0, 0");
    house.meddle(&format!("INSERT INTO message ({columns}) VALUES ({values})")).await;
}

/// A message of the same sender that became a report.
async fn was_heard(house: &House, text: &str) {
    let columns = "id, way, line, session, sender, digest, text, received_at, state, claimed_until, attempts";
    let values = format!("6, 'sms', 'satu', 1, '6281100000001', 'y', '{text}', 1794189000000, 'heard', 0, 0");
    house.meddle(&format!("INSERT INTO message ({columns}) VALUES ({values})")).await;
}

/// Kinds and recipients of the short messages that wait to leave.
async fn leaving(house: &House) -> Vec<(String, String, String)> {
    let now = house.app.now();
    let claim =
        house.app.db().write(move |tx| Box::pin(async move { letter::claim(tx, Way::Sms, "uji", now, now, 50).await }));
    claim.await.unwrap().into_iter().map(|letter| (letter.kind, letter.recipient, letter.args)).collect()
}

both!(a_person_answers_what_the_machine_did_not_understand, |house| {
    let house = with_sms(house);
    was_heard(&house, "Pejabat itu meminta uang").await;
    waits(&house, "tolong <b>telepon</b> saya").await;
    let mut counter = Browser::officer(&house, "loket", Role::Operator, NATIONAL).await;
    let list = counter.get("/desk/pesan").await.is(200).text();
    assert!(list.contains("6281••••001") && !list.contains("6281100000001"), "{list}");
    assert!(list.contains("&#60;b&#62;telepon"), "{list}");
    let talk = counter.get("/desk/pesan/7").await.is(200).text();
    assert!(talk.contains("menunggu petugas"), "{talk}");
    assert!(!talk.contains("meminta uang"), "what became a report is read there, by those who may: {talk}");
    let wrong = counter.post("/desk/pesan/7", &[("what", "answer"), ("text", "x")]).await.is(422).text();
    assert!(wrong.contains(">x</textarea>"), "what was typed is gone: {wrong}");
    let answer = [("what", "answer"), ("text", "Kami telepon Anda sebelum pukul 15.")];
    assert_eq!(counter.post("/desk/pesan/7", &answer).await.leads(), "/desk/pesan");
    counter.post("/desk/pesan/7", &answer).await.leads();
    let left = leaving(&house).await;
    assert_eq!(left.len(), 1, "sent twice: {left:?}");
    assert_eq!((left[0].0.as_str(), left[0].1.as_str()), ("talk-operator", "6281100000001"));
    assert!(counter.get("/desk/pesan").await.is(200).text().contains("Tidak ada pesan yang menunggu"));
    let mut kalsel = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    kalsel.get("/desk/pesan").await.is(403);
    kalsel.get("/desk/pesan/7").await.is(403);
    kalsel.post("/desk/pesan/7", &answer).await.is(403);
    assert!(!kalsel.get("/desk").await.is(200).text().contains("/desk/pesan"));
    let mut elsewhere = Browser::officer(&house, "loket-kalsel", Role::Operator, KALSEL).await;
    elsewhere.get("/desk/pesan").await.is(403);
    elsewhere.get("/desk/pesan/7").await.is(403);
});

both!(who_waits_is_listed_to_the_end, |house| {
    let house = with_sms(house);
    let columns = "id, way, line, session, sender, digest, text, received_at, state, claimed_until, attempts";
    for number in 100..160 {
        let values =
            format!("{number}, 'sms', 'satu', 1, '6281100000{number}', 'x', 'tolong', 1794190000000, 'waiting', 0, 0");
        house.meddle(&format!("INSERT INTO message ({columns}) VALUES ({values})")).await;
    }
    let mut nation = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let first = nation.get("/desk/pesan").await.is(200).text();
    assert!(first.contains("/desk/pesan/149\"") && !first.contains("/desk/pesan/150\""), "{first}");
    assert!(first.contains("/desk/pesan?after=149"), "{first}");
    let rest = nation.get("/desk/pesan?after=149").await.is(200).text();
    assert!(rest.contains("/desk/pesan/159\"") && !rest.contains("?after="), "{rest}");
});

both!(a_picture_in_a_chat_is_seen_by_who_tends_it_and_by_nobody_else, |house| {
    let house = with_sms(house);
    let mut incoming = house.app.receive().await.unwrap();
    incoming.push(&PNG).await.unwrap();
    let upload = serde_json::to_string(&house.app.keep(incoming, "foto.png").await.unwrap()).unwrap();
    let columns = "id, way, line, session, sender, digest, text, received_at, state, claimed_until, attempts, more";
    let more = r#"{"files":[{"id":"1","name":"foto.png"},{"id":"2","name":"hilang.png"}],"point":[-3.44,114.83]}"#;
    let values =
        format!("7, 'telegram', '', 0, 'telegram:90210000001', 'x', '', 1794190000000, 'waiting', 0, 0, '{more}'");
    house.meddle(&format!("INSERT INTO message ({columns}) VALUES ({values})")).await;
    let files = format!("(71, 7, 0, '{upload}', NULL), (72, 7, 1, NULL, 'file-lost')");
    house.meddle(&format!("INSERT INTO message_file (id, message_id, number, upload, failure) VALUES {files}")).await;
    let mut nation = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let talk = nation.get("/desk/pesan/7").await.is(200).text();
    assert!(talk.contains("Telegram") && talk.contains("90210000001") && talk.contains("-3.44000"), "{talk}");
    assert!(talk.contains("/desk/pesan/7/berkas/71") && talk.contains("1 berkas tidak dapat diambil"), "{talk}");
    nation.get("/desk/pesan/7/berkas/71").await.is(200);
    nation.get("/desk/pesan/7/berkas/72").await.is(404);
    let mut kalsel = Browser::officer(&house, "kalsel", Role::AgencyAdmin, KALSEL).await;
    kalsel.get("/desk/pesan/7/berkas/71").await.is(403);
    // What became a report is read there.
    house.meddle("UPDATE message SET state = 'heard'").await;
    nation.get("/desk/pesan/7/berkas/71").await.is(404);
});

both!(the_nation_gives_words_out_and_takes_them_away, |house| {
    let house = with_sms(house);
    let mut nation = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let page = nation.get("/desk/kata-sms").await.is(200).text();
    assert!(page.contains("TANGKAB"), "{page}");
    let office = "Pemerintah Provinsi Kalimantan Selatan";
    for (word, slip) in
        [("status", "sudah berarti"), ("tangkab", "sudah dipakai"), ("a b", "2 sampai 15"), ("17", "hanya angka")]
    {
        let wrong = nation.post("/desk/kata-sms", &[("word", word), ("office", office)]).await.is(422).text();
        assert!(wrong.contains(slip) && wrong.contains(office), "{word}: {wrong}");
    }
    nation.post("/desk/kata-sms", &[("word", "kalsel"), ("office", "Kantor Entah")]).await.is(422);
    nation.post("/desk/kata-sms", &[("word", "kalsel"), ("office", office)]).await.is(303);
    assert_eq!(house.app.reference().codes["KALSEL"].agency.0, KALSEL);
    assert!(nation.get("/desk/instansi/630000/perubahan").await.is(200).text().contains("Kata KALSEL"));
    nation.post("/desk/kata-sms/cabut", &[("word", "KALSEL"), ("office", "630000")]).await.is(303);
    assert!(!house.app.reference().codes.contains_key("KALSEL"));
    let mut counter = Browser::officer(&house, "loket", Role::Operator, KALSEL).await;
    counter.get("/desk/kata-sms").await.is(403);
    counter.post("/desk/kata-sms", &[("word", "kalsel"), ("office", office)]).await.is(403);
});

both!(an_account_is_asked_for_by_what_is_set_up, |house| {
    let mut citizen = Browser::new(&house);
    citizen.get("/akun").await.is(404);
    let house = with_sms(house);
    let mut citizen = Browser::new(&house);
    let page = citizen.get("/akun").await.is(200).text();
    assert!(page.contains("type=\"tel\"") && !page.contains("surel"), "{page}");
    let wrong = citizen.post("/akun", &[("contact", "siti@contoh.id")]).await.is(422).text();
    assert!(wrong.contains("Nomor telepon belum benar"), "{wrong}");
    citizen.post("/akun", &[("contact", "0811 0000 0001")]).await.is(303);
    let left = leaving(&house).await;
    assert_eq!((left[0].0.as_str(), left[0].1.as_str()), ("code", "6281100000001"));
});
