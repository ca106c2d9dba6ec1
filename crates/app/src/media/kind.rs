//! The kinds of file that are taken, told by their first bytes alone.

const MEGABYTE: u64 = 1024 * 1024;
const LONGEST_MP4_HEAD: u32 = 1024;

/// A kind of attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
    Pdf,
    Mp4,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Kind::Jpeg, Kind::Png, Kind::Webp, Kind::Pdf, Kind::Mp4];

    /// The media type, in storage and on the wire.
    pub fn mime(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Webp => "image/webp",
            Kind::Pdf => "application/pdf",
            Kind::Mp4 => "video/mp4",
        }
    }

    /// Reads a media type.
    pub fn parse(mime: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.mime() == mime)
    }

    /// The ending of a file name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::Webp => "webp",
            Kind::Pdf => "pdf",
            Kind::Mp4 => "mp4",
        }
    }

    /// Most bytes.
    pub fn most_bytes(self) -> u64 {
        match self {
            Kind::Mp4 => 50 * MEGABYTE,
            _ => 10 * MEGABYTE,
        }
    }

    /// Whether it is re-encoded.
    pub fn is_picture(self) -> bool {
        matches!(self, Kind::Jpeg | Kind::Png | Kind::Webp)
    }
}

/// Recognises a file by its first bytes (64 are enough); none for whatever is not taken.
pub fn sniff(first_bytes: &[u8]) -> Option<Kind> {
    let kind = Kind::parse(infer::get(first_bytes)?.mime_type())?;
    begins_as(kind, first_bytes).then_some(kind)
}

/// Stricter than the recogniser: nothing may stand before the signature, where a web page could hide.
fn begins_as(kind: Kind, first_bytes: &[u8]) -> bool {
    match kind {
        Kind::Jpeg => first_bytes.starts_with(&[0xFF, 0xD8, 0xFF]),
        Kind::Png => first_bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        Kind::Webp => first_bytes.starts_with(b"RIFF"),
        Kind::Pdf => first_bytes.starts_with(b"%PDF-"),
        Kind::Mp4 => first_bytes.first_chunk().is_some_and(|size| u32::from_be_bytes(*size) <= LONGEST_MP4_HEAD),
    }
}
