//! Dialogues over short messages, as files that a person reads: what somebody says, what the house does and says.

use crate::fixture::regions;
use domain::conversation::{
    Conversation, Deed, Draft, Heard, Known, Manner, Note, Own, Say, ShortCode, Turn, Waits, listen,
};
use domain::report::Class;
use domain::{AgencyId, Code, RegionCode};
use expect_test::expect_file;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

fn codes() -> BTreeMap<String, ShortCode> {
    let region = RegionCode::parse("36.03");
    BTreeMap::from([("TANGKAB".to_owned(), ShortCode { agency: AgencyId(360_300), region, category: None })])
}

pub fn code(number: u64) -> Code {
    Code::from_random(number)
}

pub fn own(number: u64, waits: Waits) -> Own {
    Own { code: code(number), waits, unrated: true }
}

/// Plays lines of one sender, and writes down what comes of each.
pub fn play(title: &str, manner: Manner, reports: &[Own], lines: &[Heard]) -> String {
    let codes = codes();
    let known = Known { regions: regions(), codes: &codes, reports };
    let mut talk = Conversation::default();
    let mut told = format!("## {title}\n\n");
    for heard in lines {
        let turn = listen(&talk, heard, manner, &known);
        writeln!(told, "- **{}**", line(heard)).unwrap();
        turn.deeds.iter().for_each(|deed| writeln!(told, "  - {}", done(deed)).unwrap());
        turn.say.iter().for_each(|say| writeln!(told, "  - says `{}`{}", say.key(), numbers(say.codes())).unwrap());
        if turn.deeds.is_empty() && turn.say.is_none() {
            writeln!(told, "  - nothing").unwrap();
        }
        talk = turn.next;
    }
    told + "\n"
}

fn line(heard: &Heard) -> String {
    match heard {
        Heard::Text(text) => text.replace('\n', " ⏎ "),
        Heard::Photos(photos, caption) => format!("[{}] {caption}", "photo ".repeat(photos.len()).trim()).trim().into(),
        Heard::Point(north, east) => format!("[location {north}, {east}]"),
        Heard::Letter(note) => letter_line(note),
        Heard::Silence => "[silence]".into(),
    }
}

fn letter_line(note: &Note) -> String {
    let thread = match (note.about, note.answers) {
        (Some(code), _) => format!(" in the thread of {code}"),
        (None, true) => " in answer to a letter of ours".to_owned(),
        (None, false) => String::new(),
    };
    let files = if note.files.is_empty() { "" } else { " with a file" };
    format!("[letter{thread}{files}] {}: {}", note.subject, note.text.replace('\n', " ⏎ "))
}

fn numbers(codes: &[Code]) -> String {
    codes.iter().map(|code| format!(" {code}")).collect()
}

fn done(deed: &Deed) -> String {
    match deed {
        Deed::TakeIn(draft) => format!("takes in {}", report(draft)),
        Deed::Add { code, text } => format!("adds to {code}: \"{text}\""),
        Deed::Attach { code, .. } => format!("adds a photo to {code}"),
        Deed::Confirm { code, rating } => format!("confirms {code}, rating {rating:?}"),
        Deed::Object { code, text } => format!("objects for {code}: \"{text}\""),
        Deed::Tell(code) => format!("tells where {code} stands"),
        Deed::Stop => "stops news".into(),
        Deed::Start => "sends news again".into(),
        Deed::HandOver => "hands over to a person".into(),
        Deed::Flag => "keeps it for somebody to look at".into(),
    }
}

fn report(draft: &Draft) -> String {
    let class = draft.class.unwrap_or(Class::Complaint).name();
    let place = draft.region.as_ref().map_or("no place", RegionCode::as_str);
    let office = draft.agency.map_or_else(|| "the national queue".into(), |id| format!("office {}", id.0));
    let photos = if draft.photos.is_empty() { "" } else { ", with a photo" };
    format!("a {class} for {office}, {place}{photos}: \"{}\"", draft.text.replace('\n', " ⏎ "))
}

fn says(lines: &[&str]) -> Vec<Heard> {
    let heard = |line: &&str| match *line {
        "[silence]" => Heard::Silence,
        "[photo]" => Heard::Photos(vec![1], String::new()),
        text => Heard::Text(text.to_owned()),
    };
    lines.iter().map(heard).collect()
}

