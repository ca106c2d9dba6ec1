//! Identifiers. Ids of things that grow are 64-bit and time-ordered; `app` makes them.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// One report, for ever.
    ReportId
);
id!(
    /// An office in the agency tree, from the national admin down to a sub-unit.
    AgencyId
);
id!(
    /// A node of the category tree.
    CategoryId
);
id!(
    /// An officer's account.
    UserId
);
id!(
    /// A place in an office with its role, in which an officer sits.
    SeatId
);
id!(
    /// One matter about which several reports tell.
    MatterId
);
id!(
    /// One cause behind many reports.
    ProblemId
);
id!(
    /// A file sent with a report, a reply or an answer.
    AttachmentId
);
