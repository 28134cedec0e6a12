//! Who faces a hurdle: a section of its page, and the list behind it.

use askama::Template;
use axum::extract::{Path, State};
use web::Trouble;

use super::choosing::chosen;
use super::model::{STAGES, Sighting, in_fives};
use super::sighting::keeps;
use super::{store, store_sightings, table};
use crate::history::editing::live_record;
use crate::history::model::Record;
use crate::hurdles::Hurdles;
use crate::layout::{Answer, Visit};
use crate::organisations::model::Organisation;
use crate::state::App;

/// Sightings on the list at the most.
const SHOWN: i64 = 500;

/// How many bodies face a hurdle, each once.
pub struct Facing {
    /// Bodies by stage: of those who said so, the newest counts.
    pub stages: Vec<(&'static str, usize)>,
    /// All of them.
    pub bodies: usize,
    /// Of those like the reader's: so many of so many.
    pub like_yours: Option<(usize, usize)>,
    /// The same in words.
    pub like_said: Option<String>,
    /// Reports that nobody confirmed, in fives; none where there are fewer.
    pub unconfirmed: Option<i64>,
    /// The reader's body.
    pub body: Option<Organisation>,
}

/// Counts who faces a hurdle.
pub async fn facing(v: &Visit, app: &App, hurdle: i64) -> Answer<Facing> {
    let told = store_sightings::stages(&app.db, &v.viewer, hurdle).await?;
    let stages = STAGES.into_iter().map(|stage| {
        let count = told.iter().filter(|(_, own, _)| own == stage).count();
        (stage, count)
    });
    let body = chosen(v, app).await?;
    let like_yours = match &body {
        Some(body) => {
            let places = app.memory.places(&app.db, v.now()).await?;
            places.compared_with(&body.id).map(|like| {
                let here = told.iter().filter(|(id, ..)| like.ids().contains(&id.0));
                (here.count(), like.ids().len())
            })
        }
        None => None,
    };
    let like_yours = like_yours.filter(|(_, of)| *of > 0);
    Ok(Facing {
        stages: stages.collect(),
        bodies: told.len(),
        like_said: like_yours.map(|(n, of)| v.with_two("here-like-yours", ("n", &n), ("of", &of))),
        like_yours,
        unconfirmed: in_fives(store_sightings::unconfirmed(&app.db, hurdle).await?),
        body,
    })
}

#[derive(Template)]
#[template(path = "trials/here.html")]
struct Section<'v> {
    v: &'v Visit,
    record: &'v Record,
    facing: Facing,
    unnamed: Option<i64>,
}

/// The part of a hurdle's page that says who else faces it.
pub async fn section(v: &Visit, app: &App, record: &Record) -> Answer<String> {
    let section = Section {
        v,
        record,
        facing: facing(v, app, record.number).await?,
        unnamed: in_fives(store::unnamed(&app.db, record.number).await?),
    };
    section
        .render()
        .map_err(|error| Trouble::OurFault(error.to_string()).into())
}

#[derive(Template)]
#[template(path = "trials/facing.html")]
struct FacingPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    facing: Facing,
    sightings: Vec<Sighting>,
}

impl FacingPage<'_> {
    fn keeps(&self, sighting: &Sighting) -> bool {
        keeps(self.v, sighting)
    }
}

/// The list of those who said so.
pub async fn page(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &slug).await?;
    let sightings = store_sightings::of_hurdle(&app.db, &v.viewer, record.number, SHOWN).await?;
    let page = FacingPage {
        v: &v,
        record: &record,
        facing: facing(&v, &app, record.number).await?,
        sightings,
    };
    v.page(&page)
}

/// The list as a table for other programs.
pub async fn csv(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &slug).await?;
    let sightings = store_sightings::of_hurdle(&app.db, &v.viewer, record.number, SHOWN).await?;
    let rows = sightings.iter().map(|one| {
        vec![
            one.organisation.clone(),
            one.service.clone(),
            one.stage.clone(),
            one.days_lost.map(|n| n.to_string()).unwrap_or_default(),
            if one.is_confirmed { "yes" } else { "no" }.to_owned(),
            one.at.iso(),
        ]
    });
    let columns = [
        "organisation",
        "service",
        "stage",
        "days_lost",
        "confirmed",
        "at",
    ];
    let name = format!("hurdle-{}-sightings", record.number);
    table::csv(&name, &columns, rows)
}
