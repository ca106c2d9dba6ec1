//! The role × action table, for people who make the rules.

use crate::fixture::*;
use crate::label;
use crate::wish::*;
use domain::policy::{Action, OfficeAction, may, may_at};
use domain::report::{ArchiveReason, Class, CommandKind, HideReason};
use domain::{Actor, AgencyId, Event, Report, Role};
use expect_test::expect_file;
use std::fmt::Write;

const HEAD: &str = "# Peran × tindakan · Role × action

Siapa boleh melakukan apa dengan sebuah laporan. Apakah tahapnya mengizinkan, tertulis di `stage-command.md`.
Who may do what with a report. Whether its stage allows it stands in `stage-command.md`.

- `●` boleh di mana pun · wherever the seat is
- `○` hanya bila laporan ada pada instansinya atau di bawahnya; bagi Inspektorat: pada instansi induknya ·
  only while the report is with the seat's office or below; for the Inspector: within its parent agency
- `–` tidak boleh · not at all
";

type Kind = (&'static str, &'static str, Report);

fn report(events: &[Event]) -> Report {
    let at = instant("2026-04-06T09:00");
    Report::replay(REPORT, events.iter().map(|event| (at, event))).unwrap()
}

fn kinds() -> Vec<Kind> {
    let sent = |anonymous, secret| match submitted_to(KALSEL, Some(KALSEL)) {
        Event::Submitted { class, category, region, zone, channel, holder, chosen, .. } => {
            Event::Submitted { class, category, region, zone, channel, anonymous, secret, holder, chosen }
        }
        other => other,
    };
    let verified = |first: Event, more: &[Event]| report(&[&[first, disposed(KALSEL, PUPR)], more].concat());
    let supervisory = Event::Reclassified { class: Class::Complaint, supervisory: true, category: None };
    vec![
        ("Terbuka", "Public", verified(sent(false, false), &[])),
        (
            "Menunggu verifikasi instansi pilihan pelapor",
            "Waiting for the chosen agency",
            report(&[sent(false, false)]),
        ),
        ("Rahasia", "Secret", verified(sent(false, true), &[])),
        (
            "Rahasia, menunggu verifikasi instansi pilihan pelapor",
            "Secret, waiting for the chosen agency",
            report(&[sent(false, true)]),
        ),
        (
            "Rahasia, diserahkan kepada Ombudsman",
            "Secret, given to the Ombudsman",
            verified(sent(false, true), &[Event::OmbudsmanOffered, Event::OmbudsmanAccepted]),
        ),
        ("Keberatan kedua", "Second objection", verified(sent(false, false), &[Event::Objected, Event::Objected])),
        ("Berkadar pengawasan", "Supervisory", verified(sent(false, false), &[supervisory])),
        ("Anonim", "Anonymous", verified(sent(true, false), &[])),
        ("Disembunyikan", "Hidden", verified(sent(false, false), &[Event::Hidden { reason: HideReason::Abusive }])),
        ("Diarsipkan", "Archived", verified(sent(false, false), &[archived(ArchiveReason::Spam)])),
    ]
}

#[test]
fn role_by_action() {
    let mut table = String::from(HEAD);
    for (id, en, report) in kinds() {
        writeln!(table, "\n## {id} · {en}\n").unwrap();
        let roles: Vec<String> = Role::ALL.iter().map(|role| pair(label::role(*role))).collect();
        writeln!(
            table,
            "| Tindakan · Action | Masyarakat<br>Public | Pelapor<br>Reporter | {} | Sistem<br>System |",
            roles.join(" | ")
        )
        .unwrap();
        writeln!(table, "|---|{}", ":-:|".repeat(Role::ALL.len() + 3)).unwrap();
        for (name, action) in actions() {
            let mut cells = vec![once(Actor::Public, action, &report), once(Actor::Reporter, action, &report)];
            cells.extend(Role::ALL.iter().map(|role| near_and_far(*role, action, &report)));
            cells.push(once(Actor::System, action, &report));
            writeln!(table, "| {name} | {} |", cells.join(" | ")).unwrap();
        }
    }
    supporting(&mut table);
    expect_file!["../expect/role-action.md"].assert_eq(&table);
}

