//! The role × action table, for people who make the rules.

use crate::fixture::*;
use crate::label;
use crate::wish::*;
use domain::policy::{Action, may};
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
    expect_file!["../expect/role-action.md"].assert_eq(&table);
}

fn actions() -> Vec<(String, Action)> {
    let reading = [
        ("**Baca** · Read", Action::Read),
        ("**Baca nama pelapor** · Read the reporter's name", Action::ReadName),
        ("**Baca kontak pelapor** · Read the reporter's contact", Action::ReadContact),
        ("**Baca naskah asli** · Read the original", Action::ReadOriginal),
        ("**Baca catatan internal** · Read internal notes", Action::ReadNotes),
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

fn pair((id, en): label::Label) -> String {
    format!("{id}<br>{en}")
}
