//! `/desk/laporan/{code}`: everything an officer may know about a report, and all they may do with it.

use super::actions::{self, ActionForms};
use super::doubt::{self, DoubtCard};
use super::draft::{self, DraftCard};
use super::kin::{self, Kin};
use super::parts::{self, PartsView};
use super::peer_case::{self, PeerCard};
use super::questions::{self, Questions};
use super::verify::{self, Verification};
use crate::citizen::{Original, PublicReport};
use crate::components::{Clock, Entry, Frame, Notice, Page, Place, Tone, sample};
use crate::words::{Message, Moment, Words};
use askama::Template;
use domain::check::{Advice, Finding};
use domain::personal::PersonalKind;
use domain::report::{Channel, CommandKind, HideReason, StageKind};
use domain::taking::Consent;

/// What this officer may know about the person who reported.
#[derive(Debug, Clone, Default)]
pub struct ReporterView {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Why the name is not shown: `reporter-anonymous`, `reporter-unknown` or `reporter-not-yours`.
    pub hidden: Option<&'static str>,
}

/// Personal data in words that the public reads or will read, and the words without it.
#[derive(Debug, Clone)]
pub struct PersonalNotice {
    pub found: Vec<(PersonalKind, String)>,
    pub title: String,
    pub text: String,
}

/// Who took a report in for its reporter, for those who may know the reporter.
#[derive(Debug, Clone)]
pub struct TakenIn {
    /// The officer, where this reader may know them, and the office.
    pub by: String,
    pub at: Moment,
    pub consent: Option<Consent>,
    /// The address of a public source.
    pub source: Option<String>,
}

/// What an officer is told about a report besides its public facts.
#[derive(Debug, Clone)]
pub struct CaseFacts {
    pub channel: Channel,
    /// The partner system that brought it in.
    pub partner: Option<String>,
    pub anonymous: bool,
    pub secret: bool,
    pub hidden: Option<HideReason>,
    pub officer: Option<String>,
    /// The office that the reporter chose.
    pub chosen: Option<String>,
    /// Degrees north and east, where the reporter marked the place.
    pub point: Option<(String, String)>,
    /// How often it came back as "not ours".
    pub returns: u8,
    /// The national admin has decided; it may not come back.
    pub settled: bool,
}

/// The report page of the desk.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/report.html")]
pub struct CasePage {
    pub w: Words,
    pub frame: Frame,
    /// Who else has it open, as a sentence.
    pub present: Option<String>,
    /// The report; its timeline carries every event that this officer may read.
    pub report: PublicReport,
    /// The words as sent, where they were edited and this officer may read them.
    pub original: Option<Original>,
    pub reporter: ReporterView,
    pub taken: Option<TakenIn>,
    /// What this officer may mask.
    pub personal: Option<PersonalNotice>,
    pub facts: CaseFacts,
    /// Why it is worth a second look, for who may decide about it.
    pub doubt: Option<DoubtCard>,
    /// Internal notes, newest first.
    pub notes: Vec<Entry>,
    pub draft: Option<DraftCard>,
    pub parts: PartsView,
    /// What it came to at the own system of the agency.
    pub peer: Option<PeerCard>,
    pub forms: ActionForms,
    pub kin: Kin,
    pub questions: Questions,
    /// The decision, where nobody has decided yet and this officer may.
    pub verify: Option<Verification>,
}

impl CasePage {
    fn clock(&self) -> Option<&Clock> {
        self.report.clocks.first()
    }
}

impl Page for CasePage {
    fn speak(&mut self, words: Words) {
        self.w = words;
    }

