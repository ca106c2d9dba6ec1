//! Where a report stands. Facts sit inside the variants, so that a state that cannot be cannot be written.

use crate::ids::AgencyId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every variant, in order.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The name in storage, in the API and in locale keys.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            /// Reads a name.
            pub fn parse(name: &str) -> Option<$type> {
                match name { $($name => Some($type::$variant),)+ _ => None }
            }
        }
    };
}

/// What the reporter sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Pengaduan.
    Complaint,
    /// Aspirasi.
    Aspiration,
    /// Permintaan informasi.
    InformationRequest,
}
names!(Class { Complaint = "complaint", Aspiration = "aspiration", InformationRequest = "information_request" });

/// The way a report came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Web,
    Api,
    Android,
    Ios,
    Sms,
    X,
    Whatsapp,
    Telegram,
    Email,
    Counter,
    Phone,
    Letter,
    SocialMedia,
    Import,
    /// Newspapers, radio, television and their pages.
    Press,
    /// The app of a partner system, e.g. of a region.
    Partner,
}
names!(Channel {
    Web = "web", Api = "api", Android = "android", Ios = "ios", Sms = "sms", X = "x", Whatsapp = "whatsapp",
    Telegram = "telegram", Email = "email", Counter = "counter", Phone = "phone", Letter = "letter",
    SocialMedia = "social_media", Import = "import", Press = "press", Partner = "partner",
});

/// What a report on hold waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    Identity,
    Location,
    Date,
    Evidence,
    Detail,
}
names!(Missing { Identity = "identity", Location = "location", Date = "date", Evidence = "evidence", Detail = "detail" });

/// Why a report is "not ours".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    OtherAgency,
    OtherRegion,
    OtherLevel,
    NotGovernment,
}
names!(ReturnReason {
    OtherAgency = "other_agency", OtherRegion = "other_region", OtherLevel = "other_level", NotGovernment = "not_government",
});

/// Why a report is archived. Every reason can be contested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveReason {
    Unclear,
    TooGeneral,
    NotPublicService,
    InCourt,
    Duplicate,
    Spam,
    /// The reporter did not send what was missing in time; by the system only.
    NotCompleted,
}
names!(ArchiveReason {
    Unclear = "unclear", TooGeneral = "too_general", NotPublicService = "not_public_service", InCourt = "in_court",
    Duplicate = "duplicate", Spam = "spam", NotCompleted = "not_completed",
});

/// Why a report is hidden from the public. Each hiding is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HideReason {
    PersonalData,
    Abusive,
    SafetyOfReporter,
    ReporterAsked,
}
names!(HideReason {
    PersonalData = "personal_data", Abusive = "abusive", SafetyOfReporter = "safety_of_reporter", ReporterAsked = "reporter_asked",
});

/// What an answer amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// The matter was mended; physical work needs evidence.
    Done,
    /// The question was answered or the situation explained.
    Explained,
    /// It will be done by a stated date.
    Planned,
    /// It will not be done, on a stated legal ground.
    Refused,
}
names!(AnswerKind { Done = "done", Explained = "explained", Planned = "planned", Refused = "refused" });

/// How a report was closed: three facts that stay different to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closure {
    /// Ditutup oleh Admin.
    ByOfficer,
    /// Ditutup oleh Sistem: nobody heard from the reporter.
    BySystem,
    /// The reporter confirmed it.
    Confirmed,
}
names!(Closure { ByOfficer = "by_officer", BySystem = "by_system", Confirmed = "confirmed" });

/// Somebody in government has to act, or an answer awaits the reporter's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    /// Belum terverifikasi.
    Submitted,
    /// Came back as "not ours"; the office above decides anew.
    Returned { by: AgencyId, suggestion: Option<AgencyId> },
    /// Terdisposisi, belum ditindaklanjuti.
    Disposed,
    /// Ditindaklanjuti oleh instansi.
    Answered { kind: AnswerKind },
    /// Ditanggapi oleh pelapor.
    Replied,
    /// The reporter objected to the answer or to the closing.
    Objected,
    /// Reopened by the national admin or a supervisor.
    Reopened,
}

/// Where a report stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Open(Open),
    /// Tertunda: waits for the reporter, then goes on as it was.
    Held {
        missing: Vec<Missing>,
        was: Open,
    },
    Closed {
        how: Closure,
        at: Timestamp,
    },
    /// Diarsipkan, by an officer or by the system.
    Archived {
        by_system: bool,
        reason: ArchiveReason,
        at: Timestamp,
    },
}

/// A stage without its facts, for lists, filters and counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageKind {
    Submitted,
    Returned,
    Disposed,
    Answered,
    Replied,
    Objected,
    Reopened,
    Held,
    ClosedByOfficer,
    ClosedBySystem,
    ClosedConfirmed,
    ArchivedAdmin,
    ArchivedSystem,
}
names!(StageKind {
    Submitted = "submitted", Returned = "returned", Disposed = "disposed", Answered = "answered", Replied = "replied",
    Objected = "objected", Reopened = "reopened", Held = "held", ClosedByOfficer = "closed_by_officer",
    ClosedBySystem = "closed_by_system", ClosedConfirmed = "closed_confirmed", ArchivedAdmin = "archived_admin",
    ArchivedSystem = "archived_system",
});

impl Stage {
    /// The stage without its facts.
    pub fn kind(&self) -> StageKind {
        match self {
            Stage::Open(Open::Submitted) => StageKind::Submitted,
            Stage::Open(Open::Returned { .. }) => StageKind::Returned,
            Stage::Open(Open::Disposed) => StageKind::Disposed,
            Stage::Open(Open::Answered { .. }) => StageKind::Answered,
            Stage::Open(Open::Replied) => StageKind::Replied,
            Stage::Open(Open::Objected) => StageKind::Objected,
            Stage::Open(Open::Reopened) => StageKind::Reopened,
            Stage::Held { .. } => StageKind::Held,
            Stage::Closed { how: Closure::ByOfficer, .. } => StageKind::ClosedByOfficer,
            Stage::Closed { how: Closure::BySystem, .. } => StageKind::ClosedBySystem,
            Stage::Closed { how: Closure::Confirmed, .. } => StageKind::ClosedConfirmed,
            Stage::Archived { by_system: false, .. } => StageKind::ArchivedAdmin,
            Stage::Archived { by_system: true, .. } => StageKind::ArchivedSystem,
        }
    }
}

impl StageKind {
    /// Whether nothing more is expected of anybody.
    pub fn is_ended(self) -> bool {
        self >= StageKind::ClosedByOfficer
    }

    /// Whether only reports that were disposed can stand there.
    pub fn is_behind_disposition(self) -> bool {
        !matches!(
            self,
            StageKind::Submitted
                | StageKind::Returned
                | StageKind::Held
                | StageKind::ArchivedAdmin
                | StageKind::ArchivedSystem
        )
    }

    /// The three words the public knows: belum, proses, selesai; archived stands apart.
    pub fn simple(self) -> &'static str {
        match self {
            StageKind::Submitted | StageKind::Returned | StageKind::Disposed => "waiting",
            StageKind::Answered | StageKind::Replied | StageKind::Objected | StageKind::Reopened | StageKind::Held => {
                "process"
            }
            StageKind::ClosedByOfficer | StageKind::ClosedBySystem | StageKind::ClosedConfirmed => "done",
            StageKind::ArchivedAdmin | StageKind::ArchivedSystem => "archived",
        }
    }
}
