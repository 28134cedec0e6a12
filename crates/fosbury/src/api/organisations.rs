//! Public bodies as JSON.

use axum::extract::{Path, State};
use serde_json::{Value, json};
use web::{OrNotFound, Query, Trouble};

use super::json_page;
use super::lists::{answer, limit};
use crate::layout::{Answer, Visit, shared};
use crate::organisations::model::{Organisation, UNKNOWN_DAY, day_of};
use crate::organisations::store::{self, Listed, Which};
use crate::state::App;

/// The bodies, by name.
pub async fn list(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let limit = limit(&query)?;
    let today = day_of(v.now());
    let with_ended = match query.get("ended") {
        "" | "0" => false,
        "1" => true,
        _ => return Err(Trouble::Unreadable("ended: 0 or 1".to_owned()).into()),
    };
    let which = Which {
        with_ended,
        after: query.get("after"),
        today: &today,
        ..Which::default()
    };
    let bodies = store::listed(&app.db, &which, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let shown = &bodies[..bodies.len().min(wanted)];
    let base = &app.settings.base_url;
    let results: Vec<Value> = shown.iter().map(|one| listed(base, one, &today)).collect();
    let next = shown.last().filter(|_| bodies.len() > wanted).map(|last| {
        let mut next = url::form_urlencoded::Serializer::new(String::new());
        next.append_pair("limit", &limit.to_string());
        next.extend_pairs(with_ended.then_some(("ended", "1")));
        next.append_pair("after", &last.sort_key);
        format!("/api/v1/organisations?{}", next.finish())
    });
    Ok(answer(&v, &results, next))
}

/// One body.
pub async fn one(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let body = store::by_slug(&app.db, &slug).await?.or_not_found()?;
    let (db, id) = (&app.db, body.key());
    let (base, today) = (&app.settings.base_url, day_of(v.now()));
    let names = |bodies: Vec<Listed>| -> Vec<Value> {
        bodies.iter().map(|one| listed(base, one, &today)).collect()
    };
    let mut value = whole(base, &body, &today);
    value["followed_by"] = json!(names(store::successors(db, &id).await?));
    value["followed"] = json!(names(store::predecessors(db, &id).await?));
    let services = store::services(db, &id).await?;
    let services = services
        .iter()
        .map(|one| json!({ "name": one.name, "note": one.note }));
    value["services"] = services.collect();
    let aliases = store::aliases(db, &id).await?;
    let named = |is_code: bool| -> Vec<String> {
        let of_kind = aliases.iter().filter(|one| one.is_code == is_code);
        of_kind.map(|one| one.alias.clone()).collect()
    };
    value["other_names"] = json!(named(false));
    value["former_codes"] = json!(named(true));
    let figures = store::figures(db, &id).await?.into_iter();
    let figures = figures
        .map(|(name, number, source)| json!({ "name": name, "value": number, "source": source }));
    value["figures"] = figures.collect();
    let page = json_page(&value);
    Ok(if v.is_shared { shared(page) } else { page })
}

fn day(day: &str) -> Option<&str> {
    (!day.is_empty() && day != UNKNOWN_DAY).then_some(day)
}

pub(super) fn listed(base: &str, one: &Listed, today: &str) -> Value {
    json!({
        "slug": one.slug,
        "name": one.name,
        "short_name": one.short_name,
        "type": one.kind_name,
        "nation": one.nation,
        "ended": one.has_ended(today),
        "url": format!("{base}{}", one.address()),
    })
}

fn whole(base: &str, body: &Organisation, today: &str) -> Value {
    json!({
        "slug": body.slug,
        "code": body.code,
        "name": body.name,
        "short_name": body.short_name,
        "public_code": body.gss,
        "type": body.kind_name,
        "nation": body.nation,
        "region": body.region,
        "county": body.county,
        "combined": body.combined,
        "population": body.population,
        "start_on": day(&body.start_on),
        "end_on": day(&body.end_on),
        "ended": body.has_ended(today),
        "homepage": body.homepage,
        "url": format!("{base}{}", body.address()),
    })
}
