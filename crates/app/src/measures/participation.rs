//! How much people use the system where they live, and which agencies are in it: from cells and counters, never from reports.

use super::Buckets;
use super::fold::{agency_scope, region_scope};
use super::read::Grouping;
use crate::reference::Reference;
use crate::{App, Result};
use domain::agency::{Agency, AgencyKind};
use domain::measure::{Cut, Figure, Group, Measure, Sight, Sums, month_number};
use domain::participation::{Connectedness, Island, Known, Population, Silence, has_duty, known_in, shares, silence};
use domain::time::Zone;
use domain::{AgencyId, RegionCode};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::{arrival, measure, population, seat};

/// Reports of some place, beside the people who live there.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceUse {
    pub reports: u64,
    /// Of all reports whose place is known, in hundredths of a percent; nothing where there are none.
    pub share: Option<u64>,
    /// Its inhabitants, where all of them are known.
    pub people: Option<Known>,
}

/// An agency that has to take part.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    pub agency: AgencyId,
    pub kind: AgencyKind,
    pub name: String,
    pub seen: Connectedness,
    /// Reports of the period.
    pub reports: u64,
    /// How a connected one is silent.
    pub silence: Option<Silence>,
}

/// The use of the system over a period, in the country or in a province.
#[derive(Debug, Clone, PartialEq)]
pub struct Participation {
    /// What happened later is not counted.
    pub as_of: Timestamp,
    pub whole: PlaceUse,
    /// Reports that name no place inside.
    pub nowhere: u64,
    /// From west to east; of the country only.
    pub islands: Vec<(Island, PlaceUse)>,
    /// Provinces, or the regencies and cities of the province.
    pub places: Vec<(RegionCode, PlaceUse)>,
    /// Agencies that have to take part; of a province its government and those of its regencies and cities.
    pub participants: Vec<Participant>,
}

impl Participation {
    /// How many of the agencies of some kinds are connected: 8 of 10.
    pub fn connected(&self, of: impl Fn(AgencyKind) -> bool) -> Figure {
        let all = self.participants.iter().filter(|one| of(one.kind));
        let connected = all.clone().filter(|one| one.seen.is_connected()).count();
        Figure { numerator: connected as u64, denominator: all.count() as u64 }
    }
}

impl App {
    /// The use of the system over a period of whole months, in the country or in a province, as everybody may know it:
    /// sealed reports are left out.
    pub async fn participation(&self, days: (Date, Date), province: Option<&RegionCode>) -> Result<Participation> {
        let reference = self.reference();
        let as_of = self.measured_until().await?;
        let cut = Cut { region: province.cloned(), ..Cut::of(days.0, days.1) };
        let places = self.reports_by_place(&reference, &cut).await?;
        let all = self.buckets(&cut, None, Sight::Public, &[Grouping { group: None, of_stages: true }]).await?;
        let reports: u64 = all.into_iter().flatten().flat_map(Buckets::into_values).map(|sums| sums.reports()).sum();
        let mut tx = self.db.read().await?;
        let mut people = population::inside(&mut tx, None).await?;
        if province.is_some() {
            people.extend(population::inside(&mut tx, province).await?);
        }
        drop(tx);
        let year = days.1.year();
        let located: u64 = places.iter().map(|(_, n)| n).sum();
        let islands = if province.is_none() { islands(&places, &people, year) } else { Vec::new() };
        Ok(Participation {
            as_of,
            whole: PlaceUse { reports, share: None, people: people_of(&people, province, &places, year) },
            nowhere: reports.saturating_sub(located),
            islands,
            participants: self.participants(&reference, days, province).await?,
            places: shared(places, |code| known_in(&people, std::slice::from_ref(code), year)),
        })
    }

