//! Where each line of a document stands. Points from the upper left corner of an A4 sheet.

use super::document::{Block, Document, Signer};
use super::face::{self, Weight};
use crate::words::Words;
use app::Qr;

pub const WIDTH: f32 = 595.28;
pub const HEIGHT: f32 = 841.89;
pub const LEFT: f32 = 62.0;
pub const RIGHT: f32 = WIDTH - 62.0;
const TOP: f32 = 64.0;
/// No line of the text stands below.
pub const BOTTOM: f32 = HEIGHT - 76.0;
pub(super) const BODY: f32 = 10.0;
pub(super) const SMALL: f32 = 8.5;
const LARGE: f32 = 17.0;
/// The distance of two lines, as a multiple of their size.
pub(super) const LEADING: f32 = 1.42;
/// The column of the names of facts.
const NAMES: f32 = 135.0;
pub(super) const GUTTER: f32 = 12.0;

/// A line of text. `place` is the part of the document it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub x: f32,
    /// The line on which the letters stand.
    pub y: f32,
    pub size: f32,
    pub weight: Weight,
    pub soft: bool,
    pub text: String,
    pub place: usize,
}

/// A thin line, for the eye only: from one point to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    pub from: (f32, f32),
    pub to: (f32, f32),
}

/// A filled bar, for the eye only: its upper left corner, its width and its height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    pub at: (f32, f32),
    pub wide: f32,
    pub high: f32,
}

/// A code for cameras: its upper left corner, and how wide it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub code: Qr,
    pub at: (f32, f32),
    pub wide: f32,
    pub place: usize,
}

/// One page.
#[derive(Debug, Default)]
pub struct Sheet {
    pub lines: Vec<Line>,
    pub rules: Vec<Rule>,
    pub bars: Vec<Bar>,
    pub pictures: Vec<Picture>,
}

/// What a part of the document is, for readers who do not see it; numbers are places.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Heading {
        level: u8,
        text: String,
        place: usize,
        page: usize,
        y: f32,
    },
    Paragraph(usize),
    Quote(usize),
    /// A picture, and what it says.
    Figure(usize, String),
    /// Rows of cells, each with its place and whether it is a heading of its column or of its row.
    Table(Vec<Vec<(usize, Cell)>>),
}

/// What a cell of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    OfColumn,
    OfRow,
    Plain,
}

/// A document set on pages.
#[derive(Debug, Default)]
pub struct Sheets {
    pub pages: Vec<Sheet>,
    pub parts: Vec<Part>,
    /// How many places were given out.
    pub places: usize,
}

/// Text in a column of its own, beside others.
pub(super) struct Column {
    x: f32,
    lines: Vec<String>,
    size: f32,
    weight: Weight,
    soft: bool,
    place: usize,
}

/// Sets a document on pages.
pub fn layout(document: &Document) -> Sheets {
    let sheets = Sheets { pages: vec![Sheet::default()], ..Sheets::default() };
    let mut press = Press { words: document.words, sheets, y: TOP };
    press.title(document);
    for block in &document.blocks {
        press.block(block);
    }
    press.sheets
}

pub(super) struct Press {
    pub(super) words: Words,
    pub(super) sheets: Sheets,
    /// Where the next line begins.
    pub(super) y: f32,
}