#[test]
fn a_report_by_sms() {
    use Manner::Sms;
    let told = [
        play(
            "With the word of an office",
            Sms,
            &[],
            &says(&["TANGKAB jalan berlubang di depan pasar Cisoka sejak Mei"]),
        ),
        play("The word in small letters", Sms, &[], &says(&["tangkab lampu jalan padam di gerbang perumahan"])),
        play(
            "Free text that names its place",
            Sms,
            &[],
            &says(&["Lampu jalan padam di Kota Banjarbaru sejak kemarin"]),
        ),
        play(
            "Free text without a place is asked for it once",
            Sms,
            &[],
            &says(&["Lampu jalan padam sudah seminggu", "banjarbaru"]),
        ),
        play(
            "What does not name a place belongs to the story, and nothing is asked twice",
            Sms,
            &[],
            &says(&["Lampu jalan padam sudah seminggu", "di dekat rumah saya, gang buntu"]),
        ),
        play("Silence takes it in as it is", Sms, &[], &says(&["Lampu jalan padam sudah seminggu", "[silence]"])),
        play("Passed over", Sms, &[], &says(&["Lampu jalan padam sudah seminggu", "LEWATI"])),
        play("Called off", Sms, &[], &says(&["Lampu jalan padam sudah seminggu", "BATAL", "[silence]"])),
        play(
            "Interrupted by a question, and gone on",
            Sms,
            &[],
            &says(&["Lampu jalan padam sudah seminggu", "BANTUAN", "Kota Banjarbaru"]),
        ),
        play(
            "A second report while the first waits for its place",
            Sms,
            &[],
            &says(&["Lampu jalan padam sudah seminggu", "TANGKAB sampah menumpuk di pasar lama"]),
        ),
        play("A request for information", Sms, &[], &says(&["Mohon info syarat KTP hilang di Kota Banjarbaru"])),
        play(
            "A sentence that begins like an answer",
            Sms,
            &[],
            &says(&["Sudah dua minggu jalan rusak di Kota Banjarbaru"]),
        ),
    ];
    expect_file!["../expect/dialogue-sms.md"].assert_eq(&told.concat());
}

#[test]
fn a_report_that_waits_for_its_reporter() {
    use Manner::Sms;
    let [answered, held, ended] = [own(1, Waits::ForVerdict), own(2, Waits::ForMore), own(3, Waits::Over)];
    let second = own(4, Waits::ForVerdict);
    let told = [
        play("Settled, with a rating afterwards", Sms, &[answered], &says(&["ya", "5"])),
        play("Settled, in more words", Sms, &[answered], &says(&["Selesai ya, terima kasih pak"])),
        play("Settled, rated at once", Sms, &[answered], &says(&["YA 4"])),
        play("Not settled, with the reason", Sms, &[answered], &says(&["Belum, lubangnya masih ada di depan pasar"])),
        play(
            "Not settled, and asked for the reason",
            Sms,
            &[answered],
            &says(&["tidak", "jalannya belum diaspal ulang"]),
        ),
        play("Not settled, and no reason came", Sms, &[answered], &says(&["belum", "[silence]"])),
        play("Thanks settle nothing", Sms, &[answered], &says(&["terima kasih banyak"])),
        play("Several wait", Sms, &[answered, second], &says(&["ya", &format!("ya {}", code(4))])),
        play("Nothing waits", Sms, &[ended], &says(&["ya"])),
        play(
            "Closed by others, and not settled",
            Sms,
            &[own(5, Waits::ForObjection)],
            &says(&["ya", "belum, lampunya masih padam"]),
        ),
        play("What was missing is told", Sms, &[held], &says(&["Alamatnya Jalan Melati nomor 5"])),
        play(
            "Added by number",
            Sms,
            &[held, answered],
            &says(&[&format!("{} alamatnya Jalan Melati 5", code(2).spaced())]),
        ),
        play("More, or another report", Sms, &[answered], &says(&["Pagar sekolah roboh di Kota Banjarbaru", "1"])),
        play("Another report after all", Sms, &[answered], &says(&["Pagar sekolah roboh di Kota Banjarbaru", "2"])),
        play("A report without a number", Sms, &[ended], &says(&["LAPOR pagar sekolah roboh di Kota Banjarbaru"])),
        play("Where it stands", Sms, &[answered, ended], &says(&["STATUS", &format!("status {}", code(3)), "cek"])),
        play(
            "Somebody else's number, and one that is wrong",
            Sms,
            &[answered],
            &says(&[&format!("{} tambahan keterangan", code(99)), "status 2085653719", &format!("ya {}", code(99))]),
        ),
    ];
    expect_file!["../expect/dialogue-reply.md"].assert_eq(&told.concat());
}

#[test]
fn what_is_not_understood() {
    use Manner::Sms;
    let told = [
        play(
            "Twice, and a person has it",
            Sms,
            &[],
            &says(&["???", "asdf", "jalan rusak di Kota Banjarbaru", "BANTUAN"]),
        ),
        play("Asked for a person", Sms, &[], &says(&["petugas", "tolong telepon saya kembali"])),
        play("A greeting", Sms, &[], &says(&["Assalamualaikum", "selamat pagi pak"])),
        play("No news, and news again", Sms, &[], &says(&["STOP", "MULAI"])),
        play("A machine that says the same for ever", Sms, &[], &says(&["Promo pulsa murah hari ini"; 4])),
        play("Nothing to report on", Sms, &[], &says(&["STATUS"])),
    ];
    expect_file!["../expect/dialogue-lost.md"].assert_eq(&told.concat());
}

