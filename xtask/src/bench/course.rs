//! One engine's course: empty, seeded, under each load, overloaded, killed, and the engine alone.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::Options;
use super::bare::{Bare, Speed};
use super::load::{Figures, Load};
use super::service::{Place, Service, free_port, size_of};
use super::subjects::{Subjects, officer};
use super::telephone::{Centre, Telephones, half};
use crate::Failure;

/// Connections of the usual load, and of ten times as much.
pub const CONNECTIONS: u32 = 64;
/// Connections that ask for figures.
pub const FEW: u32 = 16;
const CROWD: u32 = 640;
/// Connections of the bare engine where it reads.
const LINKS: u32 = 8;
/// Writes in one transaction of the bare engine.
pub const GROUP: u32 = 64;
/// How long the crowd stays, and how long it may take until all is as before.
const SIEGE: u64 = 60;
const RECOVERY: Duration = Duration::from_secs(60);
const WINDOW: u64 = 5;
/// Acknowledged reports that are looked up in a second, with much to spare.
const LOOKED_UP: u64 = 2_000;
/// The office that answers in whole lives.
const OFFICE: i64 = 630_000;
/// Times that the service is started.
const STARTS: usize = 3;

/// A load, what it came to, and what the engine alone does with its statements.
pub struct Line {
    pub name: &'static str,
    /// What is counted in one second.
    pub rate: f64,
    pub figures: Figures,
    /// In transactions of [`GROUP`] where it writes and the engine is the embedded one.
    pub bare: Option<Speed>,
    /// One in each transaction.
    pub bare_single: Option<Speed>,
    /// Megabytes of the service at the end of the load.
    pub memory: f64,
}

/// All that was measured with one engine.
#[derive(Default)]
pub struct Course {
    pub reports: u64,
    pub seeding: f64,
    pub size: f64,
    pub sampled: usize,
    pub lines: Vec<Line>,
    /// Lives in one second before there was any other report.
    pub empty: f64,
    pub starts: Vec<f64>,
    /// Most megabytes of the service up to the end of the usual loads, and of the siege.
    pub peak: f64,
    pub siege_peak: f64,
    pub sms: Option<Telephones>,
    pub siege: Option<Figures>,
    /// Seconds until the usual load was as quick as before; its 95th percentile before and then.
    pub recovered: Option<f64>,
    pub usual: (f64, f64),
    /// Acknowledged reports, and those of them that were not there after a SIGKILL.
    pub acknowledged: (f64, f64),
}

/// A course while it runs.
pub struct Runner<'a> {
    options: &'a Options,
    place: Place,
    tokens: Vec<(&'static str, String)>,
    course: Course,
}

