//! What an office holds open, counted page by page.

use crate::{App, Result};
use domain::AgencyId;
use domain::handover::{Inventory, band_days, goes_along};
use domain::time::Zone;
use store::report::{self, InboxCursor};

/// Cases read at once.
const PAGE: u32 = 500;
/// Pages after which the count is given up: no office of the country holds so much.
const MOST_PAGES: usize = 200;

impl App {
    /// The open cases of an office by stage and age in working days.
    pub(crate) async fn take_inventory(&self, giving: AgencyId, receiving: AgencyId) -> Result<Inventory> {
        let (reference, now) = (self.reference(), self.now());
        let bands = band_days(&reference.rules.calendar, Zone::Wib.day(now));
        let mut inventory = Inventory::default();
        let mut cursor = InboxCursor::START;
        for _ in 0..MOST_PAGES {
            let page = report::list_held(&mut self.db.read().await?, giving, cursor, PAGE).await?;
            for (row, due_at) in &page {
                cursor = InboxCursor { due_at: *due_at, id: row.report.id };
                if !goes_along(&reference.rules.agencies, &row.report, giving, receiving) {
                    inventory.kept += 1;
                    continue;
                }
                let received = row.report.zone.day(row.report.clocks.received);
                inventory.add(row.report.stage.kind(), received, *due_at < store::millis(now), &bands);
            }
            if page.len() < PAGE as usize {
                break;
            }
        }
        Ok(inventory)
    }
}
