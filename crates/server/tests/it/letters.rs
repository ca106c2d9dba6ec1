//! Letters of people: from the first to the last word, and through what befalls them, with a real mailbox (Dovecot), real
//! clients of LMTP and SMTP (Python) and a real server for what goes out.

use super::authority::Authority;
use super::centre::until;
use super::house::{Engine, House, Server, free};
use super::http::{self, Request};
use super::mail::Smtp;
use super::mailbox::{Mailbox, bring};
use super::story::{at_desk, hasten, own_view, token};
use mail_parser::{Message, MessageParser};
use serde_json::json;

const SITI: &str = "siti@contoh.id";
const STORY: &str = "Lampu jalan di depan sekolah Kota Banjarbaru padam sejak kemarin malam.";
/// What our own mail server writes before a letter whose sender it vouches for.
const PROVED: &str = "Authentication-Results: mx.contoh.go.id; dmarc=pass header.from=contoh.id\n";

/// A house that gets letters by LMTP, and what goes out of it.
struct Post {
    house: House,
    smtp: Smtp,
    door: String,
}

impl Post {
    async fn open(engine: Engine) -> Post {
        let mut house = House::build(engine).await;
        let smtp = Smtp::start(&house);
        let door = free();
        house.settings = settings(&smtp, &format!("lmtp={door:?}"));
        Post { house, smtp, door: door.rsplit_once(':').unwrap().1.to_owned() }
    }

    fn bring(&self, letter: &str) {
        assert_eq!(bring(&self.door, SITI, letter), "250");
    }

    /// What reached somebody so far, in order.
    fn reached(&self, to: &str) -> Vec<Out> {
        let taken = self.smtp.taken();
        let ours = |raw: &String| Out::read(raw);
        taken.iter().map(ours).filter(|out| out.to == to).collect()
    }

    /// Waits until so many letters have reached somebody, and gives the last of them.
    async fn last(&self, to: &str, count: usize) -> Out {
        until(&format!("{to} has {count} letters"), async || {
            hasten(&self.house).await;
            self.reached(to).into_iter().nth(count - 1)
        })
        .await
    }

    /// Waits until all that came in was heard and all that goes out is settled.
    async fn rest(&self) {
        until("nothing is left to do", async || {
            hasten(&self.house).await;
            let new = self.house.count("SELECT count(*) FROM message WHERE state = 'new'").await;
            let queued = self.house.count("SELECT count(*) FROM letter WHERE state = 'queued'").await;
            (new + queued == 0).then_some(())
        })
        .await;
    }
}

fn settings(smtp: &Smtp, ways: &str) -> Vec<(&'static str, String)> {
    let incoming = format!("{{addresses=[\"lapor@contoh.go.id\"],authserv_id=\"mx.contoh.go.id\",plus=true,{ways}}}");
    vec![
        ("LAPOR_MAIL_SERVER", "127.0.0.1".to_owned()),
        ("LAPOR_MAIL_PORT", smtp.port.to_string()),
        ("LAPOR_MAIL_SECURITY", "none".to_owned()),
        ("LAPOR_MAIL_FROM", "lapor@contoh.go.id".to_owned()),
        ("LAPOR_MAIL_IN", incoming),
        ("LAPOR_BASE_URL", "https://lapor.contoh.go.id".to_owned()),
    ]
}

/// A letter that left the house.
#[derive(Debug, Clone)]
struct Out {
    to: String,
    subject: String,
    text: String,
    id: String,
    references: Vec<String>,
    reply_to: String,
}

