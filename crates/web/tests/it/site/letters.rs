//! Letters to reporters: what they say in both languages, what they never say, and when they leave.

use super::browser::{Browser, NATIONAL, PUPR};
use crate::world::House;
use app::mail::{Mail, Post, Sender};
use domain::Role;
use expect_test::{Expect, expect};
use mail_parser::MessageParser;
use std::sync::Arc;
use web::letters::Letters;

/// A letter that was sent.
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub raw: String,
}

/// A house whose letters go into a folder.
pub fn with_mail(mut house: House) -> House {
    house.app = house.app.clone().with_mail(Mail {
        post: Post::folder(&house.file("surat")).unwrap(),
        sender: Sender::new("lapor@contoh.go.id", "Lapor", None).unwrap(),
        scribe: Arc::new(Letters::new("https://lapor.contoh.go.id")),
    });
    house
}

/// Sends what may leave now, and reads what was sent since the last time.
pub async fn post(house: &House) -> Vec<Letter> {
    house.work().await;
    while house.app.deliver(domain::Way::Email).await.unwrap().claimed > 0 {}
    let folder = house.file("surat");
    let mut letters = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let raw = std::fs::read(&path).unwrap();
        let message = MessageParser::default().parse(&raw).unwrap();
        letters.push(Letter {
            to: message.to().unwrap().first().unwrap().address().unwrap().to_owned(),
            subject: message.subject().unwrap().to_owned(),
            text: message.body_text(0).unwrap().replace("\r\n", "\n"),
            raw: String::from_utf8_lossy(&raw).into_owned(),
        });
        std::fs::remove_file(path).unwrap();
    }
    letters.sort_by(|one, other| one.to.cmp(&other.to));
    letters
}

/// The only letter that left.
#[track_caller]
fn only(mut letters: Vec<Letter>) -> Letter {
    assert_eq!(letters.len(), 1, "{:?}", letters.iter().map(|letter| &letter.subject).collect::<Vec<_>>());
    letters.remove(0)
}

/// A letter as it is read, with the number of the report and the secret of its link left out.
fn as_read(letter: &Letter, report: &str, expected: Expect) {
    let code = report.trim_start_matches("/laporan/");
    let spaced = format!("{} {} {}", &code[..3], &code[3..6], &code[6..]);
    let text = format!("{}\n\n{}", letter.subject, letter.text).replace(&spaced, "NOMOR").replace(code, "NOMOR");
    let secret = |line: &str| ["/surat/berhenti/", "/tanya/"].into_iter().find(|path| line.contains(path));
    let lines = text.lines().map(|line| match secret(line).and_then(|path| Some((path, line.split_once(path)?))) {
        Some((path, (before, _))) => format!("{before}{path}…"),
        None => line.to_owned(),
    });
    expected.assert_eq(&(lines.collect::<Vec<_>>().join("\n") + "\n"));
}

const EMAIL: (&str, &str) = ("email", "siti@contoh.id");

