//! Officers and their passes.

use crate::fixture::at;
use domain::{AgencyId, Role, SeatId, UserId};
use store::officer::{self, Officer, PassKind};
use store::{Db, Result};

fn officer(id: i64, agency: i64) -> Officer {
    Officer {
        id: UserId(id),
        seat: SeatId(id),
        login: format!("petugas{id}"),
        name: format!("Petugas {id}"),
        role: Role::ALL[id as usize % Role::ALL.len()],
        agency: AgencyId(agency),
        password: format!("$argon2id$contoh{id}"),
        active: true,
        on_behalf_of: None,
    }
}

async fn add(db: &Db, officer: Officer) -> bool {
    let done: Result<bool> =
        db.write(move |tx| Box::pin(async move { officer::insert(tx, &officer, None, at(0)).await })).await;
    done.unwrap()
}

async fn set_active(db: &Db, id: i64, active: bool) {
    let done: Result<()> =
        db.write(move |tx| Box::pin(async move { officer::set_active(tx, UserId(id), active).await })).await;
    done.unwrap();
}

async fn give(db: &Db, hash: &'static str, id: i64, kind: PassKind) -> Result<()> {
    db.write(move |tx| {
        Box::pin(
            async move { officer::insert_pass(tx, hash, (UserId(id), SeatId(id)), kind, "uji", at(0), at(100)).await },
        )
    })
    .await
}

async fn who(db: &Db, hash: &str, kind: PassKind, seconds: i64) -> Option<i64> {
    let mut tx = db.read().await.unwrap();
    officer::find_pass(&mut tx, hash, kind, at(seconds)).await.unwrap().map(|officer| officer.id.0)
}

both!(an_account_is_found_by_id_and_login_and_a_login_is_given_once, |place| {
    let db = place.ready().await;
    for id in 1..=8 {
        assert!(add(&db, officer(id, id % 2)).await);
    }
    let taken = Officer { login: "petugas1".into(), ..officer(9, 1) };
    assert!(!add(&db, taken).await);
    set_active(&db, 3, false).await;
    let renewed: Result<()> =
        db.write(|tx| Box::pin(async move { officer::set_password(tx, UserId(1), "$argon2id$baru").await })).await;
    renewed.unwrap();
    let mut tx = db.read().await.unwrap();
    let first = Officer { password: "$argon2id$baru".into(), ..officer(1, 1) };
    assert_eq!(officer::load(&mut tx, UserId(1)).await.unwrap(), Some(first.clone()));
    assert_eq!(officer::find(&mut tx, "petugas1").await.unwrap(), Some(first));
    assert_eq!(officer::find(&mut tx, "petugas9").await.unwrap(), None);
    let page = officer::list(&mut tx, UserId(2), 3).await.unwrap();
    let inactive = Officer { active: false, ..officer(3, 1) };
    assert_eq!(page, [inactive, officer(4, 0), officer(5, 1)]);
    let office = officer::list_office(&mut tx, AgencyId(1), at(1)).await.unwrap();
    assert_eq!(office.iter().map(|o| o.id.0).collect::<Vec<_>>(), [1, 5, 7]);
});

both!(a_pass_opens_until_it_expires_for_its_own_kind_only, |place| {
    let db = place.ready().await;
    add(&db, officer(1, 1)).await;
    give(&db, "s", 1, PassKind::Session).await.unwrap();
    assert_eq!(who(&db, "s", PassKind::Session, 99).await, Some(1));
    assert_eq!(who(&db, "s", PassKind::Session, 100).await, None);
    assert_eq!(who(&db, "s", PassKind::Token, 1).await, None);
    assert_eq!(who(&db, "t", PassKind::Session, 1).await, None);
    assert!(give(&db, "s", 1, PassKind::Session).await.is_err(), "one secret for two passes");
});

both!(a_revoked_pass_stays_closed, |place| {
    let db = place.ready().await;
    add(&db, officer(1, 1)).await;
    add(&db, officer(2, 1)).await;
    for (hash, id) in [("a", 1), ("b", 1), ("c", 1), ("d", 2)] {
        give(&db, hash, id, PassKind::Token).await.unwrap();
    }
    let one: Result<()> = db.write(|tx| Box::pin(async move { officer::revoke_pass(tx, "a", at(5)).await })).await;
    one.unwrap();
    assert_eq!(who(&db, "a", PassKind::Token, 1).await, None);
    assert_eq!(who(&db, "b", PassKind::Token, 1).await, Some(1));
    let all: Result<()> = db.write(|tx| Box::pin(async move { officer::revoke_all(tx, UserId(1), at(6)).await })).await;
    all.unwrap();
    assert_eq!(who(&db, "b", PassKind::Token, 1).await, None);
    assert_eq!(who(&db, "c", PassKind::Token, 1).await, None);
    assert_eq!(who(&db, "d", PassKind::Token, 1).await, Some(2));
});

both!(a_closed_account_has_no_valid_pass, |place| {
    let db = place.ready().await;
    add(&db, officer(1, 1)).await;
    give(&db, "s", 1, PassKind::Session).await.unwrap();
    set_active(&db, 1, false).await;
    assert_eq!(who(&db, "s", PassKind::Session, 1).await, None);
    set_active(&db, 1, true).await;
    assert_eq!(who(&db, "s", PassKind::Session, 1).await, Some(1));
});
