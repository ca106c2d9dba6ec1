//! Half years frozen: what was told stays so, signed, whatever happens later.

use super::fold::{NATION, agency_scope, region_scope};
use crate::keys::{digest, is_attested};
use crate::reference::Reference;
use crate::{App, Error, Result};
use domain::measure::{Cut, Sight, Sums, month_number};
use domain::oversight::Semester;
use domain::policy::{OfficeAction, may_at};
use domain::snapshot::{Frozen, FrozenAgency, FrozenProvince, Snapshot};
use domain::time::Zone;
use domain::{Actor, RegionCode};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};
use store::access::log_change;
use store::measure::{self, CellKey};
use store::snapshot::{self, Seal};

/// Behind every half year.
const LAST: &str = "9999-9";
/// Half years that a list shows.
const LISTED: u32 = 40;
/// How often a moment is looked for in which everything is measured.
const TRIES: u32 = 20;
/// Snapshots that are kept in memory.
const KEPT: usize = 4;

/// What comes of the wish to freeze a half year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freezing {
    Frozen,
    /// It was frozen before, and stays as it was.
    Was,
    /// Its last day is not over.
    NotOver,
    /// Nothing came in during it, nor in the half year before.
    Empty,
    /// So much was written that the figures were never all of one instant; it can be tried again.
    Restless,
}

/// Snapshots that were asked for last. They never change.
#[derive(Debug, Default)]
pub(crate) struct Thawed(RwLock<HashMap<Semester, Arc<Snapshot>>>);

type Kept = (Timestamp, Vec<(CellKey, Sums)>);

impl App {
    /// Freezes the figures of a half year that is over, as they are now.
    pub async fn freeze(&self, by: &Actor, semester: Semester) -> Result<Freezing> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        if !may_at(agencies, by, OfficeAction::FreezeSemester, agencies.national()) {
            return Err(Error::Denied);
        }
        if Zone::Wib.day(self.now()) <= semester.last() {
            return Ok(Freezing::NotOver);
        }
        if snapshot::load(&mut self.db.read().await?, &semester.name()).await?.is_some() {
            return Ok(Freezing::Was);
        }
        let Some((as_of, cells)) = self.at_rest(&reference, semester).await? else {
            return Ok(Freezing::Restless);
        };
        if cells.is_empty() {
            return Ok(Freezing::Empty);
        }
        let made =
            tokio::task::spawn_blocking(move || serde_json::to_string(&document(&reference, semester, as_of, cells)));
        let made = made.await.map_err(|error| Error::Broken(error.to_string()))?;
        let document = made.map_err(|error| Error::Broken(error.to_string()))?;
        self.keep_snapshot(by, semester, document).await
    }

    /// The cells of the half year and the one before, all of one instant; nothing where others write all the time.
    async fn at_rest(&self, reference: &Reference, semester: Semester) -> Result<Option<Kept>> {
        let scopes = scopes(reference);
        for _ in 0..TRIES {
            self.fold_all_measures().await?;
            let found = self.cells_of(scopes.clone(), semester).await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The cells, where no report waits to be measured.
    async fn cells_of(&self, scopes: Vec<String>, semester: Semester) -> Result<Option<Kept>> {
        let app = self.clone();
        let half = Cut::of(semester.first(), semester.last());
        let from = half.before().map_or(half.from, |before| before.from);
        let months = (month_number(from), month_number(half.to));
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    measure::alone(tx).await?;
                    if measure::is_behind(tx).await? {
                        return Ok(None);
                    }
                    let as_of = app.now();
                    let cells = measure::of_scopes(tx, &scopes, months).await?;
                    let seen = cells.into_iter().filter(|(key, _)| Sight::Public.sees(key.veil));
                    Ok::<Option<Kept>, Error>(Some((as_of, seen.collect())))
                })
            })
            .await
    }

    async fn keep_snapshot(&self, by: &Actor, semester: Semester, document: String) -> Result<Freezing> {
        let (signature, signer) = self.keys.attest(&document);
        let (at, log, user) = (self.now(), self.id(), by.user());
        let seal = Seal {
            semester: semester.name(),
            taken_at: at,
            taken_by: user,
            digest: digest(&document),
            signature,
            signer,
        };
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    if !snapshot::insert(tx, &seal, &document).await? {
                        return Ok(Freezing::Was);
                    }
                    let change = format!("{{\"digest\":\"{}\"}}", seal.digest);
                    log_change(tx, log, at, user, "snapshot", &seal.semester, &change).await?;
                    Ok::<Freezing, Error>(Freezing::Frozen)
                })
            })
            .await
    }

    /// Half years that were frozen, the latest first.
    pub async fn snapshots(&self) -> Result<Vec<Seal>> {
        Ok(snapshot::list(&mut self.db.read().await?, LAST, LISTED).await?)
    }

    /// The very text that was signed.
    pub async fn snapshot_document(&self, semester: Semester) -> Result<Option<String>> {
        Ok(snapshot::load(&mut self.db.read().await?, &semester.name()).await?)
    }

    /// A frozen half year.
    pub async fn snapshot(&self, semester: Semester) -> Result<Option<Arc<Snapshot>>> {
        if let Some(kept) = self.thawed.0.read().unwrap_or_else(PoisonError::into_inner).get(&semester) {
            return Ok(Some(kept.clone()));
        }
        let Some(text) = self.snapshot_document(semester).await? else { return Ok(None) };
        let read = tokio::task::spawn_blocking(move || serde_json::from_str::<Snapshot>(&text));
        let read = read.await.map_err(|error| Error::Broken(error.to_string()))?;
        let read = Arc::new(read.map_err(|error| Error::Broken(error.to_string()))?);
        let mut kept = self.thawed.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(semester, read.clone());
        Ok(Some(read))
    }

    /// Frozen half years whose text is not the one that was signed.
    pub async fn wrong_snapshots(&self) -> Result<Vec<String>> {
        let mut wrong = Vec::new();
        for seal in self.snapshots().await? {
            let text = snapshot::load(&mut self.db.read().await?, &seal.semester).await?.unwrap_or_default();
            if digest(&text) != seal.digest || !is_attested(&text, &seal.signature, &seal.signer) {
                wrong.push(seal.semester);
            }
        }
        Ok(wrong)
    }
}

