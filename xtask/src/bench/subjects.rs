//! What is asked for under load: tracking numbers out of the whole population, offices with work, queries.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::service::Place;
use crate::{Failure, tree};

/// Pages of the public list that are looked at for tracking numbers.
const SAMPLES: i64 = 120;
/// Milliseconds from the epoch of ids (2014) to 2019 and to now lie between the samples.
const FIRST: i64 = 157_766_400_000;
const EPOCH: i64 = 1_388_534_400_000;
const ID_BITS: i64 = 22;
/// Offices whose inbox is looked at, besides the national one.
const OFFICES: usize = 3;
/// The password of the officers of the measurement, whose database is thrown away.
const PASSWORD: &str = "tolok-ukur-sementara";

/// Files with a line for each thing to ask for.
pub struct Subjects {
    /// Tracking numbers.
    pub codes: PathBuf,
    /// Paths of public report pages.
    pub reports: PathBuf,
    /// Paths of searches.
    pub searches: PathBuf,
    /// The same searches as terms.
    pub terms: PathBuf,
    /// Paths of the figures of a year of the country and of each parent agency.
    pub figures: PathBuf,
    /// The path of the inbox.
    pub inbox: PathBuf,
    /// Offices whose inbox it is.
    pub offices: PathBuf,
    /// A session for each of them.
    pub cookies: PathBuf,
    /// How many different reports there are among the tracking numbers.
    pub count: usize,
}

impl Subjects {
    /// Asks the running service for tracking numbers, makes officers and logs them in.
    pub fn gather(place: &Place) -> Result<Subjects, Failure> {
        let (codes, busy) = sample(place)?;
        let offices = busiest(&busy)?;
        let cookies = offices.iter().map(|office| log_in(place, *office)).collect::<Result<Vec<_>, _>>()?;
        let queries = fs::read_to_string(tree::root().join("bench/queries.tsv"))?;
        let pairs: Vec<(&str, &str)> = queries.lines().filter_map(|line| line.split_once('\t')).collect();
        let keep = |name: &str, lines: Vec<String>| -> Result<PathBuf, Failure> {
            let path = place.folder.join(name);
            fs::write(&path, lines.join("\n") + "\n")?;
            Ok(path)
        };
        Ok(Subjects {
            count: codes.len(),
            reports: keep("reports", codes.iter().map(|code| format!("/laporan/{code}")).collect())?,
            codes: keep("codes", codes.into_iter().collect())?,
            searches: keep("searches", pairs.iter().map(|(path, _)| (*path).to_owned()).collect())?,
            terms: keep("terms", pairs.iter().map(|(_, terms)| (*terms).to_owned()).collect())?,
            figures: keep("figures", figures()?)?,
            inbox: keep("inbox", vec!["/desk".to_owned()])?,
            offices: keep("offices", offices.iter().map(i64::to_string).collect())?,
            cookies: keep("cookies", cookies)?,
        })
    }
}

/// Makes an officer's account unless there is one; what the login is.
pub fn officer(place: &Place, role: &str, office: i64) -> Result<String, Failure> {
    let login = format!("ukur{office}");
    let office = office.to_string();
    let added = place.run(&["user", "add", &login, "--name", "Contoh", "--role", role, "--agency", &office], PASSWORD);
    match added {
        Err(error) if !error.to_string().contains("taken") => Err(error),
        _ => Ok(login),
    }
}

/// Tracking numbers spread over all years, and how many of them each office holds.
fn sample(place: &Place) -> Result<(BTreeSet<String>, BTreeMap<i64, u32>), Failure> {
    let (mut codes, mut busy) = (BTreeSet::new(), BTreeMap::new());
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_millis() as i64 - EPOCH;
    for step in 1..=SAMPLES {
        let after = (FIRST + (now - FIRST) * step / SAMPLES) << ID_BITS;
        let answer = place.get(&format!("/api/v1/reports?limit=100&after={after}"), "")?;
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let page: Value = serde_json::from_str(body).map_err(|error| format!("the public list: {error}: {answer}"))?;
        for item in page["items"].as_array().into_iter().flatten() {
            codes.extend(item["code"].as_str().map(str::to_owned));
            *busy.entry(item["agency"]["id"].as_i64().unwrap_or(0)).or_insert(0) += 1;
        }
    }
    if codes.is_empty() { Err("there are no public reports".into()) } else { Ok((codes, busy)) }
}

/// The national office, and the main offices that hold most of the sample.
fn busiest(busy: &BTreeMap<i64, u32>) -> Result<Vec<i64>, Failure> {
    let table = fs::read_to_string(tree::root().join("data/agency/agencies.csv"))?;
    let main = ["ministry", "province", "regency", "city"];
    let mut found: Vec<(u32, i64)> = Vec::new();
    for line in table.lines() {
        let mut cells = line.split(',');
        let id: Option<i64> = cells.next().and_then(|id| id.parse().ok());
        let kind = cells.nth(1).unwrap_or_default();
        let held = id.and_then(|id| busy.get(&id).map(|n| (*n, id)));
        found.extend(held.filter(|_| main.contains(&kind)));
    }
    found.sort_unstable();
    Ok([1].into_iter().chain(found.into_iter().rev().take(OFFICES).map(|(_, id)| id)).collect())
}

/// What a dashboard asks for: all measures of an office, a trend by month, and its page with everything on it.
fn figures() -> Result<Vec<String>, Failure> {
    let table = fs::read_to_string(tree::root().join("data/agency/agencies.csv"))?;
    let main = ["national", "ministry", "province", "regency", "city"];
    let office = |line: &str| {
        let mut cells = line.split(',');
        let id = cells.next()?.parse::<i64>().ok()?;
        main.contains(&cells.nth(1)?).then_some(id)
    };
    let paths = table.lines().filter_map(office).flat_map(|id| {
        let of = format!("/api/v1/measures?agency={id}&from=2025-01-01&to=2025-12-31");
        let page = format!("/statistik?agency={id}&period=2025-2");
        [format!("{of}&group_by=month&measure=received,completion"), of, page]
    });
    Ok(paths.collect())
}

/// The cookie of a new session.
fn log_in(place: &Place, office: i64) -> Result<String, Failure> {
    let role = if office == 1 { "national_admin" } else { "agency_admin" };
    let login = officer(place, role, office)?;
    let answer = place.post("/desk/masuk", &format!("login={login}&password={PASSWORD}"))?;
    let cookie = answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie: meja="));
    let cookie = cookie.ok_or_else(|| format!("{login} was not let in"))?;
    let cookie = cookie[12..].split(';').next().unwrap_or_default().to_owned();
    let page = place.get("/desk", &format!("Cookie: {cookie}\r\n"))?;
    if page.starts_with("HTTP/1.1 200") { Ok(cookie) } else { Err(format!("{login} sees no inbox").into()) }
}
