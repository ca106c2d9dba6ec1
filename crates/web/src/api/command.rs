//! What officers do to a report: each command a noun below its address.

use super::caller::{ClientKey, Officer, ReportCode};
use super::fields::{Body, Fields};
use super::problem::Problem;
use super::reporter::{Agreed, finished, seen};
use super::shape::Outcome;
use super::{errors, submit};
use crate::kept::unseal;
use crate::state::Web;
use crate::words::Message;
use app::{Act, Error, Heed, MOST_FILES, Upload};
use axum::extract::State;
use axum::response::Response;
use domain::report::{AnswerKind, ArchiveReason, Class, Command, HideReason, Missing, ReturnReason};
use domain::text::{Body as Text, Remark, Title};
use domain::{Actor, Refusal, UserId};
use utoipa::ToSchema;

/// Everything an officer's request consists of.
#[derive(axum::extract::FromRequest)]
#[from_request(state(Web), rejection(Problem))]
pub(super) struct Order {
    #[from_request(via(State))]
    web: Web,
    officer: Officer,
    code: ReportCode,
    key: ClientKey,
    body: Body,
}

/// A request while its fields are read.
struct Reading<'a> {
    web: &'a Web,
    by: &'a Actor,
    fields: &'a mut Fields,
}

/// A command with the files that belong to it, and how advice about it is taken.
type Read = Option<(Command, Vec<Upload>, Heed)>;

