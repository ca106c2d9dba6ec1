//! A frozen half year as a workbook, to be counted on.

use super::failure::Failure;
use super::snapshot::{Thawed, file, find};
use super::table::made;
use super::visit::Visit;
use crate::citizen::table::{self, column, columns, count, figure};
use crate::words::{Moment, Words};
use app::book::{self, Cell, Sheet};
use axum::extract::Path;
use axum::response::Response;
use domain::measure::Measure;
use domain::ranking::Standing;
use domain::snapshot::{Frozen, FrozenRanking, Snapshot};
use domain::time::Zone;

/// The kind of a workbook.
pub(super) const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The workbook: what the columns say, all figures of the country, of provinces and of agencies, and all places.
pub(super) async fn show(visit: Visit, Path(name): Path<String>) -> Result<Response, Failure> {
    let Thawed { snapshot, seal, row } = find(&visit, &name).await?;
    let words = visit.words;
    let at = words.moment(Moment::of(snapshot.as_of, Zone::Wib));
    let lines = [
        format!("{}: {}", words.t("snapshot-title"), row.told(&words)),
        words.with("snapshot-lead", &[("at", at.into())]),
        words.t("figures-few"),
        format!("SHA-256 {}", seal.digest),
        format!("{} {}", words.t("snapshot-signature"), seal.signature),
    ];
    let make = move || book::write(&words.t("book-about"), &lines, &sheets(words, &snapshot));
    let bytes = made(&visit, make).await?;
    Ok(file(KIND, &format!("rekaman-{name}.xlsx"), bytes))
}

fn sheets(words: Words, snapshot: &Snapshot) -> Vec<Sheet> {
    let nation = [(words.t("book-nation"), &snapshot.nation)];
    let provinces = snapshot.provinces.iter().map(|one| (one.name.clone(), &one.frozen));
    let agencies = snapshot.agencies.iter().map(|one| (one.name.clone(), &one.frozen));
    vec![
        figures(words, "book-nation", nation.into_iter()),
        figures(words, "book-provinces", provinces),
        figures(words, "book-agencies", agencies),
        places(words, snapshot),
    ]
}

/// A line for each place or office, and for each measure its value, numerator and denominator.
pub(super) fn figures<'a>(words: Words, title: &str, rows: impl Iterator<Item = (String, &'a Frozen)>) -> Sheet {
    let mut columns = vec![column(words.t("book-name"), words.t("book-name-about"))];
    for measure in Measure::ALL {
        let (name, formula) = (words.of("measure", measure.code()), words.of("measure-formula", measure.code()));
        columns.push(column(name.clone(), formula));
        columns.push(column(format!("{name} ({})", words.t("statistics-numerator")), words.t("book-numerator-about")));
        columns
            .push(column(format!("{name} ({})", words.t("statistics-denominator")), words.t("book-denominator-about")));
    }
    let cells = |frozen: &Frozen| frozen.figures.iter().flat_map(figure).collect::<Vec<Cell>>();
    let rows = rows.map(|(name, frozen)| [vec![Cell::from(name)], cells(frozen)].concat()).collect();
    Sheet { name: words.t(title), columns, rows }
}

fn places(words: Words, snapshot: &Snapshot) -> Sheet {
    let names = [
        "share",
        "league",
        "province",
        "band",
        "rank",
        "office",
        "raw",
        "done",
        "all",
        "inherited",
        "expected",
        "adjusted",
        "score",
        "flags",
    ];
    let line = |ranking: &FrozenRanking, one: &Standing| place(words, snapshot, ranking, one);
    let rows = snapshot.rankings.iter().flat_map(|ranking| ranking.standings.iter().map(move |one| (ranking, one)));
    Sheet {
        name: words.t("ranking-title"),
        columns: columns(words, &names),
        rows: rows.map(|(ranking, one)| line(ranking, one)).collect(),
    }
}

fn place(words: Words, snapshot: &Snapshot, ranking: &FrozenRanking, one: &Standing) -> Vec<Cell> {
    let points = |n: u64| if one.band.is_ranked() { table::points(n) } else { Cell::Empty };
    let province = |code| snapshot.provinces.iter().find(|one| &one.code == code).map(|one| one.name.clone());
    let flags: Vec<String> = one.suspicions.iter().map(|flag| words.of("ranking-suspicion", flag.name())).collect();
    vec![
        words.of("measure", ranking.share.code()).into(),
        words.of("league", ranking.league.name()).into(),
        ranking.province.as_ref().and_then(province).map_or(Cell::Empty, Cell::from),
        one.band.name().to_uppercase().into(),
        one.rank.map_or(Cell::Empty, |rank| Cell::Count(rank.into())),
        snapshot.agency(one.office).map_or(Cell::Empty, |office| office.name.as_str().into()),
        points(one.raw.basis_points().unwrap_or(0)),
        count(one.raw.numerator),
        count(one.raw.denominator),
        count(one.inherited),
        points(one.expected),
        points(one.adjusted),
        points(one.score),
        flags.join(", ").into(),
    ]
}