    /// Reports of the provinces by their cells, or of the regencies and cities of one by the counters of their days.
    async fn reports_by_place(&self, reference: &Reference, cut: &Cut) -> Result<Vec<(RegionCode, u64)>> {
        let inside: Vec<RegionCode> =
            reference.regions.below(cut.region.as_ref()).map(|(code, _)| code.clone()).collect();
        let counted: BTreeMap<String, u64> = match cut.region {
            None => {
                let grouping = Grouping { group: Some(Group::Region), of_stages: true };
                let found = self.buckets(cut, None, Sight::Public, &[grouping]).await?;
                found.into_iter().flatten().flatten().map(|(key, sums)| (key, sums.reports())).collect()
            }
            Some(_) => {
                let scopes: Vec<String> = inside.iter().map(region_scope).collect();
                let sums = arrival::sums(&mut self.db.read().await?, &scopes, (cut.from, cut.to)).await?;
                inside
                    .iter()
                    .map(|code| (code.to_string(), sums.get(&region_scope(code)).copied().unwrap_or(0)))
                    .collect()
            }
        };
        Ok(inside.into_iter().map(|code| (code.clone(), counted.get(code.as_str()).copied().unwrap_or(0))).collect())
    }

    /// The agencies that have to take part, with what they did over a period.
    async fn participants(
        &self,
        reference: &Reference,
        (from, to): (Date, Date),
        province: Option<&RegionCode>,
    ) -> Result<Vec<Participant>> {
        let bound: Vec<&Agency> = self.bound_to_take_part(reference, province).collect();
        let ids: Vec<AgencyId> = bound.iter().map(|agency| agency.id).collect();
        let seen = self.connectedness(reference, &ids).await?;
        let scopes: Vec<String> = ids.iter().map(|id| agency_scope(*id)).collect();
        let months = (month_number(from), month_number(to));
        let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
        for (key, cell) in measure::of_scopes(&mut self.db.read().await?, &scopes, months).await? {
            if Sight::Public.sees(key.veil) {
                sums.entry(key.scope).or_default().merge(&cell);
            }
        }
        let today = Zone::Wib.day(self.now());
        let participant = |agency: &Agency| {
            let seen = seen.get(&agency.id).copied().unwrap_or_default();
            let sums = sums.remove(&agency_scope(agency.id)).unwrap_or_default();
            let archived = sums.stages(|stage| stage.simple() == "archived");
            let followed_up = u64::try_from(Measure::FollowUp.read(&sums, None, today).numerator).unwrap_or(0);
            let reports = sums.reports();
            let silence = silence(reports.saturating_sub(archived), archived, followed_up);
            Participant {
                agency: agency.id,
                kind: agency.kind,
                name: agency.name.clone(),
                seen,
                reports,
                silence: silence.filter(|_| seen.is_connected()),
            }
        };
        Ok(bound.into_iter().map(participant).collect())
    }

