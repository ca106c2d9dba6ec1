//! A random country: offices, seats in them, and reports with a past.

use super::marks::{self, Kind, mark};
use super::matrix::Eye;
use crate::api::PNG;
use crate::site::{Browser, PASSWORD};
use crate::world::House;
use app::{Act, Letter, NewOfficer, ProblemDraft};
use domain::agency::{Agency, AgencyKind};
use domain::report::{AnswerKind, ArchiveReason, Channel, Class, Command, HideReason, Missing, ReturnReason};
use domain::text::{Body, Email, PersonName, Phone, Remark, Title};
use domain::time::Zone;
use domain::{Actor, AgencyId, Code, ProblemId, RegionCode, Report, Role, UserId, quiet};
use store::attachment::Attachment;
use store::{attachment, reference, report};

/// Reports in a world.
pub const REPORTS: usize = 16;

pub const NATIONAL: AgencyId = AgencyId(1);
const NATION: Actor = Actor::Officer { user: UserId(1), role: Role::NationalAdmin, agency: NATIONAL };

/// An officer's seat and the ways in.
pub struct Seat {
    pub user: UserId,
    pub role: Role,
    pub office: AgencyId,
    pub browser: Browser,
    pub token: String,
}

impl Seat {
    pub fn eye(&self) -> Eye {
        Eye::Seat(self.user, self.role, self.office)
    }

    pub fn actor(&self) -> Actor {
        Actor::Officer { user: self.user, role: self.role, agency: self.office }
    }
}

/// A report as it is now.
pub struct Case {
    pub code: Code,
    pub pin: String,
    pub report: Report,
    pub rewritten: bool,
    pub files: Vec<Attachment>,
}

pub struct World {
    pub dice: Dice,
    pub seats: Vec<Seat>,
    pub cases: Vec<Case>,
}

/// Numbers that a seed repeats (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) >> 33).unwrap() % most
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

impl World {
    pub async fn make(house: &House, seed: u64) -> World {
        let mut dice = Dice(seed);
        let offices = grow(house, &mut dice).await;
        let mut seats = seat(house, &mut dice, &offices).await;
        let problem = problem(house).await;
        for office in offices.iter().take(4) {
            let added = house.app.add_webhook(&NATION, *office, "https://sistem.contoh.go.id/lapor", vec![]).await;
            added.unwrap().unwrap();
        }
        let mut cases = Vec::new();
        for number in 0..REPORTS {
            let (code, pin) = send(house, &mut dice, &offices, number).await;
            for _ in 0..dice.below(8) {
                house.later(i64::try_from(1 + dice.below(30)).unwrap());
                live(house, &mut dice, (&offices, &seats), (code, number)).await;
                // As early as it can, so that what is closed to the public later is in it as well.
                let _refused = house.app.attribute(code, problem, NATION, "satu").await;
            }
            cases.push((code, pin));
        }
        wake(house);
        house.work().await;
        for (n, seat) in seats.iter_mut().enumerate() {
            seat.browser.post("/desk/masuk", &[("login", &format!("kursi{n}")), ("password", PASSWORD)]).await.is(303);
        }
        let mut world = World { dice, seats, cases: Vec::new() };
        for (code, pin) in cases {
            world.cases.push(look(house, code, pin).await);
        }
        world.is_varied();
        world
    }

    /// Reads a report anew.
    pub async fn again(&mut self, house: &House, number: usize) {
        let (code, pin) = (self.cases[number].code, self.cases[number].pin.clone());
        self.cases[number] = look(house, code, pin).await;
    }

    /// A law over cases that never come up says nothing.
    fn is_varied(&self) {
        let some = |what: &str, is: &dyn Fn(&Report) -> bool| {
            assert!(self.cases.iter().any(|case| is(&case.report)), "the world has no report that is {what}");
        };
        some("public", &Report::is_public);
        some("secret", &|report| report.secret);
        some("supervisory", &|report| report.supervisory);
        some("anonymous", &|report| report.anonymous);
        some("unverified", &|report| report.clocks.disposed.is_none());
        some("ended", &|report| !report.is_open());
    }
}

