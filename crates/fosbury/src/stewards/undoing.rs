//! The page that shows what undoing one author would do, and does it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Query, Trouble, redirect};

use super::store_undo::{self as store, Account, Spoken};
use super::undo::{self, MOST_FILES, MOST_PAGES, MOST_SAID, Plan, Whose, carry_out, note_act};
use crate::discussion::model::LONGEST_REASON;
use crate::discussion::store as said_store;
use crate::history::saving::Author;
use crate::interchange;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::model::FORMER;
use crate::people::{audit, store as people_store};
use crate::sessions::store_captures;
use crate::state::App;
use crate::time::{DAY, HOUR, MINUTE, Moment};
use crate::viewer::{Role, Viewer};

/// How far back: its name, and how long that is; none for everything.
const SPANS: [(&str, Option<i64>); 5] = [
    ("hour", Some(HOUR)),
    ("day", Some(DAY)),
    ("week", Some(7 * DAY)),
    ("month", Some(30 * DAY)),
    ("all", None),
];
/// Visitors' words so long before and after one of them belong together.
const HALF: i64 = 30 * MINUTE;

#[derive(Template)]
#[template(path = "stewards/undo.html")]
struct UndoPage<'v> {
    v: &'v Visit,
    account: Option<Account>,
    since: Moment,
    span: String,
    spans: Vec<&'static str>,
    plan: Plan,
    is_more: bool,
    may_close: bool,
    sent: &'v Fields,
    errors: FieldErrors,
}

impl UndoPage<'_> {
    /// What is said of visitors' words is ticked at first, and as it was sent afterwards.
    fn is_ticked(&self, one: &Spoken) -> bool {
        let number = one.number.to_string();
        self.errors.is_empty() || self.sent.all("item").any(|sent| sent == number)
    }

    fn opening(&self, one: &Spoken) -> String {
        let _ = self;
        web::summary(&one.words, 120)
    }
}

/// What would happen.
pub async fn page(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    shown(&v, &app, &query, FieldErrors::default()).await
}

async fn shown(v: &Visit, app: &App, sent: &Fields, errors: FieldErrors) -> Answer {
    let (person, said) = (sent.get("person"), sent.number("said"));
    let mut account = None;
    let mut since = Moment(0);
    let span = SPANS.iter().find(|(name, _)| *name == sent.get("span"));
    let (span, length) = span.unwrap_or(&SPANS[2]);
    let whose = if let Some(number) = said.filter(|_| person.is_empty()) {
        let one = said_store::numbered(&app.db, &v.viewer, number).await?;
        let one = one.filter(|one| one.author_id.is_none()).or_not_found()?;
        let hour = (one.made_at.plus(-HALF), one.made_at.plus(HALF));
        let all = store::said_by_visitors(&app.db, &v.viewer, hour, MOST_SAID).await?;
        Whose::Visitors(all.into_iter().map(|one| one.number).collect())
    } else {
        account = Some(store::account(&app.db, person).await?.or_not_found()?);
        let now = v.now();
        let from = length.map_or(Moment(0), |length| now.plus(-length));
        since = sent.number("since").map_or(from, Moment);
        Whose::Account(person.to_owned(), since)
    };
    let plan = undo::plan(&app.db, &v.viewer, &whose).await?;
    let count = |n: usize, most: i64| i64::try_from(n).unwrap_or(i64::MAX) >= most;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = UndoPage {
        v,
        may_close: account
            .as_ref()
            .is_some_and(|one| may_close(&v.viewer, one)),
        account,
        since,
        span: (*span).to_owned(),
        spans: SPANS.iter().map(|(name, _)| *name).collect(),
        is_more: count(plan.pages.len(), MOST_PAGES)
            || count(plan.said.len(), MOST_SAID)
            || count(plan.files.len(), MOST_FILES),
        plan,
        sent,
        errors,
    };
    v.page_with(status, &page)
}

/// Whether this steward may close this account: not their own, and no steward's or owner's.
fn may_close(viewer: &Viewer, account: &Account) -> bool {
    let role = Role::parse(&account.role);
    account.left_at.is_none()
        && account.id.0 != viewer.id()
        && !matches!(role, Some(Role::Steward | Role::Owner))
}

/// Undoes it all in one change, and closes the account where that was asked for.
pub async fn undo(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let by = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let why = texts::one_line(fields.get("why"));
    let person = fields.get("person").to_owned();
    let numbers: Vec<i64> = fields
        .all("item")
        .filter_map(|one| one.parse().ok())
        .collect();
    let mut errors = FieldErrors::default();
    if !(1..=LONGEST_REASON).contains(&why.chars().count()) {
        errors.add("why", v.say("wrong-why"));
    }
    if person.is_empty() && numbers.is_empty() {
        errors.add("items", v.say("wrong-held-none"));
    }
    if !errors.is_empty() {
        return shown(&v, &app, &fields, errors).await;
    }
    let (whose, account) = if person.is_empty() {
        (Whose::Visitors(numbers), None)
    } else {
        let account = store::account(&app.db, &person).await?.or_not_found()?;
        let since = Moment(fields.number("since").or_not_found()?);
        (Whose::Account(person.clone(), since), Some(account))
    };
    let tx = app.db.begin().await?;
    let plan = undo::plan(&tx, &v.viewer, &whose).await?;
    carry_out(&v, &tx, plan, &Author::of(by), &why).await?;
    let closing = account.filter(|one| fields.ticked("close") && may_close(&v.viewer, one));
    if let Some(account) = &closing {
        people_store::depart(&tx, &account.id, FORMER, v.now()).await?;
        said_store::let_go(&tx, &account.id.0, FORMER).await?;
        store_captures::let_go(&tx, &account.id.0, FORMER).await?;
        audit::note(&tx, v.now(), Some(&by.id), "departure", &account.id.0, &why).await?;
        note_act(&v, &tx, ("close-account", "account"), 1, &why).await?;
    }
    tx.commit().await?;
    app.index_wake.notify_one();
    if closing.is_some() {
        interchange::keep_forgotten(&app).await;
    }
    let next = if person.is_empty() {
        "/desk?told=undone-author".to_owned()
    } else {
        let since = fields.get("since");
        let since: String = url::form_urlencoded::byte_serialize(since.as_bytes()).collect();
        let person: String = url::form_urlencoded::byte_serialize(person.as_bytes()).collect();
        format!("/desk/undo?person={person}&since={since}&told=undone-author")
    };
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}
