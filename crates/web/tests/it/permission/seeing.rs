//! What each pair of eyes finds on all pages and in all documents that it can reach.

use super::marks::{self, Kind, mark};
use super::matrix::{Eye, reads, sees};
use super::world::{REPORTS, Seat, World};
use crate::api::Client;
use crate::site::{Browser, post};
use crate::world::House;
use domain::Role;
use domain::agency::AgencyTree;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Most pages that one pair of eyes walks over, beside those of the reports.
const MOST_PAGES: usize = 60;
/// Most pages that differ in numbers and in the values of their query only.
const MOST_ALIKE: usize = 3;
/// Reporters who look, each at the own report and at those of others.
const REPORTERS: usize = 4;

/// Checks what everybody sees of a world.
pub async fn check(house: &House, world: &World) {
    let reference = house.app.reference();
    let law = Law { world, agencies: &reference.rules.agencies };
    let mut public = Browser::new(house);
    law.walk(&mut public, Eye::Public, &["/", "/laporan", "/laporan/feed", "/instansi"]).await;
    law.reports(&mut public, Eye::Public, "").await;
    law.documents(&Client::new(house), Eye::Public, "").await;
    law.search(&mut public).await;
    for number in 0..REPORTERS {
        let mut own = Browser::new(house);
        let case = &world.cases[number];
        own.post(&format!("/laporan/{}/pin", case.code), &[("pin", &case.pin)]).await.is(303);
        law.reports(&mut own, Eye::Reporter(number), "").await;
        let api = Client::new(house).pin(&case.pin);
        let told = api.get(&format!("/reports/{}", case.code)).await.is(200);
        law.hold(Eye::Reporter(number), "the reporter's own document", &String::from_utf8_lossy(&told.bytes));
    }
    for seat in &world.seats {
        let mut browser = seat.browser.clone();
        law.walk(&mut browser, seat.eye(), &["/desk", "/desk/pemberitahuan", "/desk/akun"]).await;
        law.reports(&mut browser, seat.eye(), "/desk").await;
        let api = Client::new(house).with("authorization", &format!("Bearer {}", seat.token));
        law.documents(&api, seat.eye(), "/desk").await;
        law.figures(&api, seat).await;
        law.export(&mut browser, seat.eye()).await;
    }
    law.letters(house).await;
    let told = house.app.figures().await.unwrap().public(law.agencies, None).all();
    let open = world.cases.iter().filter(|case| !case.report.is_sealed()).count();
    assert_eq!(told, open as u64, "public figures tell of sealed reports");
}

struct Law<'a> {
    world: &'a World,
    agencies: &'a AgencyTree,
}