/// Waits for an hour at which letters leave.
fn wake(house: &House) {
    let (now, reference) = (house.app.now(), house.app.reference());
    let loud = quiet::next_loud(&reference.rules.calendar, Zone::Wita, now);
    house.later(loud.duration_since(now).as_hours() + 1);
}

/// A problem that gathers all reports that it can.
async fn problem(house: &House) -> ProblemId {
    let (title, cause) = (Title::parse("Masalah induk").unwrap(), Remark::parse("Sebab bersama.").unwrap());
    let draft = ProblemDraft { title, cause, owner: NATIONAL, plan: Vec::new() };
    house.app.make_problem(NATION, draft, None, "satu").await.unwrap()
}

async fn look(house: &House, code: Code, pin: String) -> Case {
    let mut tx = house.app.db().read().await.unwrap();
    let row = report::find(&mut tx, code).await.unwrap().unwrap();
    let files = attachment::list(&mut tx, row.report.id).await.unwrap();
    Case { code, pin, rewritten: row.words_seq != 1, report: row.report, files }
}

/// Three parent agencies with offices of any depth below them, in place of the real ones.
async fn grow(house: &House, dice: &mut Dice) -> Vec<AgencyId> {
    let office = |id: i64, parent: Option<i64>, kind: AgencyKind, region: Option<&str>| Agency {
        id: AgencyId(id),
        parent: parent.map(AgencyId),
        kind,
        name: format!("Kantor Karangan {id}"),
        short: format!("KK{id}"),
        region: region.and_then(RegionCode::parse),
        aliases: vec![],
        active_from: None,
        active_to: None,
        connection: Default::default(),
        edition: 0,
    };
    let mut offices = vec![
        office(1, None, AgencyKind::National, None),
        office(2, Some(1), AgencyKind::Province, Some("63")),
        office(3, Some(1), AgencyKind::Regency, Some("63.72")),
        office(4, Some(1), AgencyKind::Ministry, None),
        office(5, Some(2), AgencyKind::Inspectorate, None),
    ];
    for id in 6..13 {
        let parent = i64::try_from(2 + dice.below(usize::try_from(id).unwrap() - 2)).unwrap();
        let kind = if id == 6 { AgencyKind::Communication } else { AgencyKind::Unit };
        offices.push(office(id, Some(parent), kind, None));
    }
    house.meddle("DELETE FROM agency").await;
    let grown: Vec<AgencyId> = offices.iter().map(|office| office.id).collect();
    let planted = house.app.db().write(move |tx| {
        Box::pin(async move {
            for office in &offices {
                reference::put_agency(tx, office).await?;
            }
            Ok::<(), store::Error>(())
        })
    });
    planted.await.unwrap();
    house.app.reload_reference().await.unwrap();
    grown
}

/// A seat of every role at a parent agency, and of those that work there one further below.
async fn seat(house: &House, dice: &mut Dice, offices: &[AgencyId]) -> Vec<Seat> {
    let (roots, below) = (&offices[1..4], &offices[4..]);
    let mut wanted = vec![(Role::NationalAdmin, NATIONAL), (Role::NationalAdmin, NATIONAL)];
    for role in Role::ALL.into_iter().filter(|role| *role != Role::NationalAdmin) {
        wanted.push((role, dice.pick(roots)));
        if matches!(role, Role::LiaisonOfficer | Role::AgencyAdmin | Role::Leader | Role::Inspector) {
            wanted.push((role, dice.pick(below)));
        }
    }
    let mut seats = Vec::new();
    for (n, (role, office)) in wanted.into_iter().enumerate() {
        let login = format!("kursi{n}");
        let name = format!("Petugas {n}");
        let new = NewOfficer { login: login.clone(), name, role, agency: office, password: PASSWORD.to_owned() };
        let user = house.app.add_officer(new).await.unwrap();
        let token = house.app.make_token(&login, None, "uji", domain::scope::Scope::whole()).await.unwrap();
        let browser = Browser::new(house);
        seats.push(Seat { user, role, office, browser, token });
    }
    seats
}

