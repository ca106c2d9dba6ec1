//! Requests: public reports in the words of Open311.

use super::fault::Fault;
use super::format::{Format, Named};
use super::input::Input;
use super::jurisdiction::{self, Jurisdiction};
use super::node::Node;
use super::page::{self, Page};
use crate::api::problem::language;
use crate::state::Web;
use crate::words::{Message, Words};
use app::reference::Reference;
use app::{Given, Wanted};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::report::EventKind;
use domain::{CategoryId, Code};

/// Lists requests, the newest first; those of given numbers whatever else is asked.
pub(super) async fn list(
    State(web): State<Web>,
    format: Format,
    headers: HeaderMap,
    input: Input,
) -> Result<Response, Fault> {
    let reference = web.app.reference();
    let ids = input.list("service_request_id");
    let page = Page::of(&input)?;
    let given = if ids.is_empty() {
        let place = jurisdiction::needed(&reference, &headers, &input)?;
        let wanted = wanted(&web, &reference, &place, &input)?;
        web.app.give(&wanted, page.skip(), page.size).await?
    } else {
        let place = jurisdiction::named(&reference, &headers, &input)?;
        let mut all = by_ids(&web, place.as_ref(), ids.into_iter()).await?;
        page.cut(&mut all);
        all
    };
    Ok(respond(&web, format, &headers, &input, &given))
}

/// Shows one request, as a list of one.
pub(super) async fn show(
    State(web): State<Web>,
    format: Format,
    Named(id): Named,
    headers: HeaderMap,
    input: Input,
) -> Result<Response, Fault> {
    let place = jurisdiction::named(&web.app.reference(), &headers, &input)?;
    let given = by_ids(&web, place.as_ref(), std::iter::once(id.as_str())).await?;
    if given.is_empty() {
        return Err(Fault::missing("open311-request-unknown"));
    }
    Ok(respond(&web, format, &headers, &input, &given))
}

/// Requests by their numbers; what is no number or not given to others is as if it were not.
pub(super) async fn by_ids(
    web: &Web,
    place: Option<&Jurisdiction>,
    ids: impl Iterator<Item = &str>,
) -> Result<Vec<Given>, Fault> {
    let mut codes: Vec<Code> = Vec::new();
    for code in ids.filter_map(|id| Code::parse(id).ok()).take(app::MOST_GIVEN) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let mut given = web.app.give_these(&codes).await?;
    let root = place.and_then(Jurisdiction::root);
    given.retain(|given| root.is_none_or(|root| given.listed.row.root == root));
    Ok(given)
}

fn wanted(web: &Web, reference: &Reference, place: &Jurisdiction, input: &Input) -> Result<Wanted, Fault> {
    let now = web.app.now();
    let updated = page::span(input, ("updated_after", "updated_before"), now)?;
    let received = page::span(input, ("start_date", "end_date"), now)?;
    let usual = || page::latest(now);
    Ok(Wanted {
        root: place.root(),
        categories: categories(reference, input)?,
        received: received.or_else(|| updated.is_none().then(usual)),
        updated,
        open: open(input)?,
    })
}

/// Any category there ever was: old reports keep theirs.
fn categories(reference: &Reference, input: &Input) -> Result<Vec<CategoryId>, Fault> {
    let known = |code: &str| code.parse().ok().map(CategoryId).filter(|id| reference.categories.get(*id).is_some());
    let found: Option<Vec<CategoryId>> = input.list("service_code").into_iter().take(page::MOST).map(known).collect();
    let mut found = found.ok_or_else(|| Fault::bad(Message::new("open311-service-unknown")))?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Open, closed, or both where both or neither are asked for.
fn open(input: &Input) -> Result<Option<bool>, Fault> {
    let asked = input.list("status");
    let known = asked.iter().all(|status| matches!(*status, "open" | "closed"));
    let (open, closed) = (asked.contains(&"open"), asked.contains(&"closed"));
    match known {
        true => Ok((open != closed).then_some(open)),
        false => Err(Fault::bad(Message::new("open311-status"))),
    }
}

fn respond(web: &Web, format: Format, headers: &HeaderMap, input: &Input, given: &[Given]) -> Response {
    let frame = Frame { web, reference: &web.app.reference(), words: Words::new(language(headers)) };
    let extended = input.flag("extensions");
    let rows = given.iter().map(|given| frame.request(given, extended)).collect();
    format.found("service_requests", &Node::List("request", rows))
}

/// The parts that are the same for every request.
struct Frame<'a> {
    web: &'a Web,
    reference: &'a Reference,
    words: Words,
}

