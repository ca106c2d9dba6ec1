//! Floods and pranks as a browser sees them: what was typed is never lost, and officers decide.

use super::browser::{Browser, NATIONAL, PUPR};
use crate::world::House;
use app::gate::Rates;
use domain::Role;

fn with_rates(mut house: House, rates: Rates) -> House {
    house.app = house.app.clone().with_rates(rates);
    house
}

const TYPED: [(&str, &str); 6] = [
    ("class", "complaint"),
    ("title", "Jembatan bambu lapuk"),
    ("text", "Jembatan bambu di kampung kami lapuk & berbahaya sejak musim hujan."),
    ("province", "63"),
    ("regency", "63.72"),
    ("address", "Kampung Melati"),
];

both!(a_form_over_the_limit_comes_back_whole_and_says_when, |house| {
    let house = with_rates(house, Rates { address: 1, ..Rates::default() });
    let mut citizen = Browser::new(&house);
    citizen.report(&[]).await;
    let mut fields = TYPED.to_vec();
    fields.push(("key", "satu"));
    let page = citizen.post("/laporan", &fields).await.is(429);
    let wait: u64 = page.header("retry-after").parse().unwrap();
    assert!((1..=3_600).contains(&wait), "{wait}");
    let text = page.text();
    assert!(text.contains("lapuk &#38; berbahaya") && text.contains("Jembatan bambu lapuk"), "{text}");
    assert!(text.contains("Kampung Melati") && text.contains("value=\"satu\""), "{text}");
    assert!(text.contains("Terlalu banyak laporan dikirim dari jaringan Anda"), "{text}");
});

both!(while_very_many_send_a_browser_proves_work_and_one_without_script_is_taken_and_told, |house| {
    let house = with_rates(house, Rates { hot: 1, work: 6, ..Rates::default() });
    let mut citizen = Browser::new(&house);
    let calm = citizen.get("/").await.is(200).text();
    assert!(!calm.contains("proof.js") && !calm.contains("data-riddle"), "{calm}");
    citizen.report(&[]).await;
    citizen.report(&[]).await;
    let hot = citizen.get("/").await.is(200);
    assert!(hot.text().contains("/assets/proof.js?v=") && hot.text().contains("<noscript>"), "{}", hot.text());
    assert!(!hot.header("content-security-policy").contains("unsafe"));

    let key = hot.between("name=\"key\" value=\"", "\"")[0].clone();
    let proof = house.app.pose(&key).solve();
    let mut fields = TYPED.to_vec();
    fields.extend([("key", key.as_str()), ("proof", proof.as_str())]);
    let proved = citizen.post("/laporan", &fields).await.leads();
    let receipt = citizen.get(&proved).await.is(200).text();
    assert!(!receipt.contains("ditandai untuk dilihat petugas"), "{receipt}");

    let plain = citizen.report(&[]).await;
    let receipt = citizen.get(&format!("{plain}/tanda-terima")).await.is(200).text();
    assert!(receipt.contains("ditandai untuk dilihat petugas"), "{receipt}");
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let list = admin.get("/desk/ditandai").await.is(200).text();
    let code = plain.trim_start_matches("/laporan/");
    assert!(list.contains(code) && list.contains("saat ramai"), "{list}");
    assert!(!list.contains(proved.trim_start_matches("/laporan/").trim_end_matches("/tanda-terima")), "{list}");
});

both!(an_officer_reviews_a_flag_on_the_verification_screen, |house| {
    let mut citizen = Browser::new(&house);
    let prank = citizen.report(&[("text", "Maaf ya, saya cuma iseng mengirim laporan ini")]).await;
    let wrong = citizen.report(&[("text", "https://contoh.example/foto lampu mati")]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let page = admin.get(&format!("/desk{prank}")).await.is(200);
    assert!(page.text().contains("id=\"tanda\"") && page.text().contains("ungkapan yang lazim"), "{}", page.text());

    assert_eq!(admin.post(&format!("/desk{wrong}/tanda"), &[]).await.leads(), format!("/desk{wrong}"));
    let page = admin.get(&format!("/desk{wrong}")).await.is(200).text();
    assert!(!page.contains("id=\"tanda\"") && page.contains("Tanda sudah dihapus"), "{page}");

    // Whoever may not decide about it neither sees the flag nor takes it away.
    let mut pupr = Browser::officer(&house, "pupr", Role::LiaisonOfficer, PUPR).await;
    let list = pupr.get("/desk/ditandai").await.is(200).text();
    assert!(list.contains("Tidak ada laporan yang ditandai"), "{list}");
    pupr.post(&format!("/desk{prank}/tanda"), &[]).await.is(404);

    let words = "Laporan ini kami arsipkan karena tampak iseng. Jika keliru, tulis sanggahan di halaman laporan.";
    admin.act(&prank, "arsip", &[("reason", "spam"), ("text", words)]).await.is(303);
    let own = citizen.get(&prank).await.is(200).text();
    assert!(own.contains("Iseng atau iklan") && own.contains("tulis sanggahan"), "{own}");
    citizen.post(&format!("{prank}/sanggahan"), &[("text", "Lampu kami sungguh padam, bukan iseng.")]).await.is(303);
    let list = admin.get("/desk/ditandai").await.is(200).text();
    assert!(list.contains("Tidak ada laporan yang ditandai"), "{list}");
});

both!(flagged_messages_are_listed_by_themselves_with_the_reason, |house| {
    let columns = "id, way, line, session, sender, digest, text, received_at, state, claimed_until, attempts, decided";
    let row = |id: u32, text: &str, state: &str, decided: &str| {
        format!(
            "({id}, 'sms', 'satu', 1, '62811000000{id}', 'x{id}', '{text}', 1794190000000, '{state}', 0, 0, '{decided}')"
        )
    };
    let rows = [
        row(1, "tolong telepon", "waiting", "{\"deeds\":[],\"say\":null}"),
        row(2, "sepertinya banjir pesan", "flagged", "{\"deeds\":[],\"say\":null,\"too_many\":true}"),
        row(3, "pulsa murah", "flagged", "{\"deeds\":[\"Flag\"],\"say\":null}"),
    ];
    house.meddle(&format!("INSERT INTO message ({columns}) VALUES {}", rows.join(", "))).await;
    let mut counter = Browser::officer(&house, "loket", Role::Operator, NATIONAL).await;
    let all = counter.get("/desk/pesan").await.is(200).text();
    assert!(all.contains("tolong telepon") && all.contains("terlalu banyak dalam satu jam"), "{all}");
    let flagged = counter.get("/desk/pesan?ditandai=1").await.is(200).text();
    assert!(!flagged.contains("tolong telepon") && flagged.contains("tampak dari mesin"), "{flagged}");
});
