//! Noting who agreed that pictures and sound are kept, where young people were.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, redirect};

use super::guests::Seat;
use super::kinds::is_day;
use super::show::{self, Shown};
use super::store_consents;
use crate::evidence::model::parse_date;
use crate::layout::Answer;
use crate::state::App;

/// Notes a consent.
pub async fn note(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let event = seat.event(&slug).await?;
    let person = seat.running(&event)?;
    let of = |key: &str| -> String { fields.get(key).trim().chars().take(200).collect() };
    let (who, what, given) = (of("who"), of("what"), of("given"));
    let mut shown = Shown::default();
    if who.is_empty() {
        shown.errors.add("who", seat.v.say("wrong-consent-who"));
    }
    if what.is_empty() {
        shown.errors.add("what", seat.v.say("wrong-consent-what"));
    }
    let day = parse_date(&given).filter(|day| is_day(day));
    if day.is_none() {
        shown.errors.add("given", seat.v.say("wrong-event-day"));
    }
    let Some(day) = day.filter(|_| shown.errors.is_empty()) else {
        shown.consent = (who, what, given);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show::shown(&seat, &app, &slug, shown, status).await;
    };
    let tx = app.db.begin().await?;
    let told = (who.as_str(), what.as_str(), day.as_str());
    store_consents::note(&tx, event.number, told, &person.id, seat.v.now()).await?;
    tx.commit_quietly().await?;
    let told = format!("{}?told=consent-noted#consents", event.address());
    Ok(redirect(StatusCode::SEE_OTHER, &told))
}

/// Forgets a consent that was taken back.
pub async fn withdraw(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let event = seat.event(&slug).await?;
    seat.running(&event)?;
    let tx = app.db.begin().await?;
    store_consents::withdraw(&tx, event.number, fields.get("consent")).await?;
    tx.commit_quietly().await?;
    let told = format!("{}?told=consent-withdrawn#consents", event.address());
    Ok(redirect(StatusCode::SEE_OTHER, &told))
}
