//! Outreach, agencies on their way in, and inhabitants. All of it is invented; the numbers of people say so of themselves.

use super::office::{account, known};
use super::picture::{Scene, jpeg};
use crate::{App, NewOutreach, NewPhoto, OutreachChange, Result, seat};
use domain::outreach::{OutreachKind, OutreachPlan, OutreachResult};
use domain::participation::OnboardingStep;
use domain::text::{Remark, StepText, Title};
use domain::time::Zone;
use domain::{Actor, AgencyId, RegionCode};
use jiff::ToSpan;
use jiff::civil::{Date, date};

const KALSEL: AgencyId = AgencyId(630_000);
const BONTANG: AgencyId = AgencyId(647_400);
const KUTAI_TIMUR: AgencyId = AgencyId(640_800);
const MAHAKAM_ULU: AgencyId = AgencyId(641_100);

/// Round numbers that say of themselves that they are none.
const PEOPLE: &str = "code,people,year,source
63,4000000,2020,Angka peragaan yang dikarang
63.01,400000,2020,Angka peragaan yang dikarang
63.03,600000,2020,Angka peragaan yang dikarang
63.71,700000,2020,Angka peragaan yang dikarang
63.72,300000,2020,Angka peragaan yang dikarang
64,4000000,2020,Angka peragaan yang dikarang
64.02,700000,2020,Angka peragaan yang dikarang
64.74,200000,2020,Angka peragaan yang dikarang
";

/// An activity of the demo.
struct Told {
    key: &'static str,
    office: AgencyId,
    kind: OutreachKind,
    title: &'static str,
    day: Date,
    region: &'static str,
    place: &'static str,
    goal: &'static str,
    beneficiaries: &'static str,
    people: u32,
    /// How many came, and what is told of it.
    came: Option<(u32, &'static str)>,
}

/// Begins all of it; what was begun before is not begun again.
pub(super) async fn begin(app: &App) -> Result<()> {
    let national = seat(&account(app, "nasional").await?);
    app.enter_population(&national, PEOPLE).await?.map_err(|faults| crate::Error::Broken(format!("{faults:?}")))?;
    onboarding(app, &national).await?;
    let (kalsel, bontang) = (seat(&account(app, "kalsel").await?), seat(&account(app, "bontang").await?));
    for told in activities(app) {
        let by = if told.office == BONTANG { &bontang } else { &kalsel };
        outreach(app, by, told).await?;
    }
    Ok(())
}

fn activities(app: &App) -> [Told; 4] {
    let today = Zone::Wita.day(app.now());
    let sharing = Told {
        key: "demo-sharing",
        office: KALSEL,
        kind: OutreachKind::Sharing,
        title: "LAPOR! Berbagi: paket bahan pokok di balai warga",
        day: date(2021, 3, 10),
        region: "63",
        place: "Balai warga, Banjarbaru",
        goal: "Warga yang dibantu mengenal cara menyampaikan laporan.",
        beneficiaries: "Keluarga yang membutuhkan",
        people: 100,
        came: Some((120, "Setiap keluarga menerima paket dan kartu petunjuk cara melapor.")),
    };
    let disability = Told {
        key: "demo-disability",
        title: "LAPOR! Berbagi: melapor dengan pembaca layar",
        day: date(2021, 5, 20),
        place: "Ruang belajar sebuah panti, Martapura",
        goal: "Teman tunanetra dapat melapor sendiri dengan pembaca layar.",
        beneficiaries: "Penghuni panti",
        people: 30,
        came: Some((24, "Dua kesulitan pada formulir dicatat untuk diperbaiki.")),
        ..sharing
    };
    let planned = Told {
        key: "demo-planned",
        kind: OutreachKind::Stall,
        title: "Gerai lapor di pasar terapung",
        day: today.checked_add(14.days()).unwrap_or(today),
        region: "63.71",
        place: "Dermaga pasar",
        goal: "Pedagang dan pembeli melapor di tempat, dibantu petugas.",
        beneficiaries: "Pedagang dan pembeli",
        people: 200,
        came: None,
        ..disability
    };
    let bontang = Told {
        key: "demo-bontang",
        office: BONTANG,
        kind: OutreachKind::Socialisation,
        title: "Sosialisasi cara melapor bagi pengurus RT",
        day: today.checked_sub(70.days()).unwrap_or(today),
        region: "64.74",
        place: "Aula kelurahan",
        goal: "Keluh kesah di media sosial disampaikan sebagai laporan yang dapat dijawab.",
        beneficiaries: "Pengurus RT",
        people: 60,
        came: Some((48, "Pengurus mencoba mengirim laporan percobaan bersama-sama.")),
    };
    [sharing, disability, planned, bontang]
}

async fn outreach(app: &App, by: &Actor, told: Told) -> Result<()> {
    let plan = OutreachPlan {
        kind: told.kind,
        title: known(Title::parse(told.title))?,
        day: told.day,
        region: RegionCode::parse(told.region).unwrap_or(RegionCode::nation()),
        place: known(StepText::parse(told.place))?,
        goal: known(Remark::parse(told.goal))?,
        beneficiaries: known(StepText::parse(told.beneficiaries))?,
        people: told.people,
    };
    // A demo that is installed again on another day plans for other days.
    let key = &format!("{}-{}", told.key, told.day);
    let id = app.plan_outreach(by, NewOutreach { office: told.office, plan }, key).await?;
    let Some((people, notes)) = told.came else { return Ok(()) };
    let result = OutreachResult { people, notes: known(Remark::parse(notes))? };
    known(app.change_outreach(by, id, 1, OutreachChange::CarriedOut(result), key).await?)?;
    let mut incoming = app.receive().await?;
    incoming.push(&jpeg(Scene::Yard, true)?).await?;
    let file = app.keep(incoming, "kegiatan.jpg").await?;
    let alt = format!("Gambar peragaan dari kegiatan {}", told.title);
    app.add_outreach_photo(by, id, NewPhoto { alt, file }, key).await
}

async fn onboarding(app: &App, by: &Actor) -> Result<()> {
    let steps = [
        (KUTAI_TIMUR, OnboardingStep::Decree, "SK pengelola pengaduan sudah ditandatangani."),
        (KUTAI_TIMUR, OnboardingStep::AdminNamed, "Admin sudah ditunjuk; undangan akun menyusul."),
        (MAHAKAM_ULU, OnboardingStep::Decree, "SK sudah ada; admin belum ditunjuk."),
    ];
    let day = Zone::Wita.day(app.now());
    for (agency, step, note) in steps {
        let is_told = app.onboarding_of(by, agency).await?.steps.iter().any(|one| one.step == step && one.is_done);
        if !is_told {
            app.note_onboarding(by, agency, step, Some((day, known(Remark::parse(note))?))).await?;
        }
    }
    Ok(())
}
