//! From lines on pages to the bytes of a PDF that a screen reader can follow (PDF/UA-1).

use super::PrintError;
use super::document::Document;
use super::face::{self, Weight};
use super::layout::{Bar, Cell, HEIGHT, LEFT, Line, Part, Picture, RIGHT, Rule, Sheet, Sheets, WIDTH};
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};
use krilla::text::TextDirection;
use std::num::NonZeroU16;

const INK: (u8, u8, u8) = (18, 39, 45);
const SOFT: (u8, u8, u8) = (71, 89, 95);
/// The colour of bars on the pages.
const BAR: (u8, u8, u8) = (11, 74, 83);
const FOOT_SIZE: f32 = 8.0;

/// Writes the pages as a PDF.
pub fn draw(document: &Document, sheets: &Sheets) -> Result<Vec<u8>, PrintError> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| PrintError(format!("{error:?}")))?;
    let mut pdf = krilla::Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PrintError("size of a page".into()))?;
    let mut leaves: Vec<Vec<Identifier>> = vec![Vec::new(); sheets.places];
    for (nth, sheet) in sheets.pages.iter().enumerate() {
        let mut page = pdf.start_page_with(size.clone());
        let mut surface = page.surface();
        draw_lines(&mut surface, sheet, &mut leaves);
        draw_pictures(&mut surface, sheet, &mut leaves);
        draw_foot(&mut surface, document, nth + 1, sheets.pages.len());
        surface.finish();
        page.finish();
    }
    pdf.set_tag_tree(tree(&sheets.parts, &mut leaves));
    pdf.set_outline(outline(&sheets.parts));
    let language = document.words.lang().tag().to_owned();
    let title = face::drawable(&document.title, Weight::Bold);
    pdf.set_metadata(Metadata::new().title(title).language(language).creator("Lapor".to_owned()));
    pdf.finish().map_err(|error| PrintError(format!("{error:?}")))
}

fn draw_lines(surface: &mut Surface<'_>, sheet: &Sheet, leaves: &mut [Vec<Identifier>]) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_fill(None);
    surface.set_stroke(Some(stroke()));
    sheet.rules.iter().for_each(|rule| draw_rule(surface, rule));
    surface.set_stroke(None);
    surface.set_fill(Some(fill(BAR)));
    sheet.bars.iter().for_each(|bar| draw_bar(surface, bar));
    surface.end_tagged();
    for line in &sheet.lines {
        let leaf = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        draw_text(surface, line);
        surface.end_tagged();
        if let Some(leaves) = leaves.get_mut(line.place) {
            leaves.push(leaf);
        }
    }
}

fn draw_pictures(surface: &mut Surface<'_>, sheet: &Sheet, leaves: &mut [Vec<Identifier>]) {
    for picture in &sheet.pictures {
        let leaf = surface.start_tagged(ContentTag::Other);
        surface.set_fill(Some(fill((0, 0, 0))));
        draw_code(surface, picture);
        surface.end_tagged();
        if let Some(leaves) = leaves.get_mut(picture.place) {
            leaves.push(leaf);
        }
    }
}

