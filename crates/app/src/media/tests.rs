use super::*;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, RgbaImage};
use std::io::Cursor;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("media-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn files(&self) -> Vec<PathBuf> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                match entry.path() {
                    path if path.is_dir() => walk(&path, found),
                    path => found.push(path),
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.0, &mut found);
        found
    }

    fn only_file(&self) -> Vec<u8> {
        let files = self.files();
        assert_eq!(files.len(), 1, "{files:?}");
        std::fs::read(&files[0]).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn send(folder: &Folder, bytes: &[u8]) -> Result<Stored, MediaError> {
    let mut incoming = Incoming::begin(&folder.0).await?;
    for piece in bytes.chunks(1000) {
        incoming.push(piece).await?;
    }
    incoming.finish().await
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// 64 × 32, the left half red, the right half blue.
fn red_and_blue() -> RgbImage {
    RgbImage::from_fn(64, 32, |x, _| if x < 32 { Rgb([220, 0, 0]) } else { Rgb([0, 0, 220]) })
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// An EXIF segment that says "turn by 90°" and names a place in GPS degrees.
fn exif_segment() -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let entry = |tag: u16, shape: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &shape.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    tiff.extend(3u16.to_be_bytes());
    tiff.extend(entry(0x010f, 2, 4, *b"Cam\0"));
    tiff.extend(entry(0x0112, 3, 1, [0, 6, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, 50u32.to_be_bytes()));
    tiff.extend(0u32.to_be_bytes());
    tiff.extend(2u16.to_be_bytes());
    tiff.extend(entry(1, 2, 2, *b"S\0\0\0"));
    tiff.extend(entry(2, 5, 3, 80u32.to_be_bytes()));
    tiff.extend(0u32.to_be_bytes());
    for part in [3u32, 1, 19, 1, 4242, 100] {
        tiff.extend(part.to_be_bytes());
    }
    let body = [b"Exif\0\0".to_vec(), tiff].concat();
    let length = (body.len() as u16 + 2).to_be_bytes();
    [vec![0xFF, 0xE1], length.to_vec(), body].concat()
}

fn photo_with_place() -> Vec<u8> {
    let plain = encoded(red_and_blue(), ImageFormat::Jpeg);
    [&plain[..2], &exif_segment(), b"\xFF\xFE\0\x0dby a person", &plain[2..]].concat()
}

#[tokio::test]
async fn a_photo_loses_its_place_and_stands_upright() {
    let folder = Folder::new();
    let photo = photo_with_place();
    assert!(contains(&photo, b"Exif") && contains(&photo, &4242u32.to_be_bytes()));
    let stored = send(&folder, &photo).await.unwrap();
    let clean = folder.only_file();
    assert_eq!((stored.kind, stored.size), (Kind::Jpeg, clean.len() as u64));
    for trace in [&b"Exif"[..], b"Cam\0", b"by a person", &4242u32.to_be_bytes()] {
        assert!(!contains(&clean, trace), "{trace:?}");
    }
    let picture = image::load_from_memory(&clean).unwrap().into_rgb8();
    assert_eq!(picture.dimensions(), (32, 64));
    let (above, below) = (picture.get_pixel(16, 8), picture.get_pixel(16, 56));
    assert!(above[0] > 180 && below[2] > 180, "{above:?} {below:?}");
}

#[tokio::test]
async fn what_hides_behind_a_picture_does_not_stay() {
    let folder = Folder::new();
    let mut png = encoded(red_and_blue(), ImageFormat::Png);
    png.extend(b"<script>alert(1)</script>");
    assert_eq!(send(&folder, &png).await.unwrap().kind, Kind::Png);
    assert!(!contains(&folder.only_file(), b"<script>"));
}

#[tokio::test]
async fn every_sort_of_picture_is_written_anew() {
    let clear = RgbaImage::from_pixel(20, 10, image::Rgba([1, 2, 3, 40]));
    let grey = image::GrayImage::from_pixel(20, 10, image::Luma([77]));
    let deep: image::ImageBuffer<Rgb<u16>, Vec<u16>> = image::ImageBuffer::from_pixel(20, 10, Rgb([9, 500, 60_000]));
    let pictures = [
        (encoded(clear.clone(), ImageFormat::Png), Kind::Png),
        (encoded(grey.clone(), ImageFormat::Png), Kind::Png),
        (encoded(deep, ImageFormat::Png), Kind::Png),
        (encoded(grey, ImageFormat::Jpeg), Kind::Jpeg),
        (encoded(clear, ImageFormat::WebP), Kind::Webp),
        (encoded(red_and_blue(), ImageFormat::WebP), Kind::Webp),
    ];
    for (bytes, kind) in pictures {
        let folder = Folder::new();
        assert_eq!(send(&folder, &bytes).await.unwrap().kind, kind);
        let before = image::load_from_memory(&bytes).unwrap();
        let after = image::load_from_memory(&folder.only_file()).unwrap();
        assert_eq!((after.width(), after.height()), (before.width(), before.height()));
        assert_eq!(after.color().has_alpha(), before.color().has_alpha());
    }
}

#[tokio::test]
async fn the_same_file_is_kept_once_under_its_hash() {
    let folder = Folder::new();
    let pdf = [&b"%PDF-1.4\n"[..], &[b' '; 5000]].concat();
    let first = send(&folder, &pdf).await.unwrap();
    assert_eq!(send(&folder, &pdf).await.unwrap(), first);
    assert_eq!(folder.only_file(), pdf);
    assert_eq!(folder.files()[0], folder.0.join(place(&first.sha256).unwrap()));
    assert_eq!((first.kind, first.size), (Kind::Pdf, 5009));
}

#[tokio::test]
async fn a_web_page_is_refused_whatever_its_name_or_disguise() {
    let padding = [b' '; 200];
    let disguises: [&[u8]; 7] = [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"<html>%PDF-1.4 <script>alert(1)</script>",
        b"<!--ftypisom--><script>alert(1)</script>",
        b"<!--....WEBP--><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a/*<script>*/",
        b"MZ\x90\0 program",
    ];
    for disguise in disguises {
        let folder = Folder::new();
        let error = send(&folder, &[disguise, &padding].concat()).await.unwrap_err();
        assert_eq!(error.code(), "media-unknown-kind", "{:?}", String::from_utf8_lossy(disguise));
        assert_eq!(folder.files(), Vec::<PathBuf>::new());
    }
}

#[tokio::test]
async fn a_page_behind_a_jpeg_signature_is_refused() {
    let folder = Folder::new();
    let page = [&[0xFF, 0xD8, 0xFF, 0xE0][..], b"<html><script>alert(1)</script>", &[b' '; 100]].concat();
    assert_eq!(send(&folder, &page).await.unwrap_err().code(), "media-broken");
    assert_eq!(folder.files(), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_bomb_is_refused_unopened() {
    let mut jpeg = encoded(red_and_blue(), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|mark| mark == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFD, 0xE8, 0xFD, 0xE8]);
    for bomb in [jpeg, png_of(50_000, 50_000), png_of(11_000, 11_000), png_of(4_000_000_000, 4_000_000_000)] {
        let folder = Folder::new();
        let error = send(&folder, &bomb).await.unwrap_err();
        assert!(matches!(error, MediaError::TooManyPixels | MediaError::Broken(_)), "{error}");
        assert_eq!(folder.files(), Vec::<PathBuf>::new());
    }
}

#[test]
fn a_picture_of_too_many_pixels_is_told_so() {
    let folder = Folder::new();
    let path = folder.0.join("bomb");
    std::fs::write(&path, png_of(11_000, 11_000)).unwrap();
    let error = clean_image(&path, &folder.0.join("clean"), Kind::Png).unwrap_err();
    assert_eq!(error.code(), "media-too-many-pixels");
}

/// A well-formed head of a PNG of this size, with a little data behind it.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut png = encoded(red_and_blue(), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0u32, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[tokio::test]
async fn too_large_is_refused_while_it_comes() {
    let folder = Folder::new();
    for (head, most) in [(&b"%PDF-1.4\n"[..], 10u64 << 20), (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", 50 << 20)] {
        let mut incoming = Incoming::begin(&folder.0).await.unwrap();
        incoming.push(head).await.unwrap();
        let piece = vec![0; 1 << 20];
        let mut refused = None;
        for _ in 0..most >> 20 {
            refused = incoming.push(&piece).await.err();
        }
        assert!(matches!(refused, Some(MediaError::TooLarge { most: told }) if told == most), "{refused:?}");
    }
    assert_eq!(folder.files(), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_video_is_kept_as_it_is() {
    let folder = Folder::new();
    let video = [&b"\0\0\0\x18ftypisom\0\0\0\0isommp42"[..], &[7; 3000]].concat();
    assert_eq!(send(&folder, &video).await.unwrap().kind, Kind::Mp4);
    assert_eq!(folder.only_file(), video);
}

#[tokio::test]
async fn nothing_and_next_to_nothing_are_refused() {
    let folder = Folder::new();
    assert_eq!(send(&folder, b"").await.unwrap_err().code(), "media-empty");
    assert_eq!(send(&folder, b"\xFF").await.unwrap_err().code(), "media-unknown-kind");
    assert_eq!(send(&folder, b"\xFF\xD8\xFF").await.unwrap_err().code(), "media-broken");
    assert_eq!(folder.files(), Vec::<PathBuf>::new());
}

#[test]
fn a_place_is_only_for_hashes() {
    let hash = "ab".repeat(32);
    assert_eq!(place(&hash), Some(Path::new("ab/ab").join(&hash)));
    assert_eq!(place(&hash.to_uppercase()), None);
    assert_eq!(place("../../etc/passwd"), None);
}
