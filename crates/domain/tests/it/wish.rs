//! Short forms of commands and events.

use crate::fixture::NATIONAL;
use domain::report::{
    AnswerKind, ArchiveReason, Channel, Class, Closure, HideReason, Missing, ReturnReason, Submission,
};
use domain::text::{Body, Remark, Title};
use domain::time::Zone;
use domain::{AgencyId, CategoryId, Command, Event, RegionCode, ReportId, UserId};

pub const REPORT: ReportId = ReportId(1708);

fn remark() -> Remark {
    Remark::parse("Sesuai hasil pemeriksaan").unwrap()
}

fn body() -> Body {
    Body::parse("Jalan di depan pasar berlubang sejak bulan lalu").unwrap()
}

pub fn submission(chosen: Option<AgencyId>) -> Submission {
    Submission {
        class: Class::Complaint,
        category: None,
        region: RegionCode::parse("63.71").unwrap(),
        zone: Zone::Wita,
        channel: Channel::Web,
        anonymous: false,
        secret: false,
        chosen,
    }
}

/// A complaint from Banjarmasin that names no agency.
pub fn submitted() -> Event {
    submitted_to(NATIONAL, None)
}

pub fn submitted_to(holder: AgencyId, chosen: Option<AgencyId>) -> Event {
    let Submission { class, category, region, zone, channel, anonymous, secret, chosen } = submission(chosen);
    Event::Submitted { class, category, region, zone, channel, anonymous, secret, holder, chosen }
}

pub fn disposed(from: AgencyId, to: AgencyId) -> Event {
    Event::Disposed { from, to, settled: false }
}

pub fn returned(from: AgencyId, to: AgencyId) -> Event {
    Event::Returned { from, to, reason: ReturnReason::OtherAgency, suggestion: None }
}

pub fn held() -> Event {
    Event::Held { missing: vec![Missing::Location, Missing::Evidence] }
}

pub fn answered() -> Event {
    Event::Answered { answer: AnswerKind::Explained, planned_for: None, evidence: 0, alike: 0 }
}

pub fn closed(how: Closure) -> Event {
    Event::Closed { how }
}

pub fn archived(reason: ArchiveReason) -> Event {
    Event::Archived { by_system: reason == ArchiveReason::NotCompleted, reason }
}

pub fn dispose(to: AgencyId) -> Command {
    Command::Dispose { to, note: None }
}

pub fn give_back() -> Command {
    Command::Return { reason: ReturnReason::OtherAgency, text: remark(), suggestion: None }
}

pub fn suggest(suggestion: AgencyId) -> Command {
    Command::Return { reason: ReturnReason::OtherAgency, text: remark(), suggestion: Some(suggestion) }
}

pub fn hold() -> Command {
    Command::Hold { missing: vec![Missing::Location, Missing::Evidence], text: remark() }
}

pub fn hold_for_nothing() -> Command {
    Command::Hold { missing: vec![], text: remark() }
}

pub fn resume() -> Command {
    Command::Resume { text: remark() }
}

pub fn complete() -> Command {
    Command::Complete { text: body() }
}

pub fn archive(reason: ArchiveReason) -> Command {
    Command::Archive { reason, text: remark() }
}

pub fn contest() -> Command {
    Command::Contest { text: body() }
}

pub fn answer() -> Command {
    answer_with(AnswerKind::Explained, None, None)
}

pub fn answer_with(kind: AnswerKind, planned_for: Option<&str>, ground: Option<&str>) -> Command {
    Command::Answer {
        kind,
        text: body(),
        planned_for: planned_for.map(crate::fixture::date),
        legal_ground: ground.map(|text| Remark::parse(text).unwrap()),
        evidence: 0,
        physical: false,
    }
}

/// "It is mended", about something that can be photographed.
pub fn mended(evidence: u8) -> Command {
    Command::Answer {
        kind: AnswerKind::Done,
        text: body(),
        planned_for: None,
        legal_ground: None,
        evidence,
        physical: true,
    }
}

pub fn reply() -> Command {
    Command::Reply { text: body() }
}

pub fn confirm(rating: u8) -> Command {
    Command::Confirm { rating: Some(rating), text: None }
}

pub fn object() -> Command {
    Command::Object { text: body() }
}

pub fn close() -> Command {
    Command::Close { text: None }
}

pub fn reopen() -> Command {
    Command::Reopen { text: remark() }
}

pub fn rewrite() -> Command {
    Command::Rewrite { title: Title::parse("Jalan berlubang di depan pasar").unwrap(), body: body() }
}

pub fn reclassify(class: Class, supervisory: bool) -> Command {
    Command::Reclassify { class, supervisory, category: None }
}

pub fn categorise(category: i64) -> Command {
    Command::Reclassify { class: Class::Complaint, supervisory: false, category: Some(CategoryId(category)) }
}

pub fn note() -> Command {
    Command::Note { text: remark() }
}

pub fn hide() -> Command {
    Command::Hide { reason: HideReason::PersonalData, text: remark() }
}

pub fn unhide() -> Command {
    Command::Unhide { text: remark() }
}

pub fn ask_name() -> Command {
    Command::AskName { text: remark() }
}

pub fn ask_outsider() -> Command {
    Command::AskOutsider { text: body() }
}

pub fn answer_outside(question: u32) -> Command {
    Command::AnswerOutside { question, text: body() }
}

pub fn keep_name(officer: UserId) -> Command {
    Command::KeepName { officer, text: remark() }
}

/// Asks an office for a compulsory part, by the limit of the policy.
pub fn ask_part(office: AgencyId) -> Command {
    Command::AskPart { office, compulsory: true, opened: false, day: None, text: remark() }
}

pub fn answer_part(part: u8) -> Command {
    Command::AnswerPart { part, text: body(), evidence: 0 }
}

pub fn return_part(part: u8) -> Command {
    Command::ReturnPart { part, reason: ReturnReason::OtherAgency, text: remark() }
}

pub fn withdraw_part(part: u8) -> Command {
    Command::WithdrawPart { part, text: remark() }
}

pub fn part_asked(part: u8, office: AgencyId) -> Event {
    Event::PartAsked { part, office, compulsory: true, opened: false, day: None }
}

/// An explanation for somebody else to send.
pub fn propose() -> Command {
    Command::ProposeAnswer {
        kind: AnswerKind::Explained,
        text: body(),
        planned_for: None,
        legal_ground: None,
        evidence: 0,
        physical: false,
    }
}

pub fn send_back(draft: u32) -> Command {
    Command::SendBackAnswer { draft, text: remark() }
}