impl<'a> Runner<'a> {
    /// A runner with officers and tokens, for a fresh or a kept database.
    pub fn new(options: &'a Options, place: Place) -> Result<Runner<'a>, Failure> {
        let admin = officer(&place, "national_admin", 1)?;
        let office = officer(&place, "agency_admin", OFFICE)?;
        let token = |login: &str| place.run(&["token", "create", "--user", login], "");
        let tokens = vec![
            ("BENCH_ADMIN_TOKEN", token(&admin)?.trim().to_owned()),
            ("BENCH_OFFICE_TOKEN", token(&office)?.trim().to_owned()),
            ("BENCH_OFFICE", OFFICE.to_string()),
        ];
        Ok(Runner { options, place, tokens, course: Course::default() })
    }

    /// Runs everything that is wanted.
    pub fn run(mut self) -> Result<Course, Failure> {
        self.begin_empty()?;
        self.seed()?;
        let mut service = self.cold_starts()?;
        let subjects = Subjects::gather(&self.place)?;
        self.course.sampled = subjects.count;
        self.loads(&service, &subjects)?;
        if self.wanted("sms") {
            service = self.flood(service, &subjects)?;
        }
        self.course.peak = self.course.peak.max(service.memory()?.1);
        if self.wanted("siege") {
            service = self.besiege(service)?;
        }
        service.kill()?;
        if self.options.only.is_none() {
            self.alone(&subjects)?;
        }
        Ok(self.course)
    }

    fn wanted(&self, name: &str) -> bool {
        self.options.only.as_ref().is_none_or(|only| only.split(',').any(|part| part == name))
    }

    fn begin_empty(&mut self) -> Result<(), Failure> {
        let mark = self.place.folder.join("seeded");
        if mark.exists() || !self.wanted("lifecycles") {
            let kept = fs::read_to_string(mark).unwrap_or_default();
            let mut kept = kept.split_whitespace().map(|word| word.parse().unwrap_or(0.0));
            self.course.empty = kept.next().unwrap_or(0.0);
            self.course.seeding = kept.next().unwrap_or(0.0);
            return Ok(());
        }
        let (service, _) = self.place.start()?;
        self.course.empty = self.load("lifecycles", &self.tokens)?.rate_of("completed");
        say(&format!("lifecycles, empty: {:.0}/s", self.course.empty));
        service.kill()
    }

    fn seed(&mut self) -> Result<(), Failure> {
        let mark = self.place.folder.join("seeded");
        self.course.reports = self.options.reports;
        if !mark.exists() && self.options.reports > 0 {
            let begun = Instant::now();
            self.place.run(&["seed", "--reports", &self.options.reports.to_string(), "--seed", "1"], "")?;
            self.course.seeding = begun.elapsed().as_secs_f64();
            say(&format!("seeded {} reports in {:.0} s", self.options.reports, self.course.seeding));
            fs::write(&mark, format!("{} {}", self.course.empty, self.course.seeding))?;
        }
        self.course.size = size_of(&self.place.folder) as f64 / 1e9;
        Ok(())
    }

    fn cold_starts(&mut self) -> Result<Service, Failure> {
        for _ in 1..STARTS {
            let (service, took) = self.place.start()?;
            self.course.starts.push(took.as_secs_f64());
            service.kill()?;
        }
        let (service, took) = self.place.start()?;
        self.course.starts.push(took.as_secs_f64());
        say(&format!("starts: {:.3?} s", self.course.starts));
        Ok(service)
    }

    fn loads(&mut self, service: &Service, subjects: &Subjects) -> Result<(), Failure> {
        let path = |path: &PathBuf| path.display().to_string();
        let paths = |asked: &PathBuf| vec![("BENCH_PATHS", path(asked))];
        let desk = [paths(&subjects.inbox), vec![("BENCH_COOKIES", path(&subjects.cookies))]].concat();
        self.measure(service, "report page", "pages", &paths(&subjects.reports), Figures::rate)?;
        self.measure(service, "inbox", "pages", &desk, Figures::rate)?;
        self.measure_with(service, "figures", "pages", &paths(&subjects.figures), (Figures::rate, FEW))?;
        self.measure(service, "search", "pages", &paths(&subjects.searches), Figures::rate)?;
        self.measure(service, "submissions", "submissions", &[], |figures| figures.rate_of("acknowledged"))?;
        let tokens = self.tokens.clone();
        self.measure(service, "lifecycles", "lifecycles", &tokens, |figures| figures.rate_of("completed"))
    }

    fn measure(
        &mut self,
        service: &Service,
        name: &'static str,
        script: &str,
        settings: &[(&str, String)],
        rate: fn(&Figures) -> f64,
    ) -> Result<(), Failure> {
        self.measure_with(service, name, script, settings, (rate, CONNECTIONS))
    }

    fn measure_with(
        &mut self,
        service: &Service,
        name: &'static str,
        script: &str,
        settings: &[(&str, String)],
        (rate, connections): (fn(&Figures) -> f64, u32),
    ) -> Result<(), Failure> {
        if !self.wanted(name) {
            return Ok(());
        }
        let figures = self.load_for(script, settings, connections, self.options.seconds)?;
        let memory = service.memory()?.0;
        let line = Line { name, rate: rate(&figures), memory, figures, bare: None, bare_single: None };
        let Figures { p50, p95, p99, refused, broken, .. } = line.figures;
        say(&format!(
            "{name}: {:.0}/s, {p50:.1}/{p95:.1}/{p99:.1} ms, {refused} refused, {broken} broken, {memory:.0} MB",
            line.rate
        ));
        self.course.lines.push(line);
        Ok(())
    }

    fn load(&self, script: &str, settings: &[(&str, String)]) -> Result<Figures, Failure> {
        self.load_for(script, settings, CONNECTIONS, self.options.seconds)
    }

    fn load_for(
        &self,
        script: &str,
        settings: &[(&str, String)],
        connections: u32,
        seconds: u64,
    ) -> Result<Figures, Failure> {
        Load { script, url: &self.place.url(), connections, seconds, settings }.run()
    }

    /// Short messages beside pages, and again with a SIGKILL in the middle.
    fn flood(&mut self, service: Service, subjects: &Subjects) -> Result<Service, Failure> {
        let path = |path: &PathBuf| path.display().to_string();
        let paths = |asked: &PathBuf| vec![("BENCH_PATHS", path(asked))];
        let desk = [paths(&subjects.inbox), vec![("BENCH_COOKIES", path(&subjects.cookies))]].concat();
        let pages = [("report page", paths(&subjects.reports)), ("inbox", desk), ("search", paths(&subjects.searches))];
        let seconds = self.options.seconds * pages.len() as u64;
        let mut told = Telephones::default();
        let port = free_port()?;
        fs::write(self.place.folder.join("sms-password"), "rahasia")?;
        self.place.centre = Some(port);
        service.kill()?;
        let centre = Centre::start(port, seconds, 0)?;
        let (service, _) = self.place.start()?;
        for (name, settings) in pages {
            let figures = self.load("pages", &settings)?;
            say(&format!("{name} beside messages: {:.0}/s, p99 {:.1} ms", figures.rate(), figures.p99));
            told.beside.push((name, figures));
        }
        told.whole = centre.end(&self.place)?;
        say(&format!("messages: {:?}", told.whole));
        self.course.peak = service.memory()?.1;
        service.kill()?;
        let centre = Centre::start(port, seconds, 1)?;
        let (service, _) = self.place.start()?;
        std::thread::sleep(half(seconds));
        service.kill()?;
        let (service, _) = self.place.start()?;
        told.torn = centre.end(&self.place)?;
        say(&format!("messages through a SIGKILL: {:?}", told.torn));
        self.course.sms = Some(told);
        Ok(service)
    }

    /// Ten times as many connections, recovery, SIGKILL, and the search for every acknowledged report.
    fn besiege(&mut self, service: Service) -> Result<Service, Failure> {
        let receipts = vec![("BENCH_ACKNOWLEDGED", self.place.folder.join("acknowledged").display().to_string())];
        let before = self.load_for("submissions", &receipts, CONNECTIONS, WINDOW * 2)?;
        let siege = self.load_for("submissions", &receipts, CROWD, SIEGE)?;
        self.course.siege_peak = service.memory()?.1;
        say(&format!("siege: {:.0}/s, taken {:.0}/s, {:?}", siege.rate(), siege.rate_of("acknowledged"), siege.counts));
        self.course.siege = Some(siege);
        let ended = Instant::now();
        while ended.elapsed() < RECOVERY && self.course.recovered.is_none() {
            let began = ended.elapsed().as_secs_f64();
            let now = self.load_for("submissions", &receipts, CONNECTIONS, WINDOW)?;
            self.course.usual = (before.p95, now.p95);
            self.course.recovered = (now.p95 <= before.p95 * 1.25 && now.count("dishonest") == 0.0).then_some(began);
        }
        service.kill()?;
        let (service, _) = self.place.start()?;
        let count = fs::read_to_string(self.place.folder.join("acknowledged"))?.lines().count() as u64;
        let found = self.load_for("acknowledged", &receipts, CONNECTIONS, count / LOOKED_UP + WINDOW)?;
        self.course.acknowledged = (found.count("total"), found.count("missing"));
        say(&format!("recovered after {:?} s, {:?} ms; {:?}", self.course.recovered, self.course.usual, found.counts));
        Ok(service)
    }

    /// The engine alone, last of all: its rows are no reports that the service could read.
    fn alone(&mut self, subjects: &Subjects) -> Result<(), Failure> {
        let embedded = self.place.database_url.starts_with("sqlite");
        for line in self.course.lines.iter_mut().filter(|line| line.name != "figures") {
            let (load, asked) = match line.name {
                "report page" => ("report", Some(subjects.codes.as_path())),
                "inbox" => ("inbox", Some(subjects.offices.as_path())),
                "search" => ("search", Some(subjects.terms.as_path())),
                "submissions" => ("intake", None),
                _ => ("lifecycle", None),
            };
            let run = |group: u32, connections: u32| {
                let seconds = self.options.seconds.div_ceil(2);
                Bare { database_url: &self.place.database_url, load, seconds, connections, group, subjects: asked }
                    .run()
            };
            let crowd = if asked.is_some() { LINKS } else { CONNECTIONS };
            line.bare_single = Some(run(1, crowd)?);
            line.bare = (embedded && asked.is_none()).then(|| run(GROUP, 1)).transpose()?;
            say(&format!("bare {load}: single {:?}, grouped {:?}", line.bare_single, line.bare));
        }
        Ok(())
    }
}

fn say(text: &str) {
    eprintln!("bench: {text}");
}
