//! Frozen half years, for everybody.

use super::failure::Failure;
use super::lists::{Asked, given};
use super::visit::Visit;
use super::{paper, ranking};
use crate::citizen::{Certificate, Choosable, FigureRow, ProvinceRow, SHOWN, SnapshotPage, SnapshotRow, SnapshotsPage};
use crate::components::Place;
use crate::words::Moment;
use app::{Contest, Seal, keys};
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use domain::measure::{Cut, Measure, Reading};
use domain::oversight::Semester;
use domain::ranking::{League, SHARES};
use domain::snapshot::Snapshot;
use domain::time::Zone;
use domain::{AgencyId, RegionCode};
use std::sync::Arc;

pub(super) const HOME: &str = "/statistik/rekaman";

/// All of them.
pub(super) async fn list(visit: Visit) -> Result<Response, Failure> {
    let found = visit.web.app.snapshots().await.map_err(|error| Failure::of(&visit, error))?;
    visit.show(&SnapshotsPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        rows: found.iter().filter_map(row).collect(),
    })
}

/// A line of the list; nothing for a name that this program does not read.
pub(super) fn row(seal: &Seal) -> Option<SnapshotRow> {
    let semester = Semester::parse(&seal.semester)?;
    let taken = Moment::of(seal.taken_at, Zone::Wib);
    Some(SnapshotRow { name: semester.name(), year: semester.year(), half: semester.half(), taken })
}

/// A frozen half year with its seal.
pub(super) struct Thawed {
    pub snapshot: Arc<Snapshot>,
    pub seal: Seal,
    pub row: SnapshotRow,
}

pub(super) async fn find(visit: &Visit, name: &str) -> Result<Thawed, Failure> {
    let unknown = || Failure::page(visit, 404, None, None);
    let semester = Semester::parse(name).ok_or_else(unknown)?;
    let broken = |error| Failure::of(visit, error);
    let snapshot = visit.web.app.snapshot(semester).await.map_err(broken)?.ok_or_else(unknown)?;
    let seals = visit.web.app.snapshots().await.map_err(broken)?;
    let seal = seals.into_iter().find(|seal| seal.semester == semester.name()).ok_or_else(unknown)?;
    let row = row(&seal).ok_or_else(unknown)?;
    Ok(Thawed { snapshot, seal, row })
}

/// One of them.
pub(super) async fn show(visit: Visit, Path(name): Path<String>, query: Asked) -> Result<Response, Failure> {
    let Thawed { snapshot, seal, row } = find(&visit, &name).await?;
    let contest = contest(&snapshot, &query).ok_or_else(|| Failure::page(&visit, 404, None, None))?;
    let base = format!("{HOME}/{name}");
    let certificates = format!("{base}/sertifikat");
    let standings = snapshot.ranking(contest.share, contest.league, contest.province.as_ref());
    let choose = |label: String, league: League, share: Measure| Choosable {
        label,
        path: format!("{base}?league={}&share={}", league.name(), share.code()),
        is_chosen: league == contest.league && share == contest.share,
    };
    let leagues = League::ALL.into_iter().filter(|league| !snapshot.ranking(contest.share, *league, None).is_empty());
    let province = |one: &domain::snapshot::FrozenProvince| ProvinceRow {
        name: one.name.clone(),
        figures: SHOWN
            .iter()
            .filter_map(|measure| one.frozen.figure(*measure))
            .map(|reading| figure(&reading))
            .collect(),
    };
    visit.show(&SnapshotPage {
        w: visit.words,
        frame: visit.frame(Place::Statistics),
        as_of: Moment::of(snapshot.as_of, Zone::Wib),
        figures: snapshot.nation.figures.iter().map(figure).collect(),
        provinces: snapshot.provinces.iter().map(province).collect(),
        league: contest.league.name(),
        share: contest.share,
        leagues: leagues.map(|league| choose(visit.words.of("league", league.name()), league, contest.share)).collect(),
        shares: SHARES.map(|share| choose(visit.words.of("measure", share.code()), contest.league, share)).to_vec(),
        bands: ranking::tables(&visit.web.app.reference(), &contest, (&name, Some(&certificates)), standings),
        semester: row,
        digest: seal.digest,
        signature: seal.signature,
        signer: seal.signer,
    })
}