    fn samples() -> Vec<Self> {
        use CommandKind::{Answer, Archive, Assign, Close, Dispose, Hide, Hold, Note, OfferOmbudsman, Reclassify};
        use CommandKind::{AskName, KeepName, OpenName, Reopen, Resume, Return, Rewrite, Unhide};
        let answering = page(&[Answer, Return, Hold, Dispose, Assign, Note, Rewrite, Reclassify, Close]);
        let mut verifying = page(&[Hold, Archive, Return, Rewrite, Note, Hide]);
        verifying.verify = Some(verify::sample());
        verifying.forms.closed = true;
        verifying.report.stage = StageKind::Submitted;
        verifying.report.agency = None;
        verifying.original = None;
        let mut undecided = verifying.clone();
        undecided.doubt = Some(doubt::sample(undecided.report.code));
        if let Some(verify) = &mut undecided.verify {
            verify.action.refused = Some(Message::new("refusal-outside-subtree"));
            verify.returned.clear();
        }
        let mut masking = page(&[Dispose, Rewrite]);
        masking.personal = Some(PersonalNotice {
            found: vec![(PersonalKind::Phone, "0812 0000 0000".into()), (PersonalKind::Plate, "DA 1234 XY".into())],
            title: verifying.report.title.clone(),
            text: "Mobil •••• menutup jalan; hubungi saya di ••••.".into(),
        });
        let mut sealed = page(&[OpenName, KeepName, AskName, Resume, Unhide, OfferOmbudsman, Reopen]);
        sealed.facts.secret = true;
        sealed.facts.anonymous = true;
        sealed.facts.settled = true;
        sealed.facts.returns = 2;
        sealed.facts.hidden = Some(HideReason::PersonalData);
        sealed.report.title = sample::LONG.into();
        sealed.report.supervisory = true;
        sealed.reporter = ReporterView { hidden: Some("reporter-anonymous"), ..ReporterView::default() };
        let mut refused = answering.clone();
        refused.forms.actions[0].refused = Some(Message::new("refusal-evidence-missing"));
        refused.forms.actions[0].typed.insert("text".into(), vec!["Jalan sudah ditambal.".into()]);
        let mut advised = answering.clone();
        advised.forms.actions[0].refused = Some(Message::new("refusal-advised"));
        advised.forms.actions[0].typed.insert("text".into(), vec!["Terima kasih, akan dikoordinasikan.".into()]);
        advised.forms.actions[0].kept = vec![("sig|hash|image/jpeg|7|sesudah.jpg".into(), "sesudah.jpg".into())];
        let advice = Finding::ALL.iter().map(|finding| Advice { finding: *finding, said: None });
        advised.forms.actions[0].advice = advice.collect();
        advised.forms.actions[0].advice[0].said = Some("akan dikoordinasikan".into());
        let mut shared = answering.clone();
        shared.parts = parts::sample(parts::sample_rows(), true);
        shared.parts.sealed = true;
        shared.parts.refused = Some(Message::new("refusal-outside-subtree"));
        shared.parts.typed.insert("unit-1".into(), vec!["Dinas Perhubungan".into()]);
        shared.forms.filled = Some("Dinas Perhubungan:\nRambu terpasang.".into());
        let mut conflict = page(&[]);
        conflict.frame.notice =
            Some(Notice { tone: Tone::Wait, message: Message::new("conflict-told").with("what", sample::LONG) });
        conflict.present = None;
        conflict.forms.kept = Some("Jalan sudah ditambal.".into());
        conflict.report.stage = StageKind::ClosedByOfficer;
        conflict.report.clocks.clear();
        conflict.notes.clear();
        conflict.reporter = ReporterView { hidden: Some("reporter-not-yours"), ..ReporterView::default() };
        let mut waiting = answering.clone();
        waiting.draft = Some(draft::sample(true));
        let mut proposing = page(&[CommandKind::ProposeAnswer, Note]);
        proposing.draft = Some(draft::sample(false));
        let mut beside = page(&[Answer, Note]);
        beside.peer = Some(peer_case::sample_card());
        let mut taken = page(&[Note]);
        taken.facts.channel = Channel::SocialMedia;
        let mut brought = page(&[Note]);
        (brought.facts.channel, brought.facts.partner) = (Channel::Partner, Some("Aplikasi Contoh".into()));
        taken.taken = Some(taken_in());
        let more = [advised, undecided, masking, shared, waiting, proposing, beside, taken, brought];
        [vec![answering, verifying, sealed, refused, conflict], more.into()].concat()
    }
}

fn taken_in() -> TakenIn {
    TakenIn {
        by: "Lina Wulandari, Dinas Komunikasi dan Informatika Kota Banjarmasin".into(),
        at: sample::moment(13, 7, 42),
        consent: Some(Consent::PublicSource),
        source: Some("https://x.com/contoh/status/17".into()),
    }
}

fn page(kinds: &[CommandKind]) -> CasePage {
    let report = PublicReport {
        address: Some("Jl. Padat Karya, depan SDN Sungai Andai 3".into()),
        stage: StageKind::Disposed,
        next: Message::new("after-disposed").with("date", sample::today()),
        ..crate::citizen::sample_report()
    };
    CasePage {
        w: Words::default(),
        frame: Frame::at(&format!("/desk/laporan/{}", report.code), Place::Inbox).seated(sample::seat()),
        present: Some("Sedang dibuka: Ratna Wulandari".into()),
        original: Some(Original { title: "JALAN RUSAK TOLONG!!".into(), text: sample::STORY.to_uppercase() }),
        reporter: ReporterView {
            name: Some("Siti Contoh".into()),
            phone: Some("0812 0000 0000".into()),
            email: Some("siti@contoh.id".into()),
            hidden: None,
        },
        taken: None,
        personal: None,
        facts: CaseFacts {
            channel: Channel::Web,
            partner: None,
            anonymous: false,
            secret: false,
            hidden: None,
            officer: Some("Sri Lestari".into()),
            chosen: Some("Dinas PUPR Kota Banjarmasin".into()),
            point: Some(("-3.316694".into(), "114.590111".into())),
            returns: 1,
            settled: false,
        },
        doubt: None,
        notes: vec![Entry {
            by: Some("Ratna Wulandari".into()),
            text: Some("Sudah saya telepon Bidang Bina Marga; anggaran tambal sulam masih ada.".into()),
            internal: true,
            ..sample::entry(Message::new("event-noted"), sample::moment(17, 11, 20), Tone::Quiet)
        }],
        draft: None,
        parts: parts::sample(Vec::new(), kinds.contains(&CommandKind::Dispose)),
        peer: None,
        forms: actions::sample(kinds),
        kin: kin::sample(kinds.is_empty()),
        questions: questions::sample(kinds.is_empty()),
        verify: None,
        report,
    }
}
