//! What a reader may know of what hangs on what, put together once for pages, tables and programs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use web::Trouble;

use super::model::{Freeing, Order, Standing, order};
use super::store;
use crate::history::store::Listed;
use crate::layout::{Answer, Visit};
use crate::organisations::model::Organisation;
use crate::state::App;

/// What hangs on what, as one reader may know it.
pub struct Hanging {
    /// The dependencies.
    pub dependencies: Arc<Vec<(i64, i64)>>,
    /// Hurdles that play a part, by number.
    pub hurdles: BTreeMap<i64, Listed>,
    /// The body for which it is shown.
    pub body: Option<Organisation>,
    /// Where that body stands.
    pub standing: Arc<Standing>,
}

impl Hanging {
    /// Reads it for a body, or for anybody.
    pub async fn of(v: &Visit, app: &App, body: Option<Organisation>) -> Answer<Self> {
        let (db, viewer) = (&app.db, &v.viewer);
        let mut standing = Standing::default();
        if let Some(body) = &body {
            for (hurdle, stage) in store::stages(db, viewer, &body.key()).await? {
                let which = match stage.as_str() {
                    "cleared" => &mut standing.cleared,
                    _ => &mut standing.faced,
                };
                which.insert(hurdle);
            }
        }
        let hurdles = store::hurdles(db, viewer).await?;
        Ok(Self {
            dependencies: Arc::new(store::dependencies(db, viewer).await?),
            hurdles: hurdles.into_iter().map(|one| (one.number, one)).collect(),
            body,
            standing: Arc::new(standing),
        })
    }

    /// Ranks the hurdles, beside the requests: many of them take a while.
    pub async fn order(&self) -> Answer<Order> {
        let (dependencies, standing) = (self.dependencies.clone(), self.standing.clone());
        let ranked = tokio::task::spawn_blocking(move || order(&dependencies, &standing)).await;
        ranked.map_err(|error| Trouble::OurFault(error.to_string()).into())
    }

    /// Ranked hurdles with their titles.
    pub fn named(&self, ranked: Vec<Freeing>) -> Vec<Ranked> {
        let with_hurdle = |freeing: Freeing| {
            let hurdle = self.hurdles.get(&freeing.number)?.clone();
            let directly = freeing.directly.iter();
            let directly = directly.filter_map(|number| self.hurdles.get(number).cloned());
            Some(Ranked {
                hurdle,
                directly: directly.collect(),
                is_faced: self.standing.faced.contains(&freeing.number),
                freeing,
            })
        };
        ranked.into_iter().filter_map(with_hurdle).collect()
    }

    /// How many hurdles that play a part the body has cleared.
    pub fn cleared(&self) -> usize {
        let ends = self.dependencies.iter().flat_map(|(one, on)| [one, on]);
        let play_a_part: BTreeSet<&i64> = ends.collect();
        let cleared = self.standing.cleared.iter();
        cleared.filter(|one| play_a_part.contains(one)).count()
    }
}

/// A hurdle in the list.
pub struct Ranked {
    /// It.
    pub hurdle: Listed,
    /// What it frees.
    pub freeing: Freeing,
    /// The hurdles that name it themselves.
    pub directly: Vec<Listed>,
    /// Whether the reader's body faces it.
    pub is_faced: bool,
}
