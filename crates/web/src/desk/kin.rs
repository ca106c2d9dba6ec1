//! Other reports that have to do with this one: similar ones nearby, and those about the same matter.

use crate::citizen::{CauseLink, sample_cause_link};
use crate::components::{Choice, Field, sample};
use crate::words::{Message, Moment};
use domain::Code;
use domain::matter::Left;
use domain::report::StageKind;

/// A report that has to do with this one.
#[derive(Debug, Clone)]
pub struct KinRow {
    pub code: Code,
    pub title: String,
    pub stage: StageKind,
    pub place: String,
    pub agency: String,
    pub sent: Moment,
}

/// A similar report, and what speaks for it.
#[derive(Debug, Clone)]
pub struct SimilarRow {
    pub row: KinRow,
    pub reasons: Vec<Message>,
    /// It shares its matter with this one already.
    pub linked: bool,
}

/// A report about the same matter.
#[derive(Debug, Clone)]
pub struct MemberRow {
    pub row: KinRow,
    /// Why it does not get an answer that is given to this one.
    pub left: Option<Left>,
}

/// The kin of a report, as far as this officer may know of it.
#[derive(Debug, Clone)]
pub struct Kin {
    pub code: Code,
    /// Client key of the forms.
    pub key: String,
    pub similar: Vec<SimilarRow>,
    pub members: Vec<MemberRow>,
    /// Whether an answer given now goes to the members that are not left out.
    pub gives: bool,
    /// Whether this officer may link and unlink it.
    pub may_link: bool,
    /// The problem in which the report has its cause.
    pub cause: Option<CauseLink>,
    /// Problems to which it may be attached, and the one that was chosen.
    pub problems: Vec<Choice>,
    pub chosen: Field,
    pub may_attribute: bool,
    pub may_release: bool,
    /// Whether this officer may make a problem of it.
    pub may_make: bool,
    /// Why a link was not made, with the number as it was typed.
    pub refused: Option<(Message, String)>,
}

impl Kin {
    /// The members that get an answer that is given now.
    pub fn receivers(&self) -> Vec<&MemberRow> {
        self.members.iter().filter(|member| self.gives && member.left.is_none()).collect()
    }

    /// What was typed as the number of another report.
    pub fn typed(&self) -> &str {
        self.refused.as_ref().map_or("", |(_, typed)| typed)
    }
}

/// Kin for the samples of the case page: `few` of it, or all.
pub(super) fn sample(few: bool) -> Kin {
    let row = |n: u64, stage| KinRow {
        code: sample::code(n),
        title: "Jalan rusak di depan SDN Sungai Andai".into(),
        stage,
        place: "Kota Banjarmasin, Kalimantan Selatan".into(),
        agency: "Dinas PUPR Kota Banjarmasin".into(),
        sent: sample::moment(11, 9, 30),
    };
    let similar = |n, linked| SimilarRow {
        row: row(n, StageKind::Disposed),
        reasons: vec![
            Message::new("similar-metres").with("n", 120),
            Message::new("similar-category"),
            Message::new("similar-words").with("words", "depan, jalan, rusak, sekolah"),
            Message::new("similar-days").with("n", 3),
        ],
        linked,
    };
    let left = Left::ALL.into_iter().map(Some).chain([None, None]);
    let members = left.zip(10..).map(|(left, n)| MemberRow { row: row(n, StageKind::Disposed), left });
    Kin {
        code: sample::code(0),
        key: "0198f3b2c4d7".into(),
        similar: if few { vec![] } else { vec![similar(1, false), similar(2, true)] },
        members: if few { vec![] } else { members.collect() },
        gives: true,
        may_link: true,
        cause: (!few).then(sample_cause_link),
        problems: vec![Choice::new(7, "Jalan Padat Karya rusak")],
        chosen: if few { Field::wrong("", Message::new("slip-choice")) } else { Field::default() },
        may_attribute: true,
        may_release: true,
        may_make: true,
        refused: few.then(|| (Message::new("slip-number-typo"), "123 456 7890".to_owned())),
    }
}
