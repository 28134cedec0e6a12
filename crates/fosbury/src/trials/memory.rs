//! What a server remembers so that it need not count again: bodies as they compare, and tallies.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use db::{Db, Result};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use ranking::{POPULATION, Place, Places};

use super::store_bodies;
use super::store_tallies::{self, Kept};
use crate::organisations::model::day_of;
use crate::time::{MINUTE, Moment};

/// Bytes of tallies remembered at the most.
const BYTES: u64 = 48 * 1024 * 1024;
/// Bodies are read again after this long even where nothing seems to have changed.
const READ_AGAIN: i64 = 10 * MINUTE;

/// What is remembered. It holds only what everybody, or every member, may be told.
pub struct Memory {
    bodies: Mutex<Option<Bodies>>,
    tallies: Cache<(i64, &'static str), Remembered, BySize>,
}

#[derive(Clone)]
struct Bodies {
    generation: u64,
    fingerprint: (i64, i64, i64, f64, f64),
    day: String,
    read_at: Moment,
    places: Arc<Places>,
}

#[derive(Clone)]
struct Remembered {
    version: i64,
    kept: Arc<Vec<Kept>>,
}

#[derive(Clone)]
struct BySize;

impl Weighter<(i64, &'static str), Remembered> for BySize {
    fn weight(&self, _: &(i64, &'static str), one: &Remembered) -> u64 {
        200 + 140 * one.kept.len() as u64
    }
}

impl Memory {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            bodies: Mutex::new(None),
            tallies: Cache::with_weighter(10_000, BYTES, BySize),
        }
    }

    /// Every body of today with its standardised figures.
    pub async fn places(&self, db: &Db, now: Moment) -> Result<Arc<Places>> {
        let (generation, day) = (db.generation(), day_of(now));
        let known = self.bodies().clone();
        let known = known.filter(|known| {
            known.day == day && known.read_at.plus(READ_AGAIN) > now && known.read_at <= now
        });
        if let Some(known) = &known
            && known.generation == generation
        {
            return Ok(known.places.clone());
        }
        let fingerprint = store_bodies::fingerprint(db).await?;
        let bodies = match known.filter(|known| known.fingerprint == fingerprint) {
            Some(known) => Bodies {
                generation,
                ..known
            },
            None => Bodies {
                generation,
                fingerprint,
                places: Arc::new(read(db, &day).await?),
                day,
                read_at: now,
            },
        };
        let places = bodies.places.clone();
        *self.bodies() = Some(bodies);
        Ok(places)
    }

    /// What is kept of a hurdle for an audience, read again only after it changed.
    pub async fn tallies(
        &self,
        db: &Db,
        hurdle: i64,
        audience: &'static str,
    ) -> Result<Arc<Vec<Kept>>> {
        // The version is read first: tallies that change meanwhile are read again next time.
        let version = store_tallies::version(db, hurdle).await?;
        if let Some(known) = self.tallies.get(&(hurdle, audience))
            && known.version == version
        {
            return Ok(known.kept);
        }
        let kept = Arc::new(store_tallies::of_hurdle(db, hurdle, audience).await?);
        let remembered = Remembered {
            version,
            kept: kept.clone(),
        };
        self.tallies.insert((hurdle, audience), remembered);
        Ok(kept)
    }

    fn bodies(&self) -> std::sync::MutexGuard<'_, Option<Bodies>> {
        self.bodies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

async fn read(db: &Db, today: &str) -> Result<Places> {
    let mut figures: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for (body, name, value) in store_bodies::figures(db).await? {
        figures.entry(body).or_default().insert(name, value);
    }
    let bodies = store_bodies::of_today(db, today).await?.into_iter();
    let places = bodies.map(|(id, kind, nation, people)| {
        let mut figures = figures.remove(&id).unwrap_or_default();
        if let Some(people) = people {
            #[expect(clippy::cast_precision_loss, reason = "people are fewer than 2^52")]
            figures.insert(POPULATION.to_owned(), people as f64);
        }
        Place {
            id,
            kind,
            nation,
            figures,
        }
    });
    Ok(Places::new(places.collect(), &[]))
}
