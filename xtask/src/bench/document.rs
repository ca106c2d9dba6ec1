//! docs/benchmarks.md: raw figures, the bars beside them, and how to repeat it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::course::{CONNECTIONS, Course, FEW, GROUP, Line};
use super::machine::Machine;
use super::telephone::{RATE, Telephones};

/// Figures that must be reached with a million reports.
const SUBMISSIONS: [(&str, f64); 2] = [("sqlite", 2_000.0), ("postgres", 1_000.0)];
const LIFECYCLES: f64 = 300.0;
const OF_BARE: f64 = 0.4;
const OF_EMPTY: f64 = 0.8;
const SLOWEST: [(&str, f64, u32); 4] = [
    ("report page", 15.0, CONNECTIONS),
    ("inbox", 25.0, CONNECTIONS),
    ("figures", 50.0, FEW),
    ("search", 60.0, CONNECTIONS),
];
const MEMORY: f64 = 150.0;
const START: f64 = 0.5;

const HEAD: &str = include_str!("head.md");

/// The whole document, of the parts that were measured so far.
pub fn whole(parts: &Path) -> String {
    let read = |engine: &str| fs::read_to_string(parts.join(format!("{engine}.md"))).ok();
    let parts: Vec<String> = ["sqlite", "postgres"].into_iter().filter_map(read).collect();
    format!("{HEAD}\n{}", parts.join("\n"))
}

/// The part of one engine.
pub fn part(engine: &str, seconds: u64, machine: &Machine, course: &Course) -> String {
    let mut text = String::new();
    let name = if engine == "sqlite" { "SQLite (embedded)" } else { "PostgreSQL" };
    let _infallible = writeln!(text, "## {name}\n");
    text += &surroundings(seconds, machine, course);
    text += &table(course);
    text += &bars(engine, course);
    text
}

fn surroundings(seconds: u64, machine: &Machine, course: &Course) -> String {
    let Machine { processor, memory, system, syncs, date, busy, niceness } = machine;
    let starts: Vec<String> = course.starts.iter().map(|start| format!("{start:.2}")).collect();
    format!(
        "- Measured {date}; load average in the minute before {busy}; niceness of the measurement {niceness}.\n\
         - {processor}; {memory}; {system}; {syncs:.0} appended pages of 4 KiB synced to disk in a second, one at a time.\n\
         - {} reports made by `lapor seed` in {:.0} s; {:.2} GB in the data folder; the load asks for {} of them.\n\
         - Each load {seconds} s; the rest of the configuration as delivered; starts {} s.\n\n",
        course.reports,
        course.seeding,
        course.size,
        course.sampled,
        starts.join(", ")
    )
}

