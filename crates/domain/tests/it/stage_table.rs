//! The stage × command table, for people who make the rules.

use crate::fixture::{DISHUB, KALSEL, NATIONAL, instant, national, rules};
use crate::label::{self, Label};
use crate::sample;
use crate::wish::part_asked;
use domain::report::{AnswerKind, CommandKind, EventKind, HideReason, StageKind, decide, evolve};
use domain::{AgencyId, Command, Event, MatterId, Moment, ProblemId, Refusal, Report, UserId};
use expect_test::expect_file;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::fmt::Write;

const HEAD: &str = "# Tahap × perintah · Stage × command

Apa yang terjadi bila sebuah perintah diberikan kepada laporan pada suatu tahap.
What happens when a command is given to a report in a stage.

- `✔ kode`: dapat dilakukan; inilah peristiwa yang dicatat · possible; this is the event that is recorded.
- `✘ kode`: ditolak; inilah alasannya · refused; this is the reason.
- Siapa yang berwenang tertulis di `role-action.md` · who may do it stands in `role-action.md`.
- Perintah orang dicoba satu jam sesudah peristiwa terakhir; perintah sistem (⏱) jauh sesudah semua batas waktu lewat.
  What people do is tried one hour after the last event; what the system does (⏱) long after every deadline.
- Nama dicoba pada laporan anonim; dibuka atau ditolak oleh orang lain sesudah diminta.
  The name is tried on an anonymous report; it is opened or kept by somebody else after it was asked for.
- \"Lepaskan tautan\" dicoba pada laporan yang tertaut · \"unlink\" is tried on a linked report.
- Jawaban dan akhir pertanyaan dicoba sesudah pihak luar ditanya · an answer by link and the end of a question are
  tried after somebody outside was asked.
- Jawaban, pengembalian, penarikan, dan pengingat bagian dicoba sesudah satu bagian diminta dari unit lain.
  What is said about a part is tried after one was asked of another unit.
- \"Tampilkan kembali\" dicoba pada laporan yang disembunyikan, \"setujui Ombudsman\" sesudah ditawarkan.
  \"Unhide\" is tried on a hidden report, \"consent to the Ombudsman\" after the offer.

";

#[test]
fn stage_by_command() {
    let mut used = Used::default();
    let mut table = String::from(HEAD);
    row(&mut table, "Perintah · Command", StageKind::ALL.iter().map(|stage| both(label::stage(*stage))));
    row(&mut table, "---", StageKind::ALL.iter().map(|_| "---".to_owned()));
    for kind in CommandKind::ALL {
        let clock = if ticks(*kind) { "⏱ " } else { "" };
        let (id, en) = label::command(*kind);
        let cells = StageKind::ALL.iter().map(|stage| used.cell(*stage, *kind));
        row(&mut table, &format!("{clock}**{id}** · {en}"), cells);
    }
    table.push_str("\n## Peristiwa · Events\n\n| Kode | Bahasa Indonesia | English |\n|---|---|---|\n");
    for kind in EventKind::ALL.iter().filter(|kind| used.events.contains(kind)) {
        legend(&mut table, kind.name(), label::event(*kind));
    }
    table.push_str("\n## Alasan penolakan · Refusals\n\n| Kode | Bahasa Indonesia | English |\n|---|---|---|\n");
    for refusal in Refusal::ALL.iter().filter(|refusal| used.refusals.contains(refusal.code())) {
        legend(&mut table, refusal.code(), label::refusal(*refusal));
    }
    expect_file!["../expect/stage-command.md"].assert_eq(&table);
}

/// The codes that the table needs explained.
#[derive(Default)]
struct Used {
    events: BTreeSet<EventKind>,
    refusals: BTreeSet<&'static str>,
}

impl Used {
    fn cell(&mut self, stage: StageKind, kind: CommandKind) -> String {
        let (report, last) = sample::report(stage);
        let (report, now) = prepared(report, last, kind);
        let command = drafted(sample::command(kind), &report);
        match decide(&Moment { now, rules: rules() }, &national(), &report, &command) {
            Ok(events) => {
                self.events.extend(events.iter().map(Event::kind));
                let names: Vec<&str> = events.iter().map(|event| event.kind().name()).collect();
                format!("✔ {}", names.join(", "))
            }
            Err(refusal) => {
                self.refusals.insert(refusal.code());
                format!("✘ {}", refusal.code())
            }
        }
    }
}

fn prepared(report: Report, last: Timestamp, kind: CommandKind) -> (Report, Timestamp) {
    let soon = last + SignedDuration::from_hours(1);
    match kind {
        CommandKind::Unhide => (evolve(report, last, &Event::Hidden { reason: HideReason::Abusive }), soon),
        CommandKind::AskName => (Report { anonymous: true, ..report }, soon),
        CommandKind::OpenName | CommandKind::KeepName => {
            let asked = Event::NameAsked { officer: UserId(KALSEL.0) };
            (evolve(Report { anonymous: true, ..report }, last, &asked), soon)
        }
        CommandKind::Unlink => (evolve(report, last, &Event::Linked { matter: MatterId(5) }), soon),
        CommandKind::Release => (evolve(report, last, &Event::Attributed { problem: ProblemId(5) }), soon),
        CommandKind::AnswerOutside | CommandKind::EndQuestion if report.is_open() => {
            (Report { asked: vec![sample::ASKED], ..report }, soon)
        }
        CommandKind::ApproveAnswer | CommandKind::SendBackAnswer => (evolve(report, last, &proposed(KALSEL)), soon),
        CommandKind::WithdrawAnswer => (evolve(report, last, &proposed(NATIONAL)), soon),
        CommandKind::AnswerPart | CommandKind::ReturnPart | CommandKind::WithdrawPart => {
            (evolve(report, last, &part_asked(1, DISHUB)), soon)
        }
        CommandKind::RemindPart | CommandKind::EscalatePart => {
            (evolve(report, last, &part_asked(1, DISHUB)), instant("2026-12-01T09:00"))
        }
        CommandKind::AcceptOmbudsman => (evolve(report, last, &Event::OmbudsmanOffered), soon),
        kind if ticks(kind) => (report, instant("2026-12-01T09:00")),
        _ => (report, soon),
    }
}

/// The same command about the draft that is there.
fn drafted(command: Command, report: &Report) -> Command {
    let seq = report.draft.as_ref().map_or(0, |draft| draft.seq);
    match command {
        Command::ApproveAnswer { .. } => Command::ApproveAnswer { draft: seq },
        Command::SendBackAnswer { text, .. } => Command::SendBackAnswer { draft: seq, text },
        Command::WithdrawAnswer { .. } => Command::WithdrawAnswer { draft: seq },
        other => other,
    }
}

fn proposed(author: AgencyId) -> Event {
    Event::AnswerProposed { author: UserId(author.0), answer: AnswerKind::Explained, planned_for: None, evidence: 0 }
}

fn ticks(kind: CommandKind) -> bool {
    kind >= CommandKind::Remind
}

fn both((id, en): Label) -> String {
    format!("**{id}**<br>{en}")
}

fn row(table: &mut String, head: &str, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.collect();
    writeln!(table, "| {head} | {} |", cells.join(" | ")).unwrap();
}

fn legend(table: &mut String, code: &str, (id, en): Label) {
    writeln!(table, "| `{code}` | {id} | {en} |").unwrap();
}
