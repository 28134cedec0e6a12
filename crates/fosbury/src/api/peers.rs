//! Similar bodies and groups as JSON.

use axum::extract::{Path, State};
use ranking::{Apart, WhyNot};
use serde_json::{Map, Value, json};
use web::{OrNotFound, Query, Trouble};

use super::json_page;
use super::lists::{answer, limit};
use super::organisations::listed;
use crate::layout::{Answer, Visit, shared};
use crate::organisations::model::day_of;
use crate::organisations::store::{self as bodies, Listed};
use crate::peers::finding::{Found, Like, similar};
use crate::peers::model::{Group, MEASURES, differs_most, key, most_alike};
use crate::peers::store;
use crate::state::App;

/// The bodies that are most like one.
pub async fn of_body(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let body = bodies::by_slug(&app.db, &slug).await?.or_not_found()?;
    let similar = similar(&app.db, &app.memory, &body, v.now()).await?;
    let (base, today) = (&app.settings.base_url, day_of(v.now()));
    let known = MEASURES.into_iter().filter_map(|measure| {
        let figure = similar.figures.get(measure)?;
        Some((measure.to_owned(), json!(figure)))
    });
    let figures: Map<String, Value> = known.collect();
    let mut value = json!({
        "figures": figures, "typical_distance": similar.typical, "results": [],
        "why_not": null, "missing": [], "instead": [], "next": null,
    });
    let listed = |one: &Listed| listed(base, one, &today);
    let (why, instead) = match &similar.found {
        Found::Peers(peers) => {
            let results = peers.iter().map(|like| peer(like, &listed(&like.body)));
            value["results"] = results.collect();
            (Value::Null, &[][..])
        }
        Found::Instead(why, others) => {
            if let WhyNot::Missing(measures) = why {
                value["missing"] = json!(measures);
            }
            (json!(reason(why)), others.as_slice())
        }
        Found::Ended(successors) => (json!("ended"), successors.as_slice()),
    };
    value["why_not"] = why;
    value["instead"] = instead.iter().map(listed).collect();
    let page = json_page(&value);
    Ok(if v.is_shared { shared(page) } else { page })
}

fn reason(why: &WhyNot) -> &'static str {
    match why {
        WhyNot::Missing(_) => "missing",
        WhyNot::TooFew(_) => "too-few",
        WhyNot::NobodyElse | WhyNot::Unknown => "nobody-else",
    }
}

fn peer(like: &Like, body: &Value) -> Value {
    let by_measure = |number: fn(&Apart) -> f64| -> Map<String, Value> {
        let all = like.apart.iter();
        all.map(|one| (one.measure.clone(), json!(number(one))))
            .collect()
    };
    json!({
        "organisation": body,
        "distance": like.distance,
        "likeness": like.likeness,
        "figures": by_measure(|one| one.theirs),
        "apart": by_measure(|one| one.apart),
        "most_alike": most_alike(&like.apart).map(|one| &one.measure),
        "differs_most": differs_most(&like.apart).map(|one| &one.measure),
    })
}

/// The groups, by name.
pub async fn groups(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let limit = limit(&query)?;
    let groups = store::listed(&app.db, query.get("after"), limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let shown = &groups[..groups.len().min(wanted)];
    let base = &app.settings.base_url;
    let results: Vec<Value> = shown.iter().map(|one| told(base, one)).collect();
    let next = shown.last().filter(|_| groups.len() > wanted).map(|last| {
        let mut next = url::form_urlencoded::Serializer::new(String::new());
        next.append_pair("limit", &limit.to_string());
        next.append_pair("after", &key(&last.name));
        format!("/api/v1/groups?{}", next.finish())
    });
    Ok(answer(&v, &results, next))
}

/// One group.
pub async fn group(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let number = number.parse().ok().or_not_found()?;
    let group = store::numbered(&app.db, number).await?.or_not_found()?;
    if group.removed_at.is_some() {
        return Err(Trouble::Gone.into());
    }
    let page = json_page(&whole(&v, &app, &group).await?);
    Ok(if v.is_shared { shared(page) } else { page })
}

/// A group with its bodies.
pub(super) async fn whole(v: &Visit, app: &App, group: &Group) -> Answer<Value> {
    let (base, today) = (&app.settings.base_url, day_of(v.now()));
    let members = store::members(&app.db, group.number).await?;
    let mut value = told(base, group);
    value["organisations"] = members
        .iter()
        .map(|one| listed(base, one, &today))
        .collect();
    Ok(value)
}

fn told(base: &str, group: &Group) -> Value {
    json!({
        "number": group.number,
        "url": format!("{base}{}", group.address()),
        "name": group.name,
        "why": group.why,
        "kept_by": group.keeper_slug,
        "changed_at": group.changed_at.iso(),
        "count": group.members,
    })
}
