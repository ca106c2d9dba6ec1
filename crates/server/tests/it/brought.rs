//! Reports that others bring for a person: an officer at a counter, the system of a partner, a client of Open311. The
//! person has a telephone, and hears and answers by it.

use super::centre::Centre;
use super::house::{Engine, House, Server};
use super::http::{Answer, Request};
use super::story::{at_desk, hasten, own_view, receipt, token};
use serde_json::{Value, json};

const PASSWORD: &str = "rahasia-sekali";
const SITI: &str = "6281100000001";
const TEXT: &str = "Jalan di depan pasar berlubang dan tergenang sejak bulan lalu.";
const ANSWER: &str = "Lubang itu kami tambal pagi ini dan salurannya kami bersihkan.";
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// Whose hands a report goes through.
#[derive(Debug, Clone, Copy)]
enum Hand {
    Counter,
    Partner,
    Open311,
}

/// A house with a line, an officer who takes reports in, a partner and a client.
struct Scene {
    house: House,
    centre: Centre,
    server: Option<Server>,
    admin: String,
    partner: String,
    key: String,
}

fn made(house: &House, arguments: &[&str]) -> String {
    let made = house.run(arguments, PASSWORD);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap().lines().last().unwrap_or_default().trim().to_owned()
}

impl Scene {
    async fn open(engine: Engine) -> Scene {
        let mut house = House::build(engine).await;
        let centre = Centre::start();
        house.settings = centre.settings(&house, "rahasia\n");
        let admin = token(&house);
        for (login, role) in [("loket", "operator"), ("kalsel", "agency_admin")] {
            made(&house, &["user", "add", login, "--name", "Sari Contoh", "--role", role, "--agency", "630000"]);
        }
        let create = ["token", "create", "--user", "kalsel", "--verbs"];
        let partner = made(&house, &[create.as_slice(), &["submit", "--partner", "Aplikasi Contoh"]].concat());
        let key = made(&house, &[create.as_slice(), &["act"]].concat());
        let server = Some(house.serve().await);
        centre.bound().await;
        Scene { house, centre, server, admin, partner, key }
    }

    fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    /// The server dies and comes back.
    async fn struck(&mut self) {
        self.server.take().unwrap().kill();
        self.house.meddle("UPDATE letter SET claimed_until = 0").await;
        self.server = Some(self.house.serve().await);
        self.centre.bound().await;
    }

    /// Brings the report; its number. The same report, however often it is brought.
    async fn bring(&self, hand: Hand) -> String {
        match hand {
            Hand::Counter => self.take_at_counter().await,
            Hand::Partner => {
                let body = json!({"external_ref": "APP-1", "class": "complaint", "body": TEXT, "region": "63.72",
                    "name": "Siti Contoh", "phone": SITI, "consent": true});
                let bearer = format!("Bearer {}", self.partner);
                let headers = [("Content-Type", "application/json"), ("Authorization", bearer.as_str())];
                let (path, body) = ("/api/v1/partner/reports", body.to_string());
                self.server().ask(&Request::post(path, &headers, &body)).await.field("code")
            }
            Hand::Open311 => {
                let form = format!(
                    "api_key={}&jurisdiction_id=630000&service_code=8&lat=-3.44&long=114.83&description={}&phone={SITI}\
                     &first_name=Siti&last_name=Contoh",
                    self.key,
                    TEXT.replace(' ', "+")
                );
                let path = "/open311/v2/requests.json";
                let told = self.server().ask(&Request::post(path, &[FORM], &form)).await.is(200);
                first(&told)["service_request_id"].as_str().unwrap().to_owned()
            }
        }
    }

    async fn take_at_counter(&self) -> String {
        let login = format!("login=loket&password={PASSWORD}");
        let cookie = self.server().ask(&Request::post("/desk/masuk", &[FORM], &login)).await.is(303).cookie("meja");
        let form = format!(
            "key=loket-1&channel=counter&class=complaint&province=63&regency=63.72&name=Siti+Contoh&consent=at_counter\
             &phone={SITI}&text={}",
            TEXT.replace(' ', "+")
        );
        let headers = [FORM, ("Cookie", cookie.as_str())];
        let taken = self.server().ask(&Request::post("/desk/loket", &headers, &form)).await.is(303);
        taken.header("location").unwrap().trim_start_matches("/desk/loket/").to_owned()
    }

