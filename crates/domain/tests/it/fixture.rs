//! The real rulebook from `data/`, and the offices and officers of the stories.

use domain::agency::{Agency, AgencyKind, AgencyTree, Connection};
use domain::category::{Category, CategoryTree};
use domain::deadline::{Calendar, Holiday, HolidayKind, Limit, LimitRow, Limits, Unit};
use domain::region::Regions;
use domain::time::Zone;
use domain::{Actor, AgencyId, CategoryId, RegionCode, Role, Rulebook, UserId};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

pub const NATIONAL: AgencyId = AgencyId(1);
pub const KALSEL: AgencyId = AgencyId(630000);
pub const INSPECTORATE: AgencyId = AgencyId(630002);
pub const PUPR: AgencyId = AgencyId(630003);
pub const DISHUB: AgencyId = AgencyId(630004);
pub const BANJARMASIN: AgencyId = AgencyId(637100);
pub const BANJARMASIN_PUPR: AgencyId = AgencyId(637103);

type Row = HashMap<String, String>;

/// Calendar, limits and offices as they are shipped.
pub fn rules() -> &'static Rulebook {
    static RULES: LazyLock<Rulebook> = LazyLock::new(|| Rulebook {
        calendar: Calendar::new(rows("calendar/holidays.csv").iter().map(holiday)),
        limits: Limits::new(rows("policy/policies.csv").iter().map(limit)),
        agencies: AgencyTree::new(rows("agency/agencies.csv").iter().map(agency)),
    });
    &RULES
}

/// Categories as they are shipped.
pub fn categories() -> &'static CategoryTree {
    static CATEGORIES: LazyLock<CategoryTree> =
        LazyLock::new(|| CategoryTree::new(rows("category/categories.csv").iter().map(category)));
    &CATEGORIES
}

/// Provinces, regencies and cities as they are shipped.
pub fn regions() -> &'static Regions {
    static REGIONS: LazyLock<Regions> = LazyLock::new(|| {
        let mut regions = Regions::default();
        for row in ["region/provinces.csv", "region/regencies.csv"].into_iter().flat_map(rows) {
            regions.add(RegionCode::parse(&row["code"]).unwrap(), &row["name"]);
        }
        regions
    });
    &REGIONS
}

fn category(row: &Row) -> Category {
    let id = |column: &str| row[column].parse().ok().map(CategoryId);
    Category {
        id: CategoryId(row["id"].parse().unwrap()),
        parent: id("parent_id"),
        name: row["name"].clone(),
        owner: row["owner"].clone(),
        physical: row["physical"] == "yes",
        valid_from: day(row, "valid_from"),
        valid_to: day(row, "valid_to"),
        merged_into: id("merged_into"),
        synonyms: vec![],
        aliases: vec![],
    }
}

fn rows(file: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(file);
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn day(row: &Row, column: &str) -> Option<Date> {
    Some(row[column].as_str()).filter(|text| !text.is_empty()).map(|text| text.parse().unwrap())
}

fn holiday(row: &Row) -> Holiday {
    Holiday {
        date: day(row, "date").unwrap(),
        kind: HolidayKind::parse(&row["kind"]).unwrap(),
        name_id: row["name_id"].clone(),
        name_en: row["name_en"].clone(),
        decree: row["decree"].clone(),
        effective_from: day(row, "effective_from").unwrap(),
        revoked_on: day(row, "revoked_on"),
        revoked_by: None,
    }
}

fn limit(row: &Row) -> LimitRow {
    LimitRow {
        limit: Limit::parse(&row["policy"]).unwrap(),
        days: row["limit_days"].parse().unwrap(),
        unit: Unit::parse(&row["unit"]).unwrap(),
        valid_from: day(row, "valid_from").unwrap(),
        valid_to: day(row, "valid_to"),
        legal_basis: row["legal_basis"].clone(),
        source: None,
        note: None,
    }
}

fn agency(row: &Row) -> Agency {
    Agency {
        id: AgencyId(row["id"].parse().unwrap()),
        parent: row["parent_id"].parse().ok().map(AgencyId),
        kind: AgencyKind::parse(&row["kind"]).unwrap(),
        name: row["name"].clone(),
        short: row["short"].clone(),
        region: RegionCode::parse(&row["region"]),
        aliases: row["aliases"].split(';').filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
        active_from: day(row, "active_from"),
        active_to: day(row, "active_to"),
        connection: Connection::Semi,
        edition: 0,
    }
}

/// An instant with an offset, or without one as the clocks in Banjarmasin show it (WITA).
pub fn instant(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|_| {
        let local: DateTime = text.parse().unwrap();
        Zone::Wita.offset().to_timestamp(local).unwrap()
    })
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn officer(role: Role, agency: AgencyId) -> Actor {
    Actor::Officer { user: UserId(agency.0), role, agency }
}

pub fn national() -> Actor {
    officer(Role::NationalAdmin, NATIONAL)
}

pub fn admin(agency: AgencyId) -> Actor {
    officer(Role::AgencyAdmin, agency)
}

pub fn liaison(agency: AgencyId) -> Actor {
    officer(Role::LiaisonOfficer, agency)
}

pub fn supervisor() -> Actor {
    officer(Role::Supervisor, NATIONAL)
}
