//! Faces and papers of offices: who keeps them, and what becomes of their files.

use crate::people::*;
use crate::world::PNG;
use app::{App, Conflict, Error, NewPaper, Upload};
use domain::agency::PaperKind;
use domain::face::{Colour, Face, FaceFault, Logo};
use domain::{Actor, AgencyId, Role};
use jiff::Timestamp;
use jiff::civil::date;

/// Dinas Komunikasi dan Informatika of the province, which runs the complaints for it.
const DISKOMINFO: AgencyId = AgencyId(630_001);

fn paman() -> Face {
    Face {
        agency: KALSEL,
        name: "LAPOR PAMAN".into(),
        slug: "paman".into(),
        host: Some("paman.contoh.id".into()),
        colour: Colour::of(0x7a, 0x1f, 0x2b),
        logo: None,
        edition: 0,
    }
}

async fn file(app: &App, name: &str, bytes: &[u8]) -> Upload {
    let mut incoming = app.receive().await.unwrap();
    incoming.push(bytes).await.unwrap();
    app.keep(incoming, name).await.unwrap()
}

async fn pdf(app: &App, words: &str) -> Upload {
    file(app, "sk.pdf", format!("%PDF-1.7 {words} and enough of it to be told from other kinds of files").as_bytes())
        .await
}

async fn paper(app: &App, shown: bool) -> NewPaper {
    NewPaper {
        kind: PaperKind::Decree,
        title: "SK 188.44/0123/KUM/2026".into(),
        dated: date(2026, 1, 5),
        shown,
        file: pdf(app, if shown { "one" } else { "other" }).await,
    }
}

both!(an_agency_gives_itself_a_face_and_the_nation_its_host_name, |house| {
    let app = &house.app;
    let made = app.put_face(&kalsel(), paman()).await.unwrap().unwrap();
    assert_eq!((made.edition, made.host.as_deref()), (1, None), "an agency takes over a host name");
    let named = app.put_face(&national(), Face { edition: 1, ..paman() }).await.unwrap().unwrap();
    assert_eq!(named.host.as_deref(), Some("paman.contoh.id"));
    let red = Face { colour: Colour::of(0x90, 0, 0), edition: 2, host: None, ..paman() };
    let red = app.put_face(&officer(Role::AgencyAdmin, DISKOMINFO), red).await.unwrap().unwrap();
    assert_eq!((red.edition, red.host.as_deref()), (3, Some("paman.contoh.id")), "the host name is lost");
    let again = app.put_face(&kalsel(), Face { edition: 2, ..red.clone() }).await.unwrap().unwrap();
    assert_eq!(again.edition, 3, "the same face sent twice is a change");
    let stale = app.put_face(&kalsel(), Face { name: "Lain".into(), edition: 1, ..red.clone() }).await;
    assert!(matches!(stale, Err(Error::Conflict(Conflict::Stale { seq: 3 }))));
    for by in [pupr(), officer(Role::Leader, KALSEL), officer(Role::AgencyAdmin, BONTANG), Actor::Public] {
        assert!(matches!(app.put_face(&by, paman()).await, Err(Error::Denied)), "{by:?}");
        assert!(matches!(app.drop_face(&by, KALSEL).await, Err(Error::Denied)), "{by:?}");
    }
    let theirs = Face { agency: BONTANG, ..paman() };
    let faults = app.put_face(&national(), theirs).await.unwrap();
    assert_eq!(faults, Err(vec![FaceFault::SlugTaken, FaceFault::HostTaken]));
    let beside = house.beside().await;
    assert_eq!(beside.reference().faces.by_host("paman.contoh.id").map(|face| face.agency), Some(KALSEL));
    app.drop_face(&kalsel(), KALSEL).await.unwrap();
    app.drop_face(&kalsel(), KALSEL).await.unwrap();
    beside.work().await.unwrap();
    assert!(beside.reference().faces.of(KALSEL).is_none(), "another process still shows the face");
});

both!(papers_are_kept_once_and_read_by_those_for_whom_they_are, |house| {
    let app = &house.app;
    let open = app.add_paper(&kalsel(), KALSEL, paper(app, true).await, "k").await.unwrap();
    let again = app.add_paper(&kalsel(), KALSEL, paper(app, true).await, "k").await.unwrap();
    assert_eq!(open.id, again.id);
    let inside = app.add_paper(&kalsel(), KALSEL, paper(app, false).await, "l").await.unwrap();
    let seen = |by: Actor| async move { app.papers(&by, KALSEL).await.unwrap().len() };
    let bontang = || officer(Role::AgencyAdmin, BONTANG);
    assert_eq!((seen(Actor::Public).await, seen(bontang()).await), (1, 1));
    assert_eq!((seen(pupr()).await, seen(national()).await), (2, 2));
    assert!(matches!(app.paper(&bontang(), KALSEL, inside.id).await, Err(Error::NotFound)));
    assert!(matches!(app.paper(&Actor::Public, BONTANG, open.id).await, Err(Error::NotFound)));
    assert!(app.paper(&pupr(), KALSEL, inside.id).await.unwrap().1.exists());
    let denied = app.add_paper(&pupr(), KALSEL, paper(app, true).await, "m").await;
    assert!(matches!(denied, Err(Error::Denied)));
    let picture = NewPaper { file: file(app, "sk.png", &PNG).await, ..paper(app, true).await };
    assert!(matches!(app.add_paper(&kalsel(), KALSEL, picture, "n").await, Err(Error::File("paper-not-pdf"))));
    app.remove_paper(&kalsel(), BONTANG, open.id).await.unwrap_err();
    app.remove_paper(&kalsel(), KALSEL, open.id).await.unwrap();
    app.remove_paper(&kalsel(), KALSEL, open.id).await.unwrap();
    assert_eq!(seen(Actor::Public).await, 0);
});

both!(the_sweep_spares_papers_and_logos, |house| {
    let app = &house.app;
    let logo = file(app, "logo.png", &PNG).await;
    let lost = pdf(app, "lost").await;
    let face = Face { logo: Some(Logo { hash: logo.hash, kind: logo.kind, size: logo.size }), ..paman() };
    let face = app.put_face(&kalsel(), face).await.unwrap().unwrap();
    let kept = app.add_paper(&kalsel(), KALSEL, paper(app, true).await, "k").await.unwrap();
    assert_eq!(app.sweep_files(Timestamp::MAX).await.unwrap(), 1);
    assert!(!app.is_kept(&lost));
    assert!(app.logo_path(&face).unwrap().exists(), "the logo is swept");
    assert!(app.paper(&Actor::Public, KALSEL, kept.id).await.unwrap().1.exists(), "the decree is swept");
});
