//! Figures that anyone can recompute: named measures over a selection of reports, now or as of any past instant.

mod award;
mod check;
mod contest;
mod fold;
mod freeze;
mod list;
mod participation;
mod past;
mod read;

pub use award::Judged;
pub use check::WrongMeasure;
pub use contest::{Compared, Contest, Ranking};
pub use fold::MeasuredRound;
pub use freeze::Freezing;
pub(crate) use freeze::Thawed;
pub use list::{Counted, CountedPage, FigureList, ListPlace};
pub(crate) use participation::Arrived;
pub use participation::{Participant, Participation, PlaceUse};

use crate::reference::Reference;
use crate::{App, Result};
use domain::measure::{Cut, Group, Measure, Reading, Sight, Sums};
use domain::policy::sight;
use domain::report::{Channel, Class, StageKind};
use domain::time::Zone;
use domain::{Actor, AgencyId, CategoryId, RegionCode};
use fold::UNTIL;
use jiff::Timestamp;
use jiff::civil::Date;
pub(crate) use read::Grouping;
use std::collections::BTreeMap;
use store::{Tx, measure, reference};

/// Groups that one answer tells at most.
pub const MOST_GROUPS: u32 = 120;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub measures: Vec<Measure>,
    pub cut: Cut,
    /// An instant of the past; now where it is absent.
    pub as_of: Option<Timestamp>,
    pub group: Option<Group>,
    /// Groups that are passed over, and told.
    pub skip: u32,
    pub limit: u32,
}

/// The figures of one group, or of all that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupRow {
    /// What tells the group apart: a stretch of time, an id, a code or a name; nothing without groups, or where a report has no
    /// category.
    pub key: String,
    /// The reports that are counted.
    pub cut: Cut,
    pub readings: Vec<Reading>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// What happened later is not counted.
    pub as_of: Timestamp,
    pub rows: Vec<GroupRow>,
    /// Whether there are groups behind these.
    pub more: bool,
}

/// What comes of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Measured {
    Told(Measures),
    /// More reports would have to be looked at than one question may; a narrower one can be answered.
    TooWide {
        most: u32,
    },
}

impl Question {
    fn grouping(&self) -> Grouping {
        let of_stages = self.measures.iter().all(|measure| measure.stages().is_some() || *measure == Measure::Growth);
        Grouping { group: self.group, of_stages }
    }
}

/// Reads the measures of a question from sums.
fn tell(
    reference: &Reference,
    question: &Question,
    (as_of, today): (Timestamp, Date),
    now: &Buckets,
    before: Option<&Buckets>,
) -> Measures {
    let mut rows: Vec<(u64, GroupRow)> = Vec::new();
    for (key, sums) in now {
        let earlier = before.map(|before| before.get(key).map_or(0, Sums::reports));
        let readings = question.measures.iter().map(|measure| measure.read(sums, earlier, today));
        let cut = narrowed(reference, &question.cut, question.group, key);
        rows.push((sums.reports(), GroupRow { key: key.clone(), cut, readings: readings.collect() }));
    }
    if !matches!(question.group, Some(Group::Time(_))) {
        rows.sort_by(|(many, one), (few, other)| few.cmp(many).then_with(|| one.key.cmp(&other.key)));
    }
    let limit = question.limit.clamp(1, MOST_GROUPS) as usize;
    let mut rows: Vec<GroupRow> =
        rows.into_iter().map(|(_, row)| row).skip(question.skip as usize).take(limit + 1).collect();
    let more = rows.len() > limit;
    rows.truncate(limit);
    Measures { as_of, rows, more }
}

/// Sums by the key of their group.
pub(crate) type Buckets = BTreeMap<String, Sums>;

impl App {
    /// Answers a question, for the eyes of whoever asks.
    pub async fn measures(&self, by: &Actor, question: &Question) -> Result<Measured> {
        let told = self.measures_of(by, std::slice::from_ref(question)).await?;
        let told = told.and_then(|mut all| all.pop());
        Ok(told.map_or(Measured::TooWide { most: most(question.as_of) }, Measured::Told))
    }

