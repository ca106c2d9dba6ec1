//! How often chance alone brings so many.

/// The chance of `seen` or more, of a negative binomial distribution with this mean and variance; of a Poisson distribution
/// where the variance is no larger than the mean.
pub(super) fn at_least(seen: u32, mean: f64, variance: f64) -> f64 {
    if mean <= 0.0 {
        return if seen == 0 { 1.0 } else { 0.0 };
    }
    let spread = variance - mean;
    let poisson = spread <= mean * 1e-9;
    let size = if poisson { 0.0 } else { mean * mean / spread };
    let share = mean / (size + mean);
    // Each term comes of the one before it; terms are added from `seen` on, since 1 − (what is below) would lose all digits.
    let next = |k: f64| if poisson { mean / (k + 1.0) } else { (k + size) / (k + 1.0) * share };
    let mut log = if poisson { -mean } else { size * (size / (size + mean)).ln() };
    for k in 0..seen {
        log += next(f64::from(k)).ln();
    }
    let (mut term, mut sum, mut k) = (log.exp(), 0.0, f64::from(seen));
    for _ in 0..MOST_TERMS {
        sum += term;
        term *= next(k);
        k += 1.0;
        if term < sum * 1e-12 {
            break;
        }
    }
    sum.min(1.0)
}

/// Terms that are added at most; what lies behind them is far below what is asked for.
const MOST_TERMS: u32 = 10_000;

#[cfg(test)]
mod tests {
    use super::at_least;

    fn close(told: f64, wanted: f64) {
        assert!((told - wanted).abs() <= wanted * 1e-6, "{told} instead of {wanted}");
    }

    #[test]
    fn tails_are_those_of_the_tables() {
        close(at_least(0, 2.0, 2.0), 1.0);
        close(at_least(1, 2.0, 2.0), 1.0 - (-2.0_f64).exp());
        close(at_least(5, 2.0, 2.0), 0.052_653_017);
        close(at_least(20, 2.0, 2.0), 6.443_731e-14);
        // Negative binomial: size 2 and success 1/2, then size 2 and mean 1.
        close(at_least(5, 2.0, 4.0), 0.109_375);
        close(at_least(20, 2.0, 4.0), 1.049_041_7e-5);
        close(at_least(15, 1.0, 1.5), 7.666_089e-7);
        assert_eq!((at_least(0, 0.0, 0.0), at_least(1, 0.0, 0.0)), (1.0, 0.0));
    }
}
