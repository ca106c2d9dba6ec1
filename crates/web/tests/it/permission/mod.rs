//! The law of secrecy, over random trees, seats and reports: nobody sees or changes more than the matrix
//! says, by page, list, search, feed, notice, figure, file, export, letter or API, and nobody less.
//!
//! Whatever address a page links to and whatever the API describes is visited, so that a new page is under
//! the law from its first day.

mod changing;
mod marks;
mod matrix;
mod seeing;
mod world;

use crate::site::{telling, with_mail};
use crate::world::House;
use world::World;

async fn law(house: House, seed: u64) {
    let house = telling(with_mail(house));
    let mut world = World::make(&house, seed).await;
    seeing::check(&house, &world).await;
    changing::check(&house, &mut world).await;
}

both!(nobody_sees_or_changes_more_than_the_matrix_says, |house| {
    law(house, 20_260_712).await;
});

both!(nor_in_another_country, |house| {
    law(house, 17_08).await;
});
