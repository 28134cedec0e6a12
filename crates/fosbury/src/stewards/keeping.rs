//! What a steward does to keep one page in order: protect it for a time, look whether it is true.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Tx;
use web::{Fields, Trouble, redirect};

use super::store_tending::{self as tending, Review};
use crate::discussion::model::LONGEST_REASON;
use crate::discussion::places::PlaceId;
use crate::discussion::store::{self as moderation, NewAct};
use crate::history::editing::{done, live_record};
use crate::history::forms::called;
use crate::history::kind::Kind;
use crate::history::model::Record;
use crate::history::store as texts_store;
use crate::history::store_protection::{self as protections, Protection};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::time::DAY;

/// Days for which a page can be protected.
const DAYS: [i64; 4] = [1, 7, 30, 90];
/// Months after which a page can be due; 0 for never.
pub(super) const MONTHS: [i64; 5] = [3, 6, 12, 24, 0];

#[derive(Template)]
#[template(path = "stewards/keeping.html")]
struct KeepingPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    called: String,
    protection: Option<Protection>,
    review: Review,
    /// The months of the place.
    months: i64,
    days: i64,
    why: String,
    errors: FieldErrors,
    days_offered: [i64; 4],
    months_offered: [i64; 5],
}

impl KeepingPage<'_> {
    fn is_chosen(&self, days: &i64) -> bool {
        self.days == *days
    }

    fn is_its_own(&self, months: &i64) -> bool {
        self.review.months == Some(*months)
    }
}

/// The page.
pub async fn page(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let page = keeping(&v, &app, &record).await?;
    v.page(&page)
}

async fn keeping<'v>(v: &'v Visit, app: &App, record: &'v Record) -> Answer<KeepingPage<'v>> {
    Ok(KeepingPage {
        v,
        record,
        called: called(v, record),
        protection: protections::of(&app.db, &record.id, v.now()).await?,
        review: tending::review(&app.db, &record.id).await?,
        months: tending::review_months(&app.db).await?,
        days: 7,
        why: String::new(),
        errors: FieldErrors::default(),
        days_offered: DAYS,
        months_offered: MONTHS,
    })
}

/// Protects a page for a time.
pub async fn protect(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let reason = texts::one_line(fields.get("why"));
    let days = fields.number("days").filter(|days| DAYS.contains(days));
    let (Some(days), 1..=LONGEST_REASON) = (days, reason.chars().count()) else {
        let mut page = keeping(&v, &app, &record).await?;
        page.why = reason;
        if let Some(days) = days {
            page.days = days;
        } else {
            page.errors.add("days", v.say("wrong-choice"));
        }
        if !(1..=LONGEST_REASON).contains(&page.why.chars().count()) {
            page.errors.add("why", v.say("wrong-why"));
        }
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let protection = Protection {
        ends_at: v.now().plus(days * DAY),
        reason,
    };
    let tx = app.db.begin().await?;
    protections::protect(&tx, &record.id, &protection, v.viewer.id()).await?;
    noted(&v, &tx, &record, "protect", &protection.reason).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(done(&record, "page-protected"))
}

/// Ends a protection before its time.
pub async fn release(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let tx = app.db.begin().await?;
    if protections::release(&tx, &record.id).await? {
        noted(&v, &tx, &record, "unprotect", "").await?;
    }
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(done(&record, "page-released"))
}

async fn noted(v: &Visit, tx: &Tx, record: &Record, act: &str, reason: &str) -> Answer<()> {
    let act = NewAct {
        act,
        what: "page",
        number: record.number,
        times: 1,
        about: Some(&PlaceId::Record(record.id.clone())),
        reason,
        by: v.viewer.id(),
    };
    moderation::note_act(tx, &act, v.now()).await?;
    texts_store::index_changed(tx, &record.id).await?;
    Ok(())
}

/// Notes that a steward found a page still true.
pub async fn look(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let tx = app.db.begin().await?;
    tending::looked_at(&tx, &record.id, v.viewer.id(), v.now()).await?;
    tx.commit_quietly().await?;
    if fields.get("from") == "desk" {
        return Ok(redirect(StatusCode::SEE_OTHER, "/desk?told=still-true"));
    }
    Ok(done(&record, "still-true"))
}

/// Gives a page a period of its own.
pub async fn period(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let months = match fields.get("months") {
        "" => None,
        _ => Some(chosen_months(&v, &fields)?),
    };
    let tx = app.db.begin().await?;
    tending::set_months(&tx, &record.id, months).await?;
    tx.commit_quietly().await?;
    Ok(done(&record, "review-kept"))
}

/// Decides after how many months pages are due that have no period of their own.
pub async fn rule(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let months = chosen_months(&v, &fields)?;
    let tx = app.db.begin().await?;
    tending::set_review_months(&tx, months).await?;
    tx.commit_quietly().await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/desk?told=review-kept"))
}

/// One of the periods that the form offers; what no form of ours sends changes nothing.
fn chosen_months(v: &Visit, fields: &Fields) -> Answer<i64> {
    let months = fields.number("months").filter(|one| MONTHS.contains(one));
    Ok(months.ok_or_else(|| Trouble::Unreadable(v.say("wrong-choice")))?)
}