impl Order {
    async fn done(self, read: fn(Reading<'_>) -> Read) -> Result<Response, Problem> {
        let Order { web, officer, code: ReportCode(code), key: ClientKey(key), body: Body(mut fields) } = self;
        let by = officer.actor;
        let order = read(Reading { web: &web, by: &by, fields: &mut fields });
        let seen = seen(&mut fields);
        let Some((command, uploads, heed)) = order else { return Err(fields.refused()) };
        if let Command::Assign { officer: Some(chosen) } = command {
            let view = web.app.view(code, &by).await?;
            let office = web.app.colleagues(view.report().holder).await?;
            if !office.iter().any(|one| one.id == chosen) {
                fields.fault("officer", "officer");
            }
        }
        fields.end()?;
        let act = Act { seen, key, heed, ..Act::new(by, command) }.with(uploads);
        match finished(&web, code, act.clone()).await {
            Err(problem) if problem.code() == Refusal::Advised.code() => {
                let advice = web.app.advice(code, &act).await.map_err(|_: Error| problem.clone())?;
                Err(problem.warning(&advice))
            }
            done => done,
        }
    }
}

/// Verifies and disposes, routes anew, or forwards down to a unit.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"to": 630003, "note": "Mohon ditangani sebelum hujan.", "seq": 1}))]
pub struct Disposition {
    /// Id out of `/api/v1/agencies`.
    pub to: i64,
    #[schema(min_length = 3, max_length = 2000)]
    pub note: Option<String>,
    /// The version that the officer saw.
    pub seq: Option<u32>,
}

/// "Not ours".
#[derive(Debug, ToSchema)]
#[schema(example = json!({"reason": "other_level", "text": "Ini jalan nasional.", "suggestion": 101}))]
pub struct Return {
    /// `other_agency`, `other_region`, `other_level` or `not_government`.
    pub reason: String,
    #[schema(min_length = 3, max_length = 2000)]
    pub text: String,
    /// Whose it might be.
    pub suggestion: Option<i64>,
    pub seq: Option<u32>,
}

/// Waits for the reporter.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"missing": ["location"], "text": "Di ruas mana tepatnya?"}))]
pub struct Hold {
    /// Some of `identity`, `location`, `date`, `evidence`, `detail`.
    pub missing: Vec<String>,
    #[schema(min_length = 3, max_length = 2000)]
    pub text: String,
    pub seq: Option<u32>,
}

/// A reason or a note.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"text": "Sudah ditelepon, lokasinya jelas."}))]
pub struct Remarked {
    #[schema(min_length = 3, max_length = 2000)]
    pub text: String,
    pub seq: Option<u32>,
}

/// Ends a report that cannot be dealt with.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"reason": "duplicate", "text": "Sama dengan laporan 123 456 7894."}))]
pub struct Archiving {
    /// `unclear`, `too_general`, `not_public_service`, `in_court`, `duplicate` or `spam`.
    pub reason: String,
    #[schema(min_length = 3, max_length = 2000)]
    pub text: String,
    pub seq: Option<u32>,
}

/// The office's answer.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"kind": "planned", "text": "Ruas itu ditambal dalam paket bulan depan.", "planned_for": "2026-04-30"}))]
pub struct Answer {
    /// `done`, `explained`, `planned` or `refused`.
    pub kind: String,
    #[schema(min_length = 10, max_length = 8000)]
    pub text: String,
    /// With `planned`: a day to come.
    #[schema(format = Date)]
    pub planned_for: Option<String>,
    /// With `refused`.
    #[schema(min_length = 3, max_length = 2000)]
    pub legal_ground: Option<String>,
    /// Whether it is about physical work; taken from the category where it is absent.
    pub physical: Option<bool>,
    /// Values of `upload` out of `/api/v1/desk/uploads`, at most 5; needed for `done` about physical work.
    #[schema(max_items = 5)]
    pub evidence: Option<Vec<String>>,
    /// Why it is sent although the check of answers found something; without it such an answer is refused as
    /// `advised`, with what was found in `warnings`.
    #[schema(rename = "override", min_length = 3, max_length = 2000)]
    pub r#override: Option<String>,
    pub seq: Option<u32>,
}

/// Sends a proposed answer exactly as it is, or takes it back.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"draft": 6}))]
pub struct DraftChoice {
    /// The `seq` of the step `answer_proposed`.
    pub draft: u32,
    pub seq: Option<u32>,
}

/// Sends a proposed answer back to its author.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"draft": 6, "text": "Sebutkan ruasnya."}))]
pub struct DraftReturn {
    /// The `seq` of the step `answer_proposed`.
    pub draft: u32,
    #[schema(min_length = 3, max_length = 2000)]
    pub text: String,
    pub seq: Option<u32>,
}

/// Asks another unit for a part of the work.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"office": 630004, "text": "Mohon pasang rambu selama penambalan.", "day": "2026-04-10"}))]
pub struct PartRequest {
    /// Id out of `/api/v1/agencies`.
    pub office: i64,
    /// The task.
    #[schema(min_length = 3, max_length = 2000)]
    pub text: String,
    /// Whether the lead waits for it before it answers; yes where it is absent.
    pub compulsory: Option<bool>,
    /// Whether the unit may read a sealed report.
    pub opened: Option<bool>,
    /// The last day, in place of the limit of the policy.
    #[schema(format = Date)]
    pub day: Option<String>,
    pub seq: Option<u32>,
}

/// A supporting unit's answer to the lead.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"part": 1, "text": "Rambu terpasang sejak Senin pagi."}))]
pub struct PartAnswer {
    /// Number of the part.
    pub part: u8,
    #[schema(min_length = 10, max_length = 8000)]
    pub text: String,
    /// Values of `upload` out of `/api/v1/desk/uploads`, at most 5.
    #[schema(max_items = 5)]
    pub evidence: Option<Vec<String>>,
    pub seq: Option<u32>,
}

/// A part is "not ours".
#[derive(Debug, ToSchema)]
#[schema(example = json!({"part": 1, "reason": "other_agency", "text": "Rambu adalah urusan Balai Jalan."}))]
pub struct PartReturn {
    /// Number of the part.
    pub part: u8,
    /// `other_agency`, `other_region`, `other_level` or `not_government`.
    pub reason: String,
    #[schema(min_length = 3, max_length = 2000)]
    pub text: String,
    pub seq: Option<u32>,
}

/// The lead does without a part.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"part": 1, "text": "Tidak diperlukan lagi."}))]
pub struct PartWithdrawal {
    /// Number of the part.
    pub part: u8,
    #[schema(min_length = 3, max_length = 2000)]
    pub text: String,
    pub seq: Option<u32>,
}

/// Closes an answered report.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"text": "Terima kasih atas laporannya."}))]
pub struct Closing {
    #[schema(min_length = 3, max_length = 2000)]
    pub text: Option<String>,
    pub seq: Option<u32>,
}

/// Assigns it to an officer of the office that holds it.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"officer": "1627384950617283940"}))]
pub struct Assignment {
    /// Id out of `/api/v1/desk/officers`; `null` takes the assignment back.
    pub officer: Option<String>,
    pub seq: Option<u32>,
}

/// Other words for the public; the original stays.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"title": "Jalan berlubang di depan pasar", "body": "Jalan di depan pasar berlubang sejak Februari."}))]
pub struct Rewriting {
    #[schema(min_length = 5, max_length = 150)]
    pub title: String,
    #[schema(min_length = 10, max_length = 8000)]
    pub body: String,
    pub seq: Option<u32>,
}

/// What kind of report it is.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"class": "complaint", "supervisory": true, "category": null}))]
pub struct Classification {
    /// `complaint`, `aspiration` or `information_request`.
    pub class: String,
    /// Whether it is about abuse of office; then it is closed to the public.
    pub supervisory: Option<bool>,
    pub category: Option<i64>,
    pub seq: Option<u32>,
}

/// Hides a report from the public, or shows it again.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"hidden": true, "reason": "personal_data", "text": "Memuat nomor KTP."}))]
pub struct Visibility {
    pub hidden: bool,
    /// With `hidden`: `personal_data`, `abusive`, `safety_of_reporter` or `reporter_asked`.
    pub reason: Option<String>,
    #[schema(min_length = 3, max_length = 2000)]
    pub text: String,
    pub seq: Option<u32>,
}

macro_rules! orders {
    ($($name:ident, $path:literal, $id:literal, $body:ident, $about:literal, $read:expr;)+) => {$(
        #[doc = $about]
        #[utoipa::path(
            post, path = $path, tag = "desk", operation_id = $id, request_body = $body,
            params(
                ("code" = String, Path, description = "Tracking number.", example = "1234567894"),
                ("Idempotency-Key" = Option<String>, Header, description = "The same key does nothing twice."),
            ),
            security(("officer_token" = [])),
            responses((status = 200, description = "Done, or done before.", body = Outcome), errors::ByOfficer)
        )]
        pub(super) async fn $name(order: Order) -> Result<Response, Problem> {
            order.done($read).await
        }
    )+};
}

