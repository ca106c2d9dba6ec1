//! A population of reports over three years: the same for the same number, seed and last day.
//!
//! Shares: classes, topics, channels and provinces as in [`super::texts`]; about one report in five goes
//! to the ministry or body that owns its category, the others to the government of their place. Four in
//! five of the old ones are closed: by an officer, by the system after the silence, or confirmed by the
//! reporter. The scheduler's part in what is still open is told as well, so that a system that starts
//! with such a population has no backlog of reminders.

use super::story::{End, Plot, tell, tick_until};
use super::texts::{self, Dice, Draft};
use super::world::World;
use crate::history::{History, Written};
use crate::ids::Ids;
use crate::{App, Error, Result};
use domain::code::CODES;
use domain::report::{ArchiveReason, Class};
use domain::time::Zone;
use domain::{AgencyId, CategoryId, Code, RegionCode, ReportId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use store::reference;
use tokio::task::JoinSet;

/// Reports in one transaction.
const BATCH: u64 = 500;
/// The span of time that a population fills.
const SPAN: SignedDuration = SignedDuration::from_hours(3 * 365 * 24);
/// The hours of the day in which people write, in local time, thousandths of a day.
const DAY_BEGINS: u64 = 240;
const DAY_LENGTH: u64 = 700;
/// A step through the tracking numbers that meets each once before it meets one again.
const STRIDE: u64 = 618_033_989;
/// Per thousand: where reports of the past have come to.
const ENDS: &[(u32, End)] = &[
    (340, End::ClosedByOfficer),
    (320, End::ClosedBySystem),
    (130, End::Confirmed),
    (30, End::Archived(ArchiveReason::Unclear)),
    (20, End::Archived(ArchiveReason::TooGeneral)),
    (12, End::Archived(ArchiveReason::NotPublicService)),
    (10, End::Archived(ArchiveReason::Duplicate)),
    (4, End::Archived(ArchiveReason::Spam)),
    (2, End::Archived(ArchiveReason::InCourt)),
    (14, End::Archived(ArchiveReason::NotCompleted)),
    (14, End::Submitted),
    (8, End::Returned),
    (40, End::Disposed),
    (18, End::Promised),
    (24, End::Replied),
    (10, End::Objected),
    (4, End::Reopened),
];

/// What a seeding wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seeded {
    pub new: u64,
    /// Reports of the same population that were there already.
    pub known: u64,
}

/// Fills the database with the population of this size and seed that was begun last, or else with the one
/// until today.
pub async fn seed(app: &App, reports: u64, seed: u64, progress: impl FnMut(u64)) -> Result<Seeded> {
    let begun = reference::setting(&mut app.db().read().await?, &setting(reports, seed)).await?;
    let until = begun.and_then(|day| day.parse().ok()).unwrap_or_else(|| Zone::Wib.day(app.now()));
    seed_until(app, reports, seed, until, progress).await
}

/// Fills the database with `reports` made-up reports of the three years before `until` begins in Jakarta.
/// The same population (size, seed and day) is not written twice: a seeding that was broken off goes on
/// where it stopped.
///
/// `progress` is told how many reports were written since it was last told.
pub async fn seed_until(
    app: &App,
    reports: u64,
    seed: u64,
    until: Date,
    mut progress: impl FnMut(u64),
) -> Result<Seeded> {
    remember(app, setting(reports, seed), until).await?;
    let maker = Arc::new(Maker::new(app, reports, seed, until));
    let at_once = app.db().engine().bulk_width();
    let mut batches = (0..reports).step_by(BATCH as usize).map(|from| from..(from + BATCH).min(reports));
    let mut running = JoinSet::new();
    let mut done = Seeded::default();
    loop {
        while running.len() < at_once {
            let Some(range) = batches.next() else { break };
            running.spawn(write(app.clone(), Arc::clone(&maker), range));
        }
        let Some(finished) = running.join_next().await else { break };
        let written = finished.map_err(|error| Error::Broken(error.to_string()))??;
        done.new += written.new;
        done.known += written.known;
        progress(written.new + written.known);
    }
    app.gather_counters().await?;
    app.forget_figures();
    app.sweep_queues().await?;
    app.fold_all_measures().await?;
    Ok(done)
}

/// Where the day of a population is kept, so that it can be resumed on another day.
fn setting(reports: u64, seed: u64) -> String {
    format!("seed:{seed}:{reports}")
}

async fn remember(app: &App, setting: String, until: Date) -> Result<()> {
    let day = until.to_string();
    app.db()
        .write(move |tx| Box::pin(async move { Ok::<(), Error>(reference::put_setting(tx, &setting, &day).await?) }))
        .await
}

