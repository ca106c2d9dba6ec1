//! Charts on paper: the drawings of [`crate::components::chart`], scaled to the width of the text.

use super::face::{self, Weight};
use super::layout::{Bar, Cell, LEFT, Line, Part, Press, RIGHT, SMALL};
use crate::components::chart::{Bars, Columns};

/// Width and height of the drawing of columns, in its own units.
const DRAWN: (f32, f32) = (670.0, 205.0);
/// Where the labels of columns stand in it.
const LABELS: f32 = 192.0;
/// Of the width of the text, what names and numbers beside bars take.
const NAMES: f32 = 190.0;
const NUMBERS: f32 = 62.0;
const HIGH: f32 = 8.0;

impl Press {
    pub(super) fn chart(&mut self, columns: &Columns, every: usize, says: &str) {
        let scale = (RIGHT - LEFT) / DRAWN.0;
        self.room(DRAWN.1 * scale + 8.0);
        let place = self.place();
        self.sheets.parts.push(Part::Figure(place, says.to_owned()));
        let (top, words) = (self.y, self.words);
        let point = move |x: u64, y: f32| (LEFT + x as f32 * scale, top + y * scale);
        for (y, value) in columns.lines() {
            self.rule(point(60, y as f32), point(660, y as f32));
            let number = words.number(value);
            let wide = face::width(&number, Weight::Regular, SMALL);
            let (x, y) = point(54, y as f32 + 4.0);
            self.label((x - wide, y), number, place);
        }
        for (nth, placed) in columns.placed().into_iter().enumerate() {
            let at = point(placed.x, placed.y as f32);
            let (wide, high) = (placed.width as f32 * scale, placed.height as f32 * scale);
            self.page().bars.push(Bar { at, wide, high });
            if nth % every == 0 {
                self.label(point(placed.x, LABELS), placed.bar.label, place);
            }
        }
        self.y += DRAWN.1 * scale + 8.0;
    }

    fn label(&mut self, (x, y): (f32, f32), text: String, place: usize) {
        self.page().lines.push(Line { x, y, size: SMALL, weight: Weight::Regular, soft: true, text, place });
    }

    pub(super) fn bars(&mut self, bars: &Bars) {
        let words = self.words;
        let mut rows = Vec::new();
        for placed in bars.placed() {
            let (name, number) = (self.place(), self.place());
            rows.push(vec![(name, Cell::OfRow), (number, Cell::Plain)]);
            let told = words.number(placed.bar.value);
            let columns = [
                self.column(LEFT, &placed.bar.label, NAMES - 10.0, (SMALL, Weight::Regular, false), name),
                self.column(LEFT + NAMES, &told, NUMBERS, (SMALL, Weight::Regular, false), number),
            ];
            self.columns(&columns);
            let begin = LEFT + NAMES + NUMBERS;
            let wide = (RIGHT - begin) * placed.width as f32 / 100.0;
            let at = (begin, self.y - HIGH - 2.0);
            self.page().bars.push(Bar { at, wide, high: HIGH });
            self.y += 2.0;
        }
        self.sheets.parts.push(Part::Table(rows));
        self.y += 6.0;
    }
}
