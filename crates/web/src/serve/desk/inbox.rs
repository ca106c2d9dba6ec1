//! `/desk`: what waits for this seat.

use crate::components::{Choice, Field, Place};
use crate::desk::{InboxFields, InboxPage, KeptFilter, QueueRow, Tab, VIEWS};
use crate::serve::desk::presence::names;
use crate::serve::failure::Failure;
use crate::serve::lists::next_page;
use crate::serve::shape;
use crate::serve::visit::{Visit, actor};
use crate::words::Moment;
use app::{InboxAsked, InboxCounts, InboxFilter, InboxView, Officer, Present, Summary};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use domain::measure::Tally;
use domain::report::{Channel, Class, StageKind};
use domain::{CategoryId, Code, ReportId, Role};
use std::collections::HashMap;

type Asked = HashMap<String, String>;

/// Rows on a page.
const ROWS: u32 = 25;
/// What narrows an inbox, and is kept in a saved filter.
pub(super) const NARROWING: [&str; 6] = ["tab", "q", "stage", "class", "category", "channel"];

/// Names of stages for addresses that are shorter to write: `/desk?tab=answer`.
const STAGES: [(&str, StageKind); 6] = [
    ("verify", StageKind::Submitted),
    ("answer", StageKind::Disposed),
    ("replied", StageKind::Replied),
    ("objected", StageKind::Objected),
    ("reopened", StageKind::Reopened),
    ("answered", StageKind::Answered),
];

/// A page of the inbox, by deadline; a typed number goes straight to its report.
pub(in crate::serve) async fn show(visit: Visit, query: Query<Asked>) -> Result<Response, Failure> {
    let officer = visit.onlooker().await?;
    if let Ok(code) = Code::parse(query.get("q").map_or("", |q| q.trim())) {
        return Ok(Redirect::to(&format!("/desk/laporan/{code}")).into_response());
    }
    visit.show(&page(&visit, &officer, &query, Field::default()).await?)
}

/// The inbox for a query; `name` is the name under which it was to be kept.
pub(super) async fn page(visit: &Visit, officer: &Officer, query: &Asked, name: Field) -> Result<InboxPage, Failure> {
    let broken = |error| Failure::of(visit, error);
    let app = &visit.web.app;
    let by = actor(officer);
    let (tab, view, filter) = asked(query);
    let after = query.get("after").and_then(|after| after.split_once('.'));
    let after = after.and_then(|(due, id)| Some((due.parse().ok()?, id.parse().ok()?)));
    let asked = InboxAsked { view, filter: filter.clone(), after, limit: ROWS };
    let shown = app.inbox_shown(&by, asked).await.map_err(broken)?;
    let found = &shown.page;
    let kept = app.saved_filters(officer.id).await.map_err(broken)?;
    let own = kept_query(query);
    Ok(InboxPage {
        w: visit.words,
        frame: visit.desk(officer, Place::Inbox).await?,
        fields: fields(query, &filter),
        tabs: tabs(found.counts, &found.tally, tab),
        stages: stages(visit, &found.tally),
        categories: categories(visit),
        kept: kept.into_iter().map(|filter| kept_filter(filter, &own)).collect(),
        query: Some(own).filter(|own| !own.is_empty() && own != "tab=all"),
        new_name: name,
        rows: found.rows.iter().map(|summary| row(visit, summary, &shown.officers, &shown.present)).collect(),
        bulk: !matches!(officer.role, Role::Leader | Role::Supervisor | Role::Auditor | Role::Operator),
        next: found.next.map(|(due, id)| next_page("/desk", query, format!("{due}.{id}"))),
    })
}

/// The view, and what it is narrowed to.
fn asked(query: &Asked) -> (&'static str, InboxView, InboxFilter) {
    let get = |name: &str| query.get(name).map_or("", |value| value.trim());
    let stage = STAGES.iter().find(|(name, _)| *name == get("tab")).map(|(_, stage)| *stage);
    let mut filter = InboxFilter {
        q: get("q").chars().take(100).collect(),
        stage: stage.or_else(|| StageKind::parse(get("stage"))),
        class: Class::parse(get("class")),
        category: get("category").parse().ok().map(CategoryId),
        channel: Channel::parse(get("channel")),
    };
    let tab = VIEWS.into_iter().find(|view| *view == get("tab")).unwrap_or("all");
    let view = match (tab, filter.stage) {
        ("all", Some(stage)) => {
            filter.stage = None;
            InboxView::Stage(stage)
        }
        ("mine", _) => InboxView::Mine,
        ("unit", _) => InboxView::Unit,
        ("unassigned", _) => InboxView::Unassigned,
        ("waiting", _) => InboxView::Waiting,
        ("late", _) => InboxView::Overdue,
        ("returned", _) => InboxView::Stage(StageKind::Returned),
        _ => InboxView::All,
    };
    (tab, view, filter)
}

