//! A QR code: an address for cameras. For readers of screens the same address stands beside it.

use crate::{Error, Result};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Modules of quiet around a code.
pub const QUIET: usize = 4;

/// A code as dark and light modules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Qr {
    side: usize,
    dark: Vec<bool>,
}

impl Qr {
    /// The code of a text.
    pub fn of(text: &str) -> Result<Qr> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M);
        let code = code.map_err(|error| Error::Broken(error.to_string()))?;
        Ok(Qr { side: code.width(), dark: code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect() })
    }

    /// Modules from edge to edge, with the quiet around them.
    pub fn side(&self) -> usize {
        self.side + 2 * QUIET
    }

    /// Dark modules that stand in a row: column, row and length, the quiet counted.
    pub fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        for (y, row) in self.dark.chunks(self.side.max(1)).enumerate() {
            let mut x = 0;
            for group in row.chunk_by(|one, next| one == next) {
                if group[0] {
                    runs.push((x + QUIET, y + QUIET, group.len()));
                }
                x += group.len();
            }
        }
        runs
    }

    /// The code as SVG without script and style, dark on light in every colour scheme.
    pub fn svg(&self) -> String {
        let side = self.side();
        let path = self.runs().iter().fold(String::new(), |mut path, (x, y, long)| {
            let _ = write!(path, "M{x} {y}h{long}v1h-{long}z");
            path
        });
        format!(
            "<svg aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
            <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_holds_no_script_and_no_style() {
        let picture = Qr::of("otpauth://totp/Lapor:siti?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap().svg();
        assert!(picture.starts_with("<svg aria-hidden=\"true\"") && picture.ends_with("</svg>"), "{picture:.200}");
        assert!(!picture.contains("style") && !picture.contains("script") && !picture.contains("GEZD"));
    }

    #[test]
    fn the_three_corners_are_where_a_camera_looks_for_them() {
        let code = Qr::of("https://lapor.example/laporan/1234567890").unwrap();
        let (first, last) = (QUIET, code.side() - QUIET);
        let runs = code.runs();
        for corner in [(first, first), (last - 7, first), (first, last - 7)] {
            assert!(runs.contains(&(corner.0, corner.1, 7)), "{corner:?} in {runs:?}");
        }
        assert!(runs.iter().all(|(x, y, long)| *x >= first && x + long <= last && (first..last).contains(y)));
    }
}
