//! The kept corpus of what the outside sends (`corpus/`, a folder for each reader), and what comes of it when it is torn:
//! a bounded run with every test. A file that broke a reader is added to its folder.

use crate::mail::Bounce;
use crate::mail::incoming::{House, Letter, Raw};
use crate::open311::{Format, rows};
use crate::sms::tests::is_read;
use crate::{chat, sp4n, table};
use proptest::prelude::*;
use std::path::Path;

/// The files of a reader.
fn kept(reader: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(reader);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "nothing is kept for {reader}");
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// One way of tearing.
#[derive(Debug, Clone)]
enum Tear {
    Cut(prop::sample::Index),
    Change(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Repeat(prop::sample::Index, u8),
}

fn tear() -> impl Strategy<Value = Tear> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        1 => at().prop_map(Tear::Cut),
        6 => (at(), any::<u8>()).prop_map(|(at, byte)| Tear::Change(at, byte)),
        2 => (at(), prop::collection::vec(any::<u8>(), 1..12)).prop_map(|(at, bytes)| Tear::Insert(at, bytes)),
        2 => (at(), 1..60_u8).prop_map(|(at, times)| Tear::Repeat(at, times)),
    ]
}

fn torn(mut bytes: Vec<u8>, tears: &[Tear]) -> Vec<u8> {
    for tear in tears {
        if bytes.is_empty() {
            break;
        }
        match tear {
            Tear::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Tear::Change(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Tear::Insert(at, more) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
            Tear::Repeat(at, times) => {
                let (at, size) = (at.index(bytes.len()), bytes.len());
                let piece = bytes[at..size.min(at + 16)].to_vec();
                bytes.splice(at..at, piece.repeat(usize::from(*times)));
            }
        }
    }
    bytes
}

/// A file of a reader, torn a few times or not at all.
fn some(reader: &str) -> impl Strategy<Value = Vec<u8>> + use<> {
    let file = prop::sample::select(kept(reader));
    (file, prop::collection::vec(tear(), 0..6)).prop_map(|(file, tears)| torn(file, &tears))
}

fn written(bytes: Vec<u8>) -> Option<Letter> {
    let house = House { addresses: vec!["lapor@contoh.id".into()], authserv_id: Some("mx.contoh.id".into()) };
    Letter::read(&Raw { bytes, ..Raw::default() }, &house)
}

const SHAPE: table::Shape =
    table::Shape { columns: &["Datang lewat", "Isi", "Provinsi"], needed: &["Isi"], most_rows: 200 };

#[test]
fn what_is_kept_is_read_as_it_is() {
    assert!(kept("smpp").iter().all(|frame| is_read(frame)));
    assert!(kept("telegram").iter().all(|body| chat::telegram::read(body).is_ok()));
    assert!(kept("whatsapp").iter().all(|body| chat::whatsapp::read(body, "1708").is_ok()));
    assert_eq!(kept("mime").iter().filter_map(|letter| Bounce::read(letter)).count(), 1);
    assert_eq!(kept("mime").into_iter().filter_map(written).filter(|letter| letter.machine.is_none()).count(), 2);
    let read = |answer: &Vec<u8>| [Format::Xml, Format::Json].iter().any(|format| rows(*format, answer).is_ok());
    assert!(kept("open311").iter().all(read));
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
    fn exports_of_sp4n(bytes in some("sp4n")) {
        sp4n::read_csv(bytes.as_slice()).take(1_000).for_each(drop);
    }

    #[test]
    fn tables(bytes in some("table")) {
        if let Ok(rows) = table::read(&bytes, SHAPE) {
            prop_assert!(rows.len() <= SHAPE.most_rows);
        }
    }
}
