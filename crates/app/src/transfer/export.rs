//! The same 26 columns out, up to and with today.

use super::label::{channel_label, class_label, privacy_label, reason_text, status_label};
use super::remainder::Remainder;
use crate::access::Protected;
use crate::{App, Error, Result};
use channel::sp4n::{COLUMNS, CsvWriter, Row as Line, SheetWriter, WriteError};
use domain::policy::{Action, may};
use domain::region::RegionLevel;
use domain::report::{Event, Open, Stage};
use domain::{Actor, AgencyId, RegionCode, Report, ReportId, Role};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use store::access::log_change;
use store::event::Logged;
use store::report::Row;
use store::words::Words;
use store::{Tx, event, report, reporter, words};

/// Reports that are read before the reader lets others in.
const BATCH: u32 = 200;

/// What an export wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exported {
    pub rows: u64,
    /// Rows whose text is left out because it is secret.
    pub masked: u64,
}

/// Writes all reports that an actor may export, the oldest first: XLSX by the path's ending, CSV otherwise.
///
/// The national admin and the operator of the machine export everything, a supervisor what is not sealed,
/// the admin of an agency what that agency holds. Names of anonymous reporters are left out for everybody,
/// the words of secret and supervisory reports for everybody but the first two. Every export is recorded,
/// and every protected thing in it as well. [`Error::Denied`] for all others.
pub async fn export(app: &App, by: &Actor, path: &Path, mut progress: impl FnMut(u64)) -> Result<Exported> {
    let role = by.role();
    let may_export =
        *by == Actor::System || matches!(role, Some(Role::NationalAdmin | Role::AgencyAdmin | Role::Supervisor));
    if !may_export {
        return Err(Error::Denied);
    }
    app.note_export(by).await?;
    let mut target = Target::open(path)?;
    let mut done = Exported::default();
    let mut after = ReportId(0);
    loop {
        let ids = report::list_ids(&mut app.db().read().await?, after, BATCH).await?;
        let Some(last) = ids.last() else { break };
        after = *last;
        for id in &ids {
            let Some((line, masked)) = app.line(by, *id).await? else { continue };
            target.push(&line)?;
            done.rows += 1;
            done.masked += u64::from(masked);
        }
        progress(ids.len() as u64);
    }
    target.finish(path)?;
    Ok(done)
}

enum Target {
    Csv(Box<CsvWriter<BufWriter<File>>>),
    Sheet(Box<SheetWriter>),
}

impl Target {
    fn open(path: &Path) -> Result<Target> {
        let sheet = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        Ok(match sheet {
            true => Target::Sheet(Box::new(SheetWriter::new()?)),
            false => Target::Csv(Box::new(CsvWriter::new(BufWriter::new(File::create(path)?))?)),
        })
    }

    fn push(&mut self, line: &Line) -> Result<()> {
        match self {
            Target::Csv(writer) => writer.push(line)?,
            Target::Sheet(writer) => writer.push(line)?,
        }
        Ok(())
    }

    fn finish(self, path: &Path) -> Result<()> {
        match self {
            Target::Csv(writer) => writer.finish()?,
            Target::Sheet(writer) => writer.save(path)?,
        }
        Ok(())
    }
}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Error {
        Error::Broken(error.to_string())
    }
}

/// A report with what the file tells of it.
struct Told {
    row: Row,
    log: Vec<Logged>,
    words: Vec<(u32, Words)>,
    name: String,
}

