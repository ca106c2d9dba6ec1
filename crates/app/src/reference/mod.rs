//! Regions, categories, offices, calendar and limits, read without a lock and without the database.

mod embedded;
mod install;
mod villages;

pub use install::install;

use crate::routing::RoutingBook;
use crate::{App, Result};
use domain::Rulebook;
use domain::agency::AgencyTree;
use domain::award::Formula;
use domain::category::CategoryTree;
use domain::conversation::ShortCode;
use domain::deadline::{Calendar, Limits};
use domain::evaluation::Form;
use domain::face::Faces;
use domain::open_data;
use domain::peer::Peers;
use domain::region::{RegionCode, Regions};
use domain::time::Zone;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Tx, face, peer, reference, short_code};

/// All reference data as it was when it was last loaded.
#[derive(Debug, Default)]
pub struct Reference {
    pub regions: Regions,
    pub categories: CategoryTree,
    pub rules: Rulebook,
    /// The rules in force that suggest offices.
    pub routing: RoutingBook,
    /// How the system looks to those who come by an agency's own address.
    pub faces: Faces,
    /// The own systems of agencies.
    pub peers: Peers,
    /// The words before short messages that name offices.
    pub codes: BTreeMap<String, ShortCode>,
    /// Phrases of pranks and advertisements.
    pub phrases: Vec<String>,
    /// The formulas of awards, all versions.
    pub formulas: Vec<Formula>,
    /// The rules of open data, all versions; the last one is in force.
    pub open_rules: Vec<open_data::Rules>,
    /// The forms of the evaluation, all versions.
    pub forms: Vec<Form>,
    /// Which change was the last when this was read; another process may have made a later one.
    pub edition: Option<String>,
}

/// The setting that names the latest change made at run time.
const CHANGE: &str = "reference-change";

impl Reference {
    /// Reads everything from the database.
    pub async fn load(tx: &mut Tx) -> Result<Reference> {
        let edition = reference::setting(tx, CHANGE).await?;
        let rules = load_rules(tx).await?;
        let categories = CategoryTree::new(reference::categories(tx).await?);
        let routing = RoutingBook::load(tx).await?;
        let faces = Faces::new(face::list(tx).await?);
        let peers = Peers::new(peer::list(tx).await?);
        let codes = load_codes(tx, &rules.agencies).await?;
        let regions = load_regions(tx).await?;
        let (phrases, formulas, forms) = (embedded::phrases()?, embedded::formulas()?, embedded::forms()?);
        let open_rules = embedded::open_rules()?;
        Ok(Reference {
            regions,
            categories,
            rules,
            routing,
            faces,
            peers,
            codes,
            phrases,
            formulas,
            forms,
            open_rules,
            edition,
        })
    }
}

/// Reads what decides about deadlines from the database.
pub(crate) async fn load_rules(tx: &mut Tx) -> Result<Rulebook> {
    Ok(Rulebook {
        calendar: Calendar::new(reference::holidays(tx).await?),
        limits: Limits::new(reference::policies(tx).await?),
        agencies: AgencyTree::new(reference::agencies(tx).await?),
    })
}

/// A word names an office, and so the place that it governs.
async fn load_codes(tx: &mut Tx, agencies: &AgencyTree) -> Result<BTreeMap<String, ShortCode>> {
    let region = |agency| agencies.line(agency).find_map(|office| agencies.get(office)?.region.clone());
    let code = |(word, agency, category)| (word, ShortCode { agency, region: region(agency), category });
    Ok(short_code::list(tx).await?.into_iter().map(code).collect())
}

async fn load_regions(tx: &mut Tx) -> Result<Regions> {
    let mut regions = Regions::default();
    for (code, name, zone) in reference::regions(tx).await? {
        let Some(code) = RegionCode::parse(&code) else { continue };
        if let Some(zone) = zone.as_deref().and_then(Zone::parse) {
            regions.set_zone(code.clone(), zone);
        }
        regions.add(code, &name);
    }
    for (alias, code, moved) in reference::aliases(tx).await? {
        match (RegionCode::parse(&code), RegionCode::parse(&alias)) {
            (Some(code), Some(old)) if moved => regions.add_moved(old, code),
            (Some(code), _) => regions.add_alias(&alias, code),
            _ => {}
        }
    }
    Ok(regions)
}

impl App {
    /// The reference data in force.
    pub fn reference(&self) -> Arc<Reference> {
        self.reference.load_full()
    }

    /// Reads the reference data anew, after somebody changed it.
    pub async fn reload_reference(&self) -> Result<()> {
        let fresh = Reference::load(&mut self.db.read().await?).await?;
        self.reference.store(Arc::new(fresh));
        Ok(())
    }

    /// Reads the reference data anew where another process has changed it; asked in every round of the scheduler.
    pub(crate) async fn follow_reference(&self) -> Result<()> {
        let latest = reference::setting(&mut self.db.read().await?, CHANGE).await?;
        match latest == self.reference().edition {
            true => Ok(()),
            false => self.reload_reference().await,
        }
    }
}

/// Tells all processes that reference data changes in this transaction; `change` is an id of its own.
pub(crate) async fn announce(tx: &mut Tx, change: i64) -> Result<()> {
    Ok(reference::put_setting(tx, CHANGE, &change.to_string()).await?)
}
