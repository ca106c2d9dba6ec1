//! What is warned of, and how often nothing was there.

use domain::surge::{Baseline, FALSE_ALARMS, LEAST, Season, Weeks, judge, spread, window};
use jiff::civil::date;

/// Categories times regencies and cities.
const CELLS: u64 = 700 * 514;

fn quiet(weeks: Weeks) -> Baseline {
    Baseline::of(&weeks, Season::default(), 1.0)
}

#[test]
fn the_window_is_the_seven_whole_days_before_today() {
    assert_eq!(window(date(2026, 11, 26)), (date(2026, 11, 19), date(2026, 11, 25)));
}

#[test]
fn fourteen_floods_where_one_a_week_is_usual_are_a_rise_and_four_are_not() {
    let usual = quiet([1, 0, 2, 1, 0, 1, 2, 1]);
    let rise = judge(&usual, 14, CELLS).unwrap();
    assert_eq!(rise.seen, 14);
    assert!((rise.expected - 1.0625).abs() < 1e-9);
    assert_eq!(judge(&usual, 4, CELLS), None);
}

#[test]
fn a_place_that_is_watched_alone_is_warned_of_sooner_than_one_of_ten_thousand() {
    let usual = quiet([3, 2, 4, 3, 2, 3, 4, 3]);
    let least = |cells| (LEAST..200).find(|seen| judge(&usual, *seen, cells).is_some()).unwrap();
    assert!(least(1) < least(CELLS));
}

#[test]
fn few_reports_are_never_a_rise() {
    assert_eq!(judge(&quiet([0; 8]), LEAST - 1, 1), None);
}

#[test]
fn what_the_season_brings_every_year_is_no_rise() {
    let weeks = [2, 3, 2, 1, 3, 2, 2, 3];
    let flooding = Season { around: 60, before: 16 };
    assert!(judge(&quiet(weeks), 18, CELLS).is_some());
    assert_eq!(judge(&Baseline::of(&weeks, flooding, 1.0), 18, CELLS), None);
    // A flood that does not come again makes no warning easier.
    let dry = Season { around: 5, before: 80 };
    assert_eq!(Baseline::of(&weeks, dry, 1.0), quiet(weeks));
}

#[test]
fn neighbours_who_write_together_make_every_warning_harder() {
    let together: [Weeks; 2] = [[0, 9, 0, 0, 8, 0, 0, 7], [6, 0, 0, 9, 0, 0, 9, 0]];
    let apart: [Weeks; 2] = [[3, 3, 2, 4, 3, 3, 3, 3], [2, 3, 3, 3, 4, 3, 3, 3]];
    assert_eq!(spread(&apart), 1.0);
    assert!(spread(&together) > 4.0);
    let weeks = [3, 2, 4, 3, 2, 3, 4, 3];
    assert!(judge(&Baseline::of(&weeks, Season::default(), 1.0), 26, CELLS).is_some());
    assert_eq!(judge(&Baseline::of(&weeks, Season::default(), spread(&together)), 26, CELLS), None);
}

/// Numbers as chance makes them: the same at every run.
struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn poisson(&mut self, mean: f64) -> u32 {
        let (end, mut product, mut n) = ((-mean).exp(), self.share(), 0);
        while product > end {
            product *= self.share();
            n += 1;
        }
        n
    }

    /// Events that come by chance, each written about by one or more people.
    fn clusters(&mut self, mean: f64) -> u32 {
        let events = self.poisson(mean / 2.0);
        (0..events).map(|_| 1 + u32::from(self.share() < 0.5) + u32::from(self.share() < 0.5)).sum()
    }
}

/// Days with an alarm among so many, where nothing happens but chance.
fn false_alarms(days: u64, cells: u64, draw: impl Fn(&mut Dice, f64) -> u32) -> usize {
    let mut dice = Dice(1708);
    let mut alarms = 0;
    for _ in 0..days {
        let usual: Vec<f64> = (0..cells).map(|cell| [0.02, 0.1, 0.5, 1.0, 3.0, 12.0][cell as usize % 6]).collect();
        let weeks: Vec<Weeks> = usual.iter().map(|mean| std::array::from_fn(|_| draw(&mut dice, *mean))).collect();
        let spread = spread(&weeks);
        for (mean, weeks) in usual.iter().zip(&weeks) {
            let seen = draw(&mut dice, *mean);
            alarms += usize::from(judge(&Baseline::of(weeks, Season::default(), spread), seen, cells).is_some());
        }
    }
    alarms
}

#[test]
fn chance_alone_raises_no_more_alarms_than_are_promised() {
    let (days, cells) = (60, 2_000);
    let promised = FALSE_ALARMS * days as f64;
    for alarms in [false_alarms(days, cells, Dice::poisson), false_alarms(days, cells, Dice::clusters)] {
        assert!(alarms as f64 <= promised + 5.0, "{alarms} false alarms where {promised} are promised");
    }
}
