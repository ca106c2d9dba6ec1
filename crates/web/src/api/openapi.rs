//! The description of the API (OpenAPI 3.1), made from the code that answers.

use super::{
    command, deadline, desk, errors, file, measure, partner, ranking, reference, region, report, reporter, rule, submit,
};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, RefOr, Schema};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Lapor",
        description = "Laporan masyarakat: dari kiriman warga sampai jawaban yang dikonfirmasi. Complaints, aspirations \
            and information requests to the Indonesian government, from a citizen's report to a confirmed answer.\n\n\
            Errors are problem documents (RFC 9457) in Indonesian, or in English with `Accept-Language: en`. Ids of \
            64 bits are written as text. Unknown fields and parameters are refused. JSON bodies have at most 64 KiB.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
        version = "1"
    ),
    servers((url = "/", description = "This service.")),
    tags(
        (name = "reports", description = "What anybody may do, and a reporter with the PIN of the receipt."),
        (name = "reference", description = "Regions, categories, agencies, policies, holidays and deadlines."),
        (name = "measures", description = "Figures that say what they count, and where the list of it is."),
        (name = "partner", description = "What a partner system may do, with a token that was given to it by name."),
        (name = "desk", description = "What officers may do, with a token from `lapor token create`."),
    ),
    paths(
        submit::submit, report::list, report::show, reporter::reply, reporter::confirm, reporter::object,
        reporter::complete, reporter::contest, reporter::accept_ombudsman, reporter::support, file::attach, file::fetch,
        region::list, reference::categories, reference::agencies, rule::policies, rule::holidays,
        deadline::count, measure::read, ranking::read, desk::inbox, desk::show, desk::colleagues, file::upload, file::fetch_at_desk, command::dispose,
        command::return_up, command::hold, command::resume, command::archive, command::answer, command::close,
        command::reopen, command::note, command::assign, command::rewrite, command::classify, command::show_or_hide,
        command::offer_ombudsman, command::propose_answer, command::approve_answer, command::send_back_answer,
        command::withdraw_answer, command::ask_part, command::answer_part, command::return_part, command::withdraw_part,
        partner::bring, partner::list, partner::show, partner::attach,
    ),
    components(schemas(super::problem::ProblemDocument, super::problem::FieldError, super::problem::Warning)),
    modifiers(&Rest)
)]
struct Description;

/// What the macros cannot say: credentials, and that unknown fields are refused.
struct Rest;

impl Modify for Rest {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let mut pin = ApiKeyValue::new("X-Report-Pin");
        pin.description = Some("The six-digit PIN of the receipt.".to_owned());
        components.add_security_scheme("report_pin", SecurityScheme::ApiKey(ApiKey::Header(pin)));
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "An officer's token, made on the account page or by `lapor token create --user …`. It may be limited to \
                `read` (reports and lists), `act` (every POST) and `export` (files of reports), and to one office with \
                those below it: a report elsewhere is `not-found` then, another verb is `scope`. With `submit` it is one of a \
                partner system, which is let in by name and with a quota.",
            ))
            .build();
        components.add_security_scheme("officer_token", SecurityScheme::Http(bearer));
        let (name, schema) = errors::problem_schema();
        components.schemas.insert(name, schema);
        for body in BODIES {
            if let Some(RefOr::T(Schema::Object(object))) = components.schemas.get_mut(body) {
                object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
            }
        }
    }
}

/// The schemas of JSON bodies.
const BODIES: [&str; 22] = [
    "DraftChoice",
    "DraftReturn",
    "PartRequest",
    "PartAnswer",
    "PartReturn",
    "PartWithdrawal",
    "NewReport",
    "NewPartnerReport",
    "Said",
    "Confirmation",
    "Agreed",
    "Disposition",
    "Return",
    "Hold",
    "Remarked",
    "Archiving",
    "Answer",
    "Closing",
    "Assignment",
    "Rewriting",
    "Classification",
    "Visibility",
];

static JSON: LazyLock<String> = LazyLock::new(|| {
    let mut text = Description::openapi().to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
});

/// The description as it is served and as it is committed in `docs/openapi.json`.
pub fn json() -> &'static str {
    &JSON
}

/// `GET /api/openapi.json`.
pub(super) async fn serve() -> Response {
    let kind = HeaderValue::from_static("application/json");
    let kept = HeaderValue::from_static("public, max-age=600");
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, kept)], json()).into_response()
}
