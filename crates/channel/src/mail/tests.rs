use super::*;

fn letter() -> Outgoing {
    Outgoing {
        to: "siti@contoh.id".to_owned(),
        subject: "Laporan 123 456 7890 dijawab – silakan baca".to_owned(),
        text: "Selamat pagi,\n\njawaban sudah ada: jalan “rusak” diperbaiki.\n".to_owned(),
        message_id: "17.ab@lapor.contoh.id".to_owned(),
        at: SystemTime::UNIX_EPOCH,
        stop: Some("https://lapor.contoh.id/surat/berhenti/17".to_owned()),
        language: "id".to_owned(),
        thread: vec!["laporan.1@lapor.contoh.id".to_owned(), "a@surel.contoh.id".to_owned()],
        reply_to: None,
    }
}

fn text(letter: &Outgoing) -> String {
    let sender = Sender::new("lapor@contoh.id", "Lapor", Some("meja@contoh.id")).unwrap();
    String::from_utf8(composed(&sender, letter).unwrap().formatted()).unwrap()
}

#[test]
fn a_letter_carries_all_that_programs_on_its_way_want_to_know() {
    let text = text(&letter());
    for line in [
        "From: Lapor <lapor@contoh.id>",
        "To: siti@contoh.id",
        "Reply-To: meja@contoh.id",
        "Message-ID: <17.ab@lapor.contoh.id>",
        "Auto-Submitted: auto-generated",
        "Content-Language: id",
        "In-Reply-To: <a@surel.contoh.id>",
        "References: <laporan.1@lapor.contoh.id> <a@surel.contoh.id>",
        "List-Unsubscribe: <https://lapor.contoh.id/surat/berhenti/17>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
    ] {
        assert!(text.lines().any(|known| known == line), "{line} is missing:\n{text}");
    }
    assert!(text.is_ascii());
}

#[test]
fn a_line_end_in_a_subject_makes_no_header() {
    let sly = Outgoing { subject: "Laporan\r\nBcc: lain@contoh.id".to_owned(), ..letter() };
    assert!(!text(&sly).lines().any(|line| line.starts_with("Bcc")));
}

#[test]
fn an_answer_goes_where_the_letter_says() {
    let own = Outgoing { reply_to: Some("lapor+2085653718@contoh.id".to_owned()), ..letter() };
    assert!(text(&own).lines().any(|line| line == "Reply-To: lapor+2085653718@contoh.id"));
}

#[test]
fn an_address_that_is_none_is_told() {
    let sender = Sender::new("lapor@contoh.id", "", None).unwrap();
    let wrong = Outgoing { to: "bukan surel".to_owned(), ..letter() };
    assert_eq!(composed(&sender, &wrong).unwrap_err(), Unsent::NoSuchAddress("address".to_owned()));
    assert!(Sender::new("bukan surel", "", None).is_err());
}

#[tokio::test]
async fn a_folder_takes_a_letter_once_however_often_it_is_sent() {
    let folder = std::env::temp_dir().join(format!("lapor-post-{}", std::process::id()));
    let post = Post::folder(&folder).unwrap();
    let sender = Sender::new("lapor@contoh.id", "Lapor", None).unwrap();
    for _ in 0..2 {
        post.send(&sender, &letter()).await.unwrap();
    }
    let names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(names, ["17.ab@lapor.contoh.id.eml"]);
}
