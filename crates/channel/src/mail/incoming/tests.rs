//! Letters as programs of people write them; the ways by which they come are tried with real servers in `server/tests`.

use super::*;
use proptest::prelude::*;

fn house() -> House {
    House { addresses: vec!["lapor@contoh.go.id".into()], authserv_id: Some("mx.contoh.go.id".into()) }
}

fn read(raw: &str) -> Letter {
    let raw = Raw { bytes: raw.replace('\n', "\r\n").into_bytes(), ..Raw::default() };
    Letter::read(&raw, &house()).expect("a letter")
}

const HEAD: &str = "From: Siti Contoh <Siti@Contoh.ID>\nTo: lapor@contoh.go.id\nMessage-ID: <a1@surel.contoh.id>\n";

#[test]
fn a_letter_is_read_with_all_that_hangs_on_it() {
    let letter = read(&format!(
        "Authentication-Results: mx.contoh.go.id; dmarc=pass header.from=contoh.id\n{HEAD}\
        Cc: Lapor+2085653718@contoh.go.id\nIn-Reply-To: <17.ab@contoh.go.id>\n\
        References: <laporan.1@contoh.go.id> <17.ab@contoh.go.id>\nSubject: =?utf-8?q?Jalan_=E2=80=93_rusak?=\n\
        MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n\
        --x\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n\
        Caf=E9 di depan pasar.\n\n-- \nSiti\n\
        --x\nContent-Type: image/png; name=foto.png\nContent-Disposition: attachment; filename=\"foto jalan.png\"\n\
        Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x--\n"
    ));
    assert_eq!((letter.from.as_str(), letter.name.as_str()), ("siti@contoh.id", "Siti Contoh"));
    assert_eq!(letter.message_id.as_deref(), Some("a1@surel.contoh.id"));
    assert_eq!(letter.answers, ["17.ab@contoh.go.id", "laporan.1@contoh.go.id"]);
    assert_eq!(letter.tags, ["2085653718"]);
    assert_eq!((letter.subject.as_str(), letter.text.as_str()), ("Jalan – rusak", "Café di depan pasar."));
    assert_eq!((letter.files.len(), letter.files[0].name.as_str()), (1, "foto jalan.png"));
    assert!(letter.files[0].bytes.starts_with(b"\x89PNG"));
    assert!(letter.is_vouched && letter.machine.is_none());
}

#[test]
fn html_becomes_text_without_what_acts_in_it() {
    let letter = read(&format!(
        "{HEAD}Subject: Halo\nContent-Type: text/html; charset=utf-8\n\n<html><head><style>p {{color: red}}</style>\
        <script>alert(1)</script></head><body><p>Jalan&nbsp;di <b>Kota&#32;Banjarbaru</b> rusak &amp; gelap.</p>\
        <p>Lihat <a href=\"https://contoh.id/x\">foto</a>.<img src=\"https://mata.contoh.id/1.gif\"></p>\
        <ul><li>lubang</li><li>lampu</li></ul>\
        <div class=\"gmail_quote\"><div>Pada Kam, 26 Nov 2026 pukul 10.00 Lapor &lt;lapor@contoh.go.id&gt; menulis:<br></div>\
        <blockquote>Selamat pagi, sudah dijawab.</blockquote></div></body></html>\n"
    ));
    let text = letter.text.replace('\u{a0}', " ");
    assert!(text.starts_with("Jalan di Kota Banjarbaru rusak & gelap."), "{text:?}");
    assert!(text.contains("lubang") && text.contains("lampu"), "{text:?}");
    for absent in ["<", "alert", "color", "mata.contoh", "Selamat pagi", "menulis"] {
        assert!(!text.contains(absent), "{absent} in {text:?}");
    }
}

#[test]
fn the_other_face_is_read_where_the_plain_one_is_empty() {
    let letter = read(&format!(
        "{HEAD}Subject: Halo\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\n \n\
        --x\nContent-Type: text/html\n\n<p>Jalan rusak</p>\n--x--\n"
    ));
    assert_eq!(letter.text, "Jalan rusak");
}

