//! The limits of API tokens.

use crate::fixture::*;
use domain::policy::{brings_reports, token_may};
use domain::scope::{Scope, Verb};
use domain::{AgencyId, Role};

fn scope(verbs: &[Verb], office: Option<AgencyId>) -> Scope {
    Scope { verbs: verbs.to_vec(), office }
}

/// The verbs and the office of a token, what is asked of it about which holder, and whether it may.
type Row = (&'static [Verb], Option<AgencyId>, Verb, Option<AgencyId>, bool);

#[test]
fn a_token_does_what_was_chosen_where_it_was_chosen_and_nothing_else() {
    use Verb::*;
    let rows: [Row; 12] = [
        (&[Read], None, Read, None, true),
        (&[Read], None, Read, Some(BANJARMASIN), true),
        (&[Read], None, Act, None, false),
        (&[Read], None, Export, Some(PUPR), false),
        (&[Act, Export], None, Read, None, false),
        (&[Act, Export], None, Export, Some(PUPR), true),
        (&[Read, Act], Some(KALSEL), Read, None, true),
        (&[Read, Act], Some(KALSEL), Act, Some(KALSEL), true),
        (&[Read, Act], Some(KALSEL), Act, Some(PUPR), true),
        (&[Read, Act], Some(KALSEL), Act, Some(NATIONAL), false),
        (&[Read, Act], Some(PUPR), Read, Some(DISHUB), false),
        (&[], None, Read, None, false),
    ];
    for (verbs, office, verb, holder, may) in rows {
        let told = token_may(&rules().agencies, &scope(verbs, office), verb, holder);
        assert_eq!(told, may, "{verbs:?} in {office:?}: {verb:?} at {holder:?}");
    }
}

#[test]
fn a_seat_gives_away_only_what_it_reaches() {
    let rows = [
        (Role::NationalAdmin, NATIONAL, Some(PUPR), true),
        (Role::Supervisor, NATIONAL, Some(BANJARMASIN), true),
        (Role::AgencyAdmin, KALSEL, None, true),
        (Role::AgencyAdmin, KALSEL, Some(KALSEL), true),
        (Role::AgencyAdmin, KALSEL, Some(DISHUB), true),
        (Role::AgencyAdmin, KALSEL, Some(BANJARMASIN), false),
        (Role::AgencyAdmin, KALSEL, Some(NATIONAL), false),
        (Role::Inspector, INSPECTORATE, Some(PUPR), true),
        (Role::LiaisonOfficer, PUPR, Some(KALSEL), false),
        (Role::LiaisonOfficer, PUPR, Some(DISHUB), false),
        (Role::NationalAdmin, NATIONAL, Some(AgencyId(999_999_999)), false),
    ];
    for (role, seat, office, fits) in rows {
        let told = scope(&[Verb::Read], office).fits(&rules().agencies, role, seat);
        assert_eq!(told, fits, "{role:?} at {seat}: {office:?}");
    }
    assert!(!scope(&[], None).fits(&rules().agencies, Role::NationalAdmin, NATIONAL));
}

/// The seat, the verbs and the office of a token, the agency it writes to, and whether it may.
type Bringing = (Role, AgencyId, &'static [Verb], Option<AgencyId>, AgencyId, bool);

#[test]
fn a_token_brings_reports_to_its_own_agency_only() {
    use Verb::*;
    let rows: [Bringing; 12] = [
        (Role::AgencyAdmin, KALSEL, &[Act], None, KALSEL, true),
        (Role::Operator, KALSEL, &[Act], None, KALSEL, true),
        (Role::LiaisonOfficer, PUPR, &[Act], None, KALSEL, true),
        (Role::AgencyAdmin, KALSEL, &[Act], Some(PUPR), KALSEL, true),
        (Role::AgencyAdmin, KALSEL, &[Read, Export], None, KALSEL, false),
        (Role::Leader, KALSEL, &[Act], None, KALSEL, false),
        (Role::Inspector, INSPECTORATE, &[Act], None, KALSEL, false),
        (Role::AgencyAdmin, KALSEL, &[Act], None, BANJARMASIN, false),
        (Role::AgencyAdmin, KALSEL, &[Act], None, NATIONAL, false),
        (Role::NationalAdmin, NATIONAL, &[Act], None, NATIONAL, true),
        (Role::NationalAdmin, NATIONAL, &[Act], None, BANJARMASIN, true),
        (Role::NationalAdmin, NATIONAL, &[Act], Some(KALSEL), BANJARMASIN, false),
    ];
    for (role, seat, verbs, office, to, may) in rows {
        let told = brings_reports(&rules().agencies, role, seat, &scope(verbs, office), to);
        assert_eq!(told, may, "{role:?} at {seat}: {verbs:?} in {office:?} to {to}");
    }
}

#[test]
fn verbs_have_names_that_can_be_read_back() {
    assert!(Verb::ALL.iter().all(|verb| Verb::parse(verb.name()) == Some(*verb)));
    assert_eq!(Verb::parse("everything"), None);
}
