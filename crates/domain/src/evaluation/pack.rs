//! The papers with which an agency enters the national competition of complaint handling (Kompetisi Pengelolaan Pengaduan
//! Pelayanan Publik): decree, procedure, yearly report, statistics, evaluation, success stories.

use crate::agency::{AgencyTree, PaperKind};
use crate::ids::AgencyId;
use crate::policy::is_given;
use crate::report::Report;
use jiff::civil::Date;

/// Most success stories of a year.
pub const MOST_STORIES: usize = 10;
/// Most bytes of the files in the papers together; what does not fit is named in the contents.
pub const MOST_BYTES: u64 = 100 * 1024 * 1024;

/// A part of the papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PackPart {
    Decree,
    Procedure,
    AnnualReport,
    /// The frozen half years of the year.
    Statistics,
    /// The final evaluations of the year.
    Evaluation,
    Stories,
}

impl PackPart {
    /// All parts, in their order.
    pub const ALL: [PackPart; 6] = [
        PackPart::Decree,
        PackPart::Procedure,
        PackPart::AnnualReport,
        PackPart::Statistics,
        PackPart::Evaluation,
        PackPart::Stories,
    ];

    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            PackPart::Decree => "decree",
            PackPart::Procedure => "procedure",
            PackPart::AnnualReport => "annual_report",
            PackPart::Statistics => "statistics",
            PackPart::Evaluation => "evaluation",
            PackPart::Stories => "stories",
        }
    }

    /// Its folder among the papers, as Indonesian readers call it.
    pub fn folder(self) -> &'static str {
        match self {
            PackPart::Decree => "1-sk",
            PackPart::Procedure => "2-sop",
            PackPart::AnnualReport => "3-laporan-tahunan",
            PackPart::Statistics => "4-statistik",
            PackPart::Evaluation => "5-evaluasi",
            PackPart::Stories => "6-kisah-sukses",
        }
    }

    /// The part to which a paper of an office belongs.
    pub fn of(kind: PaperKind) -> PackPart {
        match kind {
            PaperKind::Decree => PackPart::Decree,
            PaperKind::Procedure => PackPart::Procedure,
            PaperKind::AnnualReport => PackPart::AnnualReport,
        }
    }
}

/// Whether a paper is about a year: a decree or a procedure from before its end, a yearly report of that year, which may be
/// dated in the next one.
pub fn is_paper_of(year: i16, kind: PaperKind, dated: Date) -> bool {
    match kind {
        PaperKind::Decree | PaperKind::Procedure => dated.year() <= year,
        PaperKind::AnnualReport => dated.year() == year || dated.year() == year + 1,
    }
}

/// Whether a report may be shown as a success story of an agency. The papers leave the house and are kept, so it is asked
/// what other systems may be given: what everybody may read, and nothing of an anonymous reporter.
pub fn is_story_of(agencies: &AgencyTree, agency: AgencyId, report: &Report) -> bool {
    is_given(agencies, report)
        && report.stage.kind().simple() == "done"
        && agencies.root_of(report.holder) == agencies.root_of(agency)
}
