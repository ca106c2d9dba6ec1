//! Papers of an office: its decree, its procedure and its yearly reports.

/// What a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaperKind {
    /// Surat keputusan: who runs the complaints of the agency.
    Decree,
    /// Standar operasional prosedur: how complaints are handled there.
    Procedure,
    /// Laporan tahunan pengelolaan pengaduan.
    AnnualReport,
}

impl PaperKind {
    /// All kinds.
    pub const ALL: [PaperKind; 3] = [PaperKind::Decree, PaperKind::Procedure, PaperKind::AnnualReport];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            PaperKind::Decree => "decree",
            PaperKind::Procedure => "procedure",
            PaperKind::AnnualReport => "annual_report",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<PaperKind> {
        PaperKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