impl Press {
    fn title(&mut self, document: &Document) {
        if let Some(office) = &document.about {
            let place = self.place();
            self.sheets.parts.push(Part::Paragraph(place));
            let column = self.column(LEFT, office, RIGHT - LEFT, (BODY, Weight::Bold, true), place);
            self.columns(&[column]);
            self.y += 4.0;
        }
        self.heading(1, &document.title, 18.0);
        let y = self.y;
        self.rule((LEFT, y), (RIGHT, y));
        self.y += 10.0;
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level: 1, text } => {
                self.y += 12.0;
                self.heading(2, text, 12.5);
            }
            Block::Heading { text, .. } => {
                self.y += 5.0;
                self.heading(3, text, BODY);
            }
            Block::Paragraph(text) => self.paragraphs(text, (BODY, Weight::Regular, false)),
            Block::Small(text) => self.paragraphs(text, (SMALL, Weight::Regular, true)),
            Block::Quote(text) => self.quote(text),
            Block::Facts(facts) => self.facts(facts),
            Block::Table { columns, rows } => self.table(columns, rows),
            Block::Signers(signers) => self.signers(signers),
            Block::Large(text) => self.paragraphs(text, (LARGE, Weight::Bold, false)),
            Block::Code { code, wide, says } => self.code(code, f32::from(*wide), says),
            Block::Columns { columns, every, says } => self.chart(columns, *every, says),
            Block::Bars(bars) => self.bars(bars),
        }
    }

    fn heading(&mut self, level: u8, text: &str, size: f32) {
        self.room(size * LEADING + 3.0 * BODY * LEADING);
        let place = self.place();
        let (page, y) = (self.sheets.pages.len() - 1, self.y);
        self.sheets.parts.push(Part::Heading { level, text: face::drawable(text, Weight::Bold), place, page, y });
        let column = self.column(LEFT, text, RIGHT - LEFT, (size, Weight::Bold, false), place);
        self.columns(&[column]);
        self.y += 3.0;
    }

    fn paragraphs(&mut self, text: &str, style: (f32, Weight, bool)) {
        for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            let place = self.place();
            self.sheets.parts.push(Part::Paragraph(place));
            let column = self.column(LEFT, paragraph.trim_end(), RIGHT - LEFT, style, place);
            self.columns(&[column]);
            self.y += 5.0;
        }
    }

    fn quote(&mut self, text: &str) {
        let place = self.place();
        self.sheets.parts.push(Part::Quote(place));
        let column = self.column(LEFT + 12.0, text.trim(), RIGHT - LEFT - 12.0, (BODY, Weight::Regular, false), place);
        for text in &column.lines {
            let one = Column { lines: vec![text.clone()], ..column };
            self.columns(&[one]);
            let y = self.y;
            self.rule((LEFT + 3.0, y - BODY * LEADING), (LEFT + 3.0, y));
        }
        self.y += 6.0;
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        let mut rows = Vec::new();
        for (name, value) in facts {
            let (head, cell) = (self.place(), self.place());
            rows.push(vec![(head, Cell::OfRow), (cell, Cell::Plain)]);
            let name = self.column(LEFT, name, NAMES - GUTTER, (BODY, Weight::Regular, true), head);
            let value = self.column(LEFT + NAMES, value, RIGHT - LEFT - NAMES, (BODY, Weight::Regular, false), cell);
            self.columns(&[name, value]);
            self.y += 2.0;
        }
        self.sheets.parts.push(Part::Table(rows));
        self.y += 4.0;
    }

    fn table(&mut self, columns: &[(String, u16)], rows: &[Vec<String>]) {
        let whole: f32 = columns.iter().map(|(_, share)| f32::from(*share)).sum::<f32>().max(1.0);
        let free = RIGHT - LEFT - GUTTER * (columns.len().saturating_sub(1) as f32);
        let mut x = LEFT;
        let mut spans = Vec::new();
        for (_, share) in columns {
            let wide = free * f32::from(*share) / whole;
            spans.push((x, wide));
            x += wide + GUTTER;
        }
        let mut cells = Vec::new();
        let heads: Vec<String> = columns.iter().map(|(head, _)| head.clone()).collect();
        cells.push(self.row(&heads, &spans, Cell::OfColumn));
        for row in rows {
            cells.push(self.row(row, &spans, Cell::Plain));
        }
        self.sheets.parts.push(Part::Table(cells));
        self.y += 6.0;
    }

    fn row(&mut self, texts: &[String], spans: &[(f32, f32)], cell: Cell) -> Vec<(usize, Cell)> {
        let weight = if cell == Cell::OfColumn { Weight::Bold } else { Weight::Regular };
        let mut columns = Vec::new();
        let mut places = Vec::new();
        for (text, (x, wide)) in texts.iter().zip(spans) {
            let place = self.place();
            places.push((place, cell));
            columns.push(self.column(*x, text, *wide, (BODY - 1.0, weight, false), place));
        }
        self.columns(&columns);
        let y = self.y + 1.5;
        self.rule((LEFT, y), (RIGHT, y));
        self.y += 4.0;
        places
    }

    fn signers(&mut self, signers: &[Signer]) {
        const SPACE: f32 = 58.0;
        self.room(SPACE + 5.0 * BODY * LEADING);
        self.y += 14.0;
        let wide = (RIGHT - LEFT - GUTTER) / 2.0;
        for pair in signers.chunks(2) {
            let set = |press: &mut Press, pick: fn(&Signer) -> &String, weight| {
                let mut columns = Vec::new();
                for (nth, signer) in pair.iter().enumerate() {
                    let place = press.place();
                    press.sheets.parts.push(Part::Paragraph(place));
                    let x = LEFT + nth as f32 * (wide + GUTTER);
                    columns.push(press.column(x, pick(signer), wide, (BODY, weight, false), place));
                }
                press.columns(&columns);
            };
            set(self, |signer| &signer.role, Weight::Regular);
            self.y += SPACE;
            let y = self.y;
            for nth in 0..pair.len() {
                let x = LEFT + nth as f32 * (wide + GUTTER);
                self.rule((x, y), (x + wide * 0.8, y));
            }
            self.y += 3.0;
            set(self, |signer| &signer.name, Weight::Bold);
            self.y += 10.0;
        }
    }

    fn code(&mut self, code: &Qr, wide: f32, says: &str) {
        self.room(wide + 8.0);
        let place = self.place();
        self.sheets.parts.push(Part::Figure(place, says.to_owned()));
        let picture = Picture { code: code.clone(), at: (LEFT, self.y), wide, place };
        self.page().pictures.push(picture);
        self.y += wide + 8.0;
    }

    /// Sets columns side by side, line by line, over as many pages as it takes.
    pub(super) fn columns(&mut self, columns: &[Column]) {
        let step = columns.iter().map(|column| column.size * LEADING).fold(0.0, f32::max);
        let longest = columns.iter().map(|column| column.lines.len()).max().unwrap_or(0);
        // Few lines stay together; two lines at least stand before a page ends.
        self.room(step * if longest <= 6 { longest } else { 2 } as f32);
        for nth in 0..longest {
            self.room(step);
            let y = self.y + step * 0.78;
            for column in columns {
                let Some(text) = column.lines.get(nth).filter(|text| !text.is_empty()) else { continue };
                let line = Line {
                    x: column.x,
                    y,
                    size: column.size,
                    weight: column.weight,
                    soft: column.soft,
                    text: text.clone(),
                    place: column.place,
                };
                self.page().lines.push(line);
            }
            self.y += step;
        }
    }

    pub(super) fn column(&self, x: f32, text: &str, wide: f32, style: (f32, Weight, bool), place: usize) -> Column {
        let (size, weight, soft) = style;
        Column { x, lines: face::lines(text, weight, size, wide), size, weight, soft, place }
    }

    pub(super) fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.page().rules.push(Rule { from, to });
    }

    /// Begins a new page where less than `height` is left of this one.
    pub(super) fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.sheets.pages.push(Sheet::default());
            self.y = TOP;
        }
    }

    pub(super) fn page(&mut self) -> &mut Sheet {
        let last = self.sheets.pages.len() - 1;
        &mut self.sheets.pages[last]
    }

    pub(super) fn place(&mut self) -> usize {
        self.sheets.places += 1;
        self.sheets.places - 1
    }
}