/// What the seats of a supporting unit may do, where nothing else brings them near the report.
fn supporting(table: &mut String) {
    let asked = |opened| Event::PartAsked { part: 1, office: BANJARMASIN, compulsory: true, opened, day: None };
    let kinds = [
        ("Unit pendukung, laporan terbuka", "Supporting unit, public report", false, false),
        ("Unit pendukung, laporan rahasia tanpa izin baca", "Supporting unit, secret report not opened", true, false),
        ("Unit pendukung, laporan rahasia yang dibukakan", "Supporting unit, secret report opened to it", true, true),
    ];
    for (id, en, secret, opened) in kinds {
        let verified = report(&[submitted(), disposed(NATIONAL, PUPR), asked(opened)]);
        let report = Report { secret, ..verified };
        writeln!(table, "\n## {id} · {en}\n").unwrap();
        let roles: Vec<String> = Role::ALL.iter().map(|role| pair(label::role(*role))).collect();
        writeln!(table, "| Tindakan · Action | {} |\n|---|{}", roles.join(" | "), ":-:|".repeat(Role::ALL.len()))
            .unwrap();
        for (name, action) in actions() {
            let seats = Role::ALL.iter().map(|role| allowed(officer(*role, BANJARMASIN), action, &report));
            let seats: Vec<bool> = seats.collect();
            if seats.iter().any(|may| *may) {
                let cells: Vec<&str> = seats.iter().map(|may| if *may { "●" } else { "–" }).collect();
                writeln!(table, "| {name} | {} |", cells.join(" | ")).unwrap();
            }
        }
    }
}

fn actions() -> Vec<(String, Action)> {
    let reading = [
        ("**Baca** · Read", Action::Read),
        ("**Baca nama pelapor** · Read the reporter's name", Action::ReadName),
        ("**Baca kontak pelapor** · Read the reporter's contact", Action::ReadContact),
        ("**Baca naskah asli** · Read the original", Action::ReadOriginal),
        ("**Baca alamat tepatnya** · Read the exact place", Action::ReadPlace),
        ("**Baca catatan internal** · Read internal notes", Action::ReadNotes),
        ("**Ambil berkas untuk Ombudsman** · Take the papers for the Ombudsman", Action::TakePackage),
    ];
    let doing = CommandKind::ALL.iter().map(|kind| {
        let (id, en) = label::command(*kind);
        (format!("**{id}** · {en}"), Action::Do(*kind))
    });
    reading.into_iter().map(|(name, action)| (name.to_owned(), action)).chain(doing).collect()
}

fn allowed(actor: Actor, action: Action, report: &Report) -> bool {
    may(&rules().agencies, &actor, action, report)
}

fn once(actor: Actor, action: Action, report: &Report) -> &'static str {
    if allowed(actor, action, report) { "●" } else { "–" }
}

fn near_and_far(role: Role, action: Action, report: &Report) -> &'static str {
    let (near, far) = match role {
        Role::NationalAdmin => (NATIONAL, NATIONAL),
        Role::Inspector => (INSPECTORATE, AgencyId(637102)),
        _ => (report.holder, BANJARMASIN),
    };
    match [near, far].map(|seat| allowed(officer(role, seat), action, report)) {
        [true, true] => "●",
        [true, false] => "○",
        [false, false] => "–",
        [false, true] => panic!("{role:?} may do {action:?} only elsewhere"),
    }
}

const OFFICE_HEAD: &str = "# Peran × tindakan terhadap instansi · Role × action about an office

Siapa boleh melakukan apa terhadap sebuah instansi, di luar satu laporan.
Who may do what about an office, apart from a single report.

- `●` terhadap instansi mana pun · about any office
- `○` instansinya sendiri dan di bawahnya · the own office and those below it
- `◎` juga kabupaten dan kota yang diawasi provinsinya · also the regencies and cities that its province supervises
- `◇` hanya instansinya sendiri · only the own office
- `▽` hanya kabupaten dan kota yang diawasi provinsinya · only the regencies and cities that its province supervises
- `△` hanya yang di bawahnya atau yang diawasi provinsinya, bukan instansinya sendiri · only those below it or
  supervised by its province, not the own office
- `–` tidak boleh · not at all

