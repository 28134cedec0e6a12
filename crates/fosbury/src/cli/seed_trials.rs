//! Made-up bodies, solutions and trials, as unevenly spread over hurdles as real ones are.

use db::{Db, Result, Value};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use super::say;
use super::seed::author;
use super::seed_words::Language;
use crate::history::model::Parts;
use crate::history::saving::{self, Beginning, Note};
use crate::history::store_writing::reserve_number;
use crate::ids::new_id;
use crate::organisations::model::{Body, Organisation, day_of};
use crate::organisations::planning::Plan;
use crate::organisations::store_import;
use crate::solutions::Solutions;
use crate::time::{DAY, Moment};
use crate::trials::{store_tallies, store_writing};
use crate::viewer::Visibility;

/// Bodies made up.
const BODIES: u32 = 400;
/// Their types, with a tenth, two tenths and so on of them.
const TYPES: [(&str, u32); 4] = [
    ("County", 40),
    ("District", 120),
    ("Borough", 240),
    ("City", 400),
];
/// Solutions made up.
const SOLUTIONS: i64 = 1000;
/// Solutions of each hurdle.
const WAYS: i64 = 6;
/// Trials written in one change.
const AT_ONCE: u32 = 20_000;
/// Outcomes, the more often here the more often told.
const OUTCOMES: [&str; 10] = [
    "worked",
    "worked",
    "worked",
    "worked",
    "partly",
    "partly",
    "no-effect",
    "worse",
    "stopped",
    "too-early",
];

/// Writes so many trials of the hurdles 1 to `hurdles`: of the second half as many as of the first,
/// of a third a third as many, and so on (Zipf's law).
pub async fn write(db: &Db, trials: u32, hurdles: i64, now: Moment) -> Result<()> {
    let mut random = StdRng::seed_from_u64(20_090_621);
    let language = Language::new(&mut random);
    let bodies = settle(db, &mut random, now).await?;
    offer(db, &mut random, &language, hurdles, now).await?;
    let sums = zipf(hurdles);
    let mut number = 0;
    while number < trials {
        let tx = db.begin().await?;
        let mut rows = Vec::new();
        let until = (number + AT_ONCE).min(trials);
        while number < until {
            number += 1;
            let hurdle = drawn(&mut random, &sums);
            let body = bodies.choose(&mut random).map_or("", String::as_str);
            rows.push(trial(&mut random, (number, hurdle), body, now));
        }
        store_writing::record_many(&tx, rows).await?;
        tx.commit().await?;
        say(&format!("{number} of {trials} trials"));
    }
    let tx = db.begin().await?;
    reserve_number(&tx, "trial", trials.into()).await?;
    store_tallies::count_all_again(&tx, 0, 0).await?;
    tx.commit().await
}

/// The sums of 1, 1/2, 1/3, ….
fn zipf(hurdles: i64) -> Vec<f64> {
    let mut sum = 0.0;
    let shares = (1..=hurdles).map(|rank| {
        #[expect(clippy::cast_precision_loss, reason = "hurdles are fewer than 2^52")]
        let share = 1.0 / rank as f64;
        sum += share;
        sum
    });
    shares.collect()
}

fn drawn(random: &mut StdRng, sums: &[f64]) -> i64 {
    let all = sums.last().copied().unwrap_or_default();
    let at = random.random_range(0.0..all);
    let place = sums.partition_point(|sum| *sum <= at);
    i64::try_from(place).unwrap_or_default() + 1
}

async fn settle(db: &Db, random: &mut StdRng, now: Moment) -> Result<Vec<String>> {
    let bodies = (0..BODIES).map(|number| {
        let kind = TYPES.iter().find(|(_, below)| number < *below);
        let mut body = Organisation {
            id: new_id(now),
            code: format!("M{number:03}"),
            slug: format!("made-up-{number}"),
            name: format!("Made-up Council {number}"),
            short_name: format!("Made-up {number}"),
            kind_name: kind.map_or("", |(name, _)| name).to_owned(),
            nation: "Nowhere".to_owned(),
            population: Some(random.random_range(20_000..900_000)),
            ..Organisation::default()
        };
        let mut made_up = Body::default();
        body.describe(&made_up.aliases);
        for (name, most) in [
            ("low-deprivation", 0.5),
            ("high-deprivation", 0.5),
            ("density", 9000.0),
        ] {
            let figure = (random.random_range(0.001..most), "made up".to_owned());
            made_up.figures.insert(name.to_owned(), figure);
        }
        made_up.organisation = body;
        made_up
    });
    let plan = Plan {
        new: bodies.collect(),
        ..Plan::default()
    };
    let tx = db.begin().await?;
    store_import::write(&tx, &plan).await?;
    tx.commit().await?;
    let ids = plan.new.into_iter().map(|one| one.organisation.id);
    Ok(ids.collect())
}

/// The solution that stands at one of a hurdle's places.
fn way(hurdle: i64, place: i64) -> i64 {
    (hurdle * 7 + place * 131) % SOLUTIONS + 1
}

async fn offer(
    db: &Db,
    random: &mut StdRng,
    language: &Language,
    hurdles: i64,
    now: Moment,
) -> Result<()> {
    let mut linked = vec![Vec::new(); usize::try_from(SOLUTIONS).unwrap_or_default() + 1];
    for (hurdle, place) in (1..=hurdles).flat_map(|hurdle| (0..WAYS).map(move |at| (hurdle, at))) {
        let solution = usize::try_from(way(hurdle, place)).unwrap_or_default();
        linked[solution].push(hurdle.to_string());
    }
    let tx = db.begin().await?;
    for (number, hurdles) in (0..).zip(&linked).skip(1) {
        let mut parts = Parts::default();
        let said: Vec<&str> = (0..5).map(|_| language.word(random)).collect();
        parts.set("title", &format!("{} {number}", said.join(" ")));
        parts.set("kind", "cure");
        parts.set("from", "both");
        parts.set("hurdles", &hurdles.join("\n"));
        let beginning = Beginning {
            kind: &Solutions,
            id: None,
            number: Some(number),
            parts,
            note: Note::of("create", author(), now),
            is_unfinished: false,
            visibility: Visibility::Public,
            licence: "CC BY 4.0".to_owned(),
            credit: "made up".to_owned(),
            is_demo: false,
        };
        saving::begin(&tx, &beginning).await?;
    }
    tx.commit().await
}

fn trial(random: &mut StdRng, (number, hurdle): (u32, i64), body: &str, now: Moment) -> Vec<Value> {
    let told_at = now.plus(-random.random_range(0..3000) * DAY);
    let (begun, ended) = (day_of(told_at.plus(-90 * DAY)), day_of(told_at));
    let year: i64 = ended
        .get(..4)
        .and_then(|it| it.parse().ok())
        .unwrap_or_default();
    let is_for_members = random.random_bool(0.1);
    let visibility = if is_for_members { "members" } else { "public" };
    let outcome = OUTCOMES.choose(random).copied().unwrap_or("worked");
    let service = ["", "Libraries", "Planning"].choose(random).copied();
    vec![
        new_id(told_at).into(),
        i64::from(number).into(),
        hurdle.into(),
        way(hurdle, random.random_range(0..WAYS)).into(),
        body.into(),
        service.unwrap_or_default().into(),
        outcome.into(),
        begun.into(),
        ended.into(),
        year.into(),
        // Without words of their own: what is not found by search need not be in the index.
        "".into(),
        visibility.into(),
        told_at.into(),
    ]
}
