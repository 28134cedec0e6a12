//! How often pages are opened: counted in memory, kept as totals of a month, never by whom.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::store_tending as store;
use crate::history::editing::number_of;
use crate::state::App;
use crate::subjects::{KINDS, kind_called};

/// Pages counted between two times of writing down at the most.
const MOST_PAGES: usize = 20_000;

/// What was opened since it was last written down: kind, number, times.
#[derive(Default)]
pub struct Readings(Mutex<HashMap<(&'static str, i64), i64>>);

impl Readings {
    fn add(&self, page: (&'static str, i64)) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() < MOST_PAGES || counted.contains_key(&page) {
            *counted.entry(page).or_default() += 1;
        }
    }

    fn take(&self) -> Vec<((&'static str, i64), i64)> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.drain().collect()
    }
}

/// Counts pages of records that were shown.
pub async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let page = match *request.method() {
        Method::GET => page_of(request.uri().path()),
        _ => None,
    };
    let response = next.run(request).await;
    let is_shown = matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
    if let Some(page) = page.filter(|_| is_shown) {
        app.readings.add(page);
    }
    response
}

/// The record whose own page has this address.
fn page_of(path: &str) -> Option<(&'static str, i64)> {
    let (plural, slug) = path.strip_prefix('/')?.split_once('/')?;
    if slug.contains('/') || !KINDS.iter().any(|kind| kind.plural() == plural) {
        return None;
    }
    Some((kind_called(plural)?.name(), number_of(slug)?))
}

/// Writes down what was counted.
pub async fn flush(app: &App) -> db::Result<()> {
    let counted = app.readings.take();
    if counted.is_empty() {
        return Ok(());
    }
    let month = app.clock.now().iso().chars().take(7).collect::<String>();
    let tx = app.db.begin().await?;
    for ((kind, number), times) in counted {
        store::add_readings(&tx, (kind, number), &month, times).await?;
    }
    tx.commit_quietly().await
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn only_the_page_of_a_record_is_counted() {
        assert_eq!(page_of("/hurdles/27-sites-blocked"), Some(("hurdle", 27)));
        assert_eq!(page_of("/guides/3"), Some(("guide", 3)));
        for path in [
            "/",
            "/hurdles",
            "/hurdles/new",
            "/hurdles/27/edit",
            "/h/27",
            "/people/27",
        ] {
            assert_eq!(page_of(path), None, "{path}");
        }
    }
}
