//! What worked on a hurdle, for one reader.

use std::collections::BTreeMap;

use db::Result;
use ranking::{Ranked, Tried, Weights, rank};

use super::store::Narrowed;
use super::store_tallies::{self, Kept};
use crate::state::App;
use crate::time::Moment;
use crate::viewer::Viewer;

/// How much each body's trials weigh for a reader from this one, or for anybody.
pub async fn weights(app: &App, body: Option<&str>, now: Moment) -> Result<Weights> {
    Ok(match body {
        Some(body) => app.memory.places(&app.db, now).await?.weights(body),
        None => Weights::equal(),
    })
}

/// The solutions of a hurdle that somebody tried, best first; `linked` ones that nobody tried yet
/// stand where one without any trial stands.
pub async fn ranked(
    app: &App,
    viewer: &Viewer,
    hurdle: i64,
    linked: &[i64],
    narrowed: &Narrowed<'_>,
    weights: &Weights,
) -> Result<Vec<Ranked<i64>>> {
    let mut told: BTreeMap<i64, Vec<(String, ranking::Tally)>> =
        linked.iter().map(|number| (*number, Vec::new())).collect();
    let mut count = |kept: &Kept| {
        let of = told.entry(kept.solution).or_default();
        of.push((kept.organisation.clone(), kept.tally));
    };
    if narrowed.is_everything() {
        let memory = &app.memory;
        let public = memory.tallies(&app.db, hurdle, "public").await?;
        public.iter().for_each(&mut count);
        if viewer.is_member() {
            let members = memory.tallies(&app.db, hurdle, "members").await?;
            members.iter().for_each(&mut count);
            let few = store_tallies::to_few(&app.db, viewer, hurdle).await?;
            few.iter().for_each(&mut count);
        }
    } else {
        let some = store_tallies::narrowed(&app.db, viewer, hurdle, narrowed).await?;
        some.iter().for_each(&mut count);
    }
    let tried = told
        .into_iter()
        .map(|(solution, told)| Tried { solution, told });
    Ok(rank(tried.collect(), weights))
}
