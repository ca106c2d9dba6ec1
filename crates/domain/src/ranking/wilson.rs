//! What a share may be at worst, given how few it is a share of.

/// The lower end of the 95 % score interval of Wilson (1927) for a share of a number of reports, in hundredths of a percent,
/// rounded down. A share of few reports is taken at less than what it seems.
pub fn wilson(share: u64, reports: u64) -> u64 {
    const Z: f64 = 1.96;
    const WHOLE: f64 = 10_000.0;
    if reports == 0 {
        return 0;
    }
    let (p, n) = (share as f64 / WHOLE, reports as f64);
    let middle = p + Z * Z / (2.0 * n);
    let width = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let lower = (middle - width) / (1.0 + Z * Z / n);
    (lower.clamp(0.0, 1.0) * WHOLE).floor() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_the_tables() {
        // Newcombe (1998), table I: 81 of 263, lower end 0.2553; 15 of 148, 0.0624; 0 of 20, 0.
        assert_eq!(wilson(81 * 10_000 / 263, 263), 2_552);
        assert_eq!(wilson(15 * 10_000 / 148, 148), 623);
        assert_eq!(wilson(0, 20), 0);
        assert_eq!(wilson(10_000, 0), 0);
    }

    #[test]
    fn twelve_of_twelve_stand_behind_522_of_545() {
        assert!(wilson(10_000, 12) < wilson(9_578, 545));
    }
}
