//! An event as a sentence of the timeline.

use super::Tone;
use crate::words::{Message, Value};
use domain::report::{Closure, Event, EventKind, Missing};
use domain::{AgencyId, UserId};

/// The names that events only know by id.
pub trait Names {
    /// An office's name.
    fn agency(&self, id: AgencyId) -> String;
    /// An officer's name, as far as this reader may know it.
    fn officer(&self, id: UserId) -> String;
}

/// The sentence of an event; `holder` is the office that held the report when it happened.
pub fn sentence(event: &Event, holder: AgencyId, names: &impl Names) -> Message {
    let key = format!("event-{}", event.kind().name());
    let variant = |suffix: &str| Message::new(format!("{key}-{suffix}"));
    let plain = || Message::new(key.as_str());
    match event {
        Event::Submitted { channel, .. } => plain().with("channel", of("channel", channel.name())),
        Event::Disposed { to, settled: true, .. } => variant("settled").with("agency", names.agency(*to)),
        Event::Disposed { to, .. } | Event::Contested { to } => plain().with("agency", names.agency(*to)),
        Event::HandedOver { from, to } => plain().with("from", names.agency(*from)).with("agency", names.agency(*to)),
        Event::Returned { from, reason, .. } => {
            plain().with("agency", names.agency(*from)).with("reason", of("return", reason.name()))
        }
        Event::Held { missing } => plain().with("missing", listed(missing)),
        Event::Archived { by_system: true, reason } => {
            variant("by_system").with("reason", of("archive", reason.name()))
        }
        Event::Archived { reason, .. } => plain().with("reason", of("archive", reason.name())),
        Event::Answered { answer, planned_for, .. } => {
            let told = variant(answer.name()).with("agency", names.agency(holder));
            planned_for.map_or(told.clone(), |date| told.with("date", date))
        }
        Event::Confirmed { rating } | Event::Rated { rating } => plain().with("rating", *rating),
        Event::Closed { how } => variant(how.name()),
        Event::Reclassified { class, supervisory, .. } => {
            let told = if *supervisory { variant("supervisory") } else { plain() };
            told.with("class", of("class", class.name()))
        }
        Event::Assigned { officer: Some(id) } => plain().with("officer", names.officer(*id)),
        Event::Assigned { officer: None } => variant("none"),
        Event::Hidden { reason } => plain().with("reason", of("hide", reason.name())),
        Event::Reminded { limit } => plain().with("limit", of("limit", limit.name())),
        Event::Escalated { limit, to, .. } => {
            plain().with("limit", of("limit", limit.name())).with("agency", names.agency(*to))
        }
        Event::AnswerProposed { author, .. } => plain().with("officer", names.officer(*author)),
        Event::AnswerApproved { author, .. } => plain().with("officer", names.officer(*author)),
        Event::PartAsked { part, office, .. } => plain().with("part", *part).with("agency", names.agency(*office)),
        Event::PartReturned { part, reason } => plain().with("part", *part).with("reason", of("return", reason.name())),
        Event::PartEscalated { part, to, .. } => plain().with("part", *part).with("agency", names.agency(*to)),
        Event::PartAnswered { part, .. } | Event::PartWithdrawn { part } | Event::PartReminded { part } => {
            plain().with("part", *part)
        }
        Event::AdviceOverridden { findings } => {
            let keys = findings.iter().map(|finding| format!("finding-{}", finding.name())).collect();
            plain().with("findings", Value::Keys(keys))
        }
        _ => plain(),
    }
}

/// The colour of an event.
pub fn tone(event: &Event) -> Tone {
    match event {
        Event::Closed { how: Closure::Confirmed } | Event::Confirmed { .. } => Tone::Good,
        Event::Objected | Event::Contested { .. } | Event::Escalated { .. } | Event::Reopened => Tone::Bad,
        Event::Held { .. } | Event::Returned { .. } | Event::Warned | Event::Reminded { .. } => Tone::Wait,
        Event::NameAsked { .. } | Event::NameOpened { .. } => Tone::Wait,
        Event::PartEscalated { .. } => Tone::Bad,
        Event::PartReturned { .. } | Event::PartReminded { .. } => Tone::Wait,
        Event::Archived { .. } | Event::Closed { .. } | Event::Hidden { .. } => Tone::Quiet,
        event if event.kind() == EventKind::Noted => Tone::Quiet,
        _ => Tone::Calm,
    }
}

fn of(family: &str, name: &str) -> Value {
    Value::Key(format!("{family}-{name}"))
}

