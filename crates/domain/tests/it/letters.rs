//! Dialogues by letter, as a file that a person reads.

use crate::dialogue::{code, own, play};
use domain::conversation::{Heard, Manner, Note, Own, Waits};
use expect_test::expect_file;

fn letter(subject: &str, text: &str) -> Note {
    Note { subject: subject.into(), text: text.into(), ..Note::default() }
}

fn answer(text: &str) -> Note {
    Note { answers: true, ..letter("Re: surat LAPOR", text) }
}

fn about(number: u64, text: &str) -> Note {
    Note { about: Some(code(number)), ..answer(text) }
}

fn plays(title: &str, reports: &[Own], notes: &[Note]) -> String {
    let heard: Vec<Heard> = notes.iter().cloned().map(Heard::Letter).collect();
    play(title, Manner::Letter, reports, &heard)
}

#[test]
fn a_report_by_letter() {
    let story = "Lampu jalan di depan sekolah padam sejak kemarin malam.\n\nSalam,\nSiti";
    let photo = |note: Note| Note { files: vec![1], ..note };
    let told = [
        plays("One letter is enough", &[], &[letter("Lampu jalan di Kota Banjarbaru padam", story)]),
        plays(
            "The place is asked once",
            &[],
            &[letter("Lampu padam", story), answer("Kota Banjarbaru\n\nSalam\nSiti")],
        ),
        plays("The place is not known", &[], &[letter("Lampu padam", story), answer("Saya tidak tahu nama kotanya")]),
        plays(
            "Another letter is another report",
            &[],
            &[letter("Lampu padam", story), letter("Jalan", "Jalan di Kota Banjarbaru berlubang sejak lama")],
        ),
        plays("The subject is the story", &[], &[letter("Jalan berlubang di Kota Banjarbaru", "")]),
        plays("A photo and hardly a word", &[], &[photo(letter("", "")), answer("Jalan berlubang di Kota Banjarbaru")]),
        plays("The word of an office", &[], &[letter("Jalan", "TANGKAB jalan berlubang di depan pasar Cisoka")]),
        plays(
            "A number that is none",
            &[],
            &[letter("Telepon", "0812345678 menelepon saya dan meminta uang di Kota Banjarbaru")],
        ),
        plays("Nothing", &[], &[letter("", ""), letter("Re:", "halo semua")]),
    ];
    expect_file!["../expect/dialogue-letter.md"].assert_eq(&told.concat());
}

#[test]
fn the_answer_of_a_reporter_by_letter() {
    let answered = [own(1, Waits::ForVerdict), own(2, Waits::ForVerdict)];
    let story = "Lampu itu memang menyala, tetapi padam lagi tadi malam.";
    let told = [
        plays("Settled, in its thread", &answered, &[about(1, "Ya\n\nTerima kasih,\nSiti Contoh"), about(1, "5")]),
        plays("Settled, with a rating", &answered, &[about(2, "Selesai 4")]),
        plays("Settled, but which", &answered, &[answer("Ya")]),
        plays("Not settled", &answered, &[about(1, "Belum, lampunya padam lagi tadi malam")]),
        plays("Not settled, the reason later", &answered, &[about(1, "Belum"), about(1, story)]),
        plays("A story in the thread", &answered, &[about(1, story)]),
        plays("A photo in the thread", &answered, &[Note { files: vec![1], ..about(1, story) }]),
        plays("Only a photo", &answered, &[Note { files: vec![1], ..about(1, "") }]),
        plays("What is missing", &[own(1, Waits::ForMore)], &[about(1, "Alamatnya Jalan Melati nomor 5")]),
        plays("Of somebody else", &[], &[about(1, "Ya"), about(1, story), about(1, "Status")]),
        plays("Too late", &[own(1, Waits::Over)], &[about(1, story), about(1, "Ya")]),
        plays("Where it stands", &answered, &[about(2, "Status")]),
        plays("No more news", &answered, &[about(2, "Berhenti")]),
        plays("A new report in an old thread", &answered, &[about(1, "LAPOR jalan berlubang di Kota Banjarbaru")]),
        plays("Thanks", &answered, &[about(1, "Terima kasih banyak")]),
        plays("A person is asked for", &answered, &[about(1, "Petugas"), about(1, story)]),
    ];
    expect_file!["../expect/dialogue-letter-reply.md"].assert_eq(&told.concat());
}
