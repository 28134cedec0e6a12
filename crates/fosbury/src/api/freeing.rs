//! Which hurdle frees most others, as JSON.

use axum::extract::State;
use serde_json::{Value, json};
use web::{OrNotFound, Query};

use super::lists::{after, answer, limit};
use super::views;
use crate::freeing::reading::Hanging;
use crate::layout::{Answer, Visit};
use crate::organisations::store as bodies;
use crate::state::App;

/// The hurdles that others hang on, the one that frees most first; for a body or for anybody.
pub async fn list(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let (limit, after) = (limit(&query)?, after(&query)?);
    let body = match query.sent("for") {
        None => None,
        Some(slug) => Some(bodies::by_slug(&app.db, slug).await?.or_not_found()?),
    };
    let slug = body.as_ref().map(|body| body.slug.clone());
    let hanging = Hanging::of(&v, &app, body).await?;
    let ranked = hanging.named(hanging.order().await?.ranked);
    let base = &app.settings.base_url;
    let of = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    let shown = ranked.iter().skip(of(after)).take(of(limit));
    let results = shown.map(|one| {
        let mut value = views::listed(base, &one.hurdle);
        value["frees"] = json!(one.freeing.all);
        value["directly"] = json!(one.freeing.directly);
        value["faced"] = json!(one.freeing.faced);
        value["faced_itself"] = json!(one.is_faced);
        value
    });
    let results: Vec<Value> = results.collect();
    let reached = after.saturating_add(limit);
    let next = (ranked.len() > of(reached)).then(|| {
        let mut next = url::form_urlencoded::Serializer::new(String::new());
        if let Some(slug) = &slug {
            next.append_pair("for", slug);
        }
        next.append_pair("limit", &limit.to_string())
            .append_pair("after", &reached.to_string());
        format!("/api/v1/hurdles/freeing?{}", next.finish())
    });
    Ok(answer(&v, &results, next))
}
