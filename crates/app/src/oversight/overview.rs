//! The overview: one line for each office that a seat supervises.

use crate::{App, Error, Result};
use domain::agency::AgencyTree;
use domain::measure::{Figure, Measure, Tally};
use domain::oversight::{Semester, is_below};
use domain::policy::{OfficeAction, may_at};
use domain::report::StageKind;
use domain::time::Zone;
use domain::{Actor, AgencyId};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use store::counter::Key;
use store::lateness::Lateness;
use store::standing::{self, Standing};

/// What stands at one office and all below it; in a look inside an office, its own desk is one line.
#[derive(Debug, Clone, PartialEq)]
pub struct OfficeRow {
    pub office: AgencyId,
    /// The line is of the office alone, without those below it.
    pub own_desk: bool,
    /// Reports by stage, without the sealed ones.
    pub tally: Tally,
    /// Of the open ones: past what is due, waiting to be verified for too long, and disposed without an answer in time.
    pub late: u64,
    pub unverified: u64,
    pub silent: u64,
    /// When the oldest open report came in.
    pub oldest: Option<Timestamp>,
    /// Open sealed reports and the late ones of them, for those who may know.
    pub sealed: Option<(u64, u64)>,
    /// Finished ÷ all of the half year that is judged, as counted last night.
    pub done: Figure,
    /// The finished share is below the threshold.
    pub below: bool,
    /// There are offices below, to look inside.
    pub has_inside: bool,
}

impl OfficeRow {
    /// Open reports, sealed ones left out.
    pub fn open(&self) -> u64 {
        StageKind::ALL.iter().filter(|stage| !stage.is_ended()).map(|stage| self.tally.of(*stage)).sum()
    }

    /// Reports that came back as "not ours" and wait to be disposed anew.
    pub fn returned(&self) -> u64 {
        self.tally.of(StageKind::Returned)
    }
}

/// By what the lines are ordered, the worst first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    Name,
    Open,
    #[default]
    Late,
    Unverified,
    Silent,
    Returned,
    Oldest,
    Done,
}

impl Order {
    /// All orders, as the columns stand.
    pub const ALL: [Order; 8] = [
        Order::Name,
        Order::Open,
        Order::Late,
        Order::Unverified,
        Order::Silent,
        Order::Returned,
        Order::Oldest,
        Order::Done,
    ];

    /// The name in an address.
    pub fn name(self) -> &'static str {
        match self {
            Order::Name => "name",
            Order::Open => "open",
            Order::Late => "late",
            Order::Unverified => "unverified",
            Order::Silent => "silent",
            Order::Returned => "returned",
            Order::Oldest => "oldest",
            Order::Done => "done",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Order> {
        Order::ALL.into_iter().find(|order| order.name() == name)
    }
}

/// All lines that a seat may see, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    pub rows: Vec<OfficeRow>,
    /// The lines added up.
    pub sum: OfficeRow,
    /// The office that is looked into.
    pub inside: Option<AgencyId>,
    /// When lateness was measured; the other figures are of now.
    pub measured: Option<Timestamp>,
    /// The half year over which the finished share is counted, and the threshold in hundredths of a percent.
    pub semester: Semester,
    pub threshold: u64,
}

/// Whether a seat has anybody to supervise.
pub(crate) fn supervises(agencies: &AgencyTree, by: &Actor) -> bool {
    by.agency().is_some_and(|seat| may_at(agencies, by, OfficeAction::SeeFigures, agencies.root_of(seat)))
        || by.agency().is_some_and(|seat| may_at(agencies, by, OfficeAction::SeeFigures, seat))
}

impl App {
    /// Whether a seat has an overview of offices.
    pub fn supervises(&self, by: &Actor) -> bool {
        supervises(&self.reference().rules.agencies, by)
    }

    /// The figures of the offices that a seat supervises, or of those inside one of them. [`Error::Denied`] for
    /// a seat without any.
    pub async fn overview(&self, by: &Actor, inside: Option<AgencyId>, order: Order) -> Result<Overview> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let seat = by.agency().filter(|_| supervises(agencies, by)).ok_or(Error::Denied)?;
        let inside = inside.or_else(|| is_small(agencies, by).then_some(seat));
        let allowed = |office: AgencyId| may_at(agencies, by, OfficeAction::SeeFigures, office);
        if inside.is_some_and(|office| agencies.get(office).is_none() || !allowed(office)) {
            return Err(Error::NotFound);
        }
        let figures = self.figures().await?;
        let (measured, lateness) = self.lateness().await?;
        let (semester, _) = Semester::judged_on(Zone::Wib.day(self.now()));
        let threshold = self.threshold().await?;
        let standings = standing::list(&mut self.db.read().await?, &semester.name()).await?;
        let mut lines = Lines::new(agencies, by, inside);
        figures.counters().iter().for_each(|(key, n)| lines.count(key, *n));
        lateness.iter().for_each(|one| lines.measure(one));
        standings.iter().for_each(|one| lines.judge(one));
        let mut rows: Vec<OfficeRow> = lines.rows.into_values().collect();
        rows.iter_mut().for_each(|row| row.below = is_below(row.done, threshold));
        let sum = sum(&rows, inside.unwrap_or(seat));
        sort(&mut rows, order, agencies);
        Ok(Overview { rows, sum, inside, measured, semester, threshold })
    }
}

/// Whether a seat sees one parent agency or less, and so looks inside at once.
fn is_small(agencies: &AgencyTree, by: &Actor) -> bool {
    let roots = agencies.iter().filter(|office| office.parent == Some(agencies.national()));
    roots.filter(|root| may_at(agencies, by, OfficeAction::SeeFigures, root.id)).nth(1).is_none()
}