impl App {
    async fn note_export(&self, by: &Actor) -> Result<()> {
        let (id, at) = (self.id(), self.now());
        let user = match by {
            Actor::Officer { user, .. } => Some(*user),
            _ => None,
        };
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    Ok::<(), Error>(log_change(tx, id, at, user, "export", "", "{\"format\":\"sp4n\"}").await?)
                })
            })
            .await
    }

    /// One line and whether its words are left out; none for a report that is not this actor's to export.
    async fn line(&self, by: &Actor, id: ReportId) -> Result<Option<(Line, bool)>> {
        let reference = self.reference();
        let agencies = &reference.rules.agencies;
        let mut tx = self.db().read().await?;
        let Some(row) = report::load(&mut tx, id).await? else { return Ok(None) };
        let own = match by {
            Actor::Officer { role: Role::AgencyAdmin, agency, .. } => agencies.within(row.report.holder, *agency),
            _ => true,
        };
        if !own || !may(agencies, by, Action::Read, &row.report) {
            return Ok(None);
        }
        let told = self.told(&mut tx, row, by).await?;
        drop(tx);
        let open = *by == Actor::System || by.role() == Some(Role::NationalAdmin);
        let masked = told.row.report.is_sealed() && !open;
        let looks = [
            (told.row.report.is_sealed() && !masked).then_some(Protected::Sealed),
            (!told.name.is_empty()).then_some(Protected::Name),
        ];
        self.note_access(&told.row.report, by, &looks.into_iter().flatten().collect::<Vec<_>>()).await?;
        Ok(Some((self.cells(&told, by, masked), masked)))
    }

    async fn told(&self, tx: &mut Tx, row: Row, by: &Actor) -> Result<Told> {
        let agencies = &self.reference().rules.agencies;
        let named = !row.report.anonymous && (*by == Actor::System || may(agencies, by, Action::ReadName, &row.report));
        let known = if named { reporter::load(tx, row.report.id).await? } else { None };
        Ok(Told {
            log: event::list(tx, row.report.id).await?,
            words: words::list(tx, row.report.id).await?,
            name: known.and_then(|known| known.name).unwrap_or_default(),
            row,
        })
    }

    fn cells(&self, told: &Told, by: &Actor, masked: bool) -> Line {
        let reference = self.reference();
        let report = &told.row.report;
        let notes = *by == Actor::System || may(&reference.rules.agencies, by, Action::ReadNotes, report);
        let kept = if notes && !masked { told.remainder() } else { Remainder::default() };
        let kept_text = |column: usize| kept.get(COLUMNS[column]).unwrap_or_default().to_owned();
        let or_kept = |column: usize, own: String| kept.get(COLUMNS[column]).map_or(own, str::to_owned);
        let shown = |text: Option<String>| text.filter(|_| !masked).unwrap_or_default();
        let first = told.words_at(1);
        let present = told.words_at(told.row.words_seq);
        let office_name =
            |id: Option<AgencyId>| id.and_then(|id| reference.rules.agencies.get(id)).map(|office| office.name.clone());
        let office = told.office(reference.rules.agencies.national());
        let local = report.zone.offset().to_datetime(report.clocks.received);
        let category = report.category.and_then(|id| reference.categories.get(id));
        let [province, regency, district, village] =
            self.names_of(&report.region, first.and_then(|w| w.place.as_deref()));
        Line {
            tracking_id: told.row.external_ref.clone().unwrap_or_else(|| told.row.code.to_string()),
            received_on: Some(local.date()),
            received_at: Some(local.time()),
            reporter_name: told.name.clone(),
            class: or_kept(4, class_label(report.class, report.supervisory).to_owned()),
            category_id: category.map(|node| node.id.0),
            category: or_kept(6, category.map(|node| node.name.clone()).unwrap_or_default()),
            title: shown(present.and_then(|words| words.title.clone())),
            original_body: shown(first.map(|words| words.body.clone())),
            edited_body: shown(present.map(|words| words.body.clone())),
            privacy: privacy_label(report.anonymous, report.secret).to_owned(),
            source: or_kept(11, channel_label(report.channel).to_owned()),
            parent_agency: or_kept(
                12,
                office_name(office.map(|id| reference.rules.agencies.root_of(id))).unwrap_or_default(),
            ),
            agency_id: office.filter(|_| report.clocks.disposed.is_some()).map(|id| id.0),
            agency: or_kept(14, office_name(office.filter(|_| report.clocks.disposed.is_some())).unwrap_or_default()),
            status: or_kept(15, status_label(report.stage.kind()).to_owned()),
            reason: if masked { String::new() } else { told.reason() },
            province,
            regency,
            district,
            village,
            decree_number: kept_text(21),
            decree_url: kept_text(22),
            annual_report_url: kept_text(23),
            via_setwapres: Some(kept.get(COLUMNS[24]) == Some("Ya")),
            rating: report.rating,
        }
    }

    /// Province, regency, district and village; what the import could not find stands in the place's words.
    fn names_of(&self, region: &RegionCode, place: Option<&str>) -> [String; 4] {
        let reference = self.reference();
        let steps = std::iter::successors(Some(region.clone()), RegionCode::parent);
        let mut names: [String; 4] = Default::default();
        for step in steps {
            let level = step.level() as usize;
            names[level] = reference.regions.name(&step).unwrap_or_default().to_owned();
        }
        let said = |prefix: &str| place?.split(", ").find_map(|part| part.strip_prefix(prefix)).map(str::to_owned);
        if region.level() < RegionLevel::District {
            names[2] = said("Kecamatan ").unwrap_or_default();
        }
        if region.level() < RegionLevel::Village {
            names[3] = said("Kelurahan ").unwrap_or_default();
        }
        names
    }
}

impl Told {
    fn words_at(&self, seq: u32) -> Option<&Words> {
        self.words.iter().find(|(known, _)| *known == seq).map(|(_, words)| words)
    }

    fn remainder(&self) -> Remainder {
        let notes = self.log.iter().filter(|logged| logged.event == Event::Noted);
        notes.filter_map(|logged| Remainder::read(&self.words_at(logged.seq)?.body)).next().unwrap_or_default()
    }

    /// The office it was disposed to, or that it was sent to by its reporter.
    fn office(&self, national: AgencyId) -> Option<AgencyId> {
        let office = match self.row.report.stage {
            Stage::Open(Open::Returned { by, .. }) => by,
            _ => self.row.report.holder,
        };
        Some(office).filter(|office| *office != national)
    }

    fn reason(&self) -> String {
        let text_of = |wanted: fn(&Event) -> bool| {
            let logged = self.log.iter().rev().find(|logged| wanted(&logged.event))?;
            Some(self.words_at(logged.seq)?.body.clone())
        };
        let report: &Report = &self.row.report;
        match &report.stage {
            Stage::Archived { reason, by_system, .. } => {
                let words = text_of(|event| matches!(event, Event::Archived { .. })).unwrap_or_default();
                if *by_system { words } else { reason_text(*reason, &words) }
            }
            Stage::Held { .. } => text_of(|event| matches!(event, Event::Held { .. })).unwrap_or_default(),
            Stage::Open(Open::Returned { .. }) => {
                text_of(|event| matches!(event, Event::Returned { .. })).unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}
