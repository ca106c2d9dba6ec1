use super::*;
use jiff::civil::{date, time};
use proptest::prelude::*;
use std::path::PathBuf;

fn header() -> String {
    COLUMNS.join(",")
}

fn with_row(cells: &[(usize, &str)]) -> String {
    let mut row = [""; 26];
    row[0] = "1";
    for (column, value) in cells {
        row[*column] = value;
    }
    format!("{}\n{}\n", header(), row.join(","))
}

fn only_row(text: &str) -> Result<(usize, Row), RowError> {
    let mut rows = read_csv(text.as_bytes());
    let row = rows.next().expect("a row");
    assert_eq!(rows.next(), None);
    row
}

fn file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("sp4n-{}-{name}.xlsx", std::process::id()))
}

fn through_csv(rows: &[Row]) -> Vec<Row> {
    let mut written = Vec::new();
    write_csv(&mut written, rows).unwrap();
    read_csv(written.as_slice()).map(|row| row.unwrap().1).collect()
}

fn through_xlsx(rows: &[Row], path: &std::path::Path) -> Vec<Row> {
    write_xlsx(path, rows).unwrap();
    let read = read_xlsx(path).map(|row| row.unwrap().1).collect();
    std::fs::remove_file(path).unwrap();
    read
}

fn blank_book() -> rust_xlsxwriter::Workbook {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet();
    book
}

fn sample() -> Row {
    Row {
        tracking_id: "9165816".into(),
        received_on: Some(date(2026, 1, 3)),
        received_at: Some(time(8, 15, 0, 0)),
        class: "Pengaduan".into(),
        category_id: Some(13),
        title: "Jalan berlubang; \"parah\"".into(),
        original_body: "=1+1\nbaris kedua, dengan koma".into(),
        edited_body: "- satu\n- dua".into(),
        via_setwapres: Some(false),
        rating: Some(4),
        ..Row::default()
    }
}

#[test]
fn the_real_shape_is_read() {
    let text = with_row(&[(0, "#9165816"), (1, "3 Jan 2026"), (2, "08.15 WIB"), (5, "13"), (24, "Ya"), (25, "4")]);
    let (number, row) = only_row(&text).unwrap();
    assert_eq!(number, 2);
    assert_eq!(row.tracking_id, "9165816");
    assert_eq!(row.received_on, Some(date(2026, 1, 3)));
    assert_eq!(row.received_at, Some(time(8, 15, 0, 0)));
    assert_eq!((row.category_id, row.via_setwapres, row.rating), (Some(13), Some(true), Some(4)));
}

#[test]
fn semicolons_byte_order_mark_other_order_and_case_are_tolerated() {
    let mut names: Vec<String> = COLUMNS.iter().map(|name| format!(" {} ", name.to_uppercase())).collect();
    names.reverse();
    names.insert(0, "No".to_owned());
    let mut cells = vec![""; 27];
    cells[26] = "77";
    cells[1] = "5";
    let text = format!("\u{feff}{}\r\n{}\r\n", names.join(";"), cells.join(";"));
    let (_, row) = only_row(&text).unwrap();
    assert_eq!((row.tracking_id.as_str(), row.rating), ("77", Some(5)));
}

#[test]
fn missing_columns_are_named() {
    let text = header().replace("Rating", "Nilai").replace("Kecamatan", "Distrik");
    let error = only_row(&text).unwrap_err();
    assert_eq!((error.row, error.code()), (1, "import-column-missing"));
    assert_eq!(error.value, "Kecamatan, Rating");
}

