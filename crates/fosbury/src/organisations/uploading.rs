//! An owner's list: sent, looked at, then imported.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{Fields, Trouble, Upload, redirect};

use super::importing::{self, CannotImport};
use super::planning::{Files, Located, Plan};
use super::store_import::{self, Upload as Kept};
use crate::ids::hashed;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::viewer::Person;

/// Bodies and problems shown at the most; their number is always told.
const MOST_SHOWN: usize = 200;
/// The files of the form.
const FILES: [&str; 3] = ["list", "figures", "homepages"];

#[derive(Template)]
#[template(path = "organisations/import.html")]
struct ImportPage<'v> {
    v: &'v Visit,
    errors: &'v FieldErrors,
}

impl ImportPage<'_> {
    fn files(&self) -> [&'static str; 3] {
        FILES
    }
}

#[derive(Template)]
#[template(path = "organisations/preview.html")]
struct PreviewPage<'v> {
    v: &'v Visit,
    name: String,
    mark: String,
    plan: Plan,
}

impl PreviewPage<'_> {
    fn most(&self) -> usize {
        MOST_SHOWN
    }

    fn what(&self, keys: &[&'static str]) -> String {
        let words: Vec<String> = keys.iter().map(|key| self.v.say(key)).collect();
        words.join(", ")
    }

    fn reason(&self, located: &Located) -> String {
        let problem = &located.problem;
        self.v.with(problem.key, "value", &problem.value)
    }
}

/// The form that a list is sent with.
pub async fn form(v: Visit) -> Answer {
    let errors = FieldErrors::default();
    v.page(&ImportPage {
        v: &v,
        errors: &errors,
    })
}

fn wrong(v: &Visit, file: &str, words: String) -> Answer {
    let mut errors = FieldErrors::default();
    errors.add(file, words);
    let page = ImportPage { v, errors: &errors };
    v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Keeps a list for its owner to look at; nothing is imported yet.
pub async fn send(v: Visit, State(app): State<App>, upload: Upload) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let Some(list) = upload.file("list").filter(|file| !file.bytes.is_empty()) else {
        return wrong(&v, "list", v.say("wrong-no-file"));
    };
    let figures = upload.file("figures").cloned().unwrap_or_default();
    let homepages = upload.file("homepages").cloned().unwrap_or_default();
    let kept = Kept {
        list_name: list.name.clone(),
        list: list.bytes.clone(),
        deprivation_name: figures.name,
        deprivation: figures.bytes,
        homepages: homepages.bytes,
    };
    match importing::look(&app.db, files(&kept), v.now()).await {
        Ok(_) => {}
        Err(CannotImport::File(located)) => return unreadable(&v, &located),
        Err(CannotImport::Database(error)) => return Err(error.into()),
    }
    let tx = app.db.begin().await?;
    store_import::keep_upload(&tx, &person.id, &kept, v.now()).await?;
    tx.commit_quietly().await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/organisations/previews"))
}

fn unreadable(v: &Visit, located: &Located) -> Answer {
    let problem = &located.problem;
    let words = v.with(problem.key, "value", &problem.value);
    wrong(v, located.file, words)
}

fn files(kept: &Kept) -> Files {
    let some = |bytes: &Vec<u8>| (!bytes.is_empty()).then(|| bytes.clone());
    Files {
        list: kept.list.clone(),
        figures: some(&kept.deprivation).map(|bytes| (kept.deprivation_name.clone(), bytes)),
        homepages: some(&kept.homepages),
    }
}

/// What marks the files that were looked at, so that no others are imported.
fn mark(kept: &Kept) -> String {
    let bytes = [&kept.list, &kept.deprivation, &kept.homepages];
    let parts = bytes.map(|bytes| web::etag(bytes));
    hashed(&parts.concat())
}

async fn waiting(app: &App, person: &Person) -> Answer<Option<Kept>> {
    Ok(store_import::upload(&app.db, &person.id).await?)
}

/// What the list would change.
pub async fn preview(v: Visit, State(app): State<App>) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let Some(kept) = waiting(&app, person).await? else {
        return v.page(&ImportPage {
            v: &v,
            errors: &FieldErrors::default(),
        });
    };
    match importing::look(&app.db, files(&kept), v.now()).await {
        Ok(plan) => v.page(&PreviewPage {
            v: &v,
            name: kept.list_name.clone(),
            mark: mark(&kept),
            plan,
        }),
        Err(CannotImport::File(located)) => unreadable(&v, &located),
        Err(CannotImport::Database(error)) => Err(error.into()),
    }
}

/// Imports the list that was looked at.
pub async fn import(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let kept = waiting(&app, person).await?;
    let Some(kept) = kept.filter(|kept| mark(kept) == fields.get("mark")) else {
        return wrong(&v, "list", v.say("import-nothing-sent"));
    };
    let tx = app.db.begin().await?;
    let (name, by) = (&kept.list_name, Some(&person.id));
    match importing::write(&tx, files(&kept), name, by, v.now()).await {
        Ok(_) => {}
        Err(CannotImport::File(located)) => return unreadable(&v, &located),
        Err(CannotImport::Database(error)) => return Err(error.into()),
    }
    store_import::forget_upload(&tx, &person.id).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    let next = "/organisations?told=organisations-imported";
    Ok(redirect(StatusCode::SEE_OTHER, next))
}

/// Throws a list away that was sent.
pub async fn give_up(v: Visit, State(app): State<App>) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let tx = app.db.begin().await?;
    store_import::forget_upload(&tx, &person.id).await?;
    tx.commit_quietly().await?;
    let next = "/organisations/import?told=import-given-up";
    Ok(redirect(StatusCode::SEE_OTHER, next))
}