#[test]
fn lines_that_a_program_broke_are_joined_again() {
    let letter = read(&format!(
        "{HEAD}Subject: Halo\nContent-Type: text/plain; format=flowed\n\nJalan di depan \npasar rusak.\n\n> lama \n> sekali\n\
        Baru.\n-- \nSiti\n"
    ));
    assert_eq!(letter.text, "Jalan di depan pasar rusak.\n\nBaru.");
}

#[test]
fn machines_and_lists_are_told_from_people() {
    use Machine::{Automatic, Mute, Own};
    let with = |header: &str| read(&format!("{header}{HEAD}Subject: Halo\n\nIsi\n")).machine;
    for (header, expected) in [
        ("", None),
        ("Auto-Submitted: no\n", None),
        ("Precedence: normal\n", None),
        ("Auto-Submitted: auto-replied (vacation)\n", Some(Automatic)),
        ("Auto-Submitted: auto-generated\n", Some(Automatic)),
        ("Precedence: auto_reply\n", Some(Automatic)),
        ("X-Autoreply: yes\n", Some(Automatic)),
        ("Return-Path: <>\n", Some(Automatic)),
        ("Return-Path: <siti@contoh.id>\n", None),
        ("Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n", Some(Automatic)),
        ("Precedence: Bulk\n", Some(Mute)),
        ("List-Id: Warga <warga.contoh.id>\n", Some(Mute)),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply\n", Some(Mute)),
        ("X-Auto-Response-Suppress: None\n", None),
    ] {
        assert_eq!(with(header), expected, "{header}");
    }
    let from = |from: &str| read(&format!("From: {from}\nSubject: Halo\n\nIsi\n")).machine;
    assert_eq!(from("Lapor <LAPOR+1@contoh.go.id>"), Some(Own));
    assert_eq!(from("mailer-daemon@contoh.id"), Some(Automatic));
    assert_eq!(from("no-reply@contoh.id"), Some(Mute));
    let raw = Raw { bytes: format!("{HEAD}\nIsi").into_bytes(), from: Some(String::new()), ..Raw::default() };
    assert_eq!(Letter::read(&raw, &house()).unwrap().machine, Some(Automatic), "a null envelope");
}

#[test]
fn nobody_is_known_where_the_sender_is_in_doubt() {
    for head in
        ["", "From: siti\n", "From: siti@contoh.id, budi@contoh.id\n", "From: siti@contoh.id\nFrom: budi@contoh.id\n"]
    {
        let raw = Raw { bytes: format!("{head}Subject: Halo\n\nIsi\n").into_bytes(), ..Raw::default() };
        assert_eq!(Letter::read(&raw, &house()), None, "{head}");
    }
}

#[test]
fn what_decorates_a_letter_is_no_attachment() {
    let letter = read(&format!(
        "{HEAD}Subject: Halo\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>Isi</p>\n\
        --x\nContent-Type: image/png\nContent-ID: <logo>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\n\
        iVBORw0KGgo=\n--x\nContent-Type: application/pgp-signature; name=signature.asc\n\nabc\n--x--\n"
    ));
    assert_eq!(letter.files, []);
}

proptest! {
    #[test]
    fn whatever_comes_is_read_or_not_but_breaks_nothing(raw in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let with_head = [HEAD.replace('\n', "\r\n").as_bytes(), &raw].concat();
        for bytes in [raw.clone(), with_head] {
            let _read = Letter::read(&Raw { bytes, ..Raw::default() }, &house());
        }
    }

    #[test]
    fn html_of_any_shape_is_read(html in "(<[a-z/!\\-]{0,8}( [a-z]=\"[^\"]{0,4}\")?>?|&[a-z#0-9]{0,5};?|[ -~]{0,9}|\n){0,60}") {
        let raw = format!("{HEAD}Content-Type: text/html\n\n{html}").replace('\n', "\r\n");
        let letter = Letter::read(&Raw { bytes: raw.into_bytes(), ..Raw::default() }, &house()).unwrap();
        prop_assert!(!letter.text.contains('\0'));
    }
}
