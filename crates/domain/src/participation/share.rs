//! Shares of a whole that add up to it.

/// All of it, in hundredths of a percent.
const WHOLE: u64 = 10_000;

/// Which share each count has of all of them, in hundredths of a percent. Together they are exactly 100 %: what rounding
/// leaves over goes to those that lost most by it, the earlier first where two lost the same. Nothing has no shares.
pub fn shares(counts: &[u64]) -> Option<Vec<u64>> {
    let all: u128 = counts.iter().map(|n| u128::from(*n)).sum();
    if all == 0 {
        return None;
    }
    let parts: Vec<u128> = counts.iter().map(|n| u128::from(*n) * u128::from(WHOLE)).collect();
    let mut shares: Vec<u64> = parts.iter().map(|part| u64::try_from(part / all).unwrap_or(WHOLE)).collect();
    let left = WHOLE.saturating_sub(shares.iter().sum());
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|n| std::cmp::Reverse(parts[*n] % all));
    for n in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        shares[n] += 1;
    }
    Some(shares)
}
