//! Opens a picture within bounds and writes it anew, so that nothing but the pixels remains.

use super::error::MediaError;
use super::kind::Kind;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::error::LimitErrorKind;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

const MOST_PIXELS_A_SIDE: u32 = 12_000;
const MOST_PIXELS: u64 = 60_000_000;
const MOST_BYTES_OPENED: u64 = 3 * MOST_PIXELS;
const JPEG_QUALITY: u8 = 85;

/// Re-encodes a picture upright and without metadata (place, camera, time, comments), and tells the
/// kind it was written as: lossy WebP without transparency becomes JPEG, since writing it as lossless
/// WebP would multiply its size. Blocks, and needs 180 MB for the largest picture, twice that to turn it.
pub fn clean_image(from: &Path, to: &Path, kind: Kind) -> Result<Kind, MediaError> {
    let picture = open(from, kind)?;
    let kind = match kind {
        Kind::Webp if !picture.color().has_alpha() && !is_lossless_webp(from)? => Kind::Jpeg,
        kind => kind,
    };
    let mut file = BufWriter::new(File::create(to)?);
    write(picture, kind, &mut file)?;
    file.flush()?;
    Ok(kind)
}

fn open(path: &Path, kind: Kind) -> Result<DynamicImage, MediaError> {
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::Webp => ImageFormat::WebP,
        Kind::Pdf | Kind::Mp4 => return Err(MediaError::UnknownKind),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS_A_SIDE);
    limits.max_image_height = Some(MOST_PIXELS_A_SIDE);
    limits.max_alloc = Some(MOST_BYTES_OPENED);
    let mut reader = ImageReader::with_format(BufReader::new(File::open(path)?), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES_OPENED {
        return Err(MediaError::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(refusal)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn write(picture: DynamicImage, kind: Kind, to: &mut impl Write) -> Result<(), MediaError> {
    let color = picture.color();
    let picture = match (color.has_alpha() && kind != Kind::Jpeg, color.has_color() || kind == Kind::Webp) {
        (true, _) => DynamicImage::from(picture.into_rgba8()),
        (false, true) => DynamicImage::from(picture.into_rgb8()),
        (false, false) => DynamicImage::from(picture.into_luma8()),
    };
    let written = match kind {
        Kind::Png => picture.write_with_encoder(PngEncoder::new(to)),
        Kind::Webp => picture.write_with_encoder(WebPEncoder::new_lossless(to)),
        _ => picture.write_with_encoder(JpegEncoder::new_with_quality(to, JPEG_QUALITY)),
    };
    written.map_err(refusal)
}

fn refusal(error: ImageError) -> MediaError {
    match error {
        ImageError::Limits(limit)
            if matches!(limit.kind(), LimitErrorKind::DimensionError | LimitErrorKind::InsufficientMemory) =>
        {
            MediaError::TooManyPixels
        }
        other => MediaError::Broken(other.to_string()),
    }
}

/// In a simple lossless WebP the first chunk is `VP8L`.
fn is_lossless_webp(path: &Path) -> Result<bool, MediaError> {
    let mut head = [0; 16];
    File::open(path)?.read_exact(&mut head)?;
    Ok(head.ends_with(b"VP8L"))
}