#[test]
fn a_report_in_a_chat() {
    use Manner::Chat;
    let told = [
        play(
            "Class, place and photo are asked for",
            Chat,
            &[],
            &says(&["Lampu jalan padam sudah seminggu", "1", "Kota Banjarbaru", "[photo]"]),
        ),
        play("Begun with a photo", Chat, &[], &says(&["[photo]", "jalan berlubang di Kota Banjarbaru", "pengaduan"])),
        play("Without a photo", Chat, &[], &says(&["Usul taman bermain di Kota Banjarbaru", "lewati"])),
        play(
            "With the place on the map",
            Chat,
            &[],
            &[says(&["Lampu jalan padam sudah seminggu", "1"]), vec![Heard::Point(-3.44, 114.83)], says(&["[photo]"])]
                .concat(),
        ),
        play(
            "A photo for the report that waits for more",
            Chat,
            &[own(1, Waits::ForMore), own(2, Waits::No)],
            &says(&["[photo]", "Itu foto lubangnya dari arah pasar"]),
        ),
        play(
            "Several photos with what they show are one report",
            Chat,
            &[],
            &[vec![Heard::Photos(vec![1, 2], "Jalan berlubang di Kota Banjarbaru".into())], says(&["1"])].concat(),
        ),
        play(
            "What is said with the photo that was asked for belongs to the story",
            Chat,
            &[],
            &[
                says(&["Usul taman bermain di Kota Banjarbaru"]),
                vec![Heard::Photos(vec![1], "Tanah kosong di sebelah masjid".into())],
            ]
            .concat(),
        ),
        play(
            "A photo in place of the word whose a text is",
            Chat,
            &[own(1, Waits::ForVerdict)],
            &says(&["Lampu di gang sebelah juga padam", "[photo]"]),
        ),
        play("A photo after a person took over", Chat, &[], &says(&["petugas", "[photo]"])),
    ];
    expect_file!["../expect/dialogue-chat.md"].assert_eq(&told.concat());
}

#[test]
fn a_report_before_everybody() {
    use Manner::Post;
    let verdict = [own(1, Waits::ForVerdict)];
    let told = [
        play(
            "Only the place is asked for",
            Post,
            &[],
            &says(&["LAPOR Lampu jalan padam sudah seminggu", "Kota Banjarbaru"]),
        ),
        play("With all that is needed", Post, &[], &says(&["LAPOR Lampu jalan padam di Kota Banjarbaru"])),
        play("With a photo", Post, &[], &[Heard::Photos(vec![1], "LAPOR Jalan berlubang di Kota Banjarbaru".into())]),
        play("For the office of a word", Post, &[], &says(&["LAPOR TANGKAB jalan berlubang di depan pasar"])),
        play("The word without a story", Post, &[], &says(&["LAPOR"])),
        play(
            "The word begins another report while one is answered",
            Post,
            &verdict,
            &says(&["LAPOR Pohon tumbang di Kota Banjarbaru"]),
        ),
        play("The last word", Post, &verdict, &says(&["ya", "5"])),
    ];
    expect_file!["../expect/dialogue-post.md"].assert_eq(&told.concat());
}

fn heard() -> impl Strategy<Value = Heard> {
    let words = prop::sample::select(vec![
        "ya",
        "tidak",
        "belum",
        "5",
        "1",
        "2",
        "status",
        "stop",
        "bantuan",
        "batal",
        "lewati",
        "lapor",
        "TANGKAB",
        "jalan rusak parah sekali",
        "di Kota Banjarbaru",
        "terima kasih",
        "?",
        "petugas",
        "1000000008",
    ]);
    let text = prop::collection::vec(words, 0..4).prop_map(|words| Heard::Text(words.join(" ")));
    prop_oneof![8 => text, 1 => Just(Heard::Photos(vec![1], "halaman sekolah".into())), 1 => Just(Heard::Silence), 1 => Just(Heard::Point(-3.4, 114.8))]
}

proptest! {
    /// Whatever is said: one answer at most, the same question about a report never twice, and what was told is taken
    /// in or still there.
    #[test]
    fn a_conversation_never_loops_and_never_forgets(lines in prop::collection::vec(heard(), 0..20), chats: bool) {
        let codes = codes();
        let reports = [own(1, Waits::ForVerdict)];
        let known = Known { regions: regions(), codes: &codes, reports: &reports };
        let manner = if chats { Manner::Chat } else { Manner::Sms };
        let mut talk = Conversation::default();
        let mut places = 0;
        for heard in lines {
            let Turn { next, deeds, say } = listen(&talk, &heard, manner, &known);
            let began = deeds.iter().any(|deed| matches!(deed, Deed::TakeIn(_) | Deed::HandOver)) || say == Some(Say::Cancelled);
            places = if began { 0 } else { places } + u32::from(say == Some(Say::AskPlace));
            prop_assert!(places <= 1, "asked for the place twice");
            if let (Some(domain::conversation::Pending::Report { draft, .. }), None) = (&talk.pending, &next.pending) {
                let kept = deeds.iter().any(|deed| match deed {
                    Deed::TakeIn(taken) => taken.text.contains(draft.text.trim()),
                    Deed::HandOver => true,
                    _ => false,
                });
                prop_assert!(kept || say == Some(Say::Cancelled), "{draft:?} was forgotten");
            }
            prop_assert!(next.missed < domain::conversation::MOST_MISSED);
            talk = next;
        }
    }
}
