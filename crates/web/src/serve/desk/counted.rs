//! `/desk/daftar`: the reports behind a figure of the desk.

use super::inbox::row;
use crate::components::Place;
use crate::counted;
use crate::desk::DeskCountedPage;
use crate::serve::counted::{narrow, place};
use crate::serve::failure::Failure;
use crate::serve::lists::{Asked, next_page};
use crate::serve::visit::{Visit, actor};
use app::{Counted, FigureList};
use axum::response::Response;
use std::collections::HashMap;

/// Where the list is.
pub(super) const PATH: &str = "/desk/daftar";

/// The reports that a figure counts for this seat, page by page.
pub(in crate::serve) async fn list(visit: Visit, query: Asked) -> Result<Response, Failure> {
    let officer = visit.officer().await?;
    let asked = counted::read(&query).ok_or_else(|| Failure::page(&visit, 404, None, None))?;
    let after = query.get("after").and_then(|text| place(text));
    let found = visit.web.app.counted(&actor(&officer), &asked, after).await;
    let found = found.map_err(|error| Failure::of(&visit, error))?;
    let FigureList { cut, measure, part, as_of } = asked;
    let too_wide = found.is_none();
    let (counted, next) = found.map_or((Vec::new(), None), |page| (page.rows, page.next));
    let shown = |one: &Counted| match one {
        Counted::Shown(summary) => Some(row(&visit, summary, &HashMap::new(), &HashMap::new())),
        Counted::Unshown => None,
    };
    let rows: Vec<_> = counted.iter().filter_map(shown).collect();
    visit.show(&DeskCountedPage {
        w: visit.words,
        frame: visit.desk(&officer, Place::Oversight).await?,
        measure,
        from: cut.from,
        to: cut.to,
        narrow: narrow(&visit.web.app.reference(), visit.words, &cut),
        list: counted::query(&cut, (measure, part), as_of),
        key: visit.fresh_key(),
        unshown: counted.len() - rows.len(),
        rows,
        too_wide,
        next: next.map(|(day, report)| next_page(PATH, &query, format!("{day}.{report}"))),
    })
}
