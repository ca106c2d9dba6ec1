//! What became of the reports of the half year that is judged.

use crate::{App, Error, Result};
use domain::ReportId;
use domain::oversight::Semester;
use domain::time::Zone;
use store::day_number;
use store::standing::{self, Span};

impl App {
    /// Counts the reports of the half year that is judged today, for each parent agency.
    pub async fn take_standings(&self) -> Result<Semester> {
        let (semester, until) = Semester::judged_on(Zone::Wib.day(self.now()));
        let counted = standing::count(&mut self.db.read().await?, self.span(semester, until)).await?;
        let name = semester.name();
        self.db
            .write(move |tx| Box::pin(async move { Ok::<(), Error>(standing::keep(tx, &name, &counted).await?) }))
            .await?;
        Ok(semester)
    }

    /// Ids are made in the order of time, in which the days of the three zones overlap at the edges.
    fn span(&self, semester: Semester, until: jiff::civil::Date) -> Span {
        let last = until.min(semester.last());
        let from = Zone::Wit.at(semester.first(), 0);
        let to = Zone::Wib.at(last.tomorrow().unwrap_or(last), 0);
        let ids = (ReportId(self.ids.past(from, 0)), ReportId(self.ids.past(to, 0)));
        Span { ids, days: (day_number(semester.first()), day_number(last)) }
    }
}