orders! {
    dispose, "/api/v1/desk/reports/{code}/disposition", "dispose", Disposition,
        "Verifies and disposes, routes anew after a return, or forwards down to a unit.", read_disposition;
    return_up, "/api/v1/desk/reports/{code}/return", "returnReport", Return,
        "Returns a report as \"not ours\"; its clock goes on.", read_return;
    hold, "/api/v1/desk/reports/{code}/hold", "hold", Hold, "Waits for the reporter; the clocks pause.", read_hold;
    resume, "/api/v1/desk/reports/{code}/resume", "resume", Remarked, "Goes on without what was missing.",
        |reading| bare(Command::Resume { text: remark(reading.fields)? });
    archive, "/api/v1/desk/reports/{code}/archive", "archive", Archiving,
        "Archives a report, with a reason that the reporter may contest.", read_archiving;
    answer, "/api/v1/desk/reports/{code}/answer", "answer", Answer, "Answers the reporter.", read_answer;
    close, "/api/v1/desk/reports/{code}/closure", "close", Closing, "Closes an answered report.",
        |reading| bare(Command::Close { text: reading.fields.words("text", Remark::parse) });
    reopen, "/api/v1/desk/reports/{code}/reopening", "reopen", Remarked, "Reopens a report that had ended.",
        |reading| bare(Command::Reopen { text: remark(reading.fields)? });
    note, "/api/v1/desk/reports/{code}/note", "note", Remarked, "Writes a note that only officers read.",
        |reading| bare(Command::Note { text: remark(reading.fields)? });
    assign, "/api/v1/desk/reports/{code}/assignment", "assign", Assignment, "Assigns a report to a person.",
        |reading| bare(Command::Assign { officer: reading.fields.whole("officer").map(UserId) });
    rewrite, "/api/v1/desk/reports/{code}/rewrite", "rewrite", Rewriting,
        "Gives the public other words; both versions are kept.", read_rewriting;
    classify, "/api/v1/desk/reports/{code}/classification", "classify", Classification,
        "Changes class, category, or whether it is about abuse of office.", read_classification;
    show_or_hide, "/api/v1/desk/reports/{code}/visibility", "setVisibility", Visibility,
        "Hides a report from the public, or shows it again.", read_visibility;
    propose_answer, "/api/v1/desk/reports/{code}/answer-draft", "proposeAnswer", Answer,
        "Proposes an answer, where the office wants answers to be approved.", read_proposal;
    approve_answer, "/api/v1/desk/reports/{code}/answer-approval", "approveAnswer", DraftChoice,
        "Sends a proposed answer exactly as it is; not by its author.",
        |reading| bare(Command::ApproveAnswer { draft: draft(reading.fields)? });
    send_back_answer, "/api/v1/desk/reports/{code}/answer-return", "sendBackAnswer", DraftReturn,
        "Sends a proposed answer back to its author.", read_draft_return;
    withdraw_answer, "/api/v1/desk/reports/{code}/answer-withdrawal", "withdrawAnswer", DraftChoice,
        "Takes an own proposed answer back.",
        |reading| bare(Command::WithdrawAnswer { draft: draft(reading.fields)? });
    ask_part, "/api/v1/desk/reports/{code}/part", "askPart", PartRequest,
        "Asks another unit for a part of the work.", read_part_request;
    answer_part, "/api/v1/desk/reports/{code}/part-answer", "answerPart", PartAnswer,
        "A supporting unit answers the lead; the reporter does not read it.", read_part_answer;
    return_part, "/api/v1/desk/reports/{code}/part-return", "returnPart", PartReturn,
        "A supporting unit gives its part back; its clock goes on.", read_part_return;
    withdraw_part, "/api/v1/desk/reports/{code}/part-withdrawal", "withdrawPart", PartWithdrawal,
        "The lead does without a part.",
        read_part_withdrawal;
    offer_ombudsman, "/api/v1/desk/reports/{code}/ombudsman", "offerOmbudsman", Agreed,
        "Offers the reporter that the Ombudsman takes over, once the legal limit has passed.",
        |_| bare(Command::OfferOmbudsman);
}