both!(what_happens_to_a_report_is_told_in_the_language_of_its_reporter, |house| {
    let house = with_mail(house);
    let mut citizen = Browser::new(&house);
    assert!(citizen.get("/").await.text().contains("pada hari kerja"));
    let report = citizen.report(&[EMAIL, ("title", "Jalan rusak di depan pasar")]).await;
    assert!(citizen.get(&format!("{report}/tanda-terima")).await.text().contains("Kabar dikirim ke siti••••.id"));
    as_read(
        &only(post(&house).await),
        &report,
        expect![[r#"
        Laporan NOMOR: Menunggu verifikasi

        Ada kabar tentang laporan Anda nomor NOMOR, “Jalan rusak di depan pasar”:

        * Laporan diterima melalui situs web (Sen 9 Nov 2026, 10.00 WITA)

        Laporan sudah diterima dan sedang menunggu diperiksa petugas.

        Petugas memverifikasi laporan ini paling lambat Kam 12 Nov 2026.

        Buka laporan: https://lapor.contoh.go.id/laporan/NOMOR

        --
        LAPOR – https://lapor.contoh.go.id
        Surat ini dikirim otomatis. Balasan ke alamat ini tidak dibaca.

        Tidak ingin menerima surat seperti ini? https://lapor.contoh.go.id/surat/berhenti/…
    "#]],
    );
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    assert!(post(&house).await.is_empty(), "an errand is not over at once");
    admin.act(&report, "jawaban", &[("kind", "explained"), ("text", "Sudah kami periksa di lapangan.")]).await.is(303);
    house.later(1);
    as_read(
        &only(post(&house).await),
        &report,
        expect![[r#"
        Laporan NOMOR: Dijawab

        Ada kabar tentang laporan Anda nomor NOMOR, “Jalan rusak di depan pasar”:

        * Diteruskan ke Dinas Pekerjaan Umum dan Penataan Ruang Provinsi Kalimantan Selatan (Sen 9 Nov 2026, 10.00 WITA)
        * Dinas Pekerjaan Umum dan Penataan Ruang Provinsi Kalimantan Selatan menjawab: penjelasan (Sen 9 Nov 2026, 10.00 WITA)

        Instansi sudah memberi jawaban. Laporan belum ditutup; pelapor dapat menanggapi.

        Pelapor dapat menanggapi. Tanpa tanggapan sampai Sen 23 Nov 2026, sistem menutup laporan.

        Buka laporan: https://lapor.contoh.go.id/laporan/NOMOR

        --
        LAPOR – https://lapor.contoh.go.id
        Surat ini dikirim otomatis. Balasan ke alamat ini tidak dibaca.

        Tidak ingin menerima surat seperti ini? https://lapor.contoh.go.id/surat/berhenti/…
    "#]],
    );

    let mut joe = Browser::new(&house);
    joe.get("/bahasa/en").await.is(303);
    let report = joe.report(&[EMAIL, ("title", "Broken road at the market")]).await;
    post(&house).await;
    admin.act(&report, "penundaan", &[("missing", "location"), ("text", "Di mana tepatnya?")]).await.is(303);
    house.later(1);
    as_read(
        &only(post(&house).await),
        &report,
        expect![[r#"
        Report NOMOR: Waiting for missing details

        There is news about your report number NOMOR, “Broken road at the market”:

        * Waiting for the reporter: A clear place (Mon 9 Nov 2026, 11:00 WITA)

        The officer needs more from the reporter. The deadline stands still meanwhile.

        The reporter sends what is missing by Mon 23 Nov 2026; after that the report is archived.

        Answer right here, without a PIN: https://lapor.contoh.go.id/tanya/…

        Open the report: https://lapor.contoh.go.id/laporan/NOMOR

        --
        LAPOR – https://lapor.contoh.go.id
        This letter was sent automatically. Nobody reads answers to this address.

        No more letters like this one? https://lapor.contoh.go.id/surat/berhenti/…
    "#]],
    );
});

both!(a_letter_about_a_secret_report_says_that_there_is_news_and_nothing_else, |house| {
    let house = with_mail(house);
    let mut citizen = Browser::new(&house);
    let report = citizen
        .report(&[EMAIL, ("secret", "1"), ("anonymous", "1"), ("name", "Siti Contoh"), ("title", "Pungutan liar")])
        .await;
    let received = only(post(&house).await);
    as_read(
        &received,
        &report,
        expect![[r#"
        Ada kabar tentang laporan NOMOR

        Ada kabar tentang laporan Anda nomor NOMOR. Karena isinya tertutup, kami tidak menuliskannya di surel. Buka laporan dengan PIN Anda.

        Buka laporan: https://lapor.contoh.go.id/laporan/NOMOR

        --
        LAPOR – https://lapor.contoh.go.id
        Surat ini dikirim otomatis. Balasan ke alamat ini tidak dibaca.

        Tidak ingin menerima surat seperti ini? https://lapor.contoh.go.id/surat/berhenti/…
    "#]],
    );
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    house.later(1);
    let disposed = only(post(&house).await);
    for letter in [received, disposed] {
        let all = format!("{}{}{}", letter.subject, letter.text, letter.raw);
        for secret in ["Pungutan", "Siti", "PUPR", "Pekerjaan Umum", "Diteruskan", "verifikasi", "pasar"] {
            assert!(!all.contains(secret), "{secret} is told: {all}");
        }
    }
});

both!(letters_of_the_night_wait_for_the_morning_and_go_as_one, |house| {
    let house = with_mail(house);
    let mut citizen = Browser::new(&house);
    // Thursday 24 December 2026, 21:00 in Banjarbaru; the day after is Christmas.
    house.at("2026-12-24T13:00:00Z");
    let report = citizen.report(&[EMAIL]).await;
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    for quiet in ["2026-12-24T22:59:00Z", "2026-12-25T03:00:00Z", "2026-12-26T03:00:00Z", "2026-12-27T22:59:00Z"] {
        house.at(quiet);
        assert!(post(&house).await.is_empty(), "a letter left at {quiet}");
    }
    house.at("2026-12-27T23:00:00Z");
    let letter = only(post(&house).await);
    assert!(letter.text.contains("Laporan diterima") && letter.text.contains("Diteruskan ke"), "{}", letter.text);
});

both!(a_reporter_is_reminded_before_the_time_to_complete_runs_out_and_not_afterwards, |house| {
    let house = with_mail(house);
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    let mut reports = Vec::new();
    for _ in 0..2 {
        let mut citizen = Browser::new(&house);
        let report = citizen.report(&[EMAIL]).await;
        admin.act(&report, "penundaan", &[("missing", "date"), ("text", "Kapan itu terjadi?")]).await.is(303);
        reports.push((citizen, report));
    }
    house.later(1);
    assert_eq!(post(&house).await.len(), 2);
    let (citizen, completed) = &mut reports[0];
    let said = [("text", "Kejadiannya hari Senin minggu yang lalu.")];
    citizen.post(&format!("{completed}/kelengkapan"), &said).await.is(303);
    house.at("2026-11-20T01:00:00Z");
    let reminder: Vec<Letter> =
        post(&house).await.into_iter().filter(|letter| letter.subject.contains("segera lengkapi")).collect();
    let reminder = only(reminder);
    let number = reports[1].1.trim_start_matches("/laporan/").to_owned();
    assert!(reminder.text.contains(&number), "{}", reminder.text);
});

both!(a_click_at_the_foot_of_a_letter_ends_them, |house| {
    let house = with_mail(house);
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[EMAIL]).await;
    let letter = only(post(&house).await);
    let at = letter.text.find("/surat/berhenti/").unwrap();
    let path = letter.text[at..].split_whitespace().next().unwrap().to_owned();
    assert!(letter.raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{}", letter.raw);

    let mut anybody = Browser::new(&house);
    assert!(anybody.get(&path).await.is(200).text().contains("Ya, hentikan"));
    let forged = path.replace("/surat/berhenti/", "/surat/berhenti/1");
    anybody.post(&forged, &[]).await.is(404);
    assert_eq!(anybody.post(&path, &[("List-Unsubscribe", "One-Click")]).await.leads(), "/surat/berhenti");
    assert!(anybody.get("/surat/berhenti").await.is(200).text().contains("Surat dihentikan"));
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    house.later(1);
    assert!(post(&house).await.is_empty());
});

both!(without_a_mail_server_no_page_promises_a_letter, |house| {
    let mut citizen = Browser::new(&house);
    assert!(!citizen.get("/").await.text().contains("pada hari kerja"));
    let report = citizen.report(&[EMAIL]).await;
    assert!(!citizen.get(&format!("{report}/tanda-terima")).await.text().contains("Kabar dikirim"));
    assert_eq!(house.app.deliver(domain::Way::Email).await.unwrap().claimed, 0);
});

/// What a mail server tells of a letter that it could not deliver.
fn returned(letter: &Letter, status: &str) -> String {
    let id = letter.raw.lines().find(|line| line.starts_with("Message-ID:")).unwrap();
    format!(
        "From: MAILER-DAEMON@contoh.id\r\nTo: lapor@contoh.go.id\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=\"x\"\r\n\r\n\
        --x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; contoh.id\r\n\r\n\
        Final-Recipient: rfc822; {}\r\nAction: failed\r\nStatus: {status}\r\n\r\n\
        --x\r\nContent-Type: text/rfc822-headers\r\n\r\n{id}\r\n\r\n--x--\r\n",
        letter.to
    )
}

both!(an_address_that_does_not_work_is_told_on_the_page_and_mended_there, |house| {
    let house = with_mail(house);
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[EMAIL]).await;
    assert!(citizen.get(&report).await.text().contains("Kabar dikirim ke siti••••.id"));
    let letter = only(post(&house).await);
    let forged = returned(&letter, "5.1.1").replace("Message-ID: <", "Message-ID: <1");
    assert!(!house.app.note_bounce(forged.as_bytes()).await.unwrap(), "a made-up notification was believed");
    assert!(house.app.note_bounce(returned(&letter, "5.1.1").as_bytes()).await.unwrap());

    let page = citizen.get(&report).await.text();
    assert!(page.contains("alamat itu tidak dikenal") && page.contains("id=\"mailbox-email\""), "{page}");
    let mut admin = Browser::officer(&house, "nasional", Role::NationalAdmin, NATIONAL).await;
    admin.act(&report, "disposisi", &[("to", &PUPR.to_string())]).await.is(303);
    house.later(1);
    assert!(post(&house).await.is_empty(), "a letter went to where nobody lives");

    let box_of = format!("{report}/surel");
    let wrong = citizen.post(&box_of, &[("email", "siti")]).await.is(422).text();
    assert!(wrong.contains("value=\"siti\"") && wrong.contains("mailbox-email-slip"), "{wrong}");
    Browser::new(&house).post(&box_of, &[("email", "lain@contoh.id")]).await.is(404);
    citizen.post(&box_of, &[("email", "siti.baru@contoh.id")]).await.is(303);
    admin.act(&report, "jawaban", &[("kind", "explained"), ("text", "Sudah kami periksa di lapangan.")]).await.is(303);
    house.later(1);
    assert_eq!(only(post(&house).await).to, "siti.baru@contoh.id");

    citizen.post(&box_of, &[("email", "")]).await.is(303);
    assert!(citizen.get(&report).await.text().contains("Anda menghentikan surat"));
    admin.act(&report, "penutupan", &[("text", "Sudah selesai.")]).await.is(303);
    house.later(1);
    assert!(post(&house).await.is_empty());
});

both!(a_letter_that_one_server_does_not_like_leaves_its_address_alive, |house| {
    let house = with_mail(house);
    let mut citizen = Browser::new(&house);
    let report = citizen.report(&[EMAIL]).await;
    let letter = only(post(&house).await);
    assert!(house.app.note_bounce(returned(&letter, "5.7.1").as_bytes()).await.unwrap());
    assert!(citizen.get(&report).await.text().contains("Kabar dikirim ke"));
});

both!(links_go_by_letter_and_tell_nothing_of_the_report, |house| {
    let house = with_mail(house);
    let mut chief = Browser::officer(&house, "kalsel", Role::AgencyAdmin, 630_000).await;
    let invite = [("key", "k"), ("name", "Siti Contoh"), ("email", "siti@contoh.id"), ("role", "liaison_officer")];
    for _ in 0..2 {
        chief.post("/desk/instansi/630000/undangan", &invite).await.is(303);
    }
    let letter = only(post(&house).await);
    let link = letter.text.lines().find_map(|line| line.strip_prefix("https://lapor.contoh.go.id")).unwrap();
    assert_eq!(letter.to, "siti@contoh.id");
    assert!(Browser::new(&house).get(link).await.is(200).text().contains("Siti Contoh"));
    let mut citizen = Browser::new(&house);
    let title = "Jalan zamrud rusak";
    let report = citizen.report(&[EMAIL, ("title", title), ("agency", "Pemerintah Provinsi Kalimantan Selatan")]).await;
    post(&house).await;
    chief.act(&report, "disposisi", &[("to", "630000")]).await.is(303);
    let wrong = [("recipient", "PDAM"), ("email", "pdam@"), ("text", "Kapan pipa itu selesai?"), ("days", "3")];
    let slip = chief.post(&format!("/desk{report}/pertanyaan"), &wrong).await.is(422).text();
    assert!(slip.contains("href=\"#ask-email\"") && slip.contains("value=\"pdam@\""), "{slip}");
    let ask =
        [("key", "a"), ("recipient", "PDAM"), ("email", "pdam@contoh.id"), ("text", "Kapan selesai?"), ("days", "3")];
    for _ in 0..2 {
        chief.post(&format!("/desk{report}/pertanyaan"), &ask).await.is(303);
    }
    let asked = post(&house).await.into_iter().find(|letter| letter.to == "pdam@contoh.id").unwrap();
    let code = report.trim_start_matches("/laporan/");
    for secret in [title, code, "Kapan selesai?"] {
        assert!(!asked.raw.contains(secret) && !asked.text.contains(secret), "{secret}: {}", asked.text);
    }
    let link = asked.text.lines().find_map(|line| line.strip_prefix("https://lapor.contoh.go.id/tanya/")).unwrap();
    assert!(Browser::new(&house).get(&format!("/tanya/{link}")).await.is(200).text().contains("Kapan selesai?"));
    chief.act(&report, "penundaan", &[("missing", "location"), ("text", "Di ruas mana tepatnya?")]).await.is(303);
    house.later(1);
    let held = post(&house).await.into_iter().find(|letter| letter.to == "siti@contoh.id").unwrap();
    let link = held.text.lines().find_map(|line| line.split_once("tanpa PIN: https://lapor.contoh.go.id")).unwrap().1;
    let words = [("key", "b"), ("text", "Di Simpang Empat, depan toko buku.")];
    Browser::new(&house).post(link, &words).await.is(303);
    let desk = chief.get(&format!("/desk{report}")).await.is(200).text();
    assert!(desk.contains("Di Simpang Empat, depan toko buku."), "{desk}");
});
