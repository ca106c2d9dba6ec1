//! How a made-up report lives: each step at an instant at which somebody could have taken it, each event
//! one that the rules allow at that point.

use super::calendar::{home_moment, office_moment, plus};
use super::texts::{self, Dice, Draft};
use super::world::World;
use crate::history::{History, said};
use crate::keys::digest;
use domain::report::{AnswerKind, ArchiveReason, Channel, Class, Closure, Missing, Moment, ReturnReason, decide};
use domain::{Actor, AgencyId, CategoryId, Code, Event, RegionCode, ReportId, Role, due};
use jiff::Timestamp;
use store::report::ClientKey;
use store::reporter::Reporter;
use store::words::Words;

/// Where a story is meant to lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Submitted,
    Held,
    Returned,
    Disposed,
    Answered,
    Promised,
    Replied,
    Objected,
    Reopened,
    Archived(ArchiveReason),
    ClosedByOfficer,
    ClosedBySystem,
    Confirmed,
}

/// What is settled about a report before its story is told.
#[derive(Debug, Clone)]
pub(crate) struct Plot {
    pub id: ReportId,
    pub code: Code,
    /// What tells this report from all others that were ever made up.
    pub key: String,
    pub received: Timestamp,
    pub region: RegionCode,
    /// The parent agency that it ends up with.
    pub root: AgencyId,
    pub category: Option<CategoryId>,
    pub end: End,
    /// Nothing happens after this instant; the story stops where it stands then.
    pub until: Timestamp,
    /// The unit that answers; chosen by category where it is empty.
    pub unit: Option<AgencyId>,
    pub channel: Option<Channel>,
    /// Working days that the first answer takes at most.
    pub patience: usize,
    /// Whether the reporter's invented name is kept.
    pub named: bool,
    /// Whether there are pictures of finished work; where there are none, answers about physical things
    /// only explain.
    pub pictures: bool,
}

/// Tells the story of a draft. `None` only when it would not begin with a submission.
pub(crate) fn tell(world: &World, draft: &Draft, plot: &Plot) -> Option<History> {
    let mut teller = Teller::begin(world, draft, plot)?;
    let _stopped = teller.live();
    Some(teller.history)
}

/// Lets the scheduler do what it would have done by `now`, had it been there all the time.
pub(crate) fn tick_until(world: &World, history: &mut History, now: Timestamp) {
    const MOST: usize = 12;
    for _ in 0..MOST {
        let Some((at, command)) = due::next(&world.reference.rules, history.report(), now) else { return };
        let at = at.max(plus(history.last(), 1));
        if at > now {
            return;
        }
        let moment = Moment { now: at, rules: &world.reference.rules };
        let Ok(events) = decide(&moment, &Actor::System, history.report(), &command) else { return };
        for event in events {
            history.then(at, Actor::System, event, None);
        }
    }
}

struct Teller<'a> {
    world: &'a World,
    draft: &'a Draft,
    plot: &'a Plot,
    dice: Dice,
    history: History,
    supervisory: bool,
}

