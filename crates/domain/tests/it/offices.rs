//! The tree of offices as admins change it, and who verifies under which connection.

use crate::fixture::*;
use domain::agency::{Agency, AgencyFault, AgencyKind, AgencyTree, Connection, check, verifier};
use domain::{AgencyId, RegionCode};
use proptest::prelude::*;

fn tree(connection: Connection) -> AgencyTree {
    AgencyTree::new(rules().agencies.iter().cloned().map(|agency| match agency.id {
        BANJARMASIN => Agency { connection, ..agency },
        _ => agency,
    }))
}

#[test]
fn the_connection_decides_who_verifies() {
    let (own, other) = (Some(BANJARMASIN_PUPR), Some(KALSEL));
    let table = [
        (Connection::Central, own, "63.71", NATIONAL),
        (Connection::Central, None, "63.71", NATIONAL),
        (Connection::Central, other, "63.71", KALSEL),
        (Connection::Semi, own, "63.71", BANJARMASIN),
        (Connection::Semi, None, "63.71", NATIONAL),
        (Connection::Semi, other, "63.71", KALSEL),
        (Connection::Full, own, "63.72", BANJARMASIN),
        (Connection::Full, None, "63.71", BANJARMASIN),
        (Connection::Full, None, "63.71.05", BANJARMASIN),
        (Connection::Full, None, "63.72", NATIONAL),
        (Connection::Full, None, "63", NATIONAL),
        (Connection::Full, other, "63.71", KALSEL),
    ];
    for (connection, chosen, region, wanted) in table {
        let region = RegionCode::parse(region).unwrap();
        let found = verifier(&tree(connection), chosen, &region, date("2026-11-09"));
        assert_eq!(found, wanted, "{connection:?} {chosen:?} {region}");
    }
}

#[test]
fn an_office_is_changed_only_so_that_the_tree_stays_one() {
    let tree = &rules().agencies;
    let today = date("2026-11-09");
    let was = |id| tree.get(id).unwrap().clone();
    let new = Agency { id: AgencyId(9_000_000), name: "UPT Jalan Wilayah I".into(), ..was(PUPR) };
    let below = Agency { parent: Some(PUPR), kind: AgencyKind::Vertical, short: "UPT I".into(), ..new.clone() };
    let table = [
        (below.clone(), vec![]),
        (Agency { name: " ".into(), ..below.clone() }, vec![AgencyFault::Name]),
        (Agency { name: was(DISHUB).name.to_uppercase(), ..below.clone() }, vec![AgencyFault::NameTaken]),
        (Agency { parent: None, ..below.clone() }, vec![AgencyFault::Parent]),
        (Agency { parent: Some(AgencyId(139)), ..below.clone() }, vec![AgencyFault::Parent]),
        (Agency { parent: Some(PUPR), ..was(KALSEL) }, vec![AgencyFault::Loop]),
        (Agency { parent: Some(PUPR), ..was(PUPR) }, vec![AgencyFault::Loop]),
        (
            Agency { active_from: Some(today), active_to: Some(date("2026-11-08")), ..below.clone() },
            vec![AgencyFault::Dates],
        ),
        (Agency { active_to: Some(today), ..was(KALSEL) }, vec![AgencyFault::Children]),
        (Agency { active_to: Some(today), ..was(PUPR) }, vec![]),
        (Agency { active_to: Some(today), ..was(NATIONAL) }, vec![AgencyFault::National, AgencyFault::Children]),
        (Agency { kind: AgencyKind::National, ..below }, vec![AgencyFault::National]),
    ];
    for (agency, wanted) in table {
        assert_eq!(check(tree, &agency, today), wanted, "{agency:?}");
    }
}

proptest! {
    /// Whatever is moved below whatever: where no fault is told, every office still leads up to the national one.
    #[test]
    fn no_allowed_move_makes_a_loop(moves in prop::collection::vec((0_usize..900, 0_usize..900), 1..12)) {
        let mut tree = rules().agencies.clone();
        let ids: Vec<AgencyId> = tree.iter().map(|agency| agency.id).collect();
        for (one, other) in moves {
            let (one, other) = (ids[one % ids.len()], ids[other % ids.len()]);
            let moved = Agency { parent: Some(other), ..tree.get(one).unwrap().clone() };
            if check(&tree, &moved, date("2026-11-09")).is_empty() {
                let all: Vec<Agency> = tree.iter().filter(|agency| agency.id != one).cloned().chain([moved]).collect();
                tree = AgencyTree::new(all);
            }
        }
        for id in ids {
            prop_assert_eq!(tree.line(id).last(), Some(NATIONAL));
        }
    }
}