fn bare(command: Command) -> Read {
    Some((command, Vec::new(), Heed::Unasked))
}

fn remark(fields: &mut Fields) -> Option<Remark> {
    let text = fields.words("text", Remark::parse);
    fields.need("text", text)
}

fn read_disposition(Reading { web, fields, .. }: Reading<'_>) -> Read {
    let to = submit::agency(fields, &web.app.reference(), "to");
    let to = fields.need("to", to);
    let note = fields.words("note", Remark::parse);
    bare(Command::Dispose { to: to?, note })
}

fn read_return(Reading { web, fields, .. }: Reading<'_>) -> Read {
    let reason = fields.choice("reason", ReturnReason::ALL, ReturnReason::name);
    let reason = fields.need("reason", reason);
    let text = remark(fields);
    let suggestion = submit::agency(fields, &web.app.reference(), "suggestion");
    bare(Command::Return { reason: reason?, text: text?, suggestion })
}

fn read_hold(Reading { fields, .. }: Reading<'_>) -> Read {
    let missing = fields.choices("missing", Missing::ALL, Missing::name);
    let missing = fields.need("missing", missing);
    let text = remark(fields);
    bare(Command::Hold { missing: missing?, text: text? })
}

fn read_archiving(Reading { fields, .. }: Reading<'_>) -> Read {
    let reason = fields.choice("reason", ArchiveReason::ALL, ArchiveReason::name);
    let reason = fields.need("reason", reason);
    let text = remark(fields);
    bare(Command::Archive { reason: reason?, text: text? })
}

fn read_answer(Reading { web, by, fields }: Reading<'_>) -> Read {
    let kind = fields.choice("kind", AnswerKind::ALL, AnswerKind::name);
    let kind = fields.need("kind", kind);
    let text = fields.words("text", Text::parse);
    let text = fields.need("text", text);
    let planned_for = fields.date("planned_for");
    let legal_ground = fields.words("legal_ground", Remark::parse);
    let physical = fields.flag("physical").unwrap_or(false);
    let heed = fields.words("override", Remark::parse).map_or(Heed::Advice, Heed::Despite);
    let uploads = evidence(web, by, fields);
    let command = Command::Answer { kind: kind?, text: text?, planned_for, legal_ground, evidence: 0, physical };
    Some((command, uploads, heed))
}

