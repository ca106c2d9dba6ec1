//! Samples of the report page, one for each thing a reporter may be asked to do.

use super::cause::sample_link;
use super::report::{Follow, Look, Mailbox, Original, OwnView, PublicReport, ReportPage, SameMatter};
use crate::components::sample::{self, entry};
use crate::components::{ClockState, Entry, Field, Frame, Place, Slip, Tone};
use crate::words::{Message, Words};
use app::mail::Reach;
use domain::report::{Class, CommandKind, Missing, StageKind};
use domain::{AgencyId, Role};
use jiff::civil::date;

/// An answered public report.
pub fn answered() -> PublicReport {
    PublicReport {
        code: sample::code(0),
        title: "Jalan berlubang di depan SDN Sungai Andai 3".into(),
        text: sample::STORY.into(),
        class: Class::Complaint,
        supervisory: false,
        stage: StageKind::Answered,
        category: Some("Infrastruktur Jalan".into()),
        place: "Kota Banjarmasin, Kalimantan Selatan".into(),
        address: None,
        agency: Some((AgencyId(631), "Dinas PUPR Kota Banjarmasin".into())),
        happened: Some(date(2026, 3, 2)),
        sent: sample::moment(13, 7, 42),
        files: sample::files(),
        timeline: sample::timeline(),
        clocks: vec![sample::clock(ClockState::Early)],
        next: Message::new("after-answered").with("date", date(2026, 4, 6)),
        supports: 24,
        rating: None,
        units: 2,
    }
}

fn page(report: PublicReport, own: Option<OwnView>) -> ReportPage {
    ReportPage {
        w: Words::default(),
        frame: Frame::at(&format!("/laporan/{}", report.code), Place::Reports),
        report,
        supported: false,
        same: SameMatter {
            count: if own.is_some() { 0 } else { 7 },
            first: vec![(sample::code(3), "Jalan rusak di depan SDN Sungai Andai".into())],
        },
        follow: own.is_none().then_some(Follow::Stranger),
        cause: own.is_none().then(sample_link),
        own,
        key: "0198f3b2c4d6".into(),
        pin: Field::default(),
        slips: vec![],
    }
}

fn own(can: &[CommandKind]) -> Option<OwnView> {
    Some(OwnView { can: can.to_vec(), until: Some(date(2026, 4, 10)), ..OwnView::default() })
}

fn waiting() -> PublicReport {
    PublicReport {
        title: sample::LONG.into(),
        stage: StageKind::Disposed,
        agency: Some((AgencyId(632), sample::LONG_AGENCY.into())),
        clocks: vec![sample::clock(ClockState::Late), sample::clock(ClockState::Soon)],
        next: Message::new("after-late"),
        timeline: sample::timeline().into_iter().take(2).collect(),
        files: vec![],
        supports: 0,
        ..answered()
    }
}

fn closed(stage: StageKind, clock: ClockState) -> PublicReport {
    let next = match stage {
        StageKind::ClosedConfirmed => Message::new("after-closed_confirmed"),
        _ => Message::new(format!("after-{}", stage.name())).with("date", date(2026, 4, 20)),
    };
    let rating = (stage == StageKind::ClosedConfirmed).then_some(5);
    PublicReport { stage, next, rating, clocks: vec![sample::clock(clock)], ..answered() }
}

fn held() -> ReportPage {
    let report = PublicReport {
        stage: StageKind::Held,
        next: Message::new("after-held").with("date", date(2026, 4, 2)),
        clocks: vec![sample::clock(ClockState::Paused)],
        timeline: vec![Entry {
            text: Some("Mohon sebutkan nama jalan dan kirim satu foto.".into()),
            ..entry(
                Message::new("event-held").with("missing", "Tempat kejadian, foto"),
                sample::moment(16, 9, 0),
                Tone::Wait,
            )
        }],
        ..answered()
    };
    let view = own(&[CommandKind::Complete]).map(|view| OwnView {
        missing: vec![Missing::Location, Missing::Evidence],
        missing_text: Some("Mohon sebutkan nama jalan dan kirim satu foto.".into()),
        mailbox: Some(Mailbox {
            reach: Reach::Dead, address: Some("siti••••.id".into()), email: Field::default()
        }),
        ..view
    });
    page(report, view)
}

fn look(what: &str) -> Look {
    Look {
        role: Role::AgencyAdmin,
        agency: sample::LONG_AGENCY.into(),
        what: what.to_owned(),
        at: sample::moment(16, 9, 0),
        reason: (what == "name").then(|| "Perlu mencocokkan data di lapangan.".to_owned()),
    }
}

fn refused_reply() -> ReportPage {
    let short = Message::new("text-too-short").with("least", 10);
    let mut page = page(answered(), own(&[CommandKind::Confirm, CommandKind::Reply, CommandKind::Object]));
    page.own = page.own.map(|view| OwnView {
        original: Some(Original { title: "JALAN RUSAK!!!".into(), text: sample::STORY.to_uppercase() }),
        reply: Field::wrong("belum", short.clone()),
        looks: ["contact", "name"].map(look).to_vec(),
        mailbox: Some(Mailbox {
            reach: Reach::Works,
            address: Some("siti••••.id".into()),
            email: Field::wrong("siti", Message::new("slip-email")),
        }),
        ..view
    });
    page.slips = vec![Slip { field: "reply-text", message: short }];
    page
}

pub(super) fn all() -> Vec<ReportPage> {
    use CommandKind::{AcceptOmbudsman, Confirm, Contest, Object, Reply};
    let mut supported = page(answered(), None);
    supported.supported = true;
    supported.follow = Some(Follow::Does);
    let mut can_follow = page(waiting(), None);
    can_follow.follow = Some(Follow::Can);
    supported.pin = Field::wrong("", Message::new("slip-pin"));
    vec![
        page(answered(), None),
        page(answered(), own(&[Confirm, Reply, Object])),
        page(waiting(), None),
        page(waiting(), own(&[AcceptOmbudsman, Reply])),
        page(closed(StageKind::ClosedBySystem, ClockState::Met), own(&[Confirm, Object])),
        page(closed(StageKind::ClosedByOfficer, ClockState::Missed), None),
        page(closed(StageKind::ClosedConfirmed, ClockState::Met), own(&[Object])),
        page(closed(StageKind::ArchivedAdmin, ClockState::Met), own(&[Contest])),
        held(),
        refused_reply(),
        supported,
        can_follow,
    ]
}
