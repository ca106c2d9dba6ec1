//! Logins by way of an identity provider.

use crate::people::{KALSEL, NATIONAL};
use crate::provider::Fake;
use crate::world::House;
use app::{App, Away, Door, Entry, Error, FactorSlip, IdentitySlip, NewOfficer, Officer, Proof, Return};
use domain::{Actor, Role, UserId};
use serde_json::{Value, json};

const PASSWORD: &str = "kata sandi contoh";
const BACK: &str = "http://localhost/desk/masuk/identitas/kembali";
const HERE: Door<'static> = Door { address: "192.0.2.1", device: "", name: "Peramban contoh" };
const PROOF: Proof<'static> = Proof { password: PASSWORD, code: "", address: "192.0.2.1" };

type Returned = Result<(Entry, String), IdentitySlip>;

async fn officer(house: &House, login: &str) -> Officer {
    let (role, name) = (Role::AgencyAdmin, "Siti Contoh".to_owned());
    let new = NewOfficer { login: login.into(), name, role, agency: KALSEL, password: PASSWORD.into() };
    let id = house.app.add_officer(new).await.unwrap();
    let all = house.app.officers(UserId(0), 100).await.unwrap();
    all.into_iter().find(|officer| officer.id == id).unwrap()
}

/// A parameter of the address to which somebody is sent.
fn sent(away: &Away, name: &str) -> String {
    let query = away.address.split_once('?').unwrap().1;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).unwrap().1.to_owned()
}

async fn go(app: &App) -> Away {
    app.go_to_provider(BACK, "/desk?tab=late").await.unwrap().unwrap()
}

async fn come(app: &App, away: &Away, state: &str) -> Returned {
    let came = Return { redirect: BACK, ticket: &away.ticket, state, code: "kode" };
    app.return_from_provider(&came, &HERE).await.unwrap()
}

/// To the provider, which vouches with these claims, and back.
async fn round(app: &App, fake: &Fake, mut claims: Value) -> Returned {
    let away = go(app).await;
    if claims.get("nonce").is_none() {
        claims["nonce"] = sent(&away, "nonce").into();
    }
    fake.vouch(claims);
    come(app, &away, &sent(&away, "state")).await
}

async fn stranger(app: &App, fake: &Fake, claims: Value) -> String {
    match round(app, fake, claims).await {
        Err(IdentitySlip::Unknown(ticket)) => ticket,
        other => panic!("{other:?}"),
    }
}

both!(a_person_of_the_provider_is_an_officer_only_after_that_officers_own_password, |house| {
    let fake = Fake::start().await;
    let app = house.app.clone().with_provider(fake.settings(&[]));
    let (siti, budi) = (officer(&house, "siti").await, officer(&house, "budi").await);
    let person = json!({ "sub": "8812", "email": "siti@contoh.go.id", "email_verified": true });
    let ticket = stranger(&app, &fake, person.clone()).await;
    assert_eq!(app.linkable(&ticket).as_deref(), Some("siti@contoh.go.id"));
    let wrong = Proof { password: "bukan ini", ..PROOF };
    assert_eq!(app.link_identity(&siti, &ticket, &wrong).await.unwrap(), Err(FactorSlip::Password));
    assert_eq!(app.link_identity(&siti, "00", &PROOF).await.unwrap(), Err(FactorSlip::Offer));
    app.link_identity(&siti, &ticket, &PROOF).await.unwrap().unwrap();
    app.link_identity(&siti, &ticket, &PROOF).await.unwrap().unwrap();
    assert_eq!(app.link_identity(&budi, &ticket, &PROOF).await.unwrap(), Err(FactorSlip::Many));
    let (entry, back) = round(&app, &fake, person.clone()).await.unwrap();
    let Entry::Whole(session) = entry else { panic!("a second step that nobody asked for") };
    assert_eq!(app.session(&session.token).await.unwrap().id, siti.id);
    assert_eq!(back, "/desk?tab=late");
    let same_address = json!({ "sub": "9999", "email": "siti@contoh.go.id", "email_verified": true });
    stranger(&app, &fake, same_address).await;
    let link = app.identities(&siti).await.unwrap().remove(0);
    let foreign = app.unlink_identity(&budi, (&link.issuer, &link.subject), &PROOF).await;
    assert!(matches!(foreign, Err(Error::NotFound)));
    app.unlink_identity(&siti, (&link.issuer, &link.subject), &PROOF).await.unwrap().unwrap();
    stranger(&app, &fake, person).await;
    let notes = app.security(&siti).await.unwrap().notes;
    let told: Vec<_> = notes.iter().map(|note| (note.what.as_str(), note.label.as_str())).collect();
    assert_eq!(told, [("identity-unlinked", "siti@contoh.go.id"), ("identity-linked", "siti@contoh.go.id")]);
    house.later(1);
    assert_eq!(app.linkable(&ticket), None);
});