fn evidence(web: &Web, by: &Actor, fields: &mut Fields) -> Vec<Upload> {
    let tokens = fields.list("evidence").unwrap_or_default();
    if tokens.len() > MOST_FILES {
        fields.slip("evidence", "many", Message::new("api-slip-many").with("most", MOST_FILES));
        return Vec::new();
    }
    let uploads = tokens.iter().filter_map(|token| unseal(web, by, token));
    let uploads: Vec<Upload> = uploads.filter(|upload| web.app.is_kept(upload)).collect();
    if uploads.len() < tokens.len() {
        fields.fault("evidence", "upload");
    }
    uploads
}

fn read_proposal(reading: Reading<'_>) -> Read {
    let (command, uploads, heed) = read_answer(reading)?;
    let command = match command {
        Command::Answer { kind, text, planned_for, legal_ground, evidence, physical } => {
            Command::ProposeAnswer { kind, text, planned_for, legal_ground, evidence, physical }
        }
        other => other,
    };
    Some((command, uploads, heed))
}

fn draft(fields: &mut Fields) -> Option<u32> {
    let draft = fields.within("draft", 1, i64::from(u32::MAX)).and_then(|draft| u32::try_from(draft).ok());
    fields.need("draft", draft)
}

fn read_draft_return(Reading { fields, .. }: Reading<'_>) -> Read {
    let draft = draft(fields);
    let text = remark(fields);
    bare(Command::SendBackAnswer { draft: draft?, text: text? })
}

fn part(fields: &mut Fields) -> Option<u8> {
    let part = fields.within("part", 1, i64::from(u8::MAX)).and_then(|part| u8::try_from(part).ok());
    fields.need("part", part)
}

fn read_part_request(Reading { web, fields, .. }: Reading<'_>) -> Read {
    let office = submit::agency(fields, &web.app.reference(), "office");
    let office = fields.need("office", office);
    let text = remark(fields);
    let compulsory = fields.flag("compulsory").unwrap_or(true);
    let opened = fields.flag("opened").unwrap_or(false);
    let day = fields.date("day");
    bare(Command::AskPart { office: office?, compulsory, opened, day, text: text? })
}

fn read_part_answer(Reading { web, by, fields }: Reading<'_>) -> Read {
    let part = part(fields);
    let text = fields.words("text", Text::parse);
    let text = fields.need("text", text);
    let uploads = evidence(web, by, fields);
    Some((Command::AnswerPart { part: part?, text: text?, evidence: 0 }, uploads, Heed::Unasked))
}

fn read_part_return(Reading { fields, .. }: Reading<'_>) -> Read {
    let part = part(fields);
    let reason = fields.choice("reason", ReturnReason::ALL, ReturnReason::name);
    let reason = fields.need("reason", reason);
    let text = remark(fields);
    bare(Command::ReturnPart { part: part?, reason: reason?, text: text? })
}

fn read_part_withdrawal(Reading { fields, .. }: Reading<'_>) -> Read {
    let part = part(fields);
    let text = remark(fields);
    bare(Command::WithdrawPart { part: part?, text: text? })
}

fn read_rewriting(Reading { fields, .. }: Reading<'_>) -> Read {
    let title = fields.words("title", Title::parse);
    let title = fields.need("title", title);
    let body = fields.words("body", Text::parse);
    let body = fields.need("body", body);
    bare(Command::Rewrite { title: title?, body: body? })
}

fn read_classification(Reading { web, fields, .. }: Reading<'_>) -> Read {
    let class = fields.choice("class", Class::ALL, Class::name);
    let class = fields.need("class", class);
    let supervisory = fields.flag("supervisory").unwrap_or(false);
    let today = domain::time::Zone::Wib.day(web.app.now());
    let category = submit::category(fields, &web.app.reference(), today);
    bare(Command::Reclassify { class: class?, supervisory, category })
}

fn read_visibility(Reading { fields, .. }: Reading<'_>) -> Read {
    let hidden = fields.flag("hidden");
    let hidden = fields.need("hidden", hidden);
    let reason = fields.choice("reason", HideReason::ALL, HideReason::name);
    let text = remark(fields);
    if hidden? {
        let reason = fields.need("reason", reason);
        bare(Command::Hide { reason: reason?, text: text? })
    } else {
        bare(Command::Unhide { text: text? })
    }
}