/// Rows reach a little into the next one, so that no light shines through between them.
fn draw_code(surface: &mut Surface<'_>, picture: &Picture) {
    let module = picture.wide / picture.code.side() as f32;
    let mut path = PathBuilder::new();
    for (x, y, long) in picture.code.runs() {
        let corner = (picture.at.0 + x as f32 * module, picture.at.1 + y as f32 * module);
        if let Some(run) = Rect::from_xywh(corner.0, corner.1, long as f32 * module, module * 1.02) {
            path.push_rect(run);
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn draw_foot(surface: &mut Surface<'_>, document: &Document, page: usize, of: usize) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    let number = document.words.with("print-page", &[("page", page.into()), ("of", of.into())]);
    let right = RIGHT - face::width(&number, Weight::Regular, FOOT_SIZE);
    let left = face::lines(&document.foot, Weight::Regular, FOOT_SIZE, right - LEFT - 16.0);
    let foot = |x: f32, nth: usize, text: &str| Line {
        x,
        y: HEIGHT - 52.0 + nth as f32 * FOOT_SIZE * 1.35,
        size: FOOT_SIZE,
        weight: Weight::Regular,
        soft: true,
        text: text.to_owned(),
        place: 0,
    };
    draw_text(surface, &foot(right, 0, &number));
    for (nth, text) in left.iter().take(2).enumerate() {
        draw_text(surface, &foot(LEFT, nth, text));
    }
    surface.end_tagged();
}

fn draw_text(surface: &mut Surface<'_>, line: &Line) {
    let Some(font) = face::font(line.weight) else { return };
    surface.set_fill(Some(fill(if line.soft { SOFT } else { INK })));
    // A space at the end keeps the last word apart from the first one of the next line.
    let text = format!("{} ", line.text);
    surface.draw_text(Point::from_xy(line.x, line.y), font, line.size, &text, false, TextDirection::Auto);
}

fn draw_rule(surface: &mut Surface<'_>, rule: &Rule) {
    let mut path = PathBuilder::new();
    path.move_to(rule.from.0, rule.from.1);
    path.line_to(rule.to.0, rule.to.1);
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn draw_bar(surface: &mut Surface<'_>, bar: &Bar) {
    let mut path = PathBuilder::new();
    if let Some(area) = Rect::from_xywh(bar.at.0, bar.at.1, bar.wide, bar.high) {
        path.push_rect(area);
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn fill((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn stroke() -> Stroke {
    Stroke { paint: rgb::Color::new(123, 139, 142).into(), width: 0.6, ..Stroke::default() }
}

fn tree(parts: &[Part], leaves: &mut [Vec<Identifier>]) -> TagTree {
    let mut taken = |place: usize| -> Vec<Node> {
        leaves.get_mut(place).map(std::mem::take).unwrap_or_default().into_iter().map(Node::Leaf).collect()
    };
    let mut tree = TagTree::new();
    for part in parts {
        tree.push(match part {
            Part::Heading { level, text, place, .. } => {
                let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
                TagGroup::with_children(Tag::Hn(level, Some(text.clone())), taken(*place))
            }
            Part::Paragraph(place) => TagGroup::with_children(Tag::P, taken(*place)),
            Part::Quote(place) => {
                let words = TagGroup::with_children(Tag::P, taken(*place));
                TagGroup::with_children(Tag::BlockQuote, vec![words.into()])
            }
            Part::Figure(place, says) => TagGroup::with_children(Tag::Figure(Some(says.clone())), taken(*place)),
            Part::Table(rows) => table(rows, &mut taken),
        });
    }
    tree
}

fn table(rows: &[Vec<(usize, Cell)>], taken: &mut impl FnMut(usize) -> Vec<Node>) -> TagGroup {
    let mut table = TagGroup::new(Tag::Table);
    for cells in rows {
        let mut row = TagGroup::new(Tag::TR);
        for (place, cell) in cells {
            let words = taken(*place);
            row.push(match cell {
                Cell::OfColumn => TagGroup::with_children(Tag::TH(TableHeaderScope::Column), words),
                Cell::OfRow => TagGroup::with_children(Tag::TH(TableHeaderScope::Row), words),
                Cell::Plain => TagGroup::with_children(Tag::TD, words),
            });
        }
        table.push(row);
    }
    table
}

/// Bookmarks: the title and the parts below it.
fn outline(parts: &[Part]) -> Outline {
    let mut outline = Outline::new();
    for part in parts {
        if let Part::Heading { level: 1 | 2, text, page, y, .. } = part {
            outline.push_child(OutlineNode::new(text.clone(), XyzDestination::new(*page, Point::from_xy(LEFT, *y))));
        }
    }
    outline
}