#[test]
fn an_empty_file_says_what_it_lacks() {
    assert_eq!(only_row("").unwrap_err().problem, Problem::ColumnMissing);
    let path = file("empty");
    blank_book().save(&path).unwrap();
    let first = read_xlsx(&path).next().unwrap().unwrap_err();
    assert_eq!(first.problem, Problem::ColumnMissing);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_bad_cell_is_named_and_the_next_row_still_comes() {
    let bad = with_row(&[(1, "kemarin")]);
    let good = with_row(&[(0, "2")]);
    let text = format!("{bad}\n{}", good.lines().nth(1).unwrap());
    let rows: Vec<_> = read_csv(text.as_bytes()).collect();
    let error = rows[0].clone().unwrap_err();
    assert_eq!((error.row, error.column, error.value.as_str()), (2, "Tanggal Laporan Masuk", "kemarin"));
    assert_eq!(error.code(), "import-date");
    assert_eq!(rows[1].clone().unwrap().1.tracking_id, "2");
}

#[test]
fn a_cell_that_is_no_number_flag_time_or_rating_does_not_cost_the_row() {
    let odd = [(2, "pagi"), (5, "K-13"), (13, "OPD 7"), (24, "mungkin"), (25, "0")];
    let (_, row) = only_row(&with_row(&odd)).unwrap();
    assert_eq!((row.received_at, row.category_id, row.via_setwapres, row.rating), (None, None, None, None));
    let told: Vec<(usize, &str)> = row.unread.iter().map(|unread| (unread.column, unread.value.as_str())).collect();
    assert_eq!(told, odd);
    assert_eq!(row.unread[4].problem.code(), "import-rating");
    let rows = [row];
    assert_eq!(through_csv(&rows), rows);
    assert_eq!(through_xlsx(&rows, &file("odd")), rows);
}

#[test]
fn texts_can_be_put_into_columns_of_any_kind() {
    let row = sample().with([(4, "WBS"), (5, "99"), (25, "0")]);
    assert_eq!((row.class.as_str(), row.category_id, row.rating), ("WBS", Some(99), None));
    assert_eq!(row.cells()[25], "0");
    assert_eq!(row.original_body, sample().original_body);
}

#[test]
fn a_sheet_announces_how_many_rows_it_has() {
    let path = file("announced");
    write_xlsx(&path, vec![sample(); 37]).unwrap();
    let mut rows = read_xlsx(&path);
    let announced = rows.announced();
    assert!(rows.next().is_some());
    assert_eq!(announced.load(std::sync::atomic::Ordering::Relaxed), 37);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_row_torn_by_a_separator_is_refused() {
    let torn = format!("{},lebih", with_row(&[]).trim_end());
    assert_eq!(only_row(&torn).unwrap_err().problem, Problem::CellCount);
    let short = format!("{}\n1,2", header());
    assert_eq!(only_row(&short).unwrap_err().problem, Problem::CellCount);
}

#[test]
fn a_row_in_another_encoding_is_refused() {
    let mut bytes = with_row(&[]).into_bytes();
    let last = bytes.len() - 2;
    bytes[last] = 0xE9;
    let error = read_csv(bytes.as_slice()).next().unwrap().unwrap_err();
    assert_eq!((error.row, error.problem), (2, Problem::Encoding));
}

#[test]
fn nothing_in_a_csv_can_be_run_as_a_formula() {
    let mut written = Vec::new();
    write_csv(&mut written, [sample()]).unwrap();
    let text = String::from_utf8(written).unwrap();
    assert!(text.contains("\"'=1+1"), "{text}");
    assert!(text.contains("\"'- satu"), "{text}");
}

#[test]
fn the_header_is_written_to_the_letter() {
    let mut written = Vec::new();
    write_csv(&mut written, Vec::<Row>::new()).unwrap();
    assert_eq!(String::from_utf8(written).unwrap().trim_end(), header());
}

#[test]
fn spreadsheet_dates_times_and_numbers_are_read() {
    use rust_xlsxwriter::{ExcelDateTime, Format};
    let mut book = blank_book();
    let sheet = book.worksheet_from_index(0).unwrap();
    sheet.write_row(0, 0, COLUMNS).unwrap();
    let day = ExcelDateTime::from_ymd(2026, 1, 3).unwrap();
    let clock = ExcelDateTime::from_hms(8, 15, 0).unwrap();
    sheet.write_number(1, 0, 9_165_816).unwrap();
    sheet.write_datetime_with_format(1, 1, &day, &Format::new().set_num_format("d mmm yyyy")).unwrap();
    sheet.write_datetime_with_format(1, 2, &clock, &Format::new().set_num_format("hh:mm")).unwrap();
    sheet.write_number(1, 25, 5).unwrap();
    let path = file("typed");
    book.save(&path).unwrap();
    let (number, row) = read_xlsx(&path).next().unwrap().unwrap();
    assert_eq!((number, row.tracking_id.as_str(), row.rating), (2, "9165816", Some(5)));
    assert_eq!(row.received_on, Some(date(2026, 1, 3)));
    assert_eq!(row.received_at, Some(time(8, 15, 0, 0)));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_reader_may_stop_early() {
    let path = file("early");
    write_xlsx(&path, vec![sample(); 500]).unwrap();
    assert_eq!(read_xlsx(&path).take(2).count(), 2);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_missing_file_is_an_error() {
    let rows: Vec<_> = read_xlsx(&file("absent")).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].clone().unwrap_err().problem, Problem::Unreadable);
}

prop_compose! {
    fn moments()(day in 0i32..80_000, second in 0i32..86_400, known in any::<(bool, bool)>()) -> (Option<Date>, Option<Time>) {
        use jiff::ToSpan;
        let day = date(1900, 1, 1) + day.days();
        let clock = time(0, 0, 0, 0) + second.seconds();
        (known.0.then_some(day), known.1.then_some(clock))
    }
}

fn texts(count: usize) -> impl Strategy<Value = Vec<String>> {
    let anything = prop_oneof!["[ -~\n\t]{0,40}", "['=+@-]{0,3}[a-z,;\"]{0,5}", "_x00[0-9A-F]{2}_", "\\PC{0,20}",];
    proptest::collection::vec(anything.prop_map(|text| tidy(&text)), count)
}

prop_compose! {
    fn rows()(
        text in texts(19),
        id in 1u64..99_999_999,
        (received_on, received_at) in moments(),
        numbers in any::<(Option<i64>, Option<i32>, Option<bool>)>(),
        rating in proptest::option::of(1u8..=5),
    ) -> Row {
        let mut text = text.into_iter();
        let mut next = || text.next().unwrap_or_default();
        Row {
            tracking_id: id.to_string(),
            received_on, received_at,
            reporter_name: next(), class: next(),
            category_id: numbers.0, agency_id: numbers.1.map(i64::from),
            category: next(), title: next(), original_body: next(), edited_body: next(), privacy: next(),
            source: next(), parent_agency: next(), agency: next(), status: next(), reason: next(),
            province: next(), regency: next(), district: next(), village: next(),
            decree_number: next(), decree_url: next(), annual_report_url: next(),
            via_setwapres: numbers.2, rating, unread: Vec::new(),
        }
    }
}

fn torn_export() -> impl Strategy<Value = Vec<u8>> {
    let tail = proptest::collection::vec(any::<u8>(), 0..400);
    (tail, any::<bool>()).prop_map(|(tail, headed)| {
        let head = if headed { header() + "\n" } else { String::new() };
        [head.into_bytes(), tail].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn csv_gives_back_what_was_written(rows in proptest::collection::vec(rows(), 0..8)) {
        prop_assert_eq!(through_csv(&rows), rows);
    }

    #[test]
    fn xlsx_gives_back_what_was_written(rows in proptest::collection::vec(rows(), 0..8)) {
        prop_assert_eq!(through_xlsx(&rows, &file("round")), rows);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in torn_export()) {
        let mut last = 1;
        for (number, _) in read_csv(bytes.as_slice()).flatten() {
            prop_assert!(number > last);
            last = number;
        }
    }

    #[test]
    fn any_file_is_read_as_xlsx_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300), at in any::<prop::sample::Index>()) {
        let path = file("fuzz");
        write_xlsx(&path, [sample()]).unwrap();
        let mut broken = std::fs::read(&path).unwrap();
        let at = at.index(broken.len());
        for (place, byte) in broken[at..].iter_mut().zip(&bytes) {
            *place ^= byte;
        }
        std::fs::write(&path, &broken).unwrap();
        let count = read_xlsx(&path).count();
        std::fs::remove_file(&path).unwrap();
        prop_assert!(count <= 2);
    }

    #[test]
    fn any_text_is_a_date_or_not(text in "\\PC{0,24}") {
        if let Some(day) = read_date(&text) {
            prop_assert_eq!(read_date(&moment::write_date(day)), Some(day));
        }
        moment::read_time(&text);
    }
}
