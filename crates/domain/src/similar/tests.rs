use super::*;

fn sight(region: &str, day: &str, words: &str) -> Sight {
    let mut terms: Vec<String> = words.split(' ').map(str::to_owned).collect();
    terms.sort();
    Sight {
        region: RegionCode::parse(region).unwrap(),
        category: Some(CategoryId(11)),
        received: format!("2026-11-{day}T03:00:00Z").parse().unwrap(),
        point: None,
        terms,
    }
}

fn at(sight: Sight, north: f64, east: f64) -> Sight {
    Sight { point: Some(Point { north, east }), ..sight }
}

const HOLE: &str = "jalan lubang pasar genang rusak";

#[test]
fn the_same_hole_told_twice_is_alike_and_says_why() {
    let likeness = likeness(&sight("63.72", "09", HOLE), &sight("63.72", "06", "lubang jalan depan pasar")).unwrap();
    assert_eq!(likeness.shared, ["jalan", "lubang", "pasar"]);
    assert_eq!((likeness.days, likeness.level), (3, Some(RegionLevel::Regency)));
    assert!(likeness.same_category && likeness.metres.is_none());
}

#[test]
fn time_words_and_place_each_bring_them_closer() {
    let score = |other: &Sight| likeness(&sight("63.72.01.1001", "30", HOLE), other).map_or(0, |found| found.score);
    let near = score(&sight("63.72.01.1001", "29", HOLE));
    assert!(near > score(&sight("63.72.01.1001", "02", HOLE)), "time");
    assert!(near > score(&sight("63.72.01.1001", "29", "jalan lubang sekolah lampu mati")), "words");
    assert!(near > score(&sight("63.72.01.1002", "29", HOLE)), "village");
    assert!(score(&sight("63.72.01.1002", "29", HOLE)) > score(&sight("63.72.02", "29", HOLE)), "district");
}

#[test]
fn marked_places_far_apart_are_two_matters_whatever_the_words() {
    let here = at(sight("63.72", "09", HOLE), -3.4400, 114.8300);
    let beside = at(sight("63.72", "09", HOLE), -3.4402, 114.8302);
    let far = at(sight("63.72", "09", HOLE), -3.5000, 114.9000);
    assert!(matches!(likeness(&here, &beside).unwrap().metres, Some(20..=40)));
    assert_eq!(likeness(&here, &far), None);
}

#[test]
fn another_region_another_month_and_other_words_are_not_alike() {
    let here = sight("63.72", "09", HOLE);
    assert_eq!(likeness(&here, &sight("64.74", "09", HOLE)), None, "the region");
    let later = Sight { received: "2026-12-12T03:00:00Z".parse().unwrap(), ..here.clone() };
    assert_eq!(likeness(&here, &later), None, "the month");
    let other = Sight { category: None, ..sight("63.72", "09", "guru honor gaji telat") };
    assert_eq!(likeness(&here, &other), None, "the words");
}

#[test]
fn likeness_looks_the_same_from_both_sides() {
    let (one, other) = (sight("63.72.01", "09", HOLE), sight("63.72", "01", "pasar jalan lubang"));
    assert_eq!(likeness(&one, &other), likeness(&other, &one));
}

#[test]
fn a_neighbour_within_a_kilometre_lies_in_one_of_the_nine_squares() {
    let here = Point { north: -3.4401, east: 114.8399 };
    assert!(here.cells_around().contains(&here.cell()));
    for (north, east) in [(0.009, 0.0), (-0.009, 0.0), (0.0, 0.009), (0.0, -0.009), (0.008, -0.008)] {
        let there = Point { north: here.north + north, east: here.east + east };
        assert!(here.cells_around().contains(&there.cell()), "{there:?}");
    }
    assert_eq!(Point::parse("-3.44", "214.8"), None);
}
