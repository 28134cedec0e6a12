//! `fosbury seed`: made-up pages from a seed, for measurements.

use clap::Args;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use super::seed_words::{COMMON, Language};
use super::{Outcome, opening, say, seed_files, seed_trials};
use crate::history::model::Parts;
use crate::history::saving::{self, Author, Beginning, Note};
use crate::hurdles::{HEADINGS, Hurdles};
use crate::settings::Settings;
use crate::starting::store;
use crate::time::Clock;
use crate::viewer::Visibility;

/// Pages written in one change.
const AT_ONCE: i64 = 500;

/// How many pages.
#[derive(Args)]
pub struct Seed {
    /// Pages to write, of about 5 KB each.
    #[arg(long, default_value_t = 1000)]
    pages: i64,
    /// Files of a megabyte to bring to them.
    #[arg(long, default_value_t = 0)]
    files: u64,
    /// Trials of these pages to tell, at 400 made-up organisations.
    #[arg(long, default_value_t = 0)]
    trials: u32,
}

/// Writes the pages.
pub async fn run(settings: Settings, seed: &Seed) -> Outcome {
    let db = opening::database(&settings).await?;
    let told = |error: db::Error| format!("The database failed: {error}.");
    if !store::is_untouched(&db).await.map_err(told)? {
        return Err("This place is not empty: made-up pages would mix with real ones.".to_owned());
    }
    let mut random = StdRng::seed_from_u64(20_090_620);
    let language = Language::new(&mut random);
    let mut written = 0;
    while written < seed.pages {
        let tx = db.begin().await.map_err(told)?;
        for number in written + 1..=(written + AT_ONCE).min(seed.pages) {
            let beginning = Beginning {
                kind: &Hurdles,
                id: None,
                number: Some(number),
                parts: parts(&mut random, &language, number, seed.pages),
                note: Note::of("create", author(), Clock::Machine.now()),
                is_unfinished: false,
                visibility: Visibility::Public,
                licence: "CC BY 4.0".to_owned(),
                credit: "made up".to_owned(),
                is_demo: false,
            };
            saving::begin(&tx, &beginning).await.map_err(told)?;
        }
        tx.commit().await.map_err(told)?;
        written = (written + AT_ONCE).min(seed.pages);
        say(&format!("{written} of {} pages", seed.pages));
    }
    if seed.trials > 0 {
        let now = Clock::Machine.now();
        seed_trials::write(&db, seed.trials, seed.pages, now)
            .await
            .map_err(told)?;
    }
    if seed.files > 0 {
        seed_files::write(&db, &settings, seed.files, seed.pages).await?;
    }
    Ok(())
}

/// Who made it all up.
pub(super) fn author() -> Author {
    Author {
        id: None,
        name: "Seed".to_owned(),
        is_steward: false,
    }
}

fn parts(random: &mut StdRng, language: &Language, number: i64, pages: i64) -> Parts {
    let mut parts = Parts::default();
    parts.set(
        "title",
        &format!("{} {number}", sentence(random, language, 5, 0)),
    );
    parts.set(
        "heading",
        HEADINGS.choose(random).copied().unwrap_or("access"),
    );
    for key in ["problem", "detail", "why", "ways", "until"] {
        let paragraphs: Vec<String> = (0..3)
            .map(|_| sentence(random, language, 55, pages))
            .collect();
        parts.set(key, &paragraphs.join("\n\n"));
    }
    parts.set(
        "phrases",
        &format!(
            "{}\n{}",
            sentence(random, language, 5, 0),
            sentence(random, language, 4, 0)
        ),
    );
    parts.set(
        "tags",
        COMMON[..40].choose(random).copied().unwrap_or_default(),
    );
    parts
}

fn sentence(random: &mut StdRng, language: &Language, words: usize, pages: i64) -> String {
    let mut said: Vec<String> = (0..words)
        .map(|_| language.word(random).to_owned())
        .collect();
    if pages > 0 && random.random_bool(0.6) {
        said.push(format!("[[{}]]", random.random_range(1..=pages)));
    }
    said.join(" ")
}
