//! Two of our own servers: one forwards what is its agency's to the other, and follows what becomes of it there.

use super::centre::until;
use super::house::{Engine, House, Server};
use super::http::{Answer, Request};
use super::wire::{Mood, Relay};
use serde_json::{Value, json};

const PASSWORD: &str = "rahasia-sekali";
const KALSEL: i64 = 630_000;
const PUPR: i64 = 630_003;
const STORY: &str = "Lampu jalan di depan pasar padam sejak dua minggu yang lalu.";
const MORE: &str = "Tiang lampunya nomor 14, dekat gerbang pasar.";
const STILL: &str = "Lampunya masih padam sampai malam ini.";
const TOLD: &str = "Lampu di depan pasar kami ganti hari ini juga; terima kasih sudah melapor.";
/// What a process that died holds, and what waits for its time, is everybody's at once.
const HURRY: &str = "UPDATE forward SET claimed_until = 0, next_at = 0, attempted_at = attempted_at - 3600000; \
    UPDATE peer SET claimed_until = 0, next_at = 0";

/// One of the two, and the tokens of its people.
struct Side {
    house: House,
    server: Option<Server>,
    nation: String,
    liaison: String,
    /// Of the agency: for a system of its own.
    key: String,
}

impl Side {
    async fn open(engine: Engine, name: &str) -> Side {
        let mut house = House::build(engine).await;
        house.settings.push(("LAPOR_BASE_URL", format!("https://{name}.contoh.go.id")));
        house.settings.push(("LAPOR_PEERS_LOCAL", "true".to_owned()));
        house.settings.push(("LAPOR_PEERS_INTERVAL", "1".to_owned()));
        let person = |login: &str, role: &str, agency: i64| {
            let agency = agency.to_string();
            let seat = ["user", "add", login, "--name", "Sari Contoh", "--role", role, "--agency", &agency];
            assert!(house.run(&seat, PASSWORD).status.success());
            let made = house.run(&["token", "create", "--user", login], "");
            String::from_utf8(made.stdout).unwrap().trim().to_owned()
        };
        let nation = person("nasional", "national_admin", 1);
        let (liaison, key) = (person("pupr", "liaison_officer", PUPR), person("kalsel", "agency_admin", KALSEL));
        let server = Some(house.serve().await);
        Side { house, server, nation, liaison, key }
    }

    fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    /// `kill -9`, and a new start where everything that was held is free at once.
    async fn struck(&mut self) {
        self.server.take().unwrap().kill();
        self.house.meddle(HURRY).await;
        self.server = Some(self.house.serve().await);
    }

