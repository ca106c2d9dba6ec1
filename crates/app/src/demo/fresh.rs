//! Reports of the last ten working days in all stages, so that every tab of every inbox is alive.

use crate::App;
use crate::history::History;
use crate::seed::calendar::plus;
use crate::seed::story::{End, Plot, tell, tick_until};
use crate::seed::texts::{self, Dice, Draft};
use crate::seed::world::World;
use domain::report::{ArchiveReason, Class, StageKind};
use domain::{AgencyId, Code, RegionCode, ReportId};
use jiff::{SignedDuration, Timestamp};

const SEED: u64 = 68;
const TRIES: u64 = 60;
const KALSEL: i64 = 630_000;

/// What is wanted: the stage, the government, the category, the age in working days, how many.
struct Wish(End, i64, &'static str, (usize, usize), usize);

const WISHES: &[Wish] = &[
    Wish(End::Submitted, KALSEL, "Infrastruktur jalan", (0, 1), 3),
    Wish(End::Submitted, KALSEL, "Pelayanan obat", (4, 5), 1),
    Wish(End::Submitted, 637_100, "Pengelolaan sampah", (0, 2), 2),
    Wish(End::Submitted, 640_200, "Dana desa", (1, 2), 1),
    Wish(End::Submitted, 647_400, "Pemadaman listrik", (0, 2), 1),
    Wish(End::Held, KALSEL, "Jalan berlubang", (3, 5), 1),
    Wish(End::Held, 637_200, "Drainase (gorong-gorong/parit)", (3, 5), 1),
    Wish(End::Returned, KALSEL, "Infrastruktur jalan", (5, 7), 1),
    Wish(End::Returned, KALSEL, "Penerangan jalan", (5, 7), 1),
    Wish(End::Disposed, KALSEL, "Infrastruktur jalan", (2, 5), 3),
    Wish(End::Disposed, KALSEL, "Jalan berlubang", (9, 10), 1),
    Wish(End::Disposed, KALSEL, "Penerangan jalan", (3, 6), 2),
    Wish(End::Disposed, 630_300, "Banjir", (3, 5), 1),
    Wish(End::Disposed, 637_100, "Parkir liar", (3, 5), 1),
    Wish(End::Disposed, 630_800, "Bantuan sosial", (8, 10), 1),
    Wish(End::Disposed, 640_200, "Infrastruktur jalan", (3, 5), 1),
    Wish(End::Disposed, 647_400, "Ketertiban umum", (3, 5), 1),
    Wish(End::Answered, KALSEL, "Jalan berlubang", (7, 9), 2),
    Wish(End::Answered, KALSEL, "Transportasi darat", (7, 9), 1),
    Wish(End::Answered, 637_200, "KTP (kartu tanda penduduk)", (7, 9), 1),
    Wish(End::Answered, 640_200, "Pengelolaan sampah", (7, 9), 1),
    Wish(End::Promised, KALSEL, "Infrastruktur jalan", (7, 9), 1),
    Wish(End::Replied, KALSEL, "Infrastruktur jalan", (8, 10), 1),
    Wish(End::Replied, KALSEL, "Penerangan jalan", (8, 10), 1),
    Wish(End::Replied, 637_100, "Gangguan layanan penyaluran air", (8, 10), 1),
    Wish(End::Objected, KALSEL, "Jalan berlubang", (8, 10), 1),
    Wish(End::Reopened, KALSEL, "Layanan online/aplikasi pemerintah", (10, 10), 1),
    Wish(End::Archived(ArchiveReason::TooGeneral), KALSEL, "Topik Lainnya", (6, 9), 1),
    Wish(End::ClosedByOfficer, KALSEL, "Penerangan jalan", (9, 10), 1),
    Wish(End::Confirmed, KALSEL, "Jalan berlubang", (8, 10), 2),
    Wish(End::Confirmed, 647_400, "Drainase (gorong-gorong/parit)", (8, 10), 1),
    // Two rivers have burst their banks: a rise that is warned of.
    Wish(End::Disposed, 630_300, "Banjir", (1, 4), 12),
];

pub(super) fn all(app: &App, world: &World) -> Vec<History> {
    let wishes = WISHES.iter().flat_map(|wish| std::iter::repeat_n(wish, wish.4));
    let mut histories: Vec<History> = (0u64..).zip(wishes).filter_map(|(n, wish)| grant(app, world, wish, n)).collect();
    histories.extend(abuse(app, world));
    let since = app.now().checked_sub(SignedDuration::from_hours(7 * 24)).unwrap_or(Timestamp::MIN);
    for history in &mut histories {
        tick_until(world, history, app.now());
        history.settle(&world.reference.rules, app.now());
        history.told_since = Some(since);
    }
    histories
}

/// A complaint about abuse of office, which only the inspectorate may read.
fn abuse(app: &App, world: &World) -> Option<History> {
    let wish = Wish(End::Disposed, KALSEL, "Penyalahgunaan wewenang", (3, 6), 1);
    let sealed = |draft: Draft| Draft { class: Class::Complaint, supervisory: true, secret: true, ..draft };
    attempts(900).find_map(|number| attempt(app, world, &wish, number, sealed))
}

fn grant(app: &App, world: &World, wish: &Wish, n: u64) -> Option<History> {
    let open = |draft: Draft| Draft { supervisory: false, ..draft };
    attempts(n).find_map(|number| attempt(app, world, wish, number, open))
}

fn attempts(n: u64) -> impl Iterator<Item = u64> {
    (0..TRIES).map(move |turn| n * TRIES + turn)
}

/// A story that leads where it was meant to, or none when it was cut short by the present.
fn attempt(app: &App, world: &World, wish: &Wish, number: u64, bend: impl Fn(Draft) -> Draft) -> Option<History> {
    let Wish(end, root, category, age, _) = wish;
    let draft = bend(texts::draft_about(category, SEED, number)?);
    let mut dice = Dice::new(SEED, number + 1_000_000);
    let root = AgencyId(*root);
    let government = world.agencies().get(root)?.region.clone()?;
    let region = if root.0 == KALSEL { place(world, &government, &mut dice) } else { government };
    let received = received(app, world, &region, dice.between(age.0, age.1), &mut dice);
    let plot = Plot {
        id: ReportId(app.ids.past(received, dice.roll())),
        code: Code::from_random(dice.roll()),
        key: format!("demo-fresh:{number}"),
        received,
        region,
        root,
        category: world.category(category),
        end: *end,
        until: app.now(),
        unit: None,
        channel: None,
        patience: 3,
        named: true,
        pictures: true,
    };
    let history = tell(world, &draft, &plot)?;
    (history.report().stage.kind() == stage_of(*end)).then_some(history)
}

fn stage_of(end: End) -> StageKind {
    match end {
        End::Submitted => StageKind::Submitted,
        End::Held => StageKind::Held,
        End::Returned => StageKind::Returned,
        End::Disposed => StageKind::Disposed,
        End::Answered | End::Promised => StageKind::Answered,
        End::Replied => StageKind::Replied,
        End::Objected => StageKind::Objected,
        End::Reopened => StageKind::Reopened,
        End::Archived(ArchiveReason::NotCompleted) => StageKind::ArchivedSystem,
        End::Archived(_) => StageKind::ArchivedAdmin,
        End::ClosedByOfficer => StageKind::ClosedByOfficer,
        End::ClosedBySystem => StageKind::ClosedBySystem,
        End::Confirmed => StageKind::ClosedConfirmed,
    }
}

/// An instant so many working days ago, at which people are awake.
fn received(app: &App, world: &World, region: &RegionCode, age: usize, dice: &mut Dice) -> Timestamp {
    let now = app.now();
    let zone = world.reference.regions.zone(region);
    let just_now = now.checked_sub(SignedDuration::from_mins(dice.between(5, 150) as i64)).unwrap_or(now);
    let mut day = zone.day(now);
    let mut left = age;
    while left > 0 {
        let Ok(before) = day.yesterday() else { return just_now };
        day = before;
        left -= usize::from(world.reference.rules.calendar.is_working_day(day));
    }
    let at = plus(zone.at(day, 6), dice.below(15 * 3600));
    if age == 0 || at >= just_now { just_now } else { at }
}

/// A district somewhere in a province.
pub(super) fn place(world: &World, province: &RegionCode, dice: &mut Dice) -> RegionCode {
    let places = world.places(province);
    let Some(place) = places.get(dice.below(places.len())) else { return province.clone() };
    place.districts.get(dice.below(place.districts.len())).unwrap_or(&place.regency).clone()
}