fn fields(query: &Asked, filter: &InboxFilter) -> InboxFields {
    let field = |name: &str| Field::of(query.get(name).map_or("", |value| value.trim()));
    let short = STAGES.iter().find(|(name, _)| query.get("tab").is_some_and(|tab| tab == name));
    let stage = short.map(|(_, stage)| stage.name()).map_or_else(|| field("stage"), Field::of);
    let InboxFilter { q, .. } = filter;
    InboxFields {
        q: Field::of(q),
        stage,
        class: field("class"),
        category: field("category"),
        channel: field("channel"),
    }
}

fn tabs(counts: Option<InboxCounts>, tally: &Tally, chosen: &str) -> Vec<Tab> {
    let count = |name: &str| {
        let counts = counts?;
        let n = match name {
            "mine" => counts.mine,
            "unit" => counts.unit,
            "unassigned" => counts.unassigned,
            "waiting" => counts.waiting,
            "late" => counts.overdue,
            "returned" => tally.of(StageKind::Returned),
            _ => counts.all,
        };
        Some(i64::try_from(n).unwrap_or(i64::MAX))
    };
    VIEWS.into_iter().map(|name| Tab { name, count: count(name), chosen: name == chosen }).collect()
}

fn stages(visit: &Visit, tally: &Tally) -> Vec<Choice> {
    let open = StageKind::ALL.iter().filter(|stage| !stage.is_ended());
    let label = |stage: &StageKind| {
        let name = visit.words.of("stage", stage.name());
        match tally.of(*stage) {
            0 => name,
            n => format!("{name} ({})", visit.words.number(i64::try_from(n).unwrap_or(i64::MAX))),
        }
    };
    open.map(|stage| Choice::new(stage.name(), label(stage))).collect()
}

fn categories(visit: &Visit) -> Vec<Choice> {
    let reference = visit.web.app.reference();
    let tops = reference.categories.iter().filter(|category| category.parent.is_none());
    tops.map(|top| Choice::new(top.id, &top.name)).collect()
}

/// The query without its place in the list, in a fixed order.
pub(super) fn kept_query(query: &Asked) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for name in NARROWING {
        if let Some(value) = query.get(name).map(|value| value.trim()).filter(|value| !value.is_empty()) {
            pairs.append_pair(name, value);
        }
    }
    pairs.finish()
}

fn kept_filter(filter: app::SavedFilter, own: &str) -> KeptFilter {
    KeptFilter { id: filter.id, chosen: filter.query == own, url: format!("/desk?{}", filter.query), name: filter.name }
}

/// A report as a line of a list, with who is at it.
pub(super) fn row(
    visit: &Visit,
    summary: &Summary,
    officers: &HashMap<domain::UserId, String>,
    present: &HashMap<ReportId, Vec<Present>>,
) -> QueueRow {
    let reference = visit.web.app.reference();
    let row = &summary.listed.row;
    let report = &row.report;
    let now = visit.web.app.now();
    let pressing = summary.clock.as_ref().filter(|_| summary.presses());
    QueueRow {
        code: row.code,
        title: summary.listed.title.clone().unwrap_or_default(),
        class: report.class,
        stage: report.stage.kind(),
        supervisory: report.supervisory,
        secret: report.secret,
        place: reference.regions.full_name(&report.region),
        agency: shape::agency_name(&reference, report.holder),
        officer: report.officer.and_then(|id| officers.get(&id).cloned()),
        sent: Moment::of(report.clocks.received, report.zone),
        clock: shape::clock(summary, now),
        age: pressing.map(|clock| clock.age(report.zone.day(now))),
        present: present.get(&report.id).map(|here| (names(here), here.iter().any(|one| one.writing))),
    }
}