    /// Answers several questions about the same reports as of the same instant, those of the first; they are read once.
    /// `None` where more reports would have to be looked at than one question may.
    pub async fn measures_of(&self, by: &Actor, questions: &[Question]) -> Result<Option<Vec<Measures>>> {
        let Some(Question { cut, as_of: past, .. }) = questions.first() else { return Ok(Some(Vec::new())) };
        let reference = self.reference();
        let sight = sight(&reference.rules.agencies, by, cut.office);
        let as_of = match past {
            Some(past) => (*past).min(self.now()),
            None => self.measured_until().await?,
        };
        let today = Zone::Wib.day(as_of);
        let groupings: Vec<Grouping> = questions.iter().map(Question::grouping).collect();
        let Some(now) = self.buckets(cut, *past, sight, &groupings).await? else { return Ok(None) };
        let grows = |question: &&Question| {
            let of_time = matches!(question.group, Some(Group::Time(_)));
            question.measures.contains(&Measure::Growth) && !of_time && cut.to < today
        };
        let growing: Vec<Grouping> = questions.iter().filter(grows).map(Question::grouping).collect();
        let before = match cut.before().filter(|_| !growing.is_empty()) {
            Some(cut) => self.buckets(&cut, *past, sight, &growing).await?,
            None => None,
        };
        let mut before = before.into_iter().flatten();
        let answer = |(question, now): (&Question, &Buckets)| {
            let earlier = if grows(&question) { before.next() } else { None };
            tell(&reference, question, (as_of, today), now, earlier.as_ref())
        };
        Ok(Some(questions.iter().zip(&now).map(answer).collect()))
    }

    pub(crate) async fn buckets(
        &self,
        cut: &Cut,
        as_of: Option<Timestamp>,
        sight: Sight,
        groupings: &[Grouping],
    ) -> Result<Option<Vec<Buckets>>> {
        let mut found = match as_of {
            Some(past) => self.of_past(cut, groupings, sight, past).await?,
            None => self.of_now(cut, groupings, sight).await?,
        };
        for (buckets, grouping) in found.iter_mut().flatten().zip(groupings) {
            if grouping.group.is_none() {
                buckets.entry(String::new()).or_default();
            }
        }
        Ok(found)
    }

    /// The instant up to which everything is counted: now, unless reports wait to be measured.
    pub async fn measured_until(&self) -> Result<Timestamp> {
        until(&mut self.db.read().await?, self.now()).await
    }
}

async fn until(tx: &mut Tx, now: Timestamp) -> Result<Timestamp> {
    if !measure::is_behind(tx).await? {
        return Ok(now);
    }
    let kept = reference::setting(tx, UNTIL).await?;
    let kept = kept.and_then(|millis| millis.parse().ok()).and_then(|millis| Timestamp::from_millisecond(millis).ok());
    Ok(kept.unwrap_or(Timestamp::UNIX_EPOCH).min(now))
}

/// Reports that may be looked at for a question.
fn most(as_of: Option<Timestamp>) -> u32 {
    if as_of.is_some() { past::MOST } else { read::MOST }
}

/// The reports of one group.
fn narrowed(reference: &Reference, cut: &Cut, group: Option<Group>, key: &str) -> Cut {
    let cut = cut.clone();
    match group {
        None => cut,
        Some(Group::Time(period)) => {
            let (first, last) = period.days(key).unwrap_or((cut.from, cut.to));
            Cut { from: first.max(cut.from), to: last.min(cut.to), ..cut }
        }
        Some(Group::Agency) => Cut { office: key.parse().ok().map(AgencyId).or(cut.office), ..cut },
        Some(Group::Region) => Cut { region: RegionCode::parse(key).or(cut.region), ..cut },
        Some(Group::Category) => {
            let known = key.parse().ok().map(CategoryId).filter(|id| reference.categories.get(*id).is_some());
            Cut { category: known.or(cut.category), ..cut }
        }
        Some(Group::Class) => Cut { class: Class::parse(key).or(cut.class), ..cut },
        Some(Group::Channel) => Cut { channel: Channel::parse(key).or(cut.channel), ..cut },
        Some(Group::Stage) => Cut { stage: StageKind::parse(key).or(cut.stage), ..cut },
    }
}
