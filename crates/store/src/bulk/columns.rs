//! The columns of each table, in the form in which a batch is spelt.

use super::{NewNotice, Whole};
use crate::event::Logged;
use crate::report::NEVER;
use crate::words::Words;
use crate::{Result, day_number, json, millis, near};
use domain::similar::Point;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct TextColumn<'a> {
    pub(super) text: &'a str,
}

#[derive(Serialize)]
pub(super) struct CodeColumn {
    pub(super) code: i64,
}

#[derive(Serialize)]
pub(super) struct ReportColumns<'a> {
    pub(super) id: i64,
    pub(super) code: i64,
    pub(super) client_key: &'a str,
    pub(super) fingerprint: &'a str,
    pub(super) external_ref: Option<&'a str>,
    pub(super) seq: u32,
    pub(super) words_seq: u32,
    pub(super) received_at: i64,
    pub(super) received_day: i64,
    pub(super) stage: &'static str,
    pub(super) holder: i64,
    pub(super) root: i64,
    pub(super) public: bool,
    pub(super) open: bool,
    pub(super) sealed: bool,
    pub(super) due_at: i64,
    pub(super) wake_at: Option<i64>,
    pub(super) state: String,
    pub(super) officer: Option<i64>,
}

impl<'a> ReportColumns<'a> {
    pub(super) fn of(whole: &Whole<'a>) -> Result<ReportColumns<'a>> {
        let report = &whole.row.report;
        Ok(ReportColumns {
            id: report.id.0,
            code: whole.row.code.number(),
            client_key: &whole.key.key,
            fingerprint: &whole.key.fingerprint,
            external_ref: whole.row.external_ref.as_deref(),
            seq: report.seq,
            words_seq: whole.row.words_seq,
            received_at: millis(report.clocks.received),
            received_day: day_number(report.zone.day(report.clocks.received)),
            stage: report.stage.kind().name(),
            holder: report.holder.0,
            root: whole.row.root.0,
            public: report.is_public(),
            open: report.is_open(),
            sealed: report.is_sealed(),
            due_at: whole.timing.due_at.map_or(NEVER, millis),
            wake_at: whole.timing.wake_at.map(millis),
            state: json(report)?,
            officer: report.officer.map(|officer| officer.0),
        })
    }
}

#[derive(Serialize)]
pub(super) struct EventColumns {
    pub(super) report_id: i64,
    pub(super) seq: u32,
    pub(super) at: i64,
    pub(super) day: i64,
    pub(super) kind: &'static str,
    pub(super) by_kind: &'static str,
    pub(super) by_user: Option<i64>,
    pub(super) by_agency: Option<i64>,
    pub(super) data: String,
}

impl EventColumns {
    pub(super) fn of(report_id: i64, whole: &Whole<'_>, logged: &Logged) -> Result<EventColumns> {
        let (by_kind, by_user, by_agency) = crate::event::columns_of(&logged.by);
        Ok(EventColumns {
            report_id,
            seq: logged.seq,
            at: millis(logged.at),
            day: day_number(whole.row.report.zone.day(logged.at)),
            kind: logged.event.kind().name(),
            by_kind,
            by_user,
            by_agency,
            data: json(&logged.event)?,
        })
    }
}

#[derive(Serialize)]
pub(super) struct WordsColumns<'a> {
    pub(super) report_id: i64,
    pub(super) seq: u32,
    pub(super) title: Option<&'a str>,
    pub(super) body: &'a str,
    pub(super) legal_ground: Option<&'a str>,
    pub(super) place: Option<&'a str>,
    pub(super) happened_on: Option<&'a str>,
    pub(super) latitude: Option<&'a str>,
    pub(super) longitude: Option<&'a str>,
}

impl<'a> WordsColumns<'a> {
    pub(super) fn of(report_id: i64, seq: u32, words: &'a Words) -> WordsColumns<'a> {
        WordsColumns {
            report_id,
            seq,
            title: words.title.as_deref(),
            body: &words.body,
            legal_ground: words.legal_ground.as_deref(),
            place: words.place.as_deref(),
            happened_on: words.happened_on.as_deref(),
            latitude: words.latitude.as_deref(),
            longitude: words.longitude.as_deref(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct NearColumns {
    pub(super) report_id: i64,
    pub(super) area: String,
    pub(super) topic: i64,
    pub(super) cell: Option<i64>,
}

impl NearColumns {
    pub(super) fn of(whole: &Whole<'_>) -> NearColumns {
        let report = &whole.row.report;
        let first = whole.words.iter().find(|(seq, _)| *seq == 1).map(|(_, words)| words);
        let point = first.and_then(|words| Point::parse(words.latitude.as_deref()?, words.longitude.as_deref()?));
        NearColumns {
            report_id: report.id.0,
            area: near::area(&report.region),
            topic: near::topic(report.category),
            cell: point.map(Point::cell),
        }
    }
}

#[derive(Serialize)]
pub(super) struct ReporterColumns<'a> {
    pub(super) report_id: i64,
    pub(super) name: &'a Option<String>,
    pub(super) phone: &'a Option<String>,
    pub(super) email: &'a Option<String>,
    pub(super) language: &'a str,
}

#[derive(Serialize)]
pub(super) struct NoticeColumns {
    pub(super) id: i64,
    pub(super) agency: i64,
    pub(super) report_id: i64,
    pub(super) kind: &'static str,
    pub(super) data: String,
    pub(super) at: i64,
}

impl NoticeColumns {
    pub(super) fn of(report_id: i64, notice: &NewNotice, logged: &Logged) -> Result<NoticeColumns> {
        Ok(NoticeColumns {
            id: notice.id,
            agency: notice.agency.0,
            report_id,
            kind: logged.event.kind().name(),
            data: json(&logged.event)?,
            at: millis(logged.at),
        })
    }
}

#[derive(Serialize)]
pub(super) struct SearchColumns {
    pub(super) id: i64,
    pub(super) terms: String,
}