Kursi dalam tabel: Admin Instansi, Pimpinan dan Pengawas pada pemerintah provinsi, Inspektorat pada inspektoratnya.
The seats of the table: agency admin, leader and supervisor at a province, the inspector at its inspectorate.

";

#[test]
fn role_by_action_about_an_office() {
    let mut table = String::from(OFFICE_HEAD);
    let roles = Role::ALL.iter().flat_map(|role| match role {
        Role::Supervisor => vec![pair(label::role(*role)), "Pengawas nasional<br>National supervisor".to_owned()],
        _ => vec![pair(label::role(*role))],
    });
    let roles: Vec<String> = roles.collect();
    writeln!(table, "| Tindakan · Action | {} |", roles.join(" | ")).unwrap();
    writeln!(table, "|---|{}", ":-:|".repeat(roles.len())).unwrap();
    for action in OfficeAction::ALL {
        let (id, en) = office_label(action);
        let cells = Role::ALL.iter().flat_map(|role| match role {
            Role::Supervisor => vec![reach(*role, KALSEL, action), reach(*role, NATIONAL, action)],
            Role::NationalAdmin => vec![reach(*role, NATIONAL, action)],
            Role::Inspector => vec![reach(*role, INSPECTORATE, action)],
            _ => vec![reach(*role, KALSEL, action)],
        });
        writeln!(table, "| **{id}** · {en} | {} |", cells.collect::<Vec<_>>().join(" | ")).unwrap();
    }
    expect_file!["../expect/role-office.md"].assert_eq(&table);
}

fn reach(role: Role, seat: AgencyId, action: OfficeAction) -> &'static str {
    let [own, below, watched, far] = [KALSEL, PUPR, BANJARMASIN, AgencyId(647_400)]
        .map(|office| may_at(&rules().agencies, &officer(role, seat), action, office));
    match (own, below, watched, far) {
        (true, true, true, true) => "●",
        (true, true, true, false) => "◎",
        (true, true, false, false) => "○",
        (false, true, true, false) => "△",
        (true, false, false, false) => "◇",
        (false, false, true, false) => "▽",
        (false, false, false, false) => "–",
        other => panic!("{role:?} {action:?}: {other:?}"),
    }
}

fn office_label(action: OfficeAction) -> label::Label {
    match action {
        OfficeAction::SeeFigures => ("Baca angka", "Read its figures"),
        OfficeAction::SeeSealedFigures => ("Baca angka laporan tertutup", "Read the figures of sealed reports"),
        OfficeAction::Remind => ("Ingatkan dengan surat", "Remind it by letter"),
        OfficeAction::AskPlan => ("Minta rencana aksi dan nilai", "Ask for an action plan and judge it"),
        OfficeAction::CarryOutPlan => ("Kerjakan rencana aksi", "Work on its action plan"),
        OfficeAction::AssignWarning => ("Serahkan peringatan dini", "Give an early warning to an office"),
        OfficeAction::AnswerWarning => ("Tanggapi peringatan dini", "Answer an early warning"),
        OfficeAction::SetThreshold => ("Tetapkan ambang", "Set the threshold"),
        OfficeAction::TakeReport => ("Terima laporan atas nama orang", "Take in reports on behalf of people"),
        OfficeAction::MakeSign => ("Buat tanda QR", "Make QR signs"),
        OfficeAction::KeepWebhooks => ("Kelola webhook", "Keep webhooks"),
        OfficeAction::FreezeSemester => ("Bekukan angka semester", "Freeze the figures of a half year"),
        OfficeAction::SeeEvaluation => ("Baca evaluasi yang belum final", "Read its evaluation before it is final"),
        OfficeAction::FillEvaluation => ("Isi evaluasi dan ajukan keberatan", "Answer its evaluation and object"),
        OfficeAction::VerifyEvaluation => {
            ("Verifikasi evaluasi dan putuskan keberatan", "Verify its evaluation and decide")
        }
        OfficeAction::PlanOutreach => ("Rencanakan sosialisasi", "Plan outreach activities"),
        OfficeAction::NoteOnboarding => ("Catat langkah keterhubungan", "Note steps of its way in"),
        OfficeAction::EnterPopulation => ("Isi jumlah penduduk", "Enter how many people live where"),
    }
}

fn pair((id, en): label::Label) -> String {
    format!("{id}<br>{en}")
}
