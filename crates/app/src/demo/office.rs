//! What the officers of the demo have under way, begun by the same functions as from the pages: a face, a template, an
//! invitation, a part asked of another unit, a problem behind many reports, a reminder campaign, a hand-over.

use crate::campaign::NewCampaign;
use crate::handover::{NewHandOver, Side};
use crate::inbox::InboxView;
use crate::problems::{ProblemChange, ProblemDraft};
use crate::seats::NewInvitation;
use crate::templates::NewTemplate;
use crate::{Act, App, Error, Result, seat};
use domain::campaign::{Criterion, LetterText};
use domain::face::{Colour, Face};
use domain::problem::{PlanStep, ProblemStatus, shows};
use domain::report::{Class, Command, StageKind};
use domain::text::{Body, Email, PersonName, Remark, StepText, Title};
use domain::time::Zone;
use domain::{Actor, AgencyId, Code, ReportId, Role};
use jiff::ToSpan;
use jiff::civil::date;
use store::officer::{self, Officer};
use store::report::{self, Row};

const KALSEL: AgencyId = AgencyId(630_000);
const ROADS: AgencyId = AgencyId(630_003);
const TRANSPORT: AgencyId = AgencyId(630_004);
const KUKAR_INSPECTORATE: AgencyId = AgencyId(640_202);
const KUKAR_COMMUNICATION: AgencyId = AgencyId(640_201);
/// Latest public reports among which the officers find what they are about.
const LATEST: u32 = 100;
const LIGHTING: &str = "Penerangan jalan";
const ROAD: &str = "Infrastruktur jalan";

/// Begins all of it; what was begun before is not begun again.
pub(super) async fn begin(app: &App) -> Result<()> {
    let chief = account(app, "kalsel").await?;
    face(app, &chief).await?;
    template(app, &chief).await?;
    invitation(app, &chief).await?;
    part(app, &chief).await?;
    problem(app, &chief).await?;
    campaign(app).await?;
    hand_over(app).await?;
    app.measure_lateness().await
}

pub(super) async fn account(app: &App, login: &str) -> Result<Officer> {
    officer::find(&mut app.db().read().await?, login).await?.ok_or(Error::NotFound)
}

/// Text of the demo, which is known to be one.
pub(super) fn known<T>(read: std::result::Result<T, impl std::fmt::Debug>) -> Result<T> {
    read.map_err(|error| Error::Broken(format!("a text of the demo: {error:?}")))
}

async fn face(app: &App, chief: &Officer) -> Result<()> {
    if app.reference().faces.of(KALSEL).is_some() {
        return Ok(());
    }
    let face = Face {
        agency: KALSEL,
        name: "LAPOR PAMAN".into(),
        slug: "paman".into(),
        host: None,
        colour: Colour::of(0x7a, 0x1f, 0x2b),
        logo: None,
        edition: 0,
    };
    app.put_face(&seat(chief), face).await.map(drop)
}

async fn template(app: &App, chief: &Officer) -> Result<()> {
    if !app.templates(KALSEL).await?.is_empty() {
        return Ok(());
    }
    let text = "Terima kasih atas laporan nomor {nomor} tentang {judul}. Lokasi di {wilayah} sudah kami periksa pada \
        {hari_ini}. Perbaikannya kami kerjakan sebelum {tenggat} dan hasilnya kami sampaikan di sini beserta fotonya.";
    let new = NewTemplate {
        was: None,
        name: known(Title::parse("Perbaikan sarana umum: jadwal pengerjaan"))?,
        body: known(Body::parse(text))?,
        active: true,
    };
    known(app.put_template(&seat(chief), new).await?).map(drop)
}

async fn invitation(app: &App, chief: &Officer) -> Result<()> {
    let new = NewInvitation {
        office: KALSEL,
        role: Role::LiaisonOfficer,
        name: known(PersonName::parse("Lala Peragaan"))?,
        email: known(Email::parse("lala@contoh.id"))?,
        key: "demo".into(),
    };
    known(app.invite(chief, new).await?)
}

/// Fresh reports about something that a problem may show, and that an office holds.
async fn reports(app: &App, category: &str, of: impl Fn(&Row) -> bool) -> Result<Vec<Code>> {
    let reference = app.reference();
    let is_about = |row: &Row| {
        let named = row.report.category.and_then(|id| reference.categories.get(id));
        named.is_some_and(|named| named.name == category)
    };
    let latest = report::list_public(&mut app.db().read().await?, ReportId(i64::MAX), LATEST).await?;
    let found = latest.into_iter().map(|listed| listed.row).filter(|row| is_about(row) && of(row));
    Ok(found.map(|row| row.code).collect())
}

