//! Texts of made-up reports, answers and replies in Indonesian.
//!
//! Draft `number` of a `seed` is always the same, on every machine and in whatever order drafts are
//! drawn, so that a seeding can be resumed. Shares of categories, channels and regions follow what
//! is known of SP4N-LAPOR!; streets, housing estates and first names are invented.

mod dice;
mod scene;
mod share;
mod speech;
mod topic;

pub use dice::Dice;
pub use speech::{answer, archive_remark, disposition_note, hold_remark, objection, reply, return_remark};
pub use topic::Topic;

use domain::report::{Channel, Class};
use scene::Scene;

const SMS_CHARACTERS: usize = 160;
const MOST_SENTENCES: usize = 5;

/// A report as a person would send it.
#[derive(Debug, Clone)]
pub struct Draft {
    pub class: Class,
    /// What a verifier will find: a complaint about abuse of office.
    pub supervisory: bool,
    pub title: String,
    pub body: String,
    /// The name of the category that staff will choose; about a third of reports never get one.
    pub category: Option<&'static str>,
    /// What it is about, whether it gets a category or not.
    pub topic: &'static Topic,
    pub channel: Channel,
    /// Kemendagri code of the province.
    pub province: &'static str,
    pub anonymous: bool,
    pub secret: bool,
    /// An invented first name and an initial, where the reporter gave a name.
    pub reporter: Option<String>,
    /// Street and neighbourhood, e.g. `Jalan Melati II, RT 03 RW 05`.
    pub address: String,
    /// For choices that need reference data: which regency, which agency, which hour.
    pub dice: Dice,
}

/// Draft `number` of a `seed`.
pub fn draft(seed: u64, number: u64) -> Draft {
    let mut dice = Dice::new(seed, number);
    let topic = topic::draw(&mut dice);
    write(topic, dice)
}

/// Like [`draft`], about the category of this name; none if no texts are known for it.
pub fn draft_about(category: &str, seed: u64, number: u64) -> Option<Draft> {
    let topic = topic::about(category)?;
    let draft = write(topic, Dice::new(seed, number));
    Some(Draft { category: Some(topic.category), ..draft })
}

fn write(topic: &'static Topic, mut dice: Dice) -> Draft {
    let class = share::class(&mut dice);
    let channel = share::channel(&mut dice);
    let supervisory = class == Class::Complaint && dice.percent(topic.supervisory);
    let categorised = dice.permille(share::CATEGORISED);
    let scene = Scene::draw(&mut dice);
    let (title, opening) = topic.opening(class, &mut dice);
    let title = scene.told(title, &mut dice);
    let body = match channel {
        Channel::Sms => short_body(opening, &scene, &mut dice),
        _ => long_body(topic, class, opening, &scene, &mut dice),
    };
    let manner = Manner::draw(channel, &mut dice);
    let anonymous = dice.percent(if supervisory { 65 } else { 20 });
    Draft {
        class,
        supervisory,
        title: manner.write(title),
        body: manner.write(body),
        category: categorised.then_some(topic.category),
        topic,
        channel,
        province: share::province(&mut dice),
        anonymous,
        secret: dice.percent(if supervisory { 60 } else { 7 }),
        reporter: dice.percent(80).then(|| scene::invented_name(&mut dice)),
        address: scene.address(),
        dice,
    }
}

/// Two to five sentences.
fn long_body(topic: &Topic, class: Class, opening: &str, scene: &Scene, dice: &mut Dice) -> String {
    let complaint = class == Class::Complaint;
    let effect = dice.below(topic.effects.len());
    let mut said = Vec::with_capacity(MOST_SENTENCES);
    said.extend(dice.percent(45).then(|| dice.pick(speech::GREETINGS)));
    said.extend(dice.percent(if complaint { 30 } else { 70 }).then(|| dice.pick(speech::WHO)));
    said.push(opening);
    if complaint {
        said.push(topic.effects[effect]);
        let more = topic.effects.len() > 1 && said.len() + 1 < MOST_SENTENCES && dice.percent(30);
        said.extend(more.then(|| topic.effects[(effect + 1) % topic.effects.len()]));
    }
    said.push(dice.pick(speech::endings(class)));
    said.extend((said.len() < MOST_SENTENCES && dice.percent(40)).then(|| dice.pick(speech::THANKS)));
    let mut body = String::with_capacity(480);
    for sentence in said {
        if !body.is_empty() {
            body.push(' ');
        }
        scene.tell(&mut body, sentence, dice);
    }
    body
}

fn short_body(opening: &str, scene: &Scene, dice: &mut Dice) -> String {
    let mut body = scene.told(opening, dice);
    let request = " Mohon ditindaklanjuti.";
    if body.chars().count() + request.len() <= SMS_CHARACTERS {
        body.push_str(request);
    }
    match body.char_indices().nth(SMS_CHARACTERS) {
        Some((end, _)) => body[..end].trim_end().to_owned(),
        None => body,
    }
}

/// How somebody types.
#[derive(Debug, Clone, Copy)]
enum Manner {
    Plain,
    Short,
    Shouting,
}

impl Manner {
    fn draw(channel: Channel, dice: &mut Dice) -> Manner {
        let typed = matches!(channel, Channel::Sms | Channel::Whatsapp | Channel::X);
        match dice.below(100) {
            0..40 if typed => Manner::Short,
            97.. => Manner::Shouting,
            _ => Manner::Plain,
        }
    }

    fn write(self, text: String) -> String {
        match self {
            Manner::Plain => text,
            Manner::Short => shortened(&text),
            Manner::Shouting => text.to_uppercase(),
        }
    }
}

fn shortened(text: &str) -> String {
    let short = |word| match word {
        "yang" => "yg",
        "dengan" => "dgn",
        "tidak" => "tdk",
        "sudah" => "sdh",
        "untuk" => "utk",
        "dari" => "dr",
        "sampai" => "smp",
        "karena" => "krn",
        "Jalan" => "Jln",
        other => other,
    };
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ') {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(short(word));
    }
    out
}

#[cfg(test)]
mod tests;
