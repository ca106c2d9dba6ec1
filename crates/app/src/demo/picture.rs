//! Photos of the demo, drawn point by point: places without people, before and after the work.

use crate::seed::texts::Dice;
use crate::{Error, Result};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Rgb, RgbImage};

const WIDTH: u32 = 480;
const HEIGHT: u32 = 360;
const QUALITY: u8 = 80;

/// What is on a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scene {
    Road,
    Lamp,
    Ditch,
    Yard,
}

/// A photo as a phone would send it.
pub(super) fn jpeg(scene: Scene, mended: bool) -> Result<Vec<u8>> {
    let mut grain = Dice::new(u64::from(mended), 1);
    let drawn = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let shade = grain.below(13) as i32 - 6;
        let point = colour(scene, mended, x as i32, y as i32);
        Rgb(point.map(|part| u8::try_from((part + shade).clamp(0, 255)).unwrap_or(0)))
    });
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    DynamicImage::from(drawn).write_with_encoder(encoder).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(bytes)
}

fn colour(scene: Scene, mended: bool, x: i32, y: i32) -> [i32; 3] {
    match scene {
        Scene::Road => road(mended, x, y),
        Scene::Lamp => lamp(mended, x, y),
        Scene::Ditch => ditch(mended, x, y),
        Scene::Yard => yard(mended, x, y),
    }
}

/// A road up to the horizon, with a hole or with the patch that closes it.
fn road(mended: bool, x: i32, y: i32) -> [i32; 3] {
    match () {
        () if y < 140 => [170, 200, 225 - y / 8],
        () if (x - 240).abs() > (y - 120) * 4 / 5 => [95, 135, 70],
        () if mended && (x - 250).abs() < 80 && (y - 270).abs() < 26 => [55, 55, 58],
        () if !mended && within(x, y, (250, 270), (80, 26)) => [96, 72, 48],
        () if (x - 240).abs() < 4 && y / 30 % 2 == 0 => [225, 225, 215],
        () => [112, 112, 116],
    }
}

/// A street at night, with or without light.
fn lamp(mended: bool, x: i32, y: i32) -> [i32; 3] {
    let glow = if mended { (150 - (((x - 190).pow(2) + (y - 80).pow(2)) / 160)).max(0) } else { 0 };
    let point = match () {
        () if mended && within(x, y, (190, 80), (24, 10)) => [250, 240, 190],
        () if within(x, y, (190, 80), (24, 10)) || (x - 168).abs() < 5 && y > 80 => [70, 70, 78],
        () if y > 290 => [48, 48, 54],
        () => [14, 18, 40],
    };
    point.map(|part: i32| part + glow)
}

/// A ditch beside a wall, clogged or flowing.
fn ditch(mended: bool, x: i32, y: i32) -> [i32; 3] {
    match () {
        () if y < 150 => [190, 178, 160],
        () if (x - 240).abs() > 60 + y / 5 => [120, 140, 90],
        () if (x - 240).abs() > 44 + y / 5 => [150, 150, 150],
        () if !mended => litter(x, y),
        () => [84, 108, 118],
    }
}

/// A yard with a waste bin, and with or without a heap beside it.
fn yard(mended: bool, x: i32, y: i32) -> [i32; 3] {
    match () {
        () if (x - 120).abs() < 42 && (150..270).contains(&y) => [40, 120, 70],
        () if !mended && y > 170 && (x - 300).abs() < (y - 160) && y < 300 => litter(x, y),
        () if y < 200 => [205, 198, 184],
        () => [165, 150, 125],
    }
}

fn litter(x: i32, y: i32) -> [i32; 3] {
    const PIECES: [[i32; 3]; 5] = [[150, 140, 120], [96, 84, 66], [178, 174, 166], [76, 96, 112], [122, 84, 70]];
    let piece = (x / 17 * 7 + y / 13 * 11) % 23 % 5;
    PIECES[piece.unsigned_abs() as usize % PIECES.len()]
}

fn within(x: i32, y: i32, (across, down): (i32, i32), (wide, high): (i32, i32)) -> bool {
    let (x, y) = (x - across, y - down);
    x * x * high * high + y * y * wide * wide < wide * wide * high * high
}