fn listed(missing: &[Missing]) -> Value {
    Value::Keys(missing.iter().map(|missing| format!("missing-{}", missing.name())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Lang, Words};
    use domain::deadline::Limit;
    use domain::report::{AnswerKind, ArchiveReason, Channel, Class, HideReason, ReturnReason};
    use domain::time::Zone;
    use jiff::civil::date;

    struct Known;

    impl Names for Known {
        fn agency(&self, id: AgencyId) -> String {
            format!("Kantor {id}")
        }

        fn officer(&self, id: UserId) -> String {
            format!("Petugas {id}")
        }
    }

    const HERE: AgencyId = AgencyId(7);

    fn told(event: &Event) -> String {
        Words::new(Lang::Id).say(&sentence(event, HERE, &Known))
    }

    #[test]
    fn endings_are_told_apart() {
        let told: Vec<String> = Closure::ALL.iter().map(|how| told(&Event::Closed { how: *how })).collect();
        assert_eq!(told[1], "Ditutup sistem karena tidak ada tanggapan pelapor");
        assert_ne!(told[0], told[2]);
    }

    #[test]
    fn what_is_missing_is_listed_in_words() {
        let held = Event::Held { missing: vec![Missing::Date, Missing::Evidence] };
        assert_eq!(told(&held), "Menunggu kelengkapan dari pelapor: Tanggal kejadian, Foto atau bukti lain");
    }

    #[test]
    fn a_plan_tells_its_date() {
        let answer = Event::Answered {
            answer: AnswerKind::Planned,
            planned_for: Some(date(2026, 5, 12)),
            evidence: 0,
            alike: 0,
        };
        assert_eq!(told(&answer), "Kantor 7 menjawab: direncanakan Sel 12 Mei 2026");
    }

    #[test]
    fn every_event_has_its_sentence_in_both_languages() {
        for event in every() {
            for lang in Lang::ALL {
                let told = Words::new(lang).say(&sentence(&event, HERE, &Known));
                assert!(!told.contains('⟦'), "{told} for {event:?}");
            }
        }
    }

    fn every() -> Vec<Event> {
        let region = domain::region::RegionCode::parse("63.71").unwrap();
        let mut events = vec![
            Event::Disposed { from: HERE, to: HERE, settled: true },
            Event::Disposed { from: HERE, to: HERE, settled: false },
            Event::Resumed,
            Event::Completed,
            Event::Contested { to: HERE },
            Event::Replied,
            Event::Confirmed { rating: 5 },
            Event::Rated { rating: 2 },
            Event::Objected,
            Event::Reopened,
            Event::Rewritten,
            Event::Assigned { officer: Some(UserId(1)) },
            Event::Assigned { officer: None },
            Event::Noted,
            Event::Unhidden,
            Event::NameAsked { officer: UserId(1) },
            Event::NameOpened { officer: UserId(1), by: UserId(2) },
            Event::NameKept { officer: UserId(1) },
            Event::PromiseReminded,
            Event::Supported,
            Event::Attached { attachment: domain::AttachmentId(1) },
            Event::Warned,
            Event::HandedOver { from: HERE, to: HERE },
            Event::OmbudsmanOffered,
            Event::OmbudsmanAccepted,
            Event::AnswerProposed { author: UserId(1), answer: AnswerKind::Done, planned_for: None, evidence: 0 },
            Event::AnswerApproved { draft: 1, author: UserId(1) },
            Event::AnswerSentBack { draft: 1 },
            Event::AnswerWithdrawn { draft: 1 },
            Event::PartAsked { part: 1, office: HERE, compulsory: true, opened: false, day: None },
            Event::PartAnswered { part: 1, evidence: 0 },
            Event::PartReturned { part: 1, reason: ReturnReason::OtherAgency },
            Event::PartWithdrawn { part: 1 },
            Event::PartReminded { part: 1 },
            Event::PartEscalated { part: 1, level: 1, to: HERE },
            Event::AdviceOverridden { findings: domain::check::Finding::ALL.to_vec() },
            Event::Held { missing: Missing::ALL.to_vec() },
        ];
        events.extend(Channel::ALL.iter().map(|channel| Event::Submitted {
            class: Class::Complaint,
            category: None,
            region: region.clone(),
            zone: Zone::Wita,
            channel: *channel,
            anonymous: false,
            secret: false,
            holder: HERE,
            chosen: None,
        }));
        events.extend(ReturnReason::ALL.iter().map(|reason| Event::Returned {
            from: HERE,
            to: HERE,
            reason: *reason,
            suggestion: None,
        }));
        for by_system in [true, false] {
            events.extend(ArchiveReason::ALL.iter().map(|reason| Event::Archived { by_system, reason: *reason }));
            events.extend(Class::ALL.iter().map(|class| Event::Reclassified {
                class: *class,
                supervisory: by_system,
                category: None,
            }));
        }
        let planned_for = Some(date(2026, 5, 12));
        events.extend(AnswerKind::ALL.iter().map(|answer| Event::Answered {
            answer: *answer,
            planned_for,
            evidence: 1,
            alike: 0,
        }));
        events.extend(HideReason::ALL.iter().map(|reason| Event::Hidden { reason: *reason }));
        events.extend(Closure::ALL.iter().map(|how| Event::Closed { how: *how }));
        events.extend(Limit::ALL.iter().map(|limit| Event::Reminded { limit: *limit }));
        events.extend(Limit::ALL.iter().map(|limit| Event::Escalated { limit: *limit, level: 1, to: HERE }));
        events
    }
}