impl Out {
    fn read(raw: &str) -> Out {
        let message: Message<'_> = MessageParser::default().parse(raw.as_bytes()).unwrap();
        let address = |one: Option<&mail_parser::Address<'_>>| {
            one.and_then(|all| all.first()?.address().map(str::to_owned)).unwrap_or_default()
        };
        let references = message.references();
        let references = match references.as_text_list() {
            Some(list) => list.iter().map(|id| id.to_string()).collect(),
            None => references.as_text().map(str::to_owned).into_iter().collect(),
        };
        Out {
            to: address(message.to()),
            subject: message.subject().unwrap().to_owned(),
            text: message.body_text(0).unwrap().replace("\r\n", "\n"),
            id: message.message_id().unwrap().to_owned(),
            references,
            reply_to: address(message.reply_to()),
        }
    }

    /// An answer to it as a program writes it, with the letter quoted below.
    fn answered(&self, id: &str, text: &str) -> String {
        let quoted: String = self.text.lines().map(|line| format!("> {line}\n")).collect();
        let references: String = self.references.iter().map(|id| format!("<{id}> ")).collect();
        format!(
            "{PROVED}From: Siti Contoh <{SITI}>\nTo: {}\nMessage-ID: <{id}@contoh.id>\nIn-Reply-To: <{}>\n\
            References: {references}<{}>\nSubject: Re: {}\n\n{text}\n\nPada Kam, 26 Nov 2026 pukul 10.00 Lapor \
            <lapor@contoh.go.id> menulis:\n\n{quoted}",
            self.reply_to, self.id, self.id, self.subject
        )
    }

    /// Number and PIN out of a receipt.
    fn receipt(&self) -> (String, String) {
        let after = |word: &str| {
            let at = self.text.find(word).unwrap_or_else(|| panic!("no {word} in {}", self.text)) + word.len();
            self.text[at..].chars().filter(|sign| *sign != ' ').take_while(char::is_ascii_digit).collect::<String>()
        };
        (after("Nomor laporan Anda ").chars().take(10).collect(), after("PIN Anda "))
    }
}

fn letter(id: &str, subject: &str, text: &str) -> String {
    format!(
        "{PROVED}From: Siti Contoh <{SITI}>\nTo: lapor@contoh.go.id\nMessage-ID: <{id}@contoh.id>\nSubject: {subject}\n\n{text}\n"
    )
}

async fn answered_at_desk(server: &Server, token: &str, code: &str) -> &'static str {
    let answer = "Lampu itu menyala kembali sejak pagi ini; kabelnya putus digigit tikus.";
    at_desk(server, token, &format!("{code}/disposition"), json!({"to": 630_000})).await;
    at_desk(server, token, &format!("{code}/answer"), json!({"kind": "explained", "text": answer})).await;
    answer
}

