//! The statements of the service run straight against the engine: no HTTP, no rules, no pages.
//!
//! `bare_engine URL LOAD SECONDS CONNECTIONS GROUP [FILE]`, where LOAD is `intake`, `lifecycle`, `report`,
//! `inbox` or `search`, GROUP the number of intakes in one transaction, and FILE holds what is read: a
//! tracking number, an office's number, or search terms on each line. It prints one line of JSON.

#[path = "bare_engine/link.rs"]
mod link;
#[path = "bare_engine/load.rs"]
mod load;

use link::{Failure, Link};
use load::Load;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// What one connection is to do.
struct Shift {
    url: String,
    load: Load,
    end: Instant,
    group: usize,
    subjects: Arc<Vec<String>>,
    next: Arc<AtomicI64>,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [url, load, seconds, connections, group, file @ ..] = &words[..] else {
        return Err("usage: bare_engine URL LOAD SECONDS CONNECTIONS GROUP [FILE]".into());
    };
    let load = Load::parse(load).ok_or("an unknown load")?;
    let subjects = match file.first() {
        Some(path) => std::fs::read_to_string(path)?.lines().map(str::to_owned).collect(),
        None => Vec::new(),
    };
    let subjects = Arc::new(subjects);
    let next = Arc::new(AtomicI64::new(jiff::Timestamp::now().as_microsecond()));
    let begun = Instant::now();
    let end = begun + Duration::from_secs(seconds.parse()?);
    let group = group.parse()?;
    let writers = if load.writes() && url.starts_with("sqlite") { 1 } else { connections.parse()? };
    let shifts = (0..writers).map(|_| {
        let (subjects, next) = (subjects.clone(), next.clone());
        tokio::spawn(work(Shift { url: url.clone(), load, end, group, subjects, next }))
    });
    let mut waits = Vec::new();
    for shift in shifts.collect::<Vec<_>>() {
        waits.extend(shift.await??);
    }
    tell(&mut waits, group, begun.elapsed());
    Ok(())
}

/// Runs transactions until the end; how long each took.
async fn work(shift: Shift) -> Result<Vec<Duration>, Failure> {
    let mut link = Link::open(&shift.url).await?;
    let mut waits = Vec::new();
    while Instant::now() < shift.end {
        let begun = Instant::now();
        if !shift.load.writes() {
            let turn = shift.next.fetch_add(7_919, Ordering::Relaxed);
            let subject = shift.subjects.get(turn.unsigned_abs() as usize % shift.subjects.len().max(1));
            shift.load.read(&mut link, subject.ok_or("nothing to read")?).await?;
        } else {
            let ids: Vec<i64> = (0..shift.group).map(|_| shift.next.fetch_add(1, Ordering::Relaxed)).collect();
            for step in 0..shift.load.steps() {
                link.begin().await?;
                for id in &ids {
                    shift.load.write(&mut link, step, *id).await?;
                }
                link.commit().await?;
            }
        }
        waits.push(begun.elapsed());
    }
    Ok(waits)
}

fn tell(waits: &mut [Duration], group: usize, took: Duration) {
    waits.sort_unstable();
    let at = |share: usize| waits.get(waits.len() * share / 100).map_or(0.0, |wait| wait.as_secs_f64() * 1e3);
    let rate = (waits.len() * group) as f64 / took.as_secs_f64();
    println!(r#"{{"rate":{rate:.1},"p50":{:.3},"p95":{:.3},"p99":{:.3}}}"#, at(50), at(95), at(99));
}