async fn write(app: App, maker: Arc<Maker>, range: std::ops::Range<u64>) -> Result<Written> {
    let spread = (range.start / BATCH) as i64;
    let made = tokio::task::spawn_blocking(move || range.filter_map(|n| maker.history(n)).collect::<Vec<_>>());
    let histories = made.await.map_err(|error| Error::Broken(error.to_string()))?;
    loop {
        match app.write_histories(histories.clone(), spread).await {
            Err(Error::Busy) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            outcome => return outcome,
        }
    }
}

/// Makes the reports of one population.
struct Maker {
    world: World,
    ids: Arc<Ids>,
    /// The end of the population: nothing in it depends on when it is written.
    end: Timestamp,
    until: Date,
    reports: u64,
    seed: u64,
}

impl Maker {
    fn new(app: &App, reports: u64, seed: u64, until: Date) -> Maker {
        let end = Zone::Wib.at(until, 0);
        Maker { world: World::new(app.reference()), ids: Arc::clone(&app.ids), end, until, reports, seed }
    }

    /// Tells this population from those of another size, seed or day.
    fn salt(&self) -> u64 {
        let day = store::day_number(self.until).unsigned_abs();
        let parts = (0..).zip([self.seed, self.reports, day]);
        parts.map(|(place, part)| Dice::new(part, place).roll()).fold(0, |salt, part| salt ^ part)
    }

    fn history(&self, number: u64) -> Option<History> {
        let mut draft = texts::draft(self.seed, number);
        let mut dice = Dice::new(self.seed ^ 0x5eed, number);
        let (region, government) = self.place(&draft, &mut dice)?;
        let category = draft.category.and_then(|name| self.world.category(name));
        draft.supervisory = draft.supervisory && draft.class == Class::Complaint;
        let received = self.received(number, &region, &mut dice);
        let plot = Plot {
            id: ReportId(self.ids.past(received, number)),
            code: Code::from_random((self.salt() % CODES + number % CODES * STRIDE % CODES) % CODES),
            key: format!("seed:{}:{}:{}:{number}", self.seed, self.reports, self.until),
            received,
            root: self.root(&draft, category, government, &mut dice),
            region,
            category,
            end: dice.weighted(ENDS).unwrap_or(End::ClosedBySystem),
            until: self.end,
            unit: None,
            channel: None,
            patience: 5,
            named: dice.percent(20),
            pictures: false,
        };
        let mut history = tell(&self.world, &draft, &plot)?;
        if history.report().is_open() {
            tick_until(&self.world, &mut history, self.end);
        }
        history.settle(&self.world.reference.rules, self.end);
        Some(history)
    }

    /// In the order of the numbers, evenly over the span, by day rather than by night.
    fn received(&self, number: u64, region: &RegionCode, dice: &mut Dice) -> Timestamp {
        let span = SPAN.as_millis().max(1) as u64;
        let offset = u64::from(self.world.reference.regions.zone(region).offset().seconds().unsigned_abs()) * 1000;
        let start = (self.end.as_millisecond() - span as i64).max(0) as u64;
        let step = span / self.reports.max(1);
        let even = start + number * step + dice.roll() % step.max(1);
        const DAY: u64 = 86_400_000;
        let local = even + offset;
        let awake = DAY * DAY_BEGINS / 1000 + local % DAY * DAY_LENGTH / 1000;
        let by_day = local - local % DAY + awake - offset;
        let at = if by_day < self.end.as_millisecond().unsigned_abs() { by_day } else { even };
        Timestamp::from_millisecond(i64::try_from(at).unwrap_or(0)).unwrap_or(self.end)
    }

    /// Somewhere in the draft's province, and the government that answers there.
    fn place(&self, draft: &Draft, dice: &mut Dice) -> Option<(RegionCode, AgencyId)> {
        let province = RegionCode::parse(draft.province)?;
        let places = self.world.places(&province);
        let place = places.get(dice.below(places.len()))?;
        let district = place.districts.get(dice.below(place.districts.len() * 2));
        let region = district.unwrap_or(&place.regency).clone();
        let of_province = dice.percent(15).then(|| self.world.agencies().government_of(&province)).flatten();
        Some((region, of_province.map_or(place.government, |office| office.id)))
    }

    fn root(&self, draft: &Draft, category: Option<CategoryId>, government: AgencyId, dice: &mut Dice) -> AgencyId {
        let national = dice.percent(22) && !draft.supervisory;
        category.filter(|_| national).and_then(|category| self.world.owner(category)).unwrap_or(government)
    }
}