fn contest(snapshot: &Snapshot, query: &Asked) -> Option<Contest> {
    let semester = snapshot.semester;
    let (league, share) = (ranking::league(query, League::Provinces)?, ranking::share(query)?);
    let province = match given(query, "province") {
        Some(code) => Some(RegionCode::parse(code)?),
        None => None,
    };
    let cut = Cut::of(semester.first(), semester.last());
    Some(Contest { share, league, cut, province, as_of: Some(snapshot.as_of) })
}

/// A figure whose reports are not listed: they have moved on.
fn figure(reading: &Reading) -> FigureRow {
    FigureRow::of(reading, String::new())
}

/// The very text that was signed.
pub(super) async fn document(visit: Visit, Path(name): Path<String>) -> Result<Response, Failure> {
    let Thawed { snapshot, .. } = find(&visit, &name).await?;
    let text = visit.web.app.snapshot_document(snapshot.semester).await.map_err(|error| Failure::of(&visit, error))?;
    Ok(file("application/json", &format!("rekaman-{name}.json"), text.unwrap_or_default().into_bytes()))
}

/// Its signature: 64 bytes.
pub(super) async fn signature(visit: Visit, Path(name): Path<String>) -> Result<Response, Failure> {
    let Thawed { seal, .. } = find(&visit, &name).await?;
    let bytes = keys::unhex::<64>(&seal.signature).unwrap_or([0; 64]);
    Ok(file("application/octet-stream", &format!("rekaman-{name}.sig"), bytes.to_vec()))
}

/// The public key that the signature fits.
pub(super) async fn key(visit: Visit, Path(name): Path<String>) -> Result<Response, Failure> {
    let Thawed { seal, .. } = find(&visit, &name).await?;
    Ok(file("application/x-pem-file", &format!("kunci-{name}.pem"), pem(&seal.signer).into_bytes()))
}

/// A public key, given in hexadecimal, as other programs read it.
pub(super) fn pem(signer: &str) -> String {
    const ED25519: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let key = keys::unhex::<32>(signer).unwrap_or([0; 32]);
    let encoded = base64::engine::general_purpose::STANDARD.encode([&ED25519[..], &key].concat());
    format!("-----BEGIN PUBLIC KEY-----\n{encoded}\n-----END PUBLIC KEY-----\n")
}

/// The certificate of an office with a place.
pub(super) async fn certificate(
    visit: Visit,
    Path((name, office)): Path<(String, String)>,
    query: Asked,
) -> Result<Response, Failure> {
    let unknown = || Failure::page(&visit, 404, None, None);
    let Thawed { snapshot, seal, row } = find(&visit, &name).await?;
    let contest = contest(&snapshot, &query).ok_or_else(unknown)?;
    let office = office.strip_suffix(".pdf").and_then(|id| id.parse().ok()).map(AgencyId).ok_or_else(unknown)?;
    let standings = snapshot.ranking(contest.share, contest.league, contest.province.as_ref());
    let standing = standings.iter().find(|one| one.office == office && one.rank.is_some()).ok_or_else(unknown)?;
    let document = Certificate {
        w: visit.words,
        semester: row,
        office: snapshot.agency(office).map_or_else(String::new, |one| one.name.clone()),
        league: visit.words.of("league", contest.league.name()),
        share: contest.share,
        peers: standings.iter().filter(|one| one.band == standing.band).count(),
        standing: standing.clone(),
        as_of: Zone::Wib.day(snapshot.as_of),
        digest: seal.digest,
        address: format!("{}{HOME}/{name}", visit.web.base_url),
    };
    paper::paper(&visit, &format!("sertifikat-{name}-{office}.pdf"), document.document()).await
}

pub(super) fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
