//! What goes to an agency's own system, and what may come back.

use crate::fixture::*;
use crate::secrecy::{reports, trees};
use crate::wish::{REPORT, disposed, submitted_to};
use domain::policy::{Action, brings_updates, connects_office, is_forwarded, is_given, is_heard_of, may};
use domain::report::{Channel, HideReason};
use domain::scope::{Scope, Verb};
use domain::{Actor, AgencyId, Report, Role};
use proptest::prelude::*;
use proptest::sample::select;

fn report() -> Report {
    let at = instant("2026-04-06T09:00");
    let events = [submitted_to(NATIONAL, None), disposed(NATIONAL, PUPR)];
    Report::replay(REPORT, events.iter().map(|event| (at, event))).unwrap()
}

#[test]
fn a_public_report_goes_to_the_system_of_its_agency_and_to_no_other() {
    let agencies = &rules().agencies;
    let plain = report();
    assert!(is_forwarded(agencies, &plain, KALSEL, false) && is_forwarded(agencies, &plain, PUPR, false));
    for elsewhere in [DISHUB, BANJARMASIN, INSPECTORATE] {
        assert!(!is_forwarded(agencies, &plain, elsewhere, true), "{elsewhere}");
    }
    let anonymous = Report { anonymous: true, ..plain.clone() };
    assert!(
        !is_forwarded(agencies, &anonymous, KALSEL, false),
        "an anonymous reporter's words go where nobody said so"
    );
    assert!(is_forwarded(agencies, &anonymous, KALSEL, true));
    let kept = [
        Report { secret: true, ..plain.clone() },
        Report { supervisory: true, ..plain.clone() },
        Report { hidden: Some(HideReason::PersonalData), ..plain.clone() },
        Report { channel: Channel::Api, ..plain },
    ];
    for report in kept {
        assert!(!is_forwarded(agencies, &report, KALSEL, true), "{report:?}");
    }
}

#[test]
fn a_connection_is_for_the_nation_and_the_admins_of_the_agency() {
    let agencies = &rules().agencies;
    assert!(connects_office(agencies, &national(), KALSEL) && connects_office(agencies, &admin(KALSEL), PUPR));
    assert!(!connects_office(agencies, &national(), NATIONAL), "every report would go there");
    assert!(!connects_office(agencies, &admin(PUPR), KALSEL) && !connects_office(agencies, &liaison(KALSEL), KALSEL));
    assert!(!connects_office(agencies, &Actor::Public, KALSEL) && !connects_office(agencies, &supervisor(), KALSEL));
}

#[test]
fn a_key_tells_of_the_reports_of_its_own_office_only() {
    let agencies = &rules().agencies;
    let acts = |office: Option<AgencyId>| Scope { verbs: vec![Verb::Act], office };
    let plain = report();
    assert!(brings_updates(agencies, &admin(KALSEL), &acts(None), &plain));
    assert!(brings_updates(agencies, &liaison(PUPR), &acts(None), &plain));
    assert!(brings_updates(agencies, &national(), &acts(Some(KALSEL)), &plain));
    let refused = [
        (national(), acts(None)),
        (admin(KALSEL), acts(Some(DISHUB))),
        (admin(BANJARMASIN), acts(None)),
        (admin(KALSEL), Scope { verbs: vec![Verb::Read, Verb::Export], office: None }),
        (officer(Role::Operator, KALSEL), acts(None)),
        (officer(Role::Leader, KALSEL), acts(None)),
        (Actor::Public, acts(Some(KALSEL))),
    ];
    for (actor, scope) in refused {
        assert!(!brings_updates(agencies, &actor, &scope, &plain), "{actor:?} {scope:?}");
    }
    let sealed = Report { secret: true, ..plain };
    assert!(!brings_updates(agencies, &admin(KALSEL), &acts(None), &sealed));
}

proptest! {
    #[test]
    fn nothing_goes_out_that_the_public_may_not_read(
        tree in trees(),
        mut report in reports(),
        holder in any::<prop::sample::Index>(),
        office in any::<prop::sample::Index>(),
        anonymous in any::<bool>(),
    ) {
        let offices: Vec<AgencyId> = tree.iter().map(|agency| agency.id).collect();
        (report.holder, report.channel) = (*holder.get(&offices), Channel::Web);
        let office = *office.get(&offices);
        if is_forwarded(&tree, &report, office, anonymous) {
            prop_assert!(may(&tree, &Actor::Public, Action::Read, &report) && tree.within(report.holder, office));
            prop_assert!(is_given(&tree, &report) || (anonymous && report.anonymous));
        }
    }

    #[test]
    fn a_key_never_tells_of_what_its_officer_may_not_read(
        tree in trees(),
        mut report in reports(),
        holder in any::<prop::sample::Index>(),
        seat in any::<prop::sample::Index>(),
        role in select(&Role::ALL[..]),
    ) {
        let offices: Vec<AgencyId> = tree.iter().map(|agency| agency.id).collect();
        report.holder = *holder.get(&offices);
        let actor = officer(role, *seat.get(&offices));
        if brings_updates(&tree, &actor, &Scope::whole(), &report) {
            prop_assert!(may(&tree, &actor, Action::Read, &report) && !report.is_sealed());
            prop_assert!(is_heard_of(&tree, &report, report.holder));
        }
    }
}