    /// The agencies that have to take part today; of a province its government and those of its regencies and cities.
    pub(crate) fn bound_to_take_part<'r>(
        &self,
        reference: &'r Reference,
        province: Option<&RegionCode>,
    ) -> impl Iterator<Item = &'r Agency> {
        let today = Zone::Wib.day(self.now());
        let province = province.cloned();
        let local = |kind: AgencyKind| matches!(kind, AgencyKind::Province | AgencyKind::Regency | AgencyKind::City);
        reference.rules.agencies.iter().filter(move |agency| {
            let inside = |province: &RegionCode| {
                local(agency.kind) && agency.region.as_ref().is_some_and(|code| code.province() == *province)
            };
            has_duty(agency.kind) && agency.is_active(today) && province.as_ref().is_none_or(inside)
        })
    }

    /// What one sees of whether some parent agencies are in. An admin at the office that runs an agency's complaints for it
    /// (Diskominfo) is its admin.
    pub(crate) async fn connectedness(
        &self,
        reference: &Reference,
        roots: &[AgencyId],
    ) -> Result<BTreeMap<AgencyId, Connectedness>> {
        let agencies = &reference.rules.agencies;
        let offices: Vec<AgencyId> = roots.iter().flat_map(|root| [*root, agencies.main_admin_of(*root)]).collect();
        let scopes: Vec<String> = roots.iter().map(|root| agency_scope(*root)).collect();
        let mut tx = self.db.read().await?;
        let administered = seat::administered(&mut tx, &offices, self.now()).await?;
        let first = arrival::first(&mut tx, &scopes).await?;
        let one = |root: &AgencyId| {
            let has_admin = administered.contains(root) || administered.contains(&agencies.main_admin_of(*root));
            (*root, Connectedness { has_admin, first_report: first.get(&agency_scope(*root)).copied() })
        };
        Ok(roots.iter().map(one).collect())
    }

    /// Those of some parent agencies that have followed up a report that everybody may know of, whenever it came.
    pub(crate) async fn followed_up(&self, roots: &[AgencyId]) -> Result<Vec<AgencyId>> {
        let scopes: Vec<String> = roots.iter().map(|root| agency_scope(*root)).collect();
        let until = month_number(Zone::Wit.day(self.now()));
        let cells = measure::of_scopes(&mut self.db.read().await?, &scopes, (0, until)).await?;
        let has = |root: &&AgencyId| {
            let own = cells.iter().filter(|(key, _)| key.scope == agency_scope(**root) && Sight::Public.sees(key.veil));
            own.into_iter().any(|(_, sums)| sums.stages(|stage| matches!(stage.simple(), "done" | "process")) > 0)
        };
        Ok(roots.iter().filter(has).copied().collect())
    }

    /// Reports of a region, or of a parent agency, in each of some stretches of days.
    pub(crate) async fn arrived<const N: usize>(
        &self,
        of: Arrived<'_>,
        stretches: [(Date, Date); N],
    ) -> Result<[u64; N]> {
        let scope = match of {
            Arrived::In(region) => region_scope(region),
            Arrived::At(root) => agency_scope(root),
        };
        let mut tx = self.db.read().await?;
        let mut counted = [0; N];
        for (n, days) in stretches.into_iter().enumerate() {
            let sums = arrival::sums(&mut tx, std::slice::from_ref(&scope), days).await?;
            counted[n] = sums.get(&scope).copied().unwrap_or(0);
        }
        Ok(counted)
    }
}

/// Whose reports are counted by days.
pub(crate) enum Arrived<'a> {
    /// Those of a province, a regency or a city.
    In(&'a RegionCode),
    /// Those of a parent agency.
    At(AgencyId),
}

fn islands(places: &[(RegionCode, u64)], people: &[Population], year: i16) -> Vec<(Island, PlaceUse)> {
    let on = |island: Island| places.iter().filter(move |(code, _)| Island::of(code) == Some(island));
    let counted = Island::ALL.map(|island| (island, on(island).map(|(_, n)| n).sum::<u64>()));
    shared(counted.to_vec(), |island| {
        let provinces: Vec<RegionCode> = on(*island).map(|(code, _)| code.clone()).collect();
        known_in(people, &provinces, year)
    })
}

/// Counts with their shares of all of them, and with the people there.
fn shared<K>(counted: Vec<(K, u64)>, people: impl Fn(&K) -> Option<Known>) -> Vec<(K, PlaceUse)> {
    let told = shares(&counted.iter().map(|(_, n)| *n).collect::<Vec<_>>());
    let share = |n: usize| told.as_ref().and_then(|told| told.get(n).copied());
    let one = |(n, (key, reports)): (usize, (K, u64))| {
        let people = people(&key);
        (key, PlaceUse { reports, share: share(n), people })
    };
    counted.into_iter().enumerate().map(one).collect()
}

/// The people of the province or the country: by its own number, or by those of all regions inside.
fn people_of(
    people: &[Population],
    province: Option<&RegionCode>,
    places: &[(RegionCode, u64)],
    year: i16,
) -> Option<Known> {
    let own = province.cloned().unwrap_or_else(RegionCode::nation);
    let inside: Vec<RegionCode> = places.iter().map(|(code, _)| code.clone()).collect();
    known_in(people, &[own], year).or_else(|| known_in(people, &inside, year))
}
