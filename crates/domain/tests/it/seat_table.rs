//! Who manages whose seats, as a table for people who make the rules, and as laws.

use crate::fixture::*;
use crate::label;
use domain::policy::seats::{fits, gives, may_seat, may_see_changes, may_see_seats, may_stand_in};
use domain::{Actor, AgencyId, Role};
use expect_test::expect_file;
use std::fmt::Write;

const HEAD: &str = "# Peran × akun · Role × accounts

Siapa boleh mengelola kursi di sebuah kantor: mengundang, mengakhiri, menunjuk wakil, menutup dan membuka akun.
Who may manage the seats of an office: invite, end, name deputies, close and open accounts.

- `●` di kantor mana pun · in any office
- `○` hanya di kantor sendiri dan di bawahnya · only in the own office and below it
- `–` tidak boleh · not at all

";

fn seat_of(role: Role) -> AgencyId {
    match role {
        Role::NationalAdmin | Role::Supervisor => NATIONAL,
        Role::Inspector => INSPECTORATE,
        _ => KALSEL,
    }
}

fn cell(role: Role, may: impl Fn(&Actor, AgencyId) -> bool) -> &'static str {
    let by = officer(role, seat_of(role));
    match (may(&by, PUPR), may(&by, BANJARMASIN)) {
        (true, true) => "●",
        (true, false) => "○",
        (false, false) => "–",
        (false, true) => panic!("{role:?} may only elsewhere"),
    }
}

#[test]
fn role_by_accounts() {
    let agencies = &rules().agencies;
    let mut table = String::from(HEAD);
    let roles: Vec<String> = Role::ALL.iter().map(|role| pair(label::role(*role))).collect();
    writeln!(table, "| Tindakan · Action | {} |", roles.join(" | ")).unwrap();
    writeln!(table, "|---|{}", ":-:|".repeat(Role::ALL.len())).unwrap();
    let mut row = |name: String, may: &dyn Fn(&Actor, AgencyId) -> bool| {
        let cells: Vec<_> = Role::ALL.iter().map(|role| cell(*role, may)).collect();
        writeln!(table, "| {name} | {} |", cells.join(" | ")).unwrap();
    };
    row("**Lihat siapa duduk** · See who sits there".into(), &|by, office| may_see_seats(agencies, by, office));
    row("**Baca riwayat perubahan** · Read the changes".into(), &|by, office| may_see_changes(agencies, by, office));
    for target in Role::ALL {
        let (id, en) = label::role(target);
        let name = format!("**Kelola kursi {id}** · Manage seats: {en}");
        row(name, &move |by, office| may_seat(agencies, by, office, target));
    }
    expect_file!["../expect/role-accounts.md"].assert_eq(&table);
}

fn pair((id, en): label::Label) -> String {
    format!("{id}<br>{en}")
}

/// Whatever chain of invitations an agency admin begins, nobody in it manages an office outside the own
/// subtree, and nobody becomes what only the national admin gives.
#[test]
fn invitations_never_lead_out_of_the_subtree() {
    let agencies = &rules().agencies;
    let mut reached = vec![(KALSEL, Role::AgencyAdmin)];
    let mut next = 0;
    while let Some((office, role)) = reached.get(next).copied() {
        next += 1;
        for target in agencies.iter().map(|agency| agency.id) {
            for given in gives(agencies, &officer(role, office), target) {
                assert!(agencies.within(target, KALSEL), "{target} by {role:?}");
                if !reached.contains(&(target, given)) {
                    reached.push((target, given));
                }
            }
        }
    }
    assert!(reached.len() > 20);
    assert!(reached.iter().all(|(office, role)| fits(agencies, *office, *role)));
    let above = [Role::NationalAdmin, Role::Supervisor, Role::Auditor];
    assert!(reached.iter().all(|(_, role)| !above.contains(role)));
}

#[test]
fn a_deputy_comes_from_the_same_agency_and_for_an_inspector_from_the_same_inspectorate() {
    let agencies = &rules().agencies;
    let may = |seats: &[(AgencyId, Role)], office, role| may_stand_in(agencies, seats, office, role);
    assert!(may(&[(DISHUB, Role::LiaisonOfficer)], PUPR, Role::LiaisonOfficer));
    assert!(!may(&[(BANJARMASIN_PUPR, Role::LiaisonOfficer)], PUPR, Role::LiaisonOfficer));
    assert!(!may(&[(PUPR, Role::LiaisonOfficer)], PUPR, Role::LiaisonOfficer));
    assert!(!may(&[(KALSEL, Role::AgencyAdmin)], INSPECTORATE, Role::Inspector));
    assert!(may(&[(INSPECTORATE, Role::LiaisonOfficer)], INSPECTORATE, Role::Inspector));
    assert!(!may(&[(KALSEL, Role::AgencyAdmin)], NATIONAL, Role::NationalAdmin));
    assert!(!may(&[], PUPR, Role::LiaisonOfficer));
}