impl Law<'_> {
    /// Holds an answer against the matrix.
    #[track_caller]
    fn hold(&self, eye: Eye, place: &str, text: &str) {
        for (number, kind) in marks::found(text, REPORTS) {
            let case = &self.world.cases[number];
            let may = sees(self.agencies, eye, number, &case.report, case.rewritten, kind);
            assert!(may, "{eye:?} finds {kind:?} of {} in {place}: {:?}\n{text}", case.code, case.report);
        }
    }

    /// No list says that there is a report which its reader may not read. Notices do: they were told to the
    /// office when it was its turn, without a word of what was said.
    fn hold_list(&self, eye: Eye, place: &str, text: &str) {
        self.hold(eye, place, text);
        if place.starts_with("/desk/pemberitahuan") {
            return;
        }
        for (number, case) in self.world.cases.iter().enumerate() {
            let known = reads(self.agencies, eye, number, &case.report);
            let named = text.contains(&case.code.to_string()) && !place.contains(&case.code.to_string());
            assert!(known || !named, "{eye:?} learns of {} in {place}: {:?}", case.code, case.report);
        }
    }

    /// Goes wherever pages lead.
    async fn walk(&self, browser: &mut Browser, eye: Eye, from: &[&str]) {
        let room = if matches!(eye, Eye::Seat(..)) { "/desk" } else { "/" };
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        let mut ahead: VecDeque<String> = from.iter().map(|path| (*path).to_owned()).collect();
        let mut been: BTreeSet<String> = ahead.iter().cloned().collect();
        let mut left = MOST_PAGES;
        while let Some(path) = ahead.pop_front().filter(|_| left > 0) {
            left -= 1;
            let page = browser.get(&path).await;
            assert!(page.status < 500, "{eye:?} breaks {path}: {}", page.text());
            let text = page.text();
            self.hold_list(eye, &path, &text);
            for link in
                page.between("href=\"/", "\"").into_iter().map(|link| format!("/{}", link.replace("&amp;", "&")))
            {
                let same = alike.entry(shape(&link)).or_default();
                let wanted = link.starts_with(room) && !["/assets", "/bahasa"].iter().any(|no| link.starts_with(no));
                if wanted && *same < MOST_ALIKE && been.insert(link.clone()) {
                    *same += 1;
                    ahead.push_back(link);
                }
            }
        }
    }

    /// The page of every report and every file: there for whom it is, and for nobody else.
    async fn reports(&self, browser: &mut Browser, eye: Eye, room: &str) {
        for (number, case) in self.world.cases.iter().enumerate() {
            let path = format!("{room}/laporan/{}", case.code);
            let page = browser.get(&path).await;
            let text = page.text();
            self.hold(eye, &path, &text);
            let known = reads(self.agencies, eye, number, &case.report);
            assert_eq!(page.status == 200, known, "{eye:?} at {path}: {:?}\n{text}", case.report);
            let shown = if case.rewritten { Kind::Rewritten } else { Kind::First };
            assert!(!known || text.contains(&mark(shown, number)), "{eye:?} does not find the words at {path}");
            for file in &case.files {
                let path = format!("{path}/lampiran/{}", file.id);
                assert_eq!(browser.get(&path).await.status == 200, known, "{eye:?} at {path}: {:?}", case.report);
            }
        }
    }

    /// Everything that the API describes and that can be asked for.
    async fn documents(&self, api: &Client, eye: Eye, room: &str) {
        let described = api.get("/api/openapi.json").await.is(200).json;
        let paths = described["paths"].as_object().unwrap();
        let asked = paths.iter().filter(|(path, about)| !about["get"].is_null() && path.starts_with("/api/v1"));
        for path in asked.map(|(path, _)| path).filter(|path| path.contains("/desk/") != room.is_empty()) {
            // Who is no partner system brings and finds nothing there.
            if path.contains("/partner/") {
                let told = api.get(&path.replace("{code}", &self.world.cases[0].code.to_string())).await;
                assert!([401, 403].contains(&told.status.as_u16()), "{eye:?} at {path}: {}", told.status);
                continue;
            }
            if !path.contains('{') {
                let told = api.get(path).await;
                self.hold_list(eye, path, &String::from_utf8_lossy(&told.bytes));
            }
            if path.matches('{').count() != 1 || !path.contains("{code}") {
                continue;
            }
            for (number, case) in self.world.cases.iter().enumerate() {
                let path = path.replace("{code}", &case.code.to_string());
                let told = api.get(&path).await;
                self.hold(eye, &path, &String::from_utf8_lossy(&told.bytes));
                let known = reads(self.agencies, eye, number, &case.report);
                assert!(known || told.status == 404 || told.status == 403, "{eye:?} at {path}: {}", told.status);
                let own = path.ends_with(&case.code.to_string());
                assert_eq!(own && known, own && told.status == 200, "{eye:?} at {path}: {}", told.status);
            }
        }
    }

    /// A search for the very words finds what everybody may read, by its present words only.
    async fn search(&self, public: &mut Browser) {
        for (number, case) in self.world.cases.iter().enumerate() {
            for kind in [Kind::First, Kind::Rewritten, Kind::Answer, Kind::Note, Kind::Name, Kind::Place] {
                let page = public.get(&format!("/laporan?q={}", mark(kind, number))).await.is(200);
                let shown = if case.rewritten { Kind::Rewritten } else { Kind::First };
                let wanted = kind == shown && case.report.is_public();
                let found = page.text().contains(&case.code.to_string());
                assert_eq!(found, wanted, "a search for {kind:?} of {}: {:?}", case.code, case.report);
            }
        }
    }

    /// An export of everything holds no more than its seat may read; of the nation all of that.
    async fn export(&self, browser: &mut Browser, eye: Eye) {
        let codes: Vec<String> = self.world.cases.iter().map(|case| case.code.to_string()).collect();
        let mut fields: Vec<(&str, &str)> = codes.iter().map(|code| ("code", code.as_str())).collect();
        fields.push(("format", "csv"));
        let file = browser.post("/desk/massal/ekspor", &fields).await;
        let text = file.text();
        self.hold(eye, "an export", &text);
        for (number, case) in self.world.cases.iter().enumerate() {
            let known = reads(self.agencies, eye, number, &case.report);
            let told = text.contains(&case.code.to_string());
            assert!(known || !told, "{eye:?} exports {}: {:?}", case.code, case.report);
            assert!(told || !matches!(eye, Eye::Seat(_, Role::NationalAdmin, _)), "{} is left out", case.code);
        }
    }

    /// A letter tells its reporter no more than the own page, and of a sealed report nothing of what was said.
    async fn letters(&self, house: &House) {
        let letters = post(house).await;
        assert!(letters.len() > REPORTERS, "hardly anybody gets a letter");
        for letter in letters {
            let found = |text: &str| marks::found(text, REPORTS);
            let (number, _) = found(&letter.to).pop_first().unwrap();
            let text = format!("{}\n{}", letter.subject, letter.text);
            self.hold(Eye::Reporter(number), "a letter", &text);
            let silent = !self.world.cases[number].report.is_sealed() || found(&text).is_empty();
            assert!(silent, "a letter tells of a sealed report: {text}");
        }
    }

    /// The counts over an inbox are of no more than its seat may read.
    async fn figures(&self, api: &Client, seat: &Seat) {
        let inbox = api.get("/desk/reports").await.is(200).json;
        let told: u64 = inbox["tally"].as_object().unwrap().values().filter_map(serde_json::Value::as_u64).sum();
        let cases = self.world.cases.iter().enumerate();
        let known = cases.filter(|(number, case)| reads(self.agencies, seat.eye(), *number, &case.report)).count();
        assert!(told <= known as u64, "{:?} is told of {told} reports and may read {known}", seat.eye());
    }
}

/// An address without its numbers and the values of its query.
fn shape(link: &str) -> String {
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    format!("{}?{}", path.replace(|c: char| c.is_ascii_digit(), ""), names.join("&"))
}