    /// Where the report stands, as who brought it is told; an officer at a counter is told nothing more.
    async fn told(&self, hand: Hand, code: &str) -> Option<String> {
        match hand {
            Hand::Counter => None,
            Hand::Partner => {
                let bearer = format!("Bearer {}", self.partner);
                let path = format!("/api/v1/partner/reports/{code}");
                let headers = [("Authorization", bearer.as_str())];
                let answer = self.server().ask(&Request { headers: &headers, ..Request::get(&path) }).await.is(200);
                let report: Value = serde_json::from_slice(&answer.body).unwrap();
                report["standing"]["stage"].as_str().map(str::to_owned)
            }
            Hand::Open311 => {
                let path = format!("/open311/v2/requests/{code}.json?jurisdiction_id=630000");
                let answer = self.server().ask(&Request::get(&path)).await.is(200);
                first(&answer)["status"].as_str().map(str::to_owned)
            }
        }
    }
}

fn first(answer: &Answer) -> Value {
    let mut list: Value = serde_json::from_slice(&answer.body).unwrap();
    list[0].take()
}

/// What who brought it is told after an answer, and after the person's last word.
fn standings(hand: Hand) -> (Option<&'static str>, Option<&'static str>) {
    match hand {
        Hand::Counter => (None, None),
        Hand::Partner => (Some("answered"), Some("closed_confirmed")),
        Hand::Open311 => (Some("open"), Some("closed")),
    }
}

async fn from_hand_to_the_last_word(engine: Engine, hand: Hand, channel: &str) {
    let mut scene = Scene::open(engine).await;
    let code = scene.bring(hand).await;
    scene.struck().await;
    assert_eq!(scene.bring(hand).await, code, "the same report twice");
    assert_eq!(scene.house.reports().await, 1);

    hasten(&scene.house).await;
    let (told, pin) = receipt(&scene.centre.received(SITI, 1).await[0]);
    assert_eq!(told, code);
    let view = own_view(scene.server(), &code, &pin).await;
    assert_eq!((&view["channel"], &view["body"]), (&json!(channel), &json!(TEXT)));
    assert_eq!(view["reporter"]["phone"], SITI);

    at_desk(scene.server(), &scene.admin, &format!("{code}/disposition"), json!({"to": 630_003})).await;
    at_desk(scene.server(), &scene.admin, &format!("{code}/answer"), json!({"kind": "explained", "text": ANSWER}))
        .await;
    hasten(&scene.house).await;
    let news = scene.centre.received(SITI, 2).await.remove(1);
    assert!(news.contains(&code) && news.contains(ANSWER), "{news}");
    let (answered, ended) = standings(hand);
    assert_eq!(scene.told(hand, &code).await.as_deref(), answered);

    assert_eq!(scene.centre.write(SITI, json!({"text": "ya"})).await, "kept");
    scene.centre.received(SITI, 3).await;
    assert_eq!(own_view(scene.server(), &code, &pin).await["stage"], "closed_confirmed");
    assert_eq!(scene.told(hand, &code).await.as_deref(), ended);
    assert_eq!(scene.centre.sent().await.len(), 3, "the blow doubled a message");
    scene.server.take().unwrap().kill();
    scene.house.pull_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_counter_to_the_last_word_on_the_embedded_engine() {
    from_hand_to_the_last_word(Engine::Embedded, Hand::Counter, "counter").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_counter_to_the_last_word_on_postgres() {
    from_hand_to_the_last_word(Engine::Postgres, Hand::Counter, "counter").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_partner_to_the_last_word() {
    from_hand_to_the_last_word(Engine::Postgres, Hand::Partner, "partner").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_client_of_open311_to_the_last_word() {
    from_hand_to_the_last_word(Engine::Embedded, Hand::Open311, "api").await;
}