fn table(course: &Course) -> String {
    let mut text = format!(
        "| load | in one second | p50 ms | p95 ms | p99 ms | longest ms | refused | broken | server MB | bare engine, {GROUP} in a transaction | bare engine, 1 in a transaction |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    );
    for line in &course.lines {
        let bare = |speed: Option<super::bare::Speed>| {
            speed.map_or_else(|| "–".to_owned(), |speed| format!("{:.0} (p99 {:.1} ms)", speed.rate, speed.p99))
        };
        let of = &line.figures;
        let _infallible = writeln!(
            text,
            "| {} | {:.0} | {:.1} | {:.1} | {:.1} | {:.0} | {} | {} | {:.0} | {} | {} |",
            line.name,
            line.rate,
            of.p50,
            of.p95,
            of.p99,
            of.max,
            of.refused,
            of.broken,
            line.memory,
            bare(line.bare),
            bare(line.bare_single)
        );
    }
    text + "\n"
}

fn bars(engine: &str, course: &Course) -> String {
    let mut text = "| bar | must be | is | |\n|---|--:|--:|---|\n".to_owned();
    let mut bar = |what: &str, must: String, is: String, met: bool| {
        let word = if met { "met" } else { "**missed**" };
        let _infallible = writeln!(text, "| {what} | {must} | {is} | {word} |");
    };
    let find = |name: &str| course.lines.iter().find(|line| line.name == name);
    if let Some(line) = find("submissions") {
        let least = SUBMISSIONS.iter().find(|(known, _)| *known == engine).map_or(0.0, |(_, least)| *least);
        bar(
            "durable submissions in one second",
            format!("≥ {least:.0}"),
            format!("{:.0}", line.rate),
            line.rate >= least,
        );
        if let Some(bare) = reference(line) {
            let share = line.rate / bare.max(1.0);
            bar("of the bare engine", "≥ 40 %".into(), format!("{:.0} %", share * 100.0), share >= OF_BARE);
        }
    }
    if let Some(line) = find("lifecycles") {
        bar(
            "whole lifecycles in one second",
            format!("≥ {LIFECYCLES:.0}"),
            format!("{:.0}", line.rate),
            line.rate >= LIFECYCLES,
        );
        let share = line.rate / course.empty.max(1.0);
        let is = format!("{:.0} % of {:.0}", share * 100.0, course.empty);
        bar("of the rate when empty", "≥ 80 %".into(), is, share >= OF_EMPTY);
    }
    for (name, most, connections) in SLOWEST {
        if let Some(line) = find(name) {
            let what = format!("{name}, p99 at {connections} connections");
            bar(&what, format!("≤ {most:.0} ms"), format!("{:.1} ms", line.figures.p99), line.figures.p99 <= most);
        }
    }
    bar(
        "memory of the server under these loads, at most",
        format!("≤ {MEMORY:.0} MB"),
        format!("{:.0} MB", course.peak),
        course.peak <= MEMORY,
    );
    let slowest = course.starts.iter().copied().fold(0.0, f64::max);
    bar("start to first answer", format!("≤ {START} s"), format!("{slowest:.2} s"), slowest <= START);
    telephones(course, &mut bar);
    siege(course, &mut bar);
    text
}

/// The figure of the bare engine that a rate is held against: in groups where there is one.
fn reference(line: &Line) -> Option<f64> {
    line.bare.or(line.bare_single).map(|speed| speed.rate)
}

fn telephones(course: &Course, bar: &mut impl FnMut(&str, String, String, bool)) {
    let Some(Telephones { beside, whole, torn }) = &course.sms else { return };
    for (name, most, _) in SLOWEST {
        if let Some((_, figures)) = beside.iter().find(|(measured, _)| *measured == name) {
            let what = format!("{name} beside {RATE} short messages in a second, p99 at {CONNECTIONS} connections");
            bar(&what, format!("≤ {most:.0} ms"), format!("{:.1} ms", figures.p99), figures.p99 <= most);
        }
    }
    for (what, flood) in [("beside pages", whole), ("through a SIGKILL", torn)] {
        let rate = flood.acknowledged / flood.seconds.max(0.001);
        let is = format!(
            "{:.0} of {} acknowledged, {rate:.0} in one second, {:.0} ms in the middle, p99 {:.0} ms, longest {:.0} ms; {} kept of {} senders, {} reports; \
             {:.0} brought again, {:.0} put off; {:.0} answered, {:.0} of them twice",
            flood.acknowledged,
            flood.count,
            flood.p50,
            flood.p99,
            flood.longest,
            flood.kept,
            flood.senders,
            flood.reports,
            flood.repeated,
            flood.put_off,
            flood.answered,
            flood.doubled
        );
        let what = format!("{RATE} short messages in a second on one bind, {what}: each kept once");
        bar(&what, "all".into(), is, flood.is_whole());
    }
}

fn siege(course: &Course, bar: &mut impl FnMut(&str, String, String, bool)) {
    let Some(siege) = &course.siege else { return };
    let (honest, other) = (siege.count("honest"), siege.count("dishonest") + siege.broken);
    let is = format!(
        "{:.0} offered, {:.0} taken in one second; {honest:.0} × 503 with Retry-After; {other:.0} other answers or broken connections",
        siege.rate(),
        siege.rate_of("acknowledged")
    );
    bar("640 connections for 60 s: only honest 503", "0 others".into(), is, other == 0.0);
    let (total, missing) = course.acknowledged;
    bar(
        "acknowledged before, during and after, then SIGKILL: lost",
        "0".into(),
        format!("{missing:.0} of {total:.0}"),
        missing == 0.0 && total > 0.0,
    );
    let (before, after) = course.usual;
    let when = course.recovered.map_or_else(|| "not".to_owned(), |seconds| format!("{seconds:.0} s after the end"));
    bar(
        "p95 of the usual load as before",
        "≤ 60 s".into(),
        format!("{when}: {before:.1} ms before, {after:.1} ms then"),
        course.recovered.is_some(),
    );
    let peak = course.siege_peak;
    bar(
        "memory of the server with 640 connections, at most",
        format!("≤ {MEMORY:.0} MB"),
        format!("{peak:.0} MB"),
        peak <= MEMORY,
    );
}