/// The country, each parent agency and each province.
fn scopes(reference: &Reference) -> Vec<String> {
    let agencies = &reference.rules.agencies;
    let roots = agencies.iter().filter(|office| agencies.root_of(office.id) == office.id);
    [NATION.to_owned()]
        .into_iter()
        .chain(roots.map(|root| agency_scope(root.id)))
        .chain(reference.regions.below(None).map(|(code, _)| region_scope(code)))
        .collect()
}

fn document(reference: &Reference, semester: Semester, as_of: Timestamp, cells: Vec<(CellKey, Sums)>) -> Snapshot {
    let first = month_number(semester.first());
    let mut halves: BTreeMap<String, (Sums, u64)> = BTreeMap::new();
    for (key, sums) in &cells {
        let (now, before) = halves.entry(key.scope.clone()).or_default();
        if key.month >= first {
            now.merge(sums);
        } else {
            *before += sums.reports();
        }
    }
    let mut frozen = |scope: &str| {
        let (sums, before) = halves.remove(scope).unwrap_or_default();
        Frozen::of(sums, before, as_of)
    };
    let nation = frozen(NATION);
    let tree = &reference.rules.agencies;
    let roots = tree.iter().filter(|office| tree.root_of(office.id) == office.id);
    let agencies = roots.map(|office| FrozenAgency {
        id: office.id,
        name: office.name.clone(),
        kind: office.kind,
        region: office.region.clone(),
        frozen: frozen(&agency_scope(office.id)),
    });
    let agencies: Vec<FrozenAgency> =
        agencies.filter(|one| one.frozen.sums.reports() > 0 || one.frozen.before > 0).collect();
    let province = |(code, name): (&RegionCode, &str)| FrozenProvince {
        code: code.clone(),
        name: name.to_owned(),
        frozen: frozen(&region_scope(code)),
    };
    let provinces = reference.regions.below(None).map(province).collect();
    Snapshot::take(semester, as_of, nation, agencies, provinces)
}
