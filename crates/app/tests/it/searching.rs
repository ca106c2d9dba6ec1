//! What people type finds what people wrote.

use crate::people::*;
use crate::world::House;
use app::Filter;
use domain::{Code, RegionCode};

async fn published(house: &House, key: &str, title: &str, text: &str) -> Code {
    let mut new = letter(key);
    new.title = Some(domain::text::Title::parse(title).unwrap());
    new.body = body(text);
    with_pupr(&house.app, new).await
}

async fn found(house: &House, filter: &Filter) -> Vec<Code> {
    let page = house.app.browse(filter, None, 50).await.unwrap();
    page.rows.iter().map(|row| row.listed.row.code).collect()
}

fn q(text: &str) -> Filter {
    Filter { q: text.into(), ..Filter::default() }
}

both!(affixes_do_not_stand_between_question_and_report, |house| {
    let spoken = published(&house, "s1", "Jalannya berlubang", "Jalannya berlubang di muka sekolah kami.").await;
    house.later(1);
    let plain = published(&house, "s2", "Jalan lubang lagi", "Ada jalan lubang besar dekat jembatan.").await;
    house.later(1);
    let other = published(&house, "s3", "Lampu padam", "Lampu penerangan padam setiap malam.").await;
    house.work().await;
    for words in ["jalan lubang", "jalannya berlubang", "JALAN berlubangnya", "jalan-jalan lubang"] {
        assert_eq!(found(&house, &q(words)).await, [plain, spoken], "{words}");
    }
    assert_eq!(found(&house, &q("penerangan")).await, [other]);
    assert_eq!(found(&house, &q("jalan lampu")).await, [] as [Code; 0]);
    assert_eq!(found(&house, &q("yang di dan")).await, [] as [Code; 0]);
});

both!(filters_narrow_a_search_and_follow_the_report, |house| {
    let code = published(&house, "f1", "Jalan rusak", "Jalan rusak di muka sekolah kami.").await;
    house.work().await;
    let here = Filter { region: RegionCode::parse("63.72"), agency: Some(KALSEL), ..q("jalan") };
    assert_eq!(found(&house, &here).await, [code]);
    assert_eq!(found(&house, &Filter { region: RegionCode::parse("64"), ..here.clone() }).await, [] as [Code; 0]);
    let waiting = Filter { stage: Some("waiting".into()), ..Filter::default() };
    assert_eq!(found(&house, &waiting).await, [code]);
    act(&house.app, code, pupr(), answer("Akan kami periksa di lapangan.")).await.unwrap();
    house.work().await;
    assert_eq!(found(&house, &waiting).await, [] as [Code; 0]);
    assert_eq!(found(&house, &Filter { stage: Some("answered".into()), ..Filter::default() }).await, [code]);
});

both!(a_rewritten_text_is_found_by_its_new_words_only, |house| {
    let code = published(&house, "r1", "Jalan rusak", "Nomor telepon saya nol delapan satu zamrud.").await;
    house.work().await;
    assert_eq!(found(&house, &q("zamrud")).await, [code]);
    let rewrite = domain::report::Command::Rewrite {
        title: domain::text::Title::parse("Jalan rusak").unwrap(),
        body: body("Data pribadi telah dihapus oleh admin."),
    };
    act(&house.app, code, kalsel(), rewrite).await.unwrap();
    house.work().await;
    assert_eq!(found(&house, &q("zamrud")).await, [] as [Code; 0]);
    assert_eq!(found(&house, &q("data pribadi")).await, [code]);
});
