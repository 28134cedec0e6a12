//! Lines that are joined with the one above, cut into pieces, and made whole again.

use axum::extract::{Path, State};
use web::Fields;

use super::acts::{claimed, ids, onwards, overtaken, passage};
use super::becoming::cuts;
use super::model::Passage;
use super::store;
use super::triage::{again, table};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::store_log;

/// Joins a line with the one above it.
pub async fn join(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let table = table(&v, &app, &slug).await?;
    let own = passage(&table, &fields)?;
    let at = table
        .passages
        .iter()
        .position(|one| one.anchor() == own.anchor());
    let above = at
        .and_then(|at| at.checked_sub(1))
        .and_then(|at| table.passages.get(at))
        .filter(|above| above.outcome.is_none() && own.part == 0 && own.lines.len() == 1);
    let Some(above) = above else {
        let mut errors = FieldErrors::default();
        errors.add("title", v.say("wrong-harvest-join"));
        return again(&v, &table, &fields, &errors);
    };
    let tx = app.db.begin().await?;
    let is_first = store::claim(&tx, &table.session.id, &above.line, above.seen).await?;
    if !is_first || !claimed(&tx, &table, own, &fields).await? {
        return Ok(overtaken(&table, own));
    }
    store::join(&tx, &table.session.id, &own.line).await?;
    store_log::commit_shown(tx, "harvest").await?;
    let before = Passage {
        part: above.part - 1,
        ..above.clone()
    };
    Ok(onwards(&table, &fields, &before, ""))
}

/// Cuts a line into pieces, each on a line of its own; none of its words may change.
pub async fn cut(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let table = table(&v, &app, &slug).await?;
    let passage = passage(&table, &fields)?;
    let cuts = cuts(&passage.text, fields.get("pieces")).filter(|_| !passage.is_changed);
    let Some(cuts) = cuts else {
        let mut errors = FieldErrors::default();
        errors.add("pieces", v.say("wrong-harvest-pieces"));
        return again(&v, &table, &fields, &errors);
    };
    let tx = app.db.begin().await?;
    if !claimed(&tx, &table, passage, &fields).await? {
        return Ok(overtaken(&table, passage));
    }
    store::cut(&tx, &table.session.id, &passage.line, &cuts).await?;
    store_log::commit_shown(tx, "harvest").await?;
    let before = Passage {
        part: -1,
        ..passage.clone()
    };
    Ok(onwards(&table, &fields, &before, ""))
}

/// Takes joined lines apart, or puts the pieces of a line together again.
pub async fn whole(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let table = table(&v, &app, &slug).await?;
    let passage = passage(&table, &fields)?;
    let tx = app.db.begin().await?;
    let lines = ids(passage);
    let is_free = store::is_whole(&tx, &table.session.id, &lines).await?;
    if !is_free || !claimed(&tx, &table, passage, &fields).await? {
        return Ok(overtaken(&table, passage));
    }
    for line in &lines {
        store::whole(&tx, &table.session.id, line).await?;
    }
    store_log::commit_shown(tx, "harvest").await?;
    let before = Passage {
        part: -1,
        ..passage.clone()
    };
    Ok(onwards(&table, &fields, &before, ""))
}