impl Frame<'_> {
    /// Where exactly it happened is not for the public: the address is its region, and there is no point.
    fn request(&self, given: &Given, extended: bool) -> Node {
        let row = &given.listed.row;
        let report = &row.report;
        let category = report.category.and_then(|id| self.reference.categories.get(id));
        let agency = self.reference.rules.agencies.get(report.holder).map(|agency| agency.name.as_str());
        let official = |told: &&app::Told| {
            matches!(told.logged.event.kind(), EventKind::Answered | EventKind::Closed | EventKind::Reopened)
        };
        let notes = given.steps.iter().rev().filter(official).find_map(|told| told.words.as_ref());
        let notes = notes.map(|words| words.body.as_str());
        let notice = Message::new("open311-notice").with("url", self.page(row.code));
        let iso = |at| Node::text(report.zone.iso(at));
        let mut fields = vec![
            ("service_request_id", Node::text(row.code.to_string())),
            ("status", Node::text(if report.is_open() { "open" } else { "closed" })),
            ("status_notes", Node::maybe(notes)),
            ("service_name", Node::maybe(category.map(|category| category.name.as_str()))),
            ("service_code", Node::maybe(report.category.map(|id| id.to_string()))),
            ("description", Node::text(given.listed.body.as_str())),
            ("agency_responsible", Node::maybe(agency)),
            ("service_notice", Node::text(self.words.say(&notice))),
            ("requested_datetime", iso(report.clocks.received)),
            ("updated_datetime", iso(given.updated)),
            ("expected_datetime", Node::maybe(given.completion.as_ref().map(|clock| clock.zone.iso(clock.due)))),
            ("address", Node::text(self.reference.regions.full_name(&report.region))),
            ("address_id", Node::Nothing),
            ("zipcode", Node::Nothing),
            ("lat", Node::Nothing),
            ("long", Node::Nothing),
            ("media_url", Node::maybe(media(self.web, row.code, given.files.iter().filter(|file| file.seq == 1)))),
        ];
        if extended {
            fields.extend(self.extensions(given));
        }
        Node::Fields(fields)
    }

    fn page(&self, code: Code) -> String {
        format!("{}/laporan/{code}", self.web.base_url)
    }

    fn extensions(&self, given: &Given) -> [(&'static str, Node); 3] {
        let report = &given.listed.row.report;
        let extended = Node::Fields(vec![
            ("title", Node::maybe(given.listed.title.as_deref())),
            ("class", Node::text(report.class.name())),
            ("stage", Node::text(report.stage.kind().name())),
            ("region_code", Node::text(report.region.as_str())),
            ("supports", Node::Whole(i64::from(report.supports))),
            ("rating", report.rating.map_or(Node::Nothing, |rating| Node::Whole(i64::from(rating)))),
        ]);
        let day = given.happened_on.as_ref().map(|day| {
            Node::Fields(vec![("code", Node::text(super::service::HAPPENED_ON)), ("value", Node::text(day.as_str()))])
        });
        let note = |told: &app::Told| {
            Node::Fields(vec![
                ("datetime", Node::text(report.zone.iso(told.logged.at))),
                ("type", Node::text(told.logged.event.kind().name())),
                ("description", Node::maybe(told.words.as_ref().map(|words| words.body.as_str()))),
            ])
        };
        [
            ("extended_attributes", extended),
            ("attributes", Node::List("attribute", day.into_iter().collect())),
            ("notes", Node::List("note", given.steps.iter().map(note).collect())),
        ]
    }
}

/// The address of the first picture, where there is one.
pub(super) fn media<'f>(web: &Web, code: Code, files: impl Iterator<Item = &'f app::Attachment>) -> Option<String> {
    let mut pictures = files.filter(|file| file.kind.starts_with("image/"));
    pictures.next().map(|file| format!("{}/laporan/{code}/lampiran/{}", web.base_url, file.id))
}
