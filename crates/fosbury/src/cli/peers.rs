//! `fosbury peers`: which public bodies are like which, in one pass.

use clap::Args;
use ranking::WhyNot;

use super::{Outcome, opening, say};
use crate::organisations::model::Organisation;
use crate::organisations::store_import;
use crate::settings::Settings;
use crate::time::Clock;
use crate::trials::memory::Memory;
use crate::words::Words;

/// Whose peers to tell.
#[derive(Args)]
pub struct Peers {
    /// Codes of bodies; all of today where none is given.
    codes: Vec<String>,
}

/// Tells of each body its code and the codes of its peers, the nearest first, or why it has none.
pub async fn run(settings: Settings, asked: &Peers) -> Outcome {
    let db = opening::database(&settings).await?;
    let failed = |error: db::Error| format!("The database failed: {error}.");
    let places = Memory::new().places(&db, Clock::Machine.now()).await;
    let (places, known) = (
        places.map_err(failed)?,
        store_import::known(&db).await.map_err(failed)?,
    );
    let words = Words::english();
    let by_id = known.values().map(|body| &body.organisation);
    let by_id: std::collections::HashMap<&str, &Organisation> =
        by_id.map(|body| (body.id.as_str(), body)).collect();
    let code = |id: &str| by_id.get(id).map_or("", |body| body.code.as_str());
    let (mut with, mut without) = (0, 0);
    for body in known.values().map(|body| &body.organisation) {
        let is_asked = asked.codes.is_empty() || asked.codes.contains(&body.code);
        if places.place(&body.id).is_none() || !is_asked {
            continue;
        }
        let told = match places.peers(&body.id) {
            Ok(peers) => {
                with += 1;
                let codes = peers.iter().map(|peer| code(&peer.id));
                codes.collect::<Vec<_>>().join(" ")
            }
            Err(why) => {
                without += 1;
                why_not(&words, body, &why)
            }
        };
        say(&format!("{}\t{}\t{told}", body.code, body.kind_name));
    }
    say(&format!(
        "{} bodies: {with} with peers, {without} without.",
        with + without
    ));
    Ok(())
}

fn why_not(words: &Words, body: &Organisation, why: &WhyNot) -> String {
    match why {
        WhyNot::Missing(measures) => {
            let names = measures.iter();
            let names: Vec<String> = names
                .map(|measure| words.fill(&format!("peers-missing-{measure}"), &[]))
                .collect();
            let (name, figures) = (("name", body.short_name.as_str()), names.join(", "));
            words.fill("peers-none-missing", &[name, ("figures", figures.as_str())])
        }
        WhyNot::TooFew(n) => words.count("peers-none-few", i64::try_from(*n).unwrap_or(i64::MAX)),
        WhyNot::NobodyElse | WhyNot::Unknown => words.say("peers-none-others").into_owned(),
    }
}
