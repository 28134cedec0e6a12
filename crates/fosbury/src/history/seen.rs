//! A text as one reader sees it: numbers of what they may not see are neither shown nor lost.

use super::kind::{Kind, Shape};
use super::model::Parts;
use super::store;
use crate::layout::Visit;
use crate::trials::store as trials;

/// A text as its reader sees it, with what is kept from them.
pub struct Seen {
    /// The parts as the reader sees them.
    pub parts: Parts,
    whole: Parts,
    hidden: Parts,
}

impl Seen {
    /// The text as this viewer sees it.
    pub async fn of(v: &Visit, kind: &dyn Kind, whole: Parts) -> db::Result<Self> {
        let mut hidden = Parts::default();
        for part in kind.parts() {
            let of = match part.shape {
                Shape::Numbers(of) => of,
                // In drafts, and in revisions from before trials were tied beside the text.
                Shape::Trials => "trial",
                _ => continue,
            };
            let numbers = whole.numbers(part.key);
            if numbers.is_empty() {
                continue;
            }
            let seen = seen_among(v, of, &numbers).await?;
            let unseen = numbers.iter().filter(|number| !seen.contains(number));
            let unseen: Vec<String> = unseen.map(ToString::to_string).collect();
            hidden.set(part.key, &unseen.join("\n"));
        }
        Ok(Self {
            parts: whole.without(&hidden),
            whole,
            hidden,
        })
    }

    /// The text with all its numbers.
    pub fn whole(&self) -> &Parts {
        &self.whole
    }

    /// What the reader made of the text, with what they could not see put back.
    pub fn put_back(&self, mut changed: Parts) -> Parts {
        for key in self.hidden.0.keys() {
            if changed.get(key) == self.parts.get(key) {
                // Nobody touched the list: its order stays as well.
                changed.set(key, self.whole.get(key));
            } else {
                let mut all = changed.list(key);
                all.extend(self.hidden.list(key));
                changed.set(key, &all.join("\n"));
            }
        }
        changed
    }
}

/// The parts as this viewer sees them.
pub async fn seen(v: &Visit, kind: &dyn Kind, parts: Parts) -> db::Result<Parts> {
    Ok(Seen::of(v, kind, parts).await?.parts)
}

/// Those of these numbers that are records or trials which this viewer may see.
pub async fn seen_among(v: &Visit, of: &str, numbers: &[i64]) -> db::Result<Vec<i64>> {
    let (db, viewer) = (&v.app.db, &v.viewer);
    if of == "trial" {
        let found = trials::among(db, viewer, numbers).await?.into_iter();
        return Ok(found.map(|trial| trial.number).collect());
    }
    let found = store::among(db, viewer, of, numbers).await?.into_iter();
    Ok(found.map(|record| record.number).collect())
}
