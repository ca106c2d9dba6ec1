//! The kept corpus of what the outside sends (`corpus/`, a folder for each reader), and what comes of it when it is torn:
//! a bounded run with every test. A file that broke a reader is added to its folder.

use crate::mail::Bounce;
use crate::mail::incoming::{House, Letter, Raw};
use crate::open311::{Format, rows};
use crate::sms::tests::is_read;
use crate::{chat, sp4n, table};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

mod tear;

fn folder(reader: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(reader)
}

/// The files of a reader.
fn kept(reader: &str) -> Vec<Vec<u8>> {
    tear::kept(&folder(reader))
}

/// A file of a reader, torn a few times or not at all.
fn some(reader: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    tear::some(&folder(reader))
}

fn written(bytes: Vec<u8>) -> Option<Letter> {
    let house = House { addresses: vec!["lapor@contoh.id".into()], authserv_id: Some("mx.contoh.id".into()) };
    Letter::read(&Raw { bytes, ..Raw::default() }, &house)
}

/// Whether an answer of X can be read, as one at least of what it may be.
fn is_x(answer: &[u8]) -> bool {
    let tag = chat::x::Tag { handle: "lapor1708".into(), word: "lapor".into() };
    let (posts, direct) = (chat::x::read::posts(answer, &tag), chat::x::read::direct(answer, &tag));
    let texts = posts.iter().flat_map(|page| &page.items).map(|one| &one.text);
    let texts = texts.chain(direct.iter().flat_map(|page| &page.items).map(|one| &one.text));
    assert!(texts.into_iter().all(|text| !text.contains('\0')));
    posts.is_ok() || direct.is_ok() || chat::x::read::looked(answer, &tag).is_ok()
}

const SHAPE: table::Shape =
    table::Shape { columns: &["Datang lewat", "Isi", "Provinsi"], needed: &["Isi"], most_rows: 200 };

#[test]
fn what_is_kept_is_read_as_it_is() {
    assert!(kept("smpp").iter().all(|frame| is_read(frame)));
    assert!(kept("telegram").iter().all(|body| chat::telegram::read(body).is_ok()));
    assert!(kept("whatsapp").iter().all(|body| chat::whatsapp::read(body, "1708").is_ok()));
    assert!(kept("x").iter().all(|answer| is_x(answer)));
    assert_eq!(kept("mime").iter().filter_map(|letter| Bounce::read(letter)).count(), 1);
    assert_eq!(kept("mime").into_iter().filter_map(written).filter(|letter| letter.machine.is_none()).count(), 2);
    let read = |answer: &Vec<u8>| [Format::Xml, Format::Json].iter().any(|format| rows(*format, answer).is_ok());
    assert!(kept("open311").iter().all(read));
    let sheet = folder("sp4n-sheet").join("export.xlsx");
    assert!(sp4n::read_xlsx(&sheet).filter(|row| row.is_ok()).count() == 1);
    assert!(kept("table").iter().all(|bytes| table::read(bytes, SHAPE).is_ok()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn units_of_a_centre(frame in some("smpp")) {
        is_read(&frame);
    }

    #[test]
    fn letters(letter in some("mime")) {
        Bounce::read(&letter);
        if let Some(letter) = written(letter) {
            prop_assert!(letter.from.contains('@') && letter.files.len() <= 20);
        }
    }

    #[test]
    fn answers_of_open311(answer in some("open311")) {
        for format in [Format::Xml, Format::Json] {
            if let Ok(rows) = rows(format, &answer) {
                prop_assert!(rows.iter().flatten().all(|(_, text)| !text.is_empty()));
            }
        }
    }

    #[test]
    fn updates_of_telegram(body in some("telegram")) {
        if let Ok(chat::telegram::Update { message: Some(message), .. }) = chat::telegram::read(&body) {
            prop_assert!(!message.text.contains('\0') && message.files.len() <= 10);
        }
    }

    #[test]
    fn posts_of_whatsapp(body in some("whatsapp")) {
        if let Ok(posted) = chat::whatsapp::read(&body, "1708") {
            prop_assert!(posted.messages.iter().all(|message| !message.text.contains('\0')));
        }
    }

    #[test]
    fn answers_of_x(answer in some("x")) {
        is_x(&answer);
    }

    #[test]
    fn exports_of_sp4n(bytes in some("sp4n")) {
        sp4n::read_csv(bytes.as_slice()).take(1_000).for_each(drop);
    }

    #[test]
    fn sheets_of_sp4n(bytes in some("sp4n-sheet")) {
        let place = std::env::temp_dir().join(format!("lapor-sheet-{}.xlsx", std::process::id()));
        std::fs::write(&place, bytes).unwrap();
        sp4n::read_xlsx(&place).take(1_000).for_each(drop);
        std::fs::remove_file(&place).unwrap();
    }

    #[test]
    fn tables(bytes in some("table")) {
        if let Ok(rows) = table::read(&bytes, SHAPE) {
            prop_assert!(rows.len() <= SHAPE.most_rows);
        }
    }
}