both!(what_was_not_begun_here_or_does_not_fit_lets_nobody_in, |house| {
    let fake = Fake::start().await;
    let app = house.app.clone().with_provider(fake.settings(&[]));
    let siti = officer(&house, "siti").await;
    let ticket = stranger(&app, &fake, json!({ "sub": "8812" })).await;
    assert_eq!(app.linkable(&ticket).as_deref(), Some("8812"));
    app.link_identity(&siti, &ticket, &PROOF).await.unwrap().unwrap();
    for wrong in
        [json!({ "nonce": "lain" }), json!({ "aud": "lain" }), json!({ "iss": "http://lain" }), json!({ "exp": 1 })]
    {
        let mut claims = json!({ "sub": "8812" });
        claims.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        assert_eq!(round(&app, &fake, claims).await.unwrap_err(), IdentitySlip::Unfit, "{wrong}");
    }
    let away = go(&app).await;
    assert_eq!(sent(&away, "code_challenge_method"), "S256");
    fake.vouch(json!({ "sub": "8812", "nonce": sent(&away, "nonce") }));
    assert_eq!(come(&app, &away, "lain").await.unwrap_err(), IdentitySlip::Over);
    let state = sent(&away, "state");
    come(&app, &away, &state).await.unwrap();
    assert_eq!(come(&app, &away, &state).await.unwrap_err(), IdentitySlip::Over, "a ticket counts twice");
    let late = go(&app).await;
    house.later(1);
    assert_eq!(come(&app, &late, &sent(&late, "state")).await.unwrap_err(), IdentitySlip::Over);
    app.set_officer_active("siti", false).await.unwrap();
    assert_eq!(round(&app, &fake, json!({ "sub": "8812" })).await.unwrap_err(), IdentitySlip::Unfit);
    assert!(matches!(house.app.go_to_provider(BACK, "/desk").await, Err(Error::NotFound)), "a provider by default");
});

both!(a_demanded_second_step_holds_unless_the_provider_has_checked_one_in_agreed_words, |house| {
    let fake = Fake::start().await;
    let app = house.app.clone().with_provider(fake.settings(&["mfa"]));
    let siti = officer(&house, "siti").await;
    app.demand_second_factor(&Actor::System, Role::AgencyAdmin, NATIONAL, true).await.unwrap();
    let ticket = stranger(&app, &fake, json!({ "sub": "8812" })).await;
    app.link_identity(&siti, &ticket, &PROOF).await.unwrap().unwrap();
    let plain = json!({ "sub": "8812", "amr": ["pwd"] });
    let (entry, _) = round(&app, &fake, plain).await.unwrap();
    assert!(matches!(entry, Entry::Half(half) if half.enrols));
    let strong = json!({ "sub": "8812", "amr": ["pwd", "mfa"] });
    let (entry, _) = round(&app, &fake, strong.clone()).await.unwrap();
    assert!(matches!(entry, Entry::Whole(_)));
    let strict = house.app.clone().with_provider(fake.settings(&[]));
    let (entry, _) = round(&strict, &fake, strong).await.unwrap();
    assert!(matches!(entry, Entry::Half(_)), "a provider is believed that nobody trusts");
});

both!(wrong_returns_are_counted_for_the_address, |house| {
    let fake = Fake::start().await;
    let app = house.app.clone().with_provider(fake.settings(&[]));
    let mut tried = 0;
    loop {
        let ticket = format!("{tried:02x}");
        let came = Return { redirect: BACK, ticket: &ticket, state: "x", code: "x" };
        match app.return_from_provider(&came, &HERE).await {
            Ok(judged) => assert_eq!(judged.unwrap_err(), IdentitySlip::Over),
            Err(Error::Limited { .. }) => break,
            Err(other) => panic!("{other}"),
        }
        tried += 1;
    }
    assert_eq!(tried, 60);
});

both!(resetting_an_officers_factors_ends_the_links_too, |house| {
    let fake = Fake::start().await;
    let app = house.app.clone().with_provider(fake.settings(&[]));
    let siti = officer(&house, "siti").await;
    let ticket = stranger(&app, &fake, json!({ "sub": "8812" })).await;
    app.link_identity(&siti, &ticket, &PROOF).await.unwrap().unwrap();
    app.reset_factors("siti").await.unwrap();
    assert!(app.identities(&siti).await.unwrap().is_empty());
    stranger(&app, &fake, json!({ "sub": "8812" })).await;
});
