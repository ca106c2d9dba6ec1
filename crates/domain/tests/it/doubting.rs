//! What is flagged for a second look, and what is not.

use domain::doubt::{Doubt, Print, doubts};

fn found(text: &str) -> Vec<Doubt> {
    doubts(text, &["slot gacor".to_owned(), "cuma iseng".to_owned()])
}

#[test]
fn complaints_are_not_doubted() {
    for text in [
        "Jalan di depan pasar berlubang dan tergenang sejak bulan lalu.",
        "lampu mati",
        "Tolong pak lampu jalan RT 03 mati",
        "JALAN RUSAK PARAH TOLONG DIPERBAIKI",
        "Situs judi online ini masih dapat dibuka, mohon diblokir: https://contoh.example/main",
        "Street light out at Jl. Melati 5 since Monday",
        "路灯坏了很久没有人来修理请尽快派人",
        "ᮏᮜᮔ᮪ ᮛᮥᮊ᮪ᮞᮊ᮪ ᮏᮩᮀ ᮘᮔ᮪ᮏᮤᮁ",
        "Tidak ada air, tidak ada listrik, tidak ada petugas yang datang",
        "pertanggungjawaban penyelenggaraan pemerintahan kecamatan tidak diumumkan",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn links_nonsense_and_known_phrases_are_flagged_with_the_reason() {
    let one = |text: &str, doubt| assert_eq!(found(text), [doubt], "{text}");
    one("https://contoh.example/promo www.contoh.example cek", Doubt::LinksOnly);
    one("sdfghjkl qwrtpsdf zxcvbnm", Doubt::Nonsense);
    one("aaaaaaaaaaaaaaaaaaa", Doubt::Nonsense);
    one("hahahahahahaha hahaha", Doubt::Nonsense);
    one("tes tes tes tes tes tes tes tes", Doubt::Nonsense);
    one("Mainkan SLOT-GACOR hari ini juga di tempat kami", Doubt::Phrase);
    one("Maaf ya, saya cuma iseng saja mengirim ini", Doubt::Phrase);
    assert_eq!(found("slot gacor https://contoh.example"), [Doubt::LinksOnly, Doubt::Phrase]);
    assert_eq!(found("mesin slot gacorkan"), [], "whole words only");
}

#[test]
fn texts_are_alike_that_share_nearly_all_words() {
    let print = Print::of("Lampu jalan di depan pasar Melati padam sejak kemarin malam");
    assert!(print.is_like(&Print::of("lampu jalan di depan pasar melati PADAM, sejak kemarin malam!!")));
    assert!(print.is_like(&Print::of("Lampu jalan di depan pasar Mawar padam sejak kemarin malam")));
    assert!(!print.is_like(&Print::of("Jalan di depan sekolah berlubang sejak bulan lalu")));
    assert!(!Print::of("lampu mati").is_like(&Print::of("lampu mati")), "too short to tell");
}

#[test]
fn every_doubt_has_a_name_of_its_own() {
    assert!(Doubt::ALL.into_iter().all(|doubt| Doubt::parse(doubt.name()) == Some(doubt)));
}
