//! Keeps facts and cells in step with the reports: a lane of its own, so that no command waits for it.

use crate::reference::Reference;
use crate::{App, Error, Result};
use domain::agency::AgencyTree;
use domain::measure::{Fact, Side, Sums, Veil, fact, month_number};
use domain::{AgencyId, RegionCode, ReportId};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use store::arrival::{self, Arrivals};
use store::measure::{self, CellKey};
use store::{Audience, Tx, reference};

/// Reports that are measured at once.
const AT_ONCE: u32 = 250;
/// Where the instant is kept up to which everything was measured.
pub(super) const UNTIL: &str = "measured_until";

/// The scope of the whole country's cells.
pub(super) const NATION: &str = "nation";

pub(super) fn agency_scope(root: AgencyId) -> String {
    format!("agency/{root}")
}

/// Of a province; in the counters of single days of a regency or city as well.
pub(super) fn region_scope(region: &RegionCode) -> String {
    format!("region/{region}")
}

/// Cells in the making.
pub(super) type Cells = BTreeMap<CellKey, Sums>;

/// Whether the reports of an office and of those below it are added up apart: of parent agencies, and of governments below one.
pub(super) fn is_added_up(agencies: &AgencyTree, office: AgencyId) -> bool {
    agencies.root_of(office) == office || agencies.is_government(office)
}

/// Adds a fact to every cell that counts it, or takes it away with -1.
pub(super) fn spread(agencies: &AgencyTree, cells: &mut Cells, fact: &Fact, n: i64) {
    let mut add = |scope: String, side: Side| {
        let key = CellKey { scope, month: month_number(fact.day), veil: fact.veil };
        cells.entry(key).or_default().add(fact, side, n);
    };
    for (side, (office, root)) in [(Side::Held, (fact.holder, fact.root)), (Side::Answerable, fact.answerable)] {
        add(NATION.to_owned(), side);
        add(agency_scope(root), side);
        add(region_scope(&fact.region.province()), side);
        for inner in agencies.line(office).filter(|inner| *inner != root && agencies.is_government(*inner)) {
            add(agency_scope(inner), side);
        }
    }
    for office in fact.passed_on.iter().filter(|office| is_added_up(agencies, **office)) {
        add(agency_scope(*office), Side::PassedOn);
    }
}

/// Counts a fact on its day, or takes it away with -1: at its agency, in its province and in its regency or city.
pub(super) fn arrive(arrivals: &mut Arrivals, fact: &Fact, n: i64) {
    if fact.veil != Veil::None {
        return;
    }
    let regency = fact.region.regency().map(|regency| region_scope(&regency));
    let scopes = [agency_scope(fact.root), region_scope(&fact.region.province())];
    for scope in scopes.into_iter().chain(regency) {
        *arrivals.entry((scope, fact.day)).or_default() += n;
    }
}

/// What one round of measuring did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MeasuredRound {
    pub measured: usize,
}

impl MeasuredRound {
    /// Whether there may be more to measure at once.
    pub fn is_full(self) -> bool {
        self.measured >= AT_ONCE as usize
    }
}

impl App {
    /// Measures the next reports that have changed since they were measured last. With none, the figures are of now.
    pub async fn fold_measures(&self) -> Result<MeasuredRound> {
        let began = self.now();
        let mut tx = self.db.read().await?;
        let changed = measure::list_unmeasured(&mut tx, ReportId(i64::MIN), AT_ONCE).await?;
        let (Some(first), Some(last)) = (changed.first(), changed.last()) else {
            return Ok(MeasuredRound::default());
        };
        let span = (first.0, last.0);
        let ids: Vec<ReportId> = changed.iter().map(|(id, _)| *id).collect();
        let logs = measure::logs(&mut tx, &ids).await?;
        drop(tx);
        let reference = self.reference();
        let rules = reference.clone();
        let made = tokio::task::spawn_blocking(move || {
            let facts = logs.into_iter().filter_map(|(id, log)| fact(&rules.rules, id, &log));
            facts.map(|fact| (fact.report, fact)).collect::<HashMap<ReportId, Fact>>()
        });
        let facts = made.await.map_err(|error| Error::Broken(error.to_string()))?;
        let until = (changed.len() < AT_ONCE as usize).then_some(began);
        let count = changed.len();
        self.db
            .write_for(Audience::Nobody, move |tx| {
                Box::pin(async move { fold(tx, &reference, span, (&changed, facts), until).await })
            })
            .await?;
        Ok(MeasuredRound { measured: count })
    }

    /// Measures until there is nothing to measure: after many reports were written at once.
    pub async fn fold_all_measures(&self) -> Result<()> {
        while self.fold_measures().await?.measured > 0 {}
        Ok(())
    }
}

async fn fold(
    tx: &mut Tx,
    reference: &Reference,
    span: (ReportId, ReportId),
    (changed, mut facts): (&[(ReportId, u32)], HashMap<ReportId, Fact>),
    until: Option<Timestamp>,
) -> Result<()> {
    measure::alone(tx).await?;
    let claimed = measure::claim(tx, span).await?;
    let done: Vec<(ReportId, u32)> = claimed.into_iter().filter(|one| changed.contains(one)).collect();
    let ids: Vec<ReportId> = done.iter().map(|(id, _)| *id).collect();
    let agencies = &reference.rules.agencies;
    let (mut delta, mut arrivals) = (Cells::new(), Arrivals::new());
    let mut fresh = Vec::new();
    let mut old: HashMap<ReportId, Fact> =
        measure::facts(tx, &ids).await?.into_iter().map(|fact| (fact.report, fact)).collect();
    for id in &ids {
        let (was, now) = (old.remove(id), facts.remove(id));
        if now.is_none() {
            tracing::error!(report = %id, "a log does not begin with a submission, and is not measured");
        }
        let Some(now) = now.filter(|now| was.as_ref() != Some(now)) else { continue };
        was.iter().for_each(|was| spread(agencies, &mut delta, was, -1));
        was.iter().for_each(|was| arrive(&mut arrivals, was, -1));
        spread(agencies, &mut delta, &now, 1);
        arrive(&mut arrivals, &now, 1);
        fresh.push(now);
    }
    if !fresh.is_empty() {
        let mut cells = measure::cells(tx, delta.keys()).await?;
        for (key, change) in delta {
            cells.entry(key).or_default().merge(&change);
        }
        measure::put_facts(tx, &fresh).await?;
        measure::put_cells(tx, &cells).await?;
        arrival::shift(tx, &arrivals).await?;
    }
    measure::measured(tx, &done).await?;
    if let Some(until) = until.filter(|_| done.len() == changed.len()) {
        reference::put_setting(tx, UNTIL, &until.as_millisecond().to_string()).await?;
    }
    Ok(())
}
