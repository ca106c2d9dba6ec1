//! The head of an office's pages on the desk: where it stands in the tree, what is below it, its tabs.

use crate::components::sample;
use domain::AgencyId;

/// The tabs of an office's pages, each the last part of its address and the end of its locale key.
pub const TABS: [&str; 6] = ["data", "wajah", "berkas", "sistem", "akun", "perubahan"];

/// What the pages about one office share.
#[derive(Debug, Clone)]
pub struct OfficeHead {
    pub id: AgencyId,
    pub name: String,
    /// The offices above, the nearest last.
    pub above: Vec<(AgencyId, String)>,
    /// The offices below, as far as they are few.
    pub below: Vec<(AgencyId, String)>,
    /// The tabs that this officer may open.
    pub tabs: Vec<&'static str>,
    /// The open one.
    pub tab: &'static str,
}

impl OfficeHead {
    /// `aria-current` for a tab.
    pub fn current(&self, tab: &str) -> &'static str {
        if self.tab == tab { " aria-current=\"page\"" } else { "" }
    }
}

/// An office with others above and below it.
pub fn sample_head(tab: &'static str) -> OfficeHead {
    OfficeHead {
        id: AgencyId(630_000),
        name: "Pemerintah Provinsi Kalimantan Selatan".into(),
        above: vec![(AgencyId(1), "Admin Nasional".into())],
        below: vec![(AgencyId(630_003), "Dinas PUPR".into()), (AgencyId(630_099), sample::LONG_AGENCY.into())],
        tabs: TABS.to_vec(),
        tab,
    }
}