/// The lines while figures are put into them.
struct Lines<'a> {
    agencies: &'a AgencyTree,
    by: &'a Actor,
    inside: Option<AgencyId>,
    rows: BTreeMap<AgencyId, OfficeRow>,
    /// The line of an office, once it was looked for.
    known: HashMap<AgencyId, Option<AgencyId>>,
}

impl<'a> Lines<'a> {
    fn new(agencies: &'a AgencyTree, by: &'a Actor, inside: Option<AgencyId>) -> Lines<'a> {
        let mut lines = Lines { agencies, by, inside, rows: BTreeMap::new(), known: HashMap::new() };
        let national = agencies.national();
        let shown = agencies.iter().filter(|office| match inside {
            Some(top) => office.id == top || office.parent == Some(top),
            None => office.id == national || office.parent == Some(national),
        });
        let allowed = shown.filter(|office| may_at(agencies, by, OfficeAction::SeeFigures, office.id));
        let ids: Vec<AgencyId> = allowed.map(|office| office.id).collect();
        for id in ids {
            lines.rows.insert(id, lines.empty(id));
        }
        lines
    }

    fn empty(&self, office: AgencyId) -> OfficeRow {
        let own_desk = self.inside == Some(office) || office == self.agencies.national();
        OfficeRow {
            office,
            own_desk,
            has_inside: !own_desk && self.agencies.children(office).next().is_some(),
            sealed: may_at(self.agencies, self.by, OfficeAction::SeeSealedFigures, office).then_some((0, 0)),
            ..blank(office)
        }
    }

    fn row(&mut self, office: AgencyId) -> Option<&mut OfficeRow> {
        let (agencies, inside, national) = (self.agencies, self.inside, self.agencies.national());
        let line = *self.known.entry(office).or_insert_with(|| match inside {
            None => Some(agencies.root_of(office)),
            Some(top) if office == top => Some(top),
            Some(top) if agencies.within(office, top) && top != national => {
                agencies.line(office).take_while(|step| *step != top).last()
            }
            Some(_) => None,
        });
        self.rows.get_mut(&line?)
    }

    fn count(&mut self, key: &Key, n: i64) {
        let n = u64::try_from(n).unwrap_or(0);
        let Some(row) = self.row(key.agency) else { return };
        match (key.sealed, &mut row.sealed) {
            (false, _) => row.tally.add(key.stage, n),
            (true, Some((open, _))) if !key.stage.is_ended() => *open += n,
            (true, _) => {}
        }
    }

    fn measure(&mut self, one: &Lateness) {
        let Some(row) = self.row(one.agency) else { return };
        if one.sealed {
            row.sealed.iter_mut().for_each(|(_, late)| *late += one.late);
            return;
        }
        row.late += one.late;
        row.oldest = Some(row.oldest.map_or(one.oldest, |known| known.min(one.oldest)));
        match one.stage {
            StageKind::Submitted => row.unverified += one.late,
            StageKind::Disposed => row.silent += one.late,
            _ => {}
        }
    }

    /// Shares are counted for parent agencies, sealed reports left out as everywhere.
    fn judge(&mut self, one: &Standing) {
        let inside = self.inside.is_some();
        let Some(row) = self.rows.get_mut(&one.root).filter(|_| !one.sealed && !inside) else { return };
        let mut tally = Tally::default();
        tally.add(one.stage, one.n);
        add(&mut row.done, tally.measure(Measure::Completion));
    }
}

fn blank(office: AgencyId) -> OfficeRow {
    OfficeRow {
        office,
        own_desk: false,
        tally: Tally::default(),
        late: 0,
        unverified: 0,
        silent: 0,
        oldest: None,
        sealed: None,
        done: Figure { numerator: 0, denominator: 0 },
        below: false,
        has_inside: false,
    }
}

fn add(to: &mut Figure, more: Figure) {
    to.numerator += more.numerator;
    to.denominator += more.denominator;
}

fn sum(rows: &[OfficeRow], office: AgencyId) -> OfficeRow {
    let mut sum = blank(office);
    for row in rows {
        StageKind::ALL.iter().for_each(|stage| sum.tally.add(*stage, row.tally.of(*stage)));
        sum.late += row.late;
        sum.unverified += row.unverified;
        sum.silent += row.silent;
        sum.oldest = [sum.oldest, row.oldest].into_iter().flatten().min();
        if let Some((open, late)) = row.sealed {
            let known = sum.sealed.unwrap_or_default();
            sum.sealed = Some((known.0 + open, known.1 + late));
        }
        add(&mut sum.done, row.done);
    }
    sum
}

/// The worst first; offices of whom nothing is known come last.
fn sort(rows: &mut [OfficeRow], order: Order, agencies: &AgencyTree) {
    let name = |row: &OfficeRow| agencies.get(row.office).map_or("", |office| office.name.as_str());
    let most = |n: u64| -i128::from(n);
    let rank = |row: &OfficeRow| match order {
        Order::Name => 0,
        Order::Open => most(row.open()),
        Order::Late => most(row.late),
        Order::Unverified => most(row.unverified),
        Order::Silent => most(row.silent),
        Order::Returned => most(row.returned()),
        Order::Oldest => row.oldest.map_or(i128::MAX, |at| i128::from(at.as_millisecond())),
        Order::Done => row.done.basis_points().map_or(i128::MAX, i128::from),
    };
    rows.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| name(one).cmp(name(other))));
}
