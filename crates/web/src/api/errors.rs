//! The error answers that the description of the API lists beside each call.

use super::problem::ProblemDocument;
use std::collections::BTreeMap;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, PartialSchema, ToSchema};

fn told(rows: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let schema = || RefOr::Ref(Ref::from_schema_name(ProblemDocument::name()));
    let response = |why: &str| {
        let content = ContentBuilder::new().schema(Some(schema())).build();
        ResponseBuilder::new().description(why).content("application/problem+json", content).build()
    };
    rows.iter().map(|(status, why)| ((*status).to_owned(), RefOr::T(response(why)))).collect()
}

const UNREADABLE: (&str, &str) = ("400", "Not JSON, or an unfit `Idempotency-Key`.");
const NO_PIN: (&str, &str) = ("401", "`pin-missing`: no `X-Report-Pin`.");
const NO_TOKEN: (&str, &str) = ("401", "`token`: no valid token.");
const DENIED: (&str, &str) =
    ("403", "`denied`: not among this officer's duties; `scope`: not among what the token may do.");
const UNKNOWN: (&str, &str) = (
    "404",
    "`not-found`: no such report, or not for this reader, or a wrong PIN; `code-slip`: the number is mistyped.",
);
const REUSED: (&str, &str) = ("409", "`key-reused`: the `Idempotency-Key` came with other content.");
const STALE: (&str, &str) = (
    "409",
    "`stale`: the report moved on; `seq` is its present version. `key-reused`: the `Idempotency-Key` came with other content.",
);
const NOT_PARTNER: (&str, &str) = ("403", "`partner`: the token was not given to a partner system.");
const NOT_BROUGHT: (&str, &str) =
    ("404", "`not-found`: this partner brought no such report; `code-slip`: the number is mistyped.");
const REF_REUSED: (&str, &str) =
    ("409", "`ref-reused`: the `external_ref` came with other content; `key-reused`: the `Idempotency-Key` did.");
const QUOTA: (&str, &str) = ("429", "`quota`: more than this token may use; see `Retry-After` and `RateLimit`.");
const LARGE: (&str, &str) = ("413", "More than 64 KiB.");
const FILE_LARGE: (&str, &str) = ("413", "`media-too-large`: above 10 MB, video above 50 MB.");
const FILE_KIND: (&str, &str) = ("415", "`media-unknown-kind`: not JPEG, PNG, WebP, PDF or MP4.");
const KIND: (&str, &str) = ("415", "Not `application/json`.");
const FIELDS: (&str, &str) = ("422", "`fields`: every field that needs to be mended is in `errors`.");
const TOO_WIDE: (&str, &str) =
    ("422", "`fields`, or `too-wide`: more single reports would have to be looked at than one question may.");
const REFUSED: (&str, &str) = ("422", "`fields`, or the code of the rule that does not allow it now.");
const FILE_UNFIT: (&str, &str) = ("422", "The file is empty or broken, or there are too many.");
const LIMITED: (&str, &str) =
    ("429", "`limited`: too many wrong PINs, or too much support from one address; see `Retry-After`.");
const PROOF: (&str, &str) =
    ("403", "`proof`: work is to be proved first; the riddle is in `proof`. Nothing was stored.");
const TOO_MANY: (&str, &str) = ("429", "`limited`: too many reports from one address; see `Retry-After`.");
const TOKEN_LIMITED: (&str, &str) =
    ("429", "`limited`: more changes than one token may make in an hour; see `Retry-After`.");
const BROKEN: (&str, &str) = ("500", "`broken`: something that should not happen; the operator is told.");
const BUSY_ASKED: (&str, &str) =
    ("503", "`busy`: enough questions about the past are being answered already; see `Retry-After`.");
const BUSY: (&str, &str) = ("503", "`busy`: nothing was stored; see `Retry-After`.");

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = [$($row:expr),+ $(,)?];)+) => {$(
        $(#[$doc])*
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                told(&[$($row),+])
            }
        }
    )+};
}

errors! {
    /// Of a new report.
    Intake = [UNREADABLE, PROOF, REUSED, LARGE, KIND, FIELDS, TOO_MANY, BROKEN, BUSY];
    /// Of reading lists and reference data.
    Reading = [FIELDS, BROKEN, BUSY];
    /// Of asking for figures.
    Measuring = [TOO_WIDE, BROKEN, BUSY_ASKED];
    /// Of reading one report.
    ReadingOne = [UNKNOWN, LIMITED, BROKEN, BUSY];
    /// Of what a reporter does.
    ByReporter = [UNREADABLE, NO_PIN, UNKNOWN, STALE, LARGE, KIND, REFUSED, LIMITED, BROKEN, BUSY];
    /// Of what anybody does.
    ByAnybody = [UNREADABLE, UNKNOWN, STALE, LARGE, KIND, REFUSED, LIMITED, BROKEN, BUSY];
    /// Of a reporter's file.
    FileByReporter = [UNREADABLE, NO_PIN, UNKNOWN, REUSED, FILE_LARGE, FILE_KIND, FILE_UNFIT, LIMITED, BROKEN, BUSY];
    /// Of what an officer reads.
    OfficerReading = [NO_TOKEN, DENIED, UNKNOWN, FIELDS, BROKEN, BUSY];
    /// Of what an officer does.
    ByOfficer = [UNREADABLE, NO_TOKEN, DENIED, UNKNOWN, STALE, LARGE, KIND, REFUSED, TOKEN_LIMITED, BROKEN, BUSY];
    /// Of an officer's file.
    FileByOfficer = [UNREADABLE, NO_TOKEN, FILE_LARGE, FILE_KIND, FILE_UNFIT, TOKEN_LIMITED, BROKEN, BUSY];
    /// Of a report that a partner brings.
    ByPartner = [UNREADABLE, NO_TOKEN, NOT_PARTNER, REF_REUSED, LARGE, KIND, FIELDS, QUOTA, BROKEN, BUSY];
    /// Of a list that a partner reads.
    PartnerListing = [NO_TOKEN, NOT_PARTNER, FIELDS, QUOTA, BROKEN, BUSY];
    /// Of a report that a partner reads.
    PartnerReading = [NO_TOKEN, NOT_PARTNER, NOT_BROUGHT, FIELDS, QUOTA, BROKEN, BUSY];
    /// Of a partner's file.
    FileByPartner = [UNREADABLE, NO_TOKEN, NOT_PARTNER, NOT_BROUGHT, REUSED, FILE_LARGE, FILE_KIND, FILE_UNFIT, QUOTA, BROKEN, BUSY];
}

/// The schema of a problem, so that it is among the components.
pub(super) fn problem_schema() -> (String, RefOr<utoipa::openapi::Schema>) {
    (ProblemDocument::name().into_owned(), ProblemDocument::schema())
}
