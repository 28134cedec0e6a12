//! The evidence for a hurdle, a solution or a trial: a part of its page.

use askama::Template;
use web::Trouble;

use super::model::Item;
use super::store::{self, Which};
use crate::history::model::Record;
use crate::layout::{Answer, Visit};
use crate::organisations::store_readers;
use crate::state::App;
use crate::trials::model::Trial;
use crate::trials::store as trials_store;
use crate::viewer::Visibility;

/// Items shown on a page; a list has the others.
const SHOWN: i64 = 10;

#[derive(Template)]
#[template(path = "evidence/section.html")]
struct Section<'v> {
    v: &'v Visit,
    /// `hurdle`, `solution` or `trial`.
    about: &'v str,
    items: Vec<Item>,
    /// The list of all, where there are more.
    all: Option<String>,
    form: String,
}

/// The part of a record's page that shows its evidence.
pub async fn of_record(v: &Visit, app: &App, record: &Record) -> Answer<String> {
    let readers = if is_for_bodies(&record.visibility) {
        let named = store_readers::named(&app.db, &record.id.0).await?;
        named.into_iter().map(|(_, slug)| slug).collect()
    } else {
        Vec::new()
    };
    let about = (record.kind.as_str(), record.number);
    section(v, app, about, (&record.visibility, &readers)).await
}

/// The part of a trial's page that shows its evidence.
pub async fn of_trial(v: &Visit, app: &App, trial: &Trial) -> Answer<String> {
    let readers = if is_for_bodies(&trial.visibility) {
        let named = trials_store::readers(&app.db, &trial.id).await?;
        named.into_iter().map(|(_, _, slug)| slug).collect()
    } else {
        Vec::new()
    };
    let about = ("trial", trial.number);
    section(v, app, about, (&trial.visibility, &readers)).await
}

fn is_for_bodies(visibility: &str) -> bool {
    Visibility::parse(visibility).is_some_and(Visibility::is_for_bodies)
}

async fn section(
    v: &Visit,
    app: &App,
    (about, number): (&str, i64),
    (visibility, readers): (&str, &[String]),
) -> Answer<String> {
    let which = Which {
        about: Some((about, number)),
        ..Which::default()
    };
    let mut items = store::listed(&app.db, &v.viewer, &which, SHOWN + 1).await?;
    let shown = usize::try_from(SHOWN).unwrap_or_default();
    let all = (items.len() > shown).then(|| format!("/evidence?{about}={number}"));
    items.truncate(shown);
    let section = Section {
        v,
        about,
        items,
        all,
        form: form(v, (about, number), (visibility, readers)),
    };
    section
        .render()
        .map_err(|error| Trouble::OurFault(error.to_string()).into())
}

/// The address of the form for another item: what it is about is filled in, and it is offered to no
/// more people than that is.
fn form(
    v: &Visit,
    (about, number): (&str, i64),
    (visibility, readers): (&str, &[String]),
) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair(&format!("{about}s"), &number.to_string());
    query.append_pair("points", "for");
    if visibility != Visibility::Public.name() {
        query.append_pair("visibility", visibility);
        let is_own = visibility == Visibility::OwnOrganisation.name();
        let field = if is_own { "own" } else { "body" };
        query.extend_pairs(readers.iter().map(|slug| (field, slug)));
    }
    let form = format!("/evidence/new?{}", query.finish());
    if v.viewer.is_member() {
        return form;
    }
    let next: String = url::form_urlencoded::byte_serialize(form.as_bytes()).collect();
    format!("/sign-in?next={next}")
}
