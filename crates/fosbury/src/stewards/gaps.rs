//! Sections that nobody has written on pages that many open.

use super::store_tending::{self as store, Opened};
use crate::history::kind::Shape;
use crate::history::model::Parts;
use crate::history::store::Listed;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::kind_called;
use crate::time::DAY;

/// Times a page was opened in this month and the last, from which on many do.
const MANY: i64 = 10;
/// Gaps shown at the most.
const SHOWN: usize = 20;

/// An empty section.
pub struct Gap {
    /// The page.
    pub page: Listed,
    /// The part nobody wrote.
    pub part: &'static str,
    /// How often the page was opened.
    pub times: i64,
}

impl Gap {
    /// Where it can be written.
    pub fn form(&self) -> String {
        format!("{}/edit?part={}", self.page.address(), self.part)
    }
}

/// The empty sections of the pages that are opened most.
pub async fn gaps(v: &Visit, app: &App) -> Answer<Vec<Gap>> {
    let since: String = v.now().plus(-30 * DAY).iso().chars().take(7).collect();
    let opened = store::most_opened(&app.db, &v.viewer, &since, MANY).await?;
    let gaps = opened.iter().flat_map(gaps_of);
    Ok(gaps.take(SHOWN).collect())
}

fn gaps_of(one: &Opened) -> Vec<Gap> {
    let parts = one.parts.as_deref().map(Parts::from_json);
    let (Some(kind), Some(parts)) = (kind_called(&one.listed.kind), parts) else {
        return Vec::new();
    };
    let is_empty = |key: &str| parts.get(key).is_empty() && !(key == "ways" && one.has_solutions);
    let texts = kind.parts().iter();
    texts
        .filter(|part| part.shape == Shape::Text && is_empty(part.key))
        .map(|part| Gap {
            page: one.listed.clone(),
            part: part.key,
            times: one.times,
        })
        .collect()
}
