//! Reference data and settings.

use domain::AgencyId;
use domain::agency::{Agency, AgencyKind};
use domain::category::Category;
use domain::deadline::{Holiday, HolidayKind, Limit, LimitRow, Unit};
use domain::{CategoryId, RegionCode};
use jiff::civil::date;
use store::{Result, reference};

fn agency(id: i64, name: &str) -> Agency {
    Agency {
        id: AgencyId(id),
        parent: (id > 1).then_some(AgencyId(1)),
        kind: AgencyKind::City,
        name: name.into(),
        short: format!("K{id}"),
        region: RegionCode::parse("63.72"),
        aliases: vec!["bjb".into()],
        active_from: None,
        active_to: None,
        connection: Default::default(),
        edition: 0,
    }
}

fn category(id: i64, name: &str) -> Category {
    Category {
        id: CategoryId(id),
        parent: None,
        name: name.into(),
        owner: "PANRB".into(),
        physical: true,
        valid_from: Some(date(2024, 1, 1)),
        valid_to: None,
        merged_into: None,
        synonyms: vec!["jalan".into()],
        aliases: Vec::new(),
    }
}

fn holiday(day: i8, revoked_on: Option<jiff::civil::Date>) -> Holiday {
    Holiday {
        date: date(2026, 3, day),
        kind: HolidayKind::CollectiveLeave,
        name_id: "Cuti bersama".into(),
        name_en: "Collective leave".into(),
        decree: "SKB".into(),
        effective_from: date(2025, 9, 19),
        revoked_on,
        revoked_by: None,
    }
}

fn limit(year: i16, days: u16, valid_to: Option<jiff::civil::Date>) -> LimitRow {
    LimitRow {
        limit: Limit::Verification,
        days,
        unit: Unit::WorkingDay,
        valid_from: date(year, 1, 1),
        valid_to,
        legal_basis: "contoh".into(),
        source: None,
        note: None,
    }
}

both!(reference_data_is_replaced_by_its_key_and_read_in_order, |place| {
    let db = place.ready().await;
    let written: Result<()> = db
        .write(|tx| {
            Box::pin(async move {
                for row in [agency(2, "Lama"), agency(1, "Nasional"), agency(2, "Baru")] {
                    reference::put_agency(tx, &row).await?;
                }
                for row in [category(2, "Lama"), category(1, "Jalan"), category(2, "Baru")] {
                    reference::put_category(tx, &row).await?;
                }
                for row in [holiday(23, None), holiday(20, None), holiday(23, Some(date(2026, 1, 5)))] {
                    reference::put_holiday(tx, &row).await?;
                }
                for row in [limit(2024, 3, None), limit(2018, 5, None), limit(2018, 5, Some(date(2023, 12, 31)))] {
                    reference::put_policy(tx, &row).await?;
                }
                Ok(())
            })
        })
        .await;
    written.unwrap();
    let mut tx = db.read().await.unwrap();
    assert_eq!(reference::agencies(&mut tx).await.unwrap(), [agency(1, "Nasional"), agency(2, "Baru")]);
    assert_eq!(reference::categories(&mut tx).await.unwrap(), [category(1, "Jalan"), category(2, "Baru")]);
    let holidays = [holiday(20, None), holiday(23, Some(date(2026, 1, 5)))];
    assert_eq!(reference::holidays(&mut tx).await.unwrap(), holidays);
    let policies = [limit(2018, 5, Some(date(2023, 12, 31))), limit(2024, 3, None)];
    assert_eq!(reference::policies(&mut tx).await.unwrap(), policies);
});

both!(regions_and_their_other_names_are_kept_once, |place| {
    let db = place.ready().await;
    let region = |code: &str, name: &str| (code.to_owned(), name.to_owned(), Some("WITA".to_owned()));
    let alias = |moved: bool| ("bjb".to_owned(), "63.72".to_owned(), moved);
    let rows = [region("63.72", "Lama"), region("63", "Kalimantan Selatan"), region("63.72", "Banjarbaru")];
    let wanted = [rows[1].clone(), rows[2].clone()];
    let written: Result<()> = db
        .write(move |tx| {
            Box::pin(async move {
                for row in &rows {
                    reference::put_region(tx, row).await?;
                }
                reference::put_alias(tx, &alias(true)).await?;
                reference::put_alias(tx, &alias(true)).await
            })
        })
        .await;
    written.unwrap();
    let mut tx = db.read().await.unwrap();
    assert_eq!(reference::regions(&mut tx).await.unwrap(), wanted);
    assert_eq!(reference::aliases(&mut tx).await.unwrap(), [alias(true)]);
});

both!(a_setting_is_the_last_that_was_kept, |place| {
    let db = place.ready().await;
    for value in ["satu", "dua", ""] {
        let kept: Result<()> =
            db.write(move |tx| Box::pin(async move { reference::put_setting(tx, "motd", value).await })).await;
        kept.unwrap();
        let mut tx = db.read().await.unwrap();
        assert_eq!(reference::setting(&mut tx, "motd").await.unwrap().as_deref(), Some(value));
    }
    let mut tx = db.read().await.unwrap();
    assert_eq!(reference::setting(&mut tx, "lain").await.unwrap(), None);
});
