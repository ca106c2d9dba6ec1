//! The letters: their widths, and how a text is broken into lines.
//!
//! Liberation Sans has the letters of every language written in Latin, Greek or Cyrillic; what it does not have, such
//! as pictographs, is drawn as an empty box and not left out in silence.

use krilla::text::Font;
use std::sync::LazyLock;
use ttf_parser::Face as Table;

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/LiberationSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/LiberationSans-Bold.ttf");
/// Stands for a letter that the font does not have.
const BOX: char = '□';

/// A weight of the letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

struct Loaded {
    font: Font,
    table: Table<'static>,
    em: f32,
}

static LOADED: LazyLock<Option<[Loaded; 2]>> = LazyLock::new(|| Some([load(REGULAR)?, load(BOLD)?]));

fn load(bytes: &'static [u8]) -> Option<Loaded> {
    let table = Table::parse(bytes, 0).ok()?;
    Some(Loaded { font: Font::new(bytes.into(), 0)?, em: f32::from(table.units_per_em()), table })
}

fn loaded(weight: Weight) -> Option<&'static Loaded> {
    LOADED.as_ref().map(|[regular, bold]| if weight == Weight::Bold { bold } else { regular })
}

/// The font, for drawing.
pub fn font(weight: Weight) -> Option<Font> {
    loaded(weight).map(|loaded| loaded.font.clone())
}

/// The width of a text in points.
pub fn width(text: &str, weight: Weight, size: f32) -> f32 {
    text.chars().map(|letter| advance(letter, weight)).sum::<f32>() * size
}

fn advance(letter: char, weight: Weight) -> f32 {
    let found = loaded(weight).and_then(|loaded| {
        let glyph = loaded.table.glyph_index(letter)?;
        Some(f32::from(loaded.table.glyph_hor_advance(glyph)?) / loaded.em)
    });
    found.unwrap_or(0.6)
}

/// A text with letters that can be drawn: a box for what the font lacks, nothing for what has no shape.
pub fn drawable(text: &str, weight: Weight) -> String {
    let shapeless = |letter: &char| {
        letter.is_control()
            || matches!(u32::from(*letter), 0xAD | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F)
            || matches!(u32::from(*letter), 0xFEFF | 0xFFF0..=0xFFFF | 0xE0000..=0xE0FFF)
    };
    let known = |letter: char| loaded(weight).is_some_and(|loaded| loaded.table.glyph_index(letter).is_some());
    let spaced = text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter });
    spaced.filter(|letter| !shapeless(letter)).map(|letter| if known(letter) { letter } else { BOX }).collect()
}

/// The lines of a text no wider than `most` points. An empty line of the text stays one.
pub fn lines(text: &str, weight: Weight, size: f32, most: f32) -> Vec<String> {
    text.lines().flat_map(|line| wrapped(&drawable(line, weight), weight, size, most)).collect()
}

fn wrapped(line: &str, weight: Weight, size: f32, most: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let (space, long) = (advance(' ', weight) * size, width(word, weight, size));
        let begun = lines.last().is_some_and(|last| !last.is_empty());
        if begun && used + space + long <= most {
            add(&mut lines, " ");
            add(&mut lines, word);
            used += space + long;
            continue;
        }
        if begun {
            lines.push(String::new());
        }
        used = 0.0;
        for letter in word.chars() {
            let more = advance(letter, weight) * size;
            if used + more > most && used > 0.0 {
                lines.push(String::new());
                used = 0.0;
            }
            add(&mut lines, letter.encode_utf8(&mut [0; 4]));
            used += more;
        }
    }
    lines
}

fn add(lines: &mut [String], text: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_asked_and_lose_no_word() {
        let text = "Jalan di depan pasar berlubang dan tergenang sejak bulan lalu, kata warga.";
        let lines = lines(text, Weight::Regular, 10.0, 90.0);
        assert!(lines.len() > 3 && lines.iter().all(|line| width(line, Weight::Regular, 10.0) <= 90.0));
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        let digest = "ab".repeat(32);
        let lines = lines(&digest, Weight::Regular, 10.0, 100.0);
        assert!(lines.len() > 2);
        assert_eq!(lines.concat(), digest);
    }

    #[test]
    fn what_the_font_lacks_is_seen_as_a_box() {
        assert_eq!(drawable("a\u{200b}b\t🙏\u{fe0f}c", Weight::Regular), "ab □c");
    }
}
