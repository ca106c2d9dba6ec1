//! Who may do what, in any tree of offices.

use crate::fixture::{instant, officer};
use crate::wish::{REPORT, disposed, submitted_to};
use domain::agency::{Agency, AgencyKind, AgencyTree};
use domain::policy::{Action, may};
use domain::report::{Class, CommandKind, HideReason, StageKind};
use domain::{Actor, AgencyId, Event, Report, Role};
use proptest::prelude::*;
use proptest::sample::select;

/// A tree in which office n has any office before it as its parent.
pub fn trees() -> impl Strategy<Value = AgencyTree> {
    prop::collection::vec(any::<prop::sample::Index>(), 1..24).prop_map(|parents| {
        let office = |id: usize, parent: Option<usize>| Agency {
            id: number(id),
            parent: parent.map(number),
            kind: if parent.is_none() { AgencyKind::National } else { AgencyKind::Unit },
            name: format!("Kantor {id}"),
            short: format!("K{id}"),
            region: None,
            aliases: vec![],
            active_from: None,
            active_to: None,
            connection: Default::default(),
            edition: 0,
        };
        let below = parents.iter().enumerate().map(|(n, parent)| office(n + 1, Some(parent.index(n + 1))));
        AgencyTree::new(std::iter::once(office(0, None)).chain(below))
    })
}

fn number(n: usize) -> AgencyId {
    AgencyId(i64::try_from(n).unwrap() + 1)
}

pub fn reports() -> impl Strategy<Value = Report> {
    let facts = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (facts, select(StageKind::ALL)).prop_map(|((anonymous, secret, supervisory, hidden, here), stage)| {
        let (mut report, at) = crate::sample::report(stage);
        report.anonymous = anonymous;
        report.secret = secret;
        report = domain::report::evolve(
            report,
            at,
            &Event::Reclassified { class: Class::Complaint, supervisory, category: None },
        );
        report.hidden = hidden.then_some(HideReason::Abusive);
        report.chosen = here.then_some(AgencyId(2));
        report
    })
}

fn at_home(tree: &AgencyTree, role: Role, seat: AgencyId, report: &Report) -> bool {
    let line: Vec<AgencyId> = tree.line(report.holder).collect();
    match role {
        Role::NationalAdmin => true,
        Role::Inspector => report.supervisory && line.contains(&tree.root_of(seat)),
        _ => line.contains(&seat),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_officer_outside_the_holders_line_changes_nothing(
        tree in trees(),
        mut report in reports(),
        holder in any::<prop::sample::Index>(),
        seat in any::<prop::sample::Index>(),
        role in select(&Role::ALL[..]),
        kind in select(CommandKind::ALL),
    ) {
        let offices: Vec<AgencyId> = tree.iter().map(|agency| agency.id).collect();
        report.holder = *holder.get(&offices);
        let seat = *seat.get(&offices);
        let allowed = may(&tree, &officer(role, seat), Action::Do(kind), &report);
        let watches = role == Role::Supervisor && matches!(kind, CommandKind::Reopen | CommandKind::Note);
        if !at_home(&tree, role, seat, &report) && !watches {
            prop_assert!(!allowed, "{role:?} of {seat} does {kind:?} to a report of {}", report.holder);
        }
        let signs = role == Role::Leader && matches!(kind, CommandKind::ApproveAnswer | CommandKind::SendBackAnswer);
        if matches!(role, Role::Operator | Role::Leader | Role::Auditor) && !signs {
            prop_assert!(!allowed, "{role:?} does {kind:?}");
        }
    }

    #[test]
    fn the_name_of_an_anonymous_reporter_is_read_by_no_officer(
        tree in trees(),
        mut report in reports(),
        seat in any::<prop::sample::Index>(),
        role in select(&Role::ALL[..]),
    ) {
        report.anonymous = true;
        let offices: Vec<AgencyId> = tree.iter().map(|agency| agency.id).collect();
        let actor = officer(role, *seat.get(&offices));
        for action in [Action::ReadName, Action::ReadContact] {
            prop_assert!(!may(&tree, &actor, action, &report));
            prop_assert!(!may(&tree, &Actor::Public, action, &report));
        }
    }

    #[test]
    fn what_is_not_public_is_read_only_by_those_who_are_concerned(
        tree in trees(),
        mut report in reports(),
        holder in any::<prop::sample::Index>(),
        seat in any::<prop::sample::Index>(),
        role in select(&Role::ALL[..]),
    ) {
        let offices: Vec<AgencyId> = tree.iter().map(|agency| agency.id).collect();
        report.holder = *holder.get(&offices);
        let seat = *seat.get(&offices);
        let reads = may(&tree, &officer(role, seat), Action::Read, &report);
        prop_assert_eq!(may(&tree, &Actor::Public, Action::Read, &report), report.is_public());
        prop_assert!(may(&tree, &Actor::Reporter, Action::Read, &report));
        if report.is_public() {
            prop_assert!(reads);
        } else if !at_home(&tree, role, seat, &report) && role != Role::Supervisor {
            prop_assert!(!reads, "{role:?} of {seat} reads a report of {}", report.holder);
        }
        if report.is_sealed() && matches!(role, Role::Supervisor | Role::Leader | Role::Operator | Role::Auditor) {
            prop_assert!(!reads, "{role:?} reads a sealed report");
        }
    }
}

#[test]
fn whoever_may_change_a_report_may_read_it() {
    let at = instant("2026-04-06T09:00");
    let events = [submitted_to(AgencyId(1), None), disposed(AgencyId(1), AgencyId(630003))];
    let mut report = Report::replay(REPORT, events.iter().map(|event| (at, event))).unwrap();
    for (secret, supervisory) in [(false, false), (true, false), (false, true), (true, true)] {
        (report.secret, report.supervisory) = (secret, supervisory);
        for role in Role::ALL {
            let seat = officer(role, report.holder);
            let allowed = |action| may(&crate::fixture::rules().agencies, &seat, action, &report);
            let changes = CommandKind::ALL.iter().any(|kind| allowed(Action::Do(*kind)));
            assert!(!changes || allowed(Action::Read), "{role:?}");
        }
    }
}