async fn from_the_first_letter_to_the_last_word(engine: Engine) {
    let post = Post::open(engine).await;
    let token = token(&post.house);
    let server = post.house.serve().await;
    post.bring(&letter("a1", "Lampu jalan padam", &format!("{STORY}\n\n-- \nSiti Contoh\nRahasia keluarga")));
    let receipt = post.last(SITI, 1).await;
    assert_eq!(receipt.references.last().map(String::as_str), Some("a1@contoh.id"), "it hangs on the letter");
    let known = receipt.receipt();
    assert_eq!(receipt.reply_to, format!("lapor+{}@contoh.go.id", known.0));
    let view = own_view(&server, &known.0, &known.1).await;
    assert_eq!(
        (&view["channel"], &view["body"], &view["title"]),
        (&json!("email"), &json!(STORY), &json!("Lampu jalan padam"))
    );
    assert_eq!((&view["region"]["code"], &view["reporter"]["email"]), (&json!("63.72"), &json!(SITI)));

    let answer = answered_at_desk(&server, &token, &known.0).await;
    let told = post.last(SITI, 2).await;
    assert!(told.text.contains(answer) && told.text.contains("Balas surat ini dengan YA"), "{}", told.text);
    assert!(!told.text.contains(&known.1), "the PIN is told once");
    assert_eq!(told.references.first(), receipt.references.first(), "all letters of a report hang together");

    post.bring(&told.answered("a2", "Ya\n\nTerima kasih,\nSiti"));
    assert!(post.last(SITI, 3).await.text.contains("Seberapa puas"));
    assert_eq!(own_view(&server, &known.0, &known.1).await["stage"], "closed_confirmed");
    post.bring(&post.last(SITI, 3).await.answered("a3", "5"));
    assert!(post.last(SITI, 4).await.text.contains("penilaian"));
    assert_eq!(own_view(&server, &known.0, &known.1).await["rating"], 5);
    server.kill();
    post.house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_travels_from_the_first_letter_to_the_last_word_on_the_embedded_engine() {
    from_the_first_letter_to_the_last_word(Engine::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_travels_from_the_first_letter_to_the_last_word_on_postgres() {
    from_the_first_letter_to_the_last_word(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_letter_twice_is_one_letter_and_a_reason_reopens() {
    let post = Post::open(Engine::Embedded).await;
    let token = token(&post.house);
    let server = post.house.serve().await;
    for _ in 0..2 {
        post.bring(&letter("b1", "Lampu jalan padam", STORY));
    }
    let known = post.last(SITI, 1).await.receipt();
    post.rest().await;
    assert_eq!((post.house.reports().await, post.reached(SITI).len()), (1, 1));
    answered_at_desk(&server, &token, &known.0).await;
    let told = post.last(SITI, 2).await;
    let objection = told.answered("b2", "Belum, lampunya padam lagi tadi malam.");
    post.bring(&objection);
    post.bring(&objection);
    let noted = post.last(SITI, 3).await;
    assert!(noted.text.contains("Keberatan Anda"), "{}", noted.text);
    post.rest().await;
    assert_eq!(post.reached(SITI).len(), 3, "the objection was heard once");
    assert_eq!(own_view(&server, &known.0, &known.1).await["stage"], "objected");
    server.kill();
    post.house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_proved_begins_reports_and_adds_to_none() {
    let post = Post::open(Engine::Embedded).await;
    let token = token(&post.house);
    let server = post.house.serve().await;
    post.bring(&letter("c1", "Lampu jalan padam", STORY));
    let known = post.last(SITI, 1).await.receipt();
    answered_at_desk(&server, &token, &known.0).await;
    let told = post.last(SITI, 2).await;
    let forged = told.answered("c2", "Ya").replace(PROVED, "");
    post.bring(&forged);
    let refused = post.last(SITI, 3).await;
    assert!(refused.text.contains("tidak dapat memastikan") && refused.text.contains("https://"), "{}", refused.text);
    let lied = told.answered("c3", "Ya").replace("dmarc=pass", "dmarc=fail");
    post.bring(&lied);
    post.last(SITI, 4).await;
    assert_eq!(own_view(&server, &known.0, &known.1).await["stage"], "answered", "nobody else has the last word");

    post.bring(&letter("c4", "Jalan", "Jalan di Kota Banjarbaru berlubang sejak lama.").replace(PROVED, ""));
    let other = post.last(SITI, 5).await;
    assert_ne!(other.receipt().0, known.0);
    assert!(!other.text.contains(&known.0) && !other.text.contains(&known.1), "no secret of another report");
    assert_eq!(post.house.reports().await, 2);
    server.kill();
    post.house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn machines_are_never_answered() {
    let post = Post::open(Engine::Embedded).await;
    let server = post.house.serve().await;
    post.bring(&letter("d1", "Lampu jalan padam", STORY));
    let receipt = post.last(SITI, 1).await;
    for header in [
        "Auto-Submitted: auto-replied\n",
        "Precedence: bulk\n",
        "List-Id: <warga.contoh.id>\n",
        "X-Auto-Response-Suppress: All\n",
        "X-Autoreply: yes\n",
    ] {
        post.bring(&format!("{header}{}", receipt.answered(&format!("d{}", header.len()), "Saya sedang cuti.")));
    }
    let own = letter("d9", "Halo", STORY).replace(&format!("<{SITI}>"), "<lapor@contoh.go.id>");
    post.bring(&own);
    assert_eq!(bring(&post.door, "", &letter("d10", "Undelivered", STORY)), "250");
    post.rest().await;
    assert_eq!((post.house.reports().await, post.smtp.taken().len()), (1, 1));
    let kept = "SELECT count(*) FROM message WHERE state = 'flagged'";
    assert_eq!(post.house.count(kept).await, 3, "what went to many waits for a person");
    server.kill();
    post.house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_that_looks_like_a_person_is_not_answered_for_ever() {
    let post = Post::open(Engine::Embedded).await;
    let server = post.house.serve().await;
    for number in 0..40 {
        post.bring(&letter(&format!("e{number}"), "Jawaban", "Terima kasih atas surat Anda, akan kami balas"));
    }
    post.rest().await;
    assert!(post.smtp.taken().len() < 10, "{} letters", post.smtp.taken().len());
    server.kill();
    post.house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn html_and_a_photo_become_a_report_and_what_is_no_photo_is_told() {
    let post = Post::open(Engine::Embedded).await;
    let server = post.house.serve().await;
    let photo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
    let part = |name: &str, body: &str| {
        format!(
            "--x\nContent-Type: application/octet-stream; name=\"{name}\"\nContent-Disposition: attachment; \
            filename=\"{name}\"\nContent-Transfer-Encoding: base64\n\n{body}\n"
        )
    };
    let raw = format!(
        "{PROVED}From: Siti <{SITI}>\nTo: lapor@contoh.go.id\nMessage-ID: <f1@contoh.id>\nSubject: Jalan rusak\n\
        MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n\n\
        <p>Jalan di <b>Kota Banjarbaru</b> berlubang &amp; gelap.</p><script>alert(1)</script>\n{}{}--x--\n",
        part("foto.png", photo),
        part("program.exe", "TVqQAAMAAAAEAAAA"),
    );
    post.bring(&raw);
    post.last(SITI, 2).await;
    let letters = post.reached(SITI);
    let told = letters.iter().find(|out| out.text.contains("program.exe")).expect("what was refused is told");
    assert!(!told.text.contains("foto.png"), "{}", told.text);
    let known = letters.iter().find(|out| out.text.contains("PIN Anda")).expect("a receipt").receipt();
    let view = own_view(&server, &known.0, &known.1).await;
    assert_eq!(view["body"], "Jalan di Kota Banjarbaru berlubang & gelap.");
    assert_eq!(post.house.count("SELECT count(*) FROM attachment WHERE name = 'foto.png'").await, 1);
    server.kill();
    post.house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_place_is_asked_once() {
    let post = Post::open(Engine::Embedded).await;
    let server = post.house.serve().await;
    post.bring(&letter("g1", "Lampu", "Lampu jalan di depan rumah kami padam sejak kemarin."));
    let asked = post.last(SITI, 1).await;
    assert!(asked.text.contains("kabupaten atau kota"), "{}", asked.text);
    assert_eq!(asked.subject, "Re: Lampu");
    assert_eq!(post.house.reports().await, 0);
    post.bring(&asked.answered("g2", "Kota Banjarbaru\n\nSalam,\nSiti"));
    let known = post.last(SITI, 2).await.receipt();
    assert_eq!(own_view(&server, &known.0, &known.1).await["region"]["code"], "63.72");
    server.kill();
    post.house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blow_after_the_acknowledgement_loses_nothing_and_doubles_nothing() {
    let post = Post::open(Engine::Embedded).await;
    let server = post.house.serve().await;
    let write = |number: u32| {
        let one = letter(
            &format!("h{number}"),
            "Pagar roboh",
            &format!("Pagar sekolah nomor {number} roboh di Kota Banjarbaru"),
        );
        one.replace(SITI, &format!("warga{number}@contoh.id"))
    };
    for number in 0..10 {
        post.bring(&write(number));
    }
    server.kill();
    // As if the claims of the dead process had run out.
    post.house.meddle("UPDATE message SET claimed_until = 0").await;
    post.house.meddle("UPDATE letter SET claimed_until = 0").await;
    let server = post.house.serve().await;
    // A mail server that did not hear the answer brings the letter again.
    for number in 0..10 {
        post.bring(&write(number));
    }
    until("all are taken in", async || (post.house.reports().await == 10).then_some(())).await;
    post.rest().await;
    assert_eq!(post.house.reports().await, 10);
    for number in 0..10 {
        let ids: std::collections::BTreeSet<String> =
            post.reached(&format!("warga{number}@contoh.id")).into_iter().map(|out| out.id).collect();
        assert_eq!(ids.len(), 1, "everybody has one receipt");
    }
    server.kill();
    post.house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_is_emptied_as_letters_come() {
    let mut house = House::build(Engine::Embedded).await;
    let (smtp, mailbox) = (Smtp::start(&house), Mailbox::start(&house));
    let password = house.folder.join("imap-password");
    std::fs::write(&password, "rahasia\n").unwrap();
    house.settings = settings(&smtp, &format!("imap={}", mailbox.settings(&password, "after=\"seen\"")));
    mailbox.put(&letter("i1", "Lampu jalan padam", STORY));
    let server = house.serve().await;
    until("the letter that lay there is taken in", async || (house.reports().await == 1).then_some(())).await;
    until("it is marked as read", async || (mailbox.lying() == (1, 1)).then_some(())).await;
    mailbox.put(&letter("i2", "Jalan", "Jalan di Kota Banjarbaru berlubang sejak lama."));
    until("one that comes is taken in", async || (house.reports().await == 2).then_some(())).await;
    until("it is marked too", async || (mailbox.lying() == (2, 2)).then_some(())).await;
    mailbox.put("Subject: tanpa pengirim\n\nIsi\n");
    until("what cannot be read is left to a person", async || (mailbox.lying().0 == 3).then_some(())).await;
    let up = until("the figure says that it is open", async || {
        let figures = http::ask(&server.metrics, &Request::get("/metrics")).await.ok()?.text();
        figures.contains("lapor_mail_box_up 1").then_some(figures)
    })
    .await;
    assert!(up.contains("lapor_mail_brought_total{way=\"imap\",outcome=\"kept\"} 2"), "{up}");
    server.kill();
    // It was taken in before the mark was made, as far as the next process knows.
    let cur = house.count("SELECT count(*) FROM message WHERE way = 'email'").await;
    assert_eq!(cur, 2);
    house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_is_taken_out_of_the_mailbox_only_when_it_is_kept() {
    for (after, security) in [("after=\"delete\"", "tls"), ("after=\"move\",done_folder=\"Selesai\"", "starttls")] {
        let mut house = House::build(Engine::Embedded).await;
        let authority = Authority::of(&house);
        let (smtp, mailbox) = (Smtp::start(&house), Mailbox::start_protected(&house, &authority));
        let password = house.folder.join("imap-password");
        std::fs::write(&password, "rahasia\n").unwrap();
        house.settings = settings(&smtp, &format!("imap={}", mailbox.settings_by(security, &password, after)));
        assert!(house.run(&["migrate"], "").status.success());
        let doubts = String::from_utf8(house.run(&["doctor", "--language", "en"], "").stdout).unwrap();
        assert!(doubts.contains("certificate"), "an authority is believed unasked: {doubts}");
        house.settings.push(authority.setting());
        for number in 0..5 {
            mailbox.put(&letter(
                &format!("j{number}"),
                "Pagar roboh",
                &format!("Pagar nomor {number} di Kota Banjarbaru roboh"),
            ));
        }
        let server = house.serve().await;
        until("one is kept", async || {
            (house.count("SELECT count(*) FROM message WHERE way = 'email'").await > 0).then_some(())
        })
        .await;
        server.kill();
        house.meddle("UPDATE message SET claimed_until = 0").await;
        let server = house.serve().await;
        until("the mailbox is empty", async || (mailbox.lying().0 == 0).then_some(())).await;
        until("all are taken in", async || (house.reports().await == 5).then_some(())).await;
        let doctor = house.run(&["doctor", "--language", "en"], "");
        let said = String::from_utf8_lossy(&doctor.stdout).into_owned();
        assert!(said.contains("The mailbox at 127.0.0.1 can be opened"), "{said}");
        server.kill();
        house.pull_down().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_that_cannot_be_opened_costs_nothing_else() {
    let mut house = House::build(Engine::Embedded).await;
    let (smtp, mailbox) = (Smtp::start(&house), Mailbox::start(&house));
    let password = house.folder.join("imap-password");
    std::fs::write(&password, "salah\n").unwrap();
    house.settings = settings(&smtp, &format!("imap={}", mailbox.settings(&password, "after=\"seen\"")));
    let server = house.serve().await;
    server.ask(&Request::get("/")).await.is(200);
    until("the figure says that it is closed", async || {
        let figures = http::ask(&server.metrics, &Request::get("/metrics")).await.ok()?.text();
        figures.contains("lapor_mail_box_up 0").then_some(())
    })
    .await;
    let doctor = house.run(&["doctor", "--language", "en"], "");
    assert!(String::from_utf8_lossy(&doctor.stdout).contains("user or password"), "the doctor says why");
    server.kill();
    house.pull_down().await;
}