impl<'a> Teller<'a> {
    fn begin(world: &'a World, draft: &'a Draft, plot: &'a Plot) -> Option<Teller<'a>> {
        let mut dice = draft.dice.clone();
        let zone = world.reference.regions.zone(&plot.region);
        let straight = dice.percent(40);
        let holder = if straight { plot.root } else { world.agencies().national() };
        let early = dice.percent(60);
        let submitted = Event::Submitted {
            class: draft.class,
            category: plot.category.filter(|_| early),
            region: plot.region.clone(),
            zone,
            channel: plot.channel.unwrap_or(draft.channel),
            anonymous: draft.anonymous,
            secret: draft.secret,
            holder,
            chosen: straight.then_some(plot.root),
        };
        let day = zone.day(plot.received);
        let happened = day.checked_sub(jiff::Span::new().days(dice.between(0, 9) as i64)).unwrap_or(day);
        let words = Words {
            title: Some(draft.title.clone()),
            body: draft.body.clone(),
            place: Some(draft.address.clone()),
            happened_on: Some(happened.to_string()),
            ..Words::default()
        };
        let key = ClientKey { key: digest(&plot.key), fingerprint: String::new() };
        let from = (plot.received, Actor::Reporter);
        let mut history = History::begin(plot.id, plot.code, key, from, submitted, words)?;
        let name = draft.reporter.clone().filter(|_| plot.named);
        history.reporter = name.map(|name| Reporter { name: Some(name), language: "id".into(), ..Reporter::default() });
        let supervisory = draft.supervisory && draft.class == Class::Complaint;
        Some(Teller { world, draft, plot, dice, history, supervisory })
    }

    /// All steps; `None` where the story stops.
    fn live(&mut self) -> Option<()> {
        if self.plot.end == End::Submitted {
            return None;
        }
        let verifier = self.verifier();
        let verified = self.office_hour((0, 3));
        if self.plot.end == End::Held {
            return self.hold(verified, verifier);
        }
        if let End::Archived(reason) = self.plot.end {
            return self.archive(verified, verifier, reason);
        }
        self.verify(verified, verifier)?;
        self.forward()?;
        if matches!(self.plot.end, End::Disposed | End::Returned) {
            return self.turn_back();
        }
        self.answer_fully()?;
        self.end()
    }

    fn hold(&mut self, at: Timestamp, by: Actor) -> Option<()> {
        let missing = vec![Missing::Location, Missing::Evidence];
        let remark = texts::hold_remark(&mut self.dice);
        self.add(at, by, Event::Held { missing }, said(remark))
    }

    fn archive(&mut self, at: Timestamp, by: Actor, reason: ArchiveReason) -> Option<()> {
        if reason == ArchiveReason::NotCompleted {
            self.hold(at, by)?;
            let lapse = due::hold(&self.world.reference.rules, self.history.report(), plus(at, 45 * 86_400))?;
            return self.add(plus(lapse.due, 1), Actor::System, Event::Archived { by_system: true, reason }, None);
        }
        let remark = texts::archive_remark(reason, &mut self.dice);
        self.add(at, by, Event::Archived { by_system: false, reason }, said(remark))
    }

    /// Classify, tidy the text, dispose to the parent agency.
    fn verify(&mut self, at: Timestamp, by: Actor) -> Option<()> {
        let report = self.history.report();
        let wanted = (report.class, self.supervisory, self.plot.category);
        if wanted != (report.class, report.supervisory, report.category) {
            let (class, supervisory, category) = wanted;
            self.add(at, by, Event::Reclassified { class, supervisory, category }, None)?;
        }
        if self.dice.percent(10) {
            self.rewrite(at, by)?;
        }
        let to = match self.history.report().chosen {
            Some(_) => self.unit(),
            None => self.plot.root,
        };
        self.dispose(plus(at, 60), by, to)
    }

    fn rewrite(&mut self, at: Timestamp, by: Actor) -> Option<()> {
        let title = sentence(&self.draft.title);
        let words = Words { title: Some(title), body: sentence(&self.draft.body), ..Words::default() };
        self.add(plus(at, 30), by, Event::Rewritten, Some(words))
    }

    fn dispose(&mut self, at: Timestamp, by: Actor, to: AgencyId) -> Option<()> {
        let note = self.dice.percent(50).then(|| texts::disposition_note(&mut self.dice));
        let from = self.history.report().holder;
        self.add(at, by, Event::Disposed { from, to, settled: false }, note.and_then(said))
    }

    /// From the parent agency down to the unit.
    fn forward(&mut self) -> Option<()> {
        let unit = self.unit();
        if self.history.report().holder == unit {
            return Some(());
        }
        let at = self.office_hour((0, 1));
        self.dispose(at, self.world.answerer(self.plot.root, false), unit)
    }

    fn turn_back(&mut self) -> Option<()> {
        if self.plot.end == End::Disposed {
            return None;
        }
        let reason = if self.dice.percent(70) { ReturnReason::OtherAgency } else { ReturnReason::OtherLevel };
        let remark = texts::return_remark(reason, &mut self.dice);
        let from = self.history.report().holder;
        let to = self.world.agencies().parent(from)?;
        let by = self.world.answerer(from, self.supervisory);
        let at = self.office_hour((1, 3));
        self.add(at, by, Event::Returned { from, to, reason, suggestion: None }, said(remark))
    }

    /// The first answer, and in some stories a word of the reporter and a second answer.
    fn answer_fully(&mut self) -> Option<()> {
        let lasting = match self.plot.end {
            End::Promised => AnswerKind::Planned,
            _ if self.draft.class != Class::Complaint => AnswerKind::Explained,
            _ if self.dice.percent(75) => AnswerKind::Done,
            _ => AnswerKind::Explained,
        };
        let slow = self.dice.percent(12);
        let patience = self.plot.patience.max(1);
        let at = self.office_hour(if slow { (patience, patience * 4) } else { (1, patience) });
        if !matches!(self.plot.end, End::Promised | End::Answered) && self.dice.percent(14) {
            self.answer(at, AnswerKind::Explained, 1)?;
            let replied = home_moment(self.zone(), self.history.last(), self.dice.between(0, 4), &mut self.dice);
            let text = texts::reply(&mut self.dice);
            self.add(replied, Actor::Reporter, Event::Replied, said(text))?;
            let again = self.office_hour((1, patience));
            return self.answer(again, lasting, 2);
        }
        self.answer(at, lasting, 1)
    }

    fn answer(&mut self, at: Timestamp, kind: AnswerKind, turn: u64) -> Option<()> {
        let shown = kind == AnswerKind::Done && self.is_physical();
        let (kind, evidence) = match shown {
            true if self.plot.pictures => (kind, 1),
            true => (AnswerKind::Explained, 0),
            false => (kind, 0),
        };
        let by = self.world.answerer(self.history.report().holder, self.supervisory);
        let zone = self.zone();
        let planned_for = zone.day(at).checked_add(jiff::Span::new().days(30)).ok();
        let planned_for = planned_for.filter(|_| kind == AnswerKind::Planned);
        let text = texts::answer(self.draft, kind, turn);
        self.add(at, by, Event::Answered { answer: kind, planned_for, evidence, alike: 0 }, said(text))
    }

    fn end(&mut self) -> Option<()> {
        match self.plot.end {
            End::Replied => self.reporter_says(Event::Replied),
            End::Objected => self.reporter_says(Event::Objected),
            End::ClosedByOfficer => self.close_by_officer(),
            End::ClosedBySystem => self.close_by_system(),
            End::Confirmed => self.confirm(),
            End::Reopened => {
                self.close_by_officer()?;
                let national = self.world.officer(Role::NationalAdmin, self.world.agencies().national());
                let at = self.office_hour((2, 6));
                self.add(at, national, Event::Reopened, said("Dibuka kembali setelah peninjauan mutu tindak lanjut."))
            }
            _ => None,
        }
    }

    fn reporter_says(&mut self, event: Event) -> Option<()> {
        let at = home_moment(self.zone(), self.history.last(), self.dice.between(0, 5), &mut self.dice);
        let text = match event {
            Event::Objected => texts::objection(&mut self.dice),
            _ => texts::reply(&mut self.dice),
        };
        self.add(at, Actor::Reporter, event, said(text))
    }

    fn close_by_officer(&mut self) -> Option<()> {
        let root = self.world.agencies().root_of(self.history.report().holder);
        let by = match self.supervisory {
            true => self.world.answerer(self.history.report().holder, true),
            false => self.world.answerer(root, false),
        };
        let at = self.office_hour((1, 6));
        self.add(at, by, Event::Closed { how: Closure::ByOfficer }, None)?;
        self.rate(25)
    }

    fn close_by_system(&mut self) -> Option<()> {
        let later = plus(self.history.last(), 30 * 86_400);
        let silence = due::silence(&self.world.reference.rules, self.history.report(), later)?;
        self.add(due::warning_at(&silence), Actor::System, Event::Warned, None)?;
        self.add(plus(silence.due, 1), Actor::System, Event::Closed { how: Closure::BySystem }, None)?;
        self.rate(5)
    }

    fn rate(&mut self, percent: u32) -> Option<()> {
        if !self.dice.percent(percent) {
            return None;
        }
        let at = home_moment(self.zone(), self.history.last(), self.dice.between(0, 3), &mut self.dice);
        let rating = self.dice.between(1, 5) as u8;
        self.add(at, Actor::Reporter, Event::Rated { rating }, None)
    }

    fn confirm(&mut self) -> Option<()> {
        let at = home_moment(self.zone(), self.history.last(), self.dice.between(0, 6), &mut self.dice);
        if at > self.plot.until {
            return None;
        }
        let rating = self.dice.weighted(&[(1, 1), (1, 2), (3, 3), (8, 4), (12, 5)]).unwrap_or(5);
        let words = self.dice.percent(40).then(|| said("Terima kasih, sudah ditangani dengan baik.")).flatten();
        self.add(at, Actor::Reporter, Event::Confirmed { rating }, words)?;
        self.add(at, Actor::Reporter, Event::Closed { how: Closure::Confirmed }, None)
    }

    fn is_physical(&self) -> bool {
        self.history.report().category.is_some_and(|category| self.world.reference.categories.is_physical(category))
    }

    fn verifier(&self) -> Actor {
        let holder = self.history.report().holder;
        self.world.answerer(holder, false)
    }

    fn unit(&self) -> AgencyId {
        let by_category = || self.world.unit(self.plot.root, self.plot.category, self.supervisory);
        self.plot.unit.filter(|_| !self.supervisory).unwrap_or_else(by_category)
    }

    fn zone(&self) -> domain::time::Zone {
        self.history.report().zone
    }

    fn office_hour(&mut self, (least, most): (usize, usize)) -> Timestamp {
        let days = self.dice.between(least, most);
        let calendar = &self.world.reference.rules.calendar;
        office_moment(calendar, self.history.report().zone, self.history.last(), days, &mut self.dice)
    }

    /// Adds an event, or stops the story when its time has not come.
    fn add(&mut self, at: Timestamp, by: Actor, event: Event, words: Option<Words>) -> Option<()> {
        if at > self.plot.until {
            return None;
        }
        self.history.then(at.max(self.history.last()), by, event, words);
        Some(())
    }
}

/// What a verifier makes of a text that shouts.
fn sentence(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let lower = text.to_lowercase();
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
