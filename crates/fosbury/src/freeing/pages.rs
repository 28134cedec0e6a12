//! The ranked list with its picture, the same as a table, and what hangs on one hurdle.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use web::Trouble;

use super::model::{Standing, hanging_on};
use super::picture::{self, Candidate, Picture};
use super::reading::{Hanging, Ranked};
use crate::history::editing::live_record;
use crate::history::model::Record;
use crate::history::store::Listed;
use crate::hurdles::Hurdles;
use crate::layout::{Answer, Visit};
use crate::organisations::model::Organisation;
use crate::state::App;
use crate::trials::choosing::chosen;
use crate::trials::table;

/// Hurdles in the list at the most.
const LISTED: usize = 100;
/// Hurdles named below one of the list at the most.
const NAMED: usize = 6;
/// Hurdles that hang on one, named on its page at the most.
const HANGING: usize = 500;

#[derive(Template)]
#[template(path = "freeing/ranked.html")]
struct RankedPage<'v> {
    v: &'v Visit,
    body: Option<Organisation>,
    picture: Picture,
    ranked: Vec<Ranked>,
    left_out: usize,
    cleared: usize,
    circles: Vec<Vec<Listed>>,
}

impl RankedPage<'_> {
    fn named<'r>(&self, ranked: &'r Ranked) -> &'r [Listed] {
        &ranked.directly[..ranked.directly.len().min(NAMED)]
    }

    /// How many hang on a hurdle that are not named below it.
    fn unnamed(&self, ranked: &Ranked) -> usize {
        ranked.freeing.all.saturating_sub(self.named(ranked).len())
    }

    fn width(&self) -> usize {
        picture::WIDTH
    }

    fn words(&self) -> usize {
        picture::WORDS
    }
}

/// Which hurdle, once cleared, frees most others here.
pub async fn ranked(v: Visit, State(app): State<App>) -> Answer {
    let body = chosen(&v, &app).await?;
    let hanging = Hanging::of(&v, &app, body).await?;
    let order = hanging.order().await?;
    let circles = order.circles.iter().map(|circle| {
        let named = circle.iter();
        named
            .filter_map(|number| hanging.hurdles.get(number).cloned())
            .collect()
    });
    let circles = circles.collect();
    let mut ranked = hanging.named(order.ranked);
    let picture = drawn(&v, &hanging, &ranked);
    let left_out = ranked.len().saturating_sub(LISTED);
    ranked.truncate(LISTED);
    let page = RankedPage {
        v: &v,
        picture,
        left_out,
        cleared: hanging.cleared(),
        body: hanging.body,
        ranked,
        circles,
    };
    v.shared_page(&page)
}

/// The picture of the first of them.
fn drawn(v: &Visit, hanging: &Hanging, ranked: &[Ranked]) -> Picture {
    let freeing: BTreeSet<i64> = ranked.iter().map(|one| one.hurdle.number).collect();
    let candidates = ranked.iter().map(|one| Candidate {
        number: one.hurdle.number,
        title: one.hurdle.title.clone(),
        frees: v.count("freeing-picture-frees", one.freeing.all),
        directly: one.freeing.directly.clone(),
        is_faced: one.is_faced,
    });
    let others = hanging.hurdles.values();
    let others = others.filter(|one| !freeing.contains(&one.number));
    let others = others.map(|one| Candidate {
        number: one.number,
        title: one.title.clone(),
        frees: String::new(),
        directly: Vec::new(),
        is_faced: hanging.standing.faced.contains(&one.number),
    });
    Picture::of(&candidates.collect::<Vec<_>>(), &others.collect::<Vec<_>>())
}

/// The list as a table for other programs.
pub async fn csv(v: Visit, State(app): State<App>) -> Answer {
    let body = chosen(&v, &app).await?;
    let hanging = Hanging::of(&v, &app, body).await?;
    let order = hanging.order().await?;
    let rows = (1..)
        .zip(hanging.named(order.ranked))
        .map(|(place, one): (usize, Ranked)| {
            let directly = one.directly.iter().map(|one| one.number.to_string());
            vec![
                place.to_string(),
                one.hurdle.number.to_string(),
                one.hurdle.title,
                one.freeing.all.to_string(),
                one.freeing.directly.len().to_string(),
                one.freeing.faced.to_string(),
                directly.collect::<Vec<_>>().join(" "),
            ]
        });
    let columns = [
        "place",
        "hurdle",
        "title",
        "frees",
        "frees_directly",
        "faced_here",
        "directly",
    ];
    table::csv("hurdles-freeing", &columns, rows)
}

#[derive(Template)]
#[template(path = "freeing/hurdle.html")]
struct HurdlePage<'v> {
    v: &'v Visit,
    record: &'v Record,
    body: Option<Organisation>,
    is_cleared: bool,
    directly: Vec<Hangs>,
    in_turn: Vec<Hangs>,
    count: usize,
    faced: usize,
    left_out: usize,
}

/// A hurdle that hangs on another.
struct Hangs {
    hurdle: Listed,
    /// The one through which it does.
    through: Listed,
    is_faced: bool,
}

/// All that hangs on one hurdle.
pub async fn of_hurdle(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &slug).await?;
    let hanging = Hanging::of(&v, &app, chosen(&v, &app).await?).await?;
    let is_cleared = hanging.standing.cleared.contains(&record.number);
    // What hung on a hurdle that is cleared can still be looked up.
    let mut standing = Standing::clone(&hanging.standing);
    standing.cleared.remove(&record.number);
    let standing = Arc::new(standing);
    let (dependencies, of, number) = (
        hanging.dependencies.clone(),
        standing.clone(),
        record.number,
    );
    let found = tokio::task::spawn_blocking(move || hanging_on(&dependencies, &of, number)).await;
    let found = found.map_err(|error| Trouble::OurFault(error.to_string()))?;
    let faced = found.iter().filter(|(one, _)| standing.faced.contains(one));
    let (count, faced) = (found.len(), faced.count());
    let shown = found
        .into_iter()
        .take(HANGING)
        .filter_map(|(one, through)| {
            Some(Hangs {
                hurdle: hanging.hurdles.get(&one)?.clone(),
                through: hanging.hurdles.get(&through)?.clone(),
                is_faced: standing.faced.contains(&one),
            })
        });
    let (directly, in_turn) = shown.partition(|one| one.through.number == record.number);
    let page = HurdlePage {
        v: &v,
        record: &record,
        body: hanging.body,
        is_cleared,
        directly,
        in_turn,
        count,
        faced,
        left_out: count.saturating_sub(HANGING),
    };
    v.shared_page(&page)
}