    async fn post(&self, token: &str, path: &str, body: Value) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [("Content-Type", "application/json"), ("Authorization", bearer.as_str())];
        self.server().ask(&Request::post(path, &headers, &body.to_string())).await
    }

    /// Takes a report in and has it disposed to the agency.
    async fn report(&self, more: Value) -> String {
        self.report_with_pin(more).await.0
    }

    /// The same, with the PIN of its reporter.
    async fn report_with_pin(&self, more: Value) -> (String, String) {
        let mut body = json!({"class": "complaint", "region": "63.72", "body": STORY, "channel": "web", "category": 8,
            "name": "Siti Contoh", "phone": "0812 0000 0000", "place": "Jalan Melati 5"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let headers = [("Content-Type", "application/json")];
        let sent = self.server().ask(&Request::post("/api/v1/reports", &headers, &body.to_string())).await.is(201);
        let (code, pin) = (sent.field("code"), sent.field("pin"));
        self.dispose(&code).await;
        (code, pin)
    }

    /// What the reporter says, by number and PIN.
    async fn said(&self, (code, pin): (&str, &str), verb: &str, body: Value) {
        let path = format!("/api/v1/reports/{code}/{verb}");
        let headers = [("Content-Type", "application/json"), ("X-Report-Pin", pin)];
        let answer = self.server().ask(&Request::post(&path, &headers, &body.to_string())).await;
        assert!(answer.status < 300, "{}", answer.text());
    }

    async fn dispose(&self, code: &str) {
        let path = format!("/api/v1/desk/reports/{code}/disposition");
        self.post(&self.nation, &path, json!({"to": PUPR})).await.is(200);
    }

    /// A browser of the agency's admin, as far as it is needed.
    async fn desk(&self, method: &str, path: &str, form: &str) -> Answer {
        let kind = ("Content-Type", "application/x-www-form-urlencoded");
        let login = format!("login=kalsel&password={PASSWORD}");
        let entered = self.server().ask(&Request::post("/desk/masuk", &[kind], &login)).await.is(303);
        let cookie = entered.cookie("meja");
        self.server().ask(&Request { method, path, headers: &[kind, ("Cookie", &cookie)], body: form }).await
    }

    /// Connects the agency with another side's server.
    async fn connect(&self, address: &str, key: &str) {
        let form = format!(
            "edition=0&address=http%3A%2F%2F{address}%2Fopen311%2Fv2&jurisdiction={KALSEL}&key={key}&speech=xml\
             &fallback=8&on=1&proposes=1"
        );
        self.desk("POST", &format!("/desk/instansi/{KALSEL}/sistem"), &form).await.is(303);
    }

    async fn waits(&self, what: &str, sql: &str, wanted: i64) {
        until(what, async || (self.house.count(sql).await == wanted).then_some(())).await;
    }

    async fn notes(&self) -> i64 {
        self.house.count("SELECT count(*) FROM event WHERE kind = 'noted'").await
    }

    /// Waits until it has asked the other side once more, from now on.
    async fn follows(&self) {
        let asked = "SELECT COALESCE(followed_at, 0) FROM peer";
        let before = self.house.count(asked).await;
        until("the other side was asked", async || (self.house.count(asked).await > before).then_some(())).await;
    }

    async fn close(mut self) {
        self.server.take().unwrap().kill();
        self.house.pull_down().await;
    }
}

const LINKED: &str = "SELECT count(*) FROM forward WHERE state = 'linked'";

/// A report of the one that lies at the other, sent once although the answer was lost and the sender was killed.
async fn a_report_crosses(one: &mut Side, other: &Side, relay: &Relay) -> String {
    one.connect(&relay.address, &other.key).await;
    relay.mood(Mood::Swallow);
    let code = one.report(json!({})).await;
    other.waits("it arrived", "SELECT count(*) FROM report", 1).await;
    one.waits(
        "it is written down that it was sent",
        "SELECT count(*) FROM forward WHERE doubt AND state = 'waiting'",
        1,
    )
    .await;
    relay.mood(Mood::Pass);
    one.struck().await;
    one.waits("its number is known", LINKED, 1).await;
    assert_eq!(other.house.reports().await, 1, "one report was sent twice");
    code
}

async fn what_is_answered_there_is_told_here(engine: (Engine, Engine)) {
    let (mut one, mut other) = (Side::open(engine.0, "satu").await, Side::open(engine.1, "dua").await);
    let relay = Relay::open(&other.server().listen).await;
    let code = a_report_crosses(&mut one, &other, &relay).await;
    let there = other.house.count("SELECT code FROM report").await.to_string();
    let words = other
        .house
        .count("SELECT count(*) FROM words WHERE body LIKE '%Lampu jalan%' AND place LIKE 'Jalan Melati 5%'")
        .await;
    assert_eq!((words, other.house.count("SELECT count(*) FROM reporter WHERE name IS NOT NULL").await), (1, 0));

    // What is said while the other side falls is not lost.
    other.dispose(&there).await;
    let answer = json!({"kind": "explained", "text": TOLD});
    other.post(&other.liaison, &format!("/api/v1/desk/reports/{there}/answer"), answer).await.is(200);
    other.struck().await;
    relay.leads_to(&other.server().listen);
    let heard = format!("SELECT count(*) FROM words WHERE body LIKE '%{TOLD}'");
    until("the answer is a note", async || {
        // Each question that found nobody there has made the pause before the next one longer.
        one.house.meddle("UPDATE peer SET next_at = 0 WHERE failures > 0").await;
        (one.house.count(&heard).await == 1).then_some(())
    })
    .await;
    let notes = one.notes().await;
    assert_eq!(notes, one.house.count("SELECT count(*) FROM heard").await, "a note for each that was heard");

    // The same is offered once more, and the listener falls in the middle.
    one.house.meddle("UPDATE peer SET cursor_at = cursor_at - 80000000, next_at = 0").await;
    one.struck().await;
    one.house.meddle("UPDATE peer SET cursor_at = cursor_at - 80000000, next_at = 0").await;
    one.follows().await;
    assert_eq!(one.notes().await, notes, "what is known was taken twice");
    an_officer_reads_it_and_nobody_else(&one, &code).await;
    one.close().await;
    other.close().await;
}

/// It closes nothing and answers nothing: an officer does, and may begin with what was said.
async fn an_officer_reads_it_and_nobody_else(side: &Side, code: &str) {
    let page = side.desk("GET", &format!("/desk/laporan/{code}"), "").await.is(200).text();
    assert!(page.contains("id=\"peer\"") && page.contains(TOLD), "{page}");
    let public = side.server().ask(&Request::get(&format!("/laporan/{code}"))).await.is(200).text();
    assert!(!public.contains(TOLD), "the reporter is told before an officer says it");
    assert_eq!(side.house.count("SELECT count(*) FROM event WHERE kind IN ('answered', 'closed')").await, 0);
    assert_eq!(side.house.count("SELECT count(*) FROM report WHERE stage = 'disposed'").await, 1);
    let notices = side.house.count("SELECT count(*) FROM notice WHERE kind = 'peer_told'").await;
    assert!(notices > 0, "the office is not told");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_answered_on_postgres_is_told_on_the_embedded_engine() {
    what_is_answered_there_is_told_here((Engine::Embedded, Engine::Postgres)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_answered_on_the_embedded_engine_is_told_on_postgres() {
    what_is_answered_there_is_told_here((Engine::Postgres, Engine::Embedded)).await;
}

async fn what_the_reporter_says_goes_after_the_report(engine: (Engine, Engine)) {
    let (mut one, other) = (Side::open(engine.0, "satu").await, Side::open(engine.1, "dua").await);
    let relay = Relay::open(&other.server().listen).await;
    one.connect(&relay.address, &other.key).await;
    let (code, pin) = one.report_with_pin(json!({})).await;
    one.waits("it is there", LINKED, 1).await;
    let there = other.house.count("SELECT code FROM report").await.to_string();
    other.dispose(&there).await;
    let answers = format!("/api/v1/desk/reports/{code}/answer");
    let answer = json!({"kind": "explained", "text": TOLD});
    one.post(&one.liaison, &answers, answer).await.is(200);

    // The answer to the first word is lost, and who told it dies; the same word is told again and is the same one.
    relay.mood(Mood::Swallow);
    one.said((&code, &pin), "replies", json!({"text": MORE})).await;
    let arrived = |text: &str| format!("SELECT count(*) FROM words WHERE body LIKE '%{text}'");
    other.waits("the word arrived", &arrived(MORE), 1).await;
    relay.mood(Mood::Pass);
    one.struck().await;
    one.house.meddle("UPDATE forward SET claimed_until = 0, next_at = 0").await;
    let untold = "SELECT count(*) FROM forward WHERE news_seq > told_seq";
    one.waits("it is known to be told", untold, 0).await;
    assert_eq!(other.house.count(&arrived(MORE)).await, 1, "one word was told twice");

    // An objection goes too, though a closed report would go there no more.
    let answer =
        json!({"kind": "explained", "text": "Tiang nomor 14 sudah kami periksa; kabelnya diganti minggu ini."});
    one.post(&one.liaison, &answers, answer).await.is(200);
    one.said((&code, &pin), "objection", json!({"text": STILL})).await;
    other.waits("the objection arrived", &arrived(STILL), 1).await;
    assert_eq!(other.house.count("SELECT count(*) FROM notice WHERE kind = 'peer_told'").await, 2);
    one.close().await;
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_reporter_says_on_the_embedded_engine_goes_after_the_report() {
    what_the_reporter_says_goes_after_the_report((Engine::Embedded, Engine::Postgres)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_reporter_says_on_postgres_goes_after_the_report() {
    what_the_reporter_says_goes_after_the_report((Engine::Postgres, Engine::Embedded)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sealed_and_anonymous_reports_stay_and_what_is_refused_waits_for_a_person() {
    let (one, other) = (Side::open(Engine::Embedded, "satu").await, Side::open(Engine::Embedded, "dua").await);
    let relay = Relay::open(&other.server().listen).await;
    one.connect(&relay.address, &other.key).await;
    one.report(json!({"secret": true})).await;
    one.report(json!({"anonymous": true})).await;
    relay.mood(Mood::Refuse);
    let code = one.report(json!({"body": "Jembatan bambu di ujung gang sudah lapuk dan goyah."})).await;
    one.waits("it is dead", "SELECT count(*) FROM forward WHERE state = 'dead'", 1).await;
    assert_eq!(other.house.reports().await, 0);
    let path = format!("/desk/instansi/{KALSEL}/sistem");
    let page = one.desk("GET", &path, "").await.is(200).text();
    assert!(page.contains(&format!("/desk/laporan/{code}")) && page.contains("400: tidak mau"), "{page}");
    assert!(!page.contains(&other.key), "the key is shown");
    let sealed = "SELECT count(*) FROM peer WHERE secret LIKE '%".to_owned() + &other.key + "%'";
    assert_eq!(one.house.count(&sealed).await, 0, "the key lies open");

    relay.mood(Mood::Pass);
    let id = one.house.count("SELECT id FROM forward WHERE state = 'dead'").await;
    one.desk("POST", &format!("{path}/ulang"), &format!("forward={id}")).await.is(303);
    one.waits("it is there", LINKED, 1).await;
    assert_eq!((other.house.reports().await, one.house.count("SELECT count(*) FROM forward").await), (1, 1));
    one.close().await;
    other.close().await;
}
