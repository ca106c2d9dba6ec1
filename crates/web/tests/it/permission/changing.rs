//! What each seat can do to each report.

use super::matrix::{does, reads};
use super::world::World;
use crate::api::Client;
use crate::world::House;
use serde_json::{Value, json};

/// Reports on which every seat tries every command.
const TRIES: usize = 2;

/// Lets every seat try everything, and holds what came of it against the matrix.
pub async fn check(house: &House, world: &mut World) {
    for n in 0..world.seats.len() {
        let api = Client::new(house).with("authorization", &format!("Bearer {}", world.seats[n].token));
        let key = (world.seats[n].user, world.seats[n].role, world.seats[n].office);
        for (what, body) in wishes(world) {
            for _ in 0..TRIES {
                let number = world.dice.below(world.cases.len());
                let case = &world.cases[number];
                let reference = house.app.reference();
                let agencies = &reference.rules.agencies;
                let known = reads(agencies, world.seats[n].eye(), number, &case.report);
                let allowed = known && does(agencies, key, what, &case.report);
                let done = api.post(&format!("/desk/reports/{}/{what}", case.code), body.clone()).await;
                let expected = match (known, allowed) {
                    (false, _) => done.status == 404,
                    (true, false) => done.status == 403,
                    (true, true) => [200, 409, 422].contains(&done.status.as_u16()),
                };
                assert!(expected, "{key:?} gets {} for {what} on {:?}: {}", done.status, case.report, done.json);
                let before = case.report.seq;
                world.again(house, number).await;
                let moved = world.cases[number].report.seq != before;
                assert!(allowed || !moved, "{key:?} was refused {what} and it happened");
            }
        }
    }
}

fn wishes(world: &mut World) -> [(&'static str, Value); 14] {
    let office = 2 + world.dice.below(10);
    let flag = world.dice.one_in(2);
    [
        ("note", json!({"text": "Sudah ditelepon."})),
        ("disposition", json!({"to": office})),
        ("answer", json!({"kind": "explained", "text": "Perbaikan dijadwalkan pekan depan."})),
        ("hold", json!({"missing": ["detail"], "text": "Di ruas mana tepatnya?"})),
        ("resume", json!({"text": "Lokasinya sudah jelas."})),
        ("return", json!({"reason": "other_agency", "text": "Ini urusan instansi lain."})),
        ("rewrite", json!({"title": "Judul yang lain lagi", "body": "Isi yang ditulis ulang oleh petugas."})),
        ("classification", json!({"class": "complaint", "supervisory": flag})),
        ("visibility", json!({"hidden": flag, "reason": "abusive", "text": "Memuat makian."})),
        ("closure", json!({"text": "Terima kasih."})),
        ("reopening", json!({"text": "Penanganannya belum tuntas."})),
        ("archive", json!({"reason": "unclear", "text": "Tidak dapat dipahami."})),
        ("assignment", json!({"officer": null})),
        ("ombudsman", json!({})),
    ]
}