async fn part(app: &App, chief: &Officer) -> Result<()> {
    let waits = |row: &Row| {
        let report = &row.report;
        report.holder == ROADS && report.class == Class::Complaint && report.stage.kind() == StageKind::Disposed
    };
    let Some(code) = reports(app, ROAD, waits).await?.pop() else { return Ok(()) };
    let text = "Mohon atur lalu lintas dan rambu sementara selama perbaikan jalan ini.";
    let command = Command::AskPart {
        office: TRANSPORT,
        compulsory: true,
        opened: false,
        day: None,
        text: known(Remark::parse(text))?,
    };
    let act = Act { key: Some("demo-part".into()), ..Act::new(seat(chief), command) };
    app.act(code, act).await.map(drop)
}

async fn problem(app: &App, chief: &Officer) -> Result<()> {
    let open = |row: &Row| row.root == KALSEL && row.report.is_open() && shows(&row.report);
    let mut codes = reports(app, LIGHTING, open).await?;
    let Some(first) = codes.pop() else { return Ok(()) };
    let today = Zone::Wita.day(app.now());
    let step = |what: &str, days: i64, done| {
        Ok::<_, Error>(PlanStep {
            what: known(StepText::parse(what))?,
            until: today.checked_add(days.days()).ok(),
            done,
        })
    };
    let draft = ProblemDraft {
        title: known(Title::parse("Lampu jalan provinsi padam sejak gardu diganti"))?,
        cause: known(Remark::parse("Panel di tiga gardu belum disambung kembali setelah penggantian bulan lalu."))?,
        owner: TRANSPORT,
        plan: vec![
            step("Memeriksa panel di tiga gardu", -3, true)?,
            step("Menyambung kembali jaringan lampu", 7, false)?,
            step("Mengganti lampu yang rusak", 21, false)?,
        ],
    };
    let by: Actor = seat(chief);
    let made = app.make_problem(by, draft, Some(first), "demo-problem").await?;
    for code in codes {
        app.attribute(code, made, by, &format!("demo-problem-{code}")).await?;
    }
    let text = known(Remark::parse("Panel sudah diperiksa. Penyambungan dikerjakan malam hari, lampu demi lampu."))?;
    let seen = app.problem(made).await?;
    let tell = ProblemChange::Tell { status: ProblemStatus::Working, text };
    match seen.status {
        ProblemStatus::Known => app.change_problem(by, made, seen.version, tell, "demo-news").await,
        _ => Ok(()),
    }
}

/// Not sent yet: that is for whoever tries the demo.
async fn campaign(app: &App) -> Result<()> {
    let letter = "Yth. Pimpinan {instansi}\n\nMasih ada {jumlah} laporan masyarakat yang masuk dari {dari} sampai {sampai} \
        dan belum selesai. Kami mohon semuanya diselesaikan paling lambat {tenggat}.\n\nHormat kami,\n{pengirim}";
    let today = Zone::Wib.day(app.now());
    let new = NewCampaign {
        title: "Tuntaskan laporan lama".into(),
        criterion: Criterion { from: date(2020, 1, 1), to: date(2023, 12, 31), late_only: false },
        deadline: today.checked_add(30.days()).unwrap_or(today),
        letter: known(LetterText::parse(letter))?,
        key: "demo".into(),
    };
    app.make_campaign(&seat(&account(app, "nasional").await?), new).await.map(drop)
}

/// As in Kutai Kartanegara on 24 February 2021, when the Inspektorat gave the complaints to the Diskominfo. The side that
/// gives has signed.
async fn hand_over(app: &App) -> Result<()> {
    let by = seat(&account(app, "kukar").await?);
    let waiting = app.inbox(&by, InboxView::Stage(StageKind::Submitted), None, 1).await?.rows.into_iter().next();
    if let Some(first) = waiting {
        let command = Command::Dispose { to: KUKAR_INSPECTORATE, note: None };
        app.act(first.listed.row.code, Act::new(by, command)).await?;
    }
    let giving = account(app, "itda.kukar").await?;
    let new = NewHandOver {
        giving: KUKAR_INSPECTORATE,
        receiving: KUKAR_COMMUNICATION,
        day: Zone::Wita.day(app.now()),
        reason: known(Remark::parse("Pengelolaan pengaduan dialihkan dari Inspektorat ke Diskominfo."))?,
        decree: None,
        key: "demo".into(),
    };
    let id = known(app.draft_hand_over(&giving, new).await?)?;
    if app.hand_over(&giving, id).await?.row.given.is_none() {
        known(app.sign_hand_over(&giving, id, Side::Giving).await?)?;
    }
    Ok(())
}