async fn send(house: &House, dice: &mut Dice, offices: &[AgencyId], number: usize) -> (Code, String) {
    let mut incoming = house.app.receive().await.unwrap();
    incoming.push(&PNG).await.unwrap();
    let upload = house.app.keep(incoming, &format!("{}.png", mark(Kind::File, number))).await.unwrap();
    let receipt = house.app.intake(Letter {
        key: format!("surat {number}"),
        class: Class::Complaint,
        title: Some(Title::parse(&format!("Laporan {} karangan", mark(Kind::First, number))).unwrap()),
        body: body(Kind::First, number),
        region: RegionCode::parse("63.72").unwrap(),
        place: Some(format!("Gang {}", mark(Kind::Place, number))),
        happened_on: None,
        point: None,
        category: None,
        agency: dice.one_in(2).then(|| dice.pick(&offices[1..])),
        anonymous: dice.one_in(2),
        secret: dice.one_in(3),
        name: Some(PersonName::parse(&mark(Kind::Name, number)).unwrap()),
        phone: Some(Phone::parse(&marks::phone(number)).unwrap()),
        email: Some(Email::parse(&format!("{}@contoh.id", mark(Kind::Contact, number))).unwrap()),
        chat: None,
        thread: None,
        language: "id".into(),
        channel: Channel::Web,
        uploads: vec![upload],
        external_ref: None,
        received_at: None,
    });
    let receipt = receipt.await.unwrap();
    (receipt.code, receipt.pin)
}

/// Something that may happen to a report; what its stage does not allow does not.
async fn live(house: &House, dice: &mut Dice, (offices, seats): (&[AgencyId], &[Seat]), (code, number): (Code, usize)) {
    let reason = || Remark::parse(&format!("Alasan {}", mark(Kind::Reason, number))).unwrap();
    let note = || Remark::parse(&format!("Catatan {}", mark(Kind::Note, number))).unwrap();
    let first = UserId(seats[0].user.0);
    let (mut by, mut command) = (Actor::System, Command::Dispose { to: dice.pick(&offices[1..]), note: Some(note()) });
    match dice.below(17) {
        0..=4 => by = seats[0].actor(),
        5 => command = Command::Hold { missing: vec![Missing::Detail], text: reason() },
        6 => command = Command::Archive { reason: ArchiveReason::Unclear, text: reason() },
        7 | 8 => command = answer(number),
        9 => command = Command::Object { text: body(Kind::Answer, number) },
        10 => {
            let title = Title::parse(&format!("Laporan {} tersunting", mark(Kind::Rewritten, number))).unwrap();
            command = Command::Rewrite { title, body: body(Kind::Rewritten, number) };
        }
        11 => command = Command::Reclassify { class: Class::Complaint, supervisory: true, category: None },
        12 => command = Command::Note { text: note() },
        13 => command = Command::Hide { reason: HideReason::Abusive, text: reason() },
        14 => (by, command) = (seats[0].actor(), Command::AskName { text: reason() }),
        15 => (by, command) = (seats[1].actor(), Command::OpenName { officer: first }),
        _ => command = Command::Return { reason: ReturnReason::OtherAgency, text: reason(), suggestion: None },
    }
    match house.app.act(code, Act::new(by, command)).await {
        Ok(_) | Err(app::Error::Refused(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

fn answer(number: usize) -> Command {
    Command::Answer {
        kind: AnswerKind::Explained,
        text: body(Kind::Answer, number),
        planned_for: None,
        legal_ground: None,
        evidence: 0,
        physical: false,
    }
}

fn body(kind: Kind, number: usize) -> Body {
    Body::parse(&format!("Yang diceritakan di sini adalah {} dan tidak lain.", mark(kind, number))).unwrap()
}
