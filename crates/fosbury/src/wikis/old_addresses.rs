//! Addresses that pages and files had in their wiki lead to where they are now.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use dokuwiki::mediawiki::title_of_address;
use web::{Fields, OrNotFound, Page, Query, Trouble, redirect};

use super::model::page_of_path;
use super::store_seen;
use crate::attachments::store as attachments;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::SubjectRef;

/// `/doku.php?id=ns:page`, with `rev=` for a revision and `do=` for what else a page has.
pub async fn page(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let asked = query.get("id");
    let page = page_of_path(if asked.is_empty() { "start" } else { asked });
    if query.get("do") == "recent" {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, "/changes"));
    }
    let found = called(&v, &app, &page.or_not_found()?).await?;
    let (kind, number, slug, record) = found.or_not_found()?;
    let address = SubjectRef::new(&kind, number).address(&slug);
    let second = query.number("rev");
    if query.get("do") == "export_raw" {
        return raw(&app, &record, second).await;
    }
    let seq = match second {
        Some(second) => store_seen::revision_of(&app.db, &record, second).await?,
        None => None,
    };
    let next = match (seq, query.get("do")) {
        (Some((seq, _)), _) => format!("{address}/revisions/{seq}"),
        (None, "diff" | "revisions") => format!("{address}/history"),
        _ => address,
    };
    Ok(redirect(StatusCode::MOVED_PERMANENTLY, &next))
}

/// The page of this id, or of this other name.
async fn called(v: &Visit, app: &App, page: &str) -> Answer<Option<(String, i64, String, String)>> {
    let found = store_seen::page_called(&app.db, &v.viewer, page).await?;
    if found.is_some() {
        return Ok(found);
    }
    match store_seen::page_of_alias(&app.db, page).await? {
        Some((page,)) => Ok(store_seen::page_called(&app.db, &v.viewer, &page).await?),
        None => Ok(None),
    }
}

/// `/index.php?title=Some_page`, with `oldid=` for a revision and `action=` for what else a page has.
pub async fn of_mediawiki(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let mut page = title_of_address(query.get("title"));
    let mut seq = None;
    if let Some(number) = query.number("oldid").filter(|number| *number > 0) {
        let found = store_seen::numbered_there(&app.db, number).await?;
        let (old, at) = found.or_not_found()?;
        (page, seq) = (old, Some(at));
    }
    lead(&v, &app, &page, seq, query.get("action")).await
}

/// `/wiki/Some_page`.
pub async fn titled(v: Visit, State(app): State<App>, Path(page): Path<String>) -> Answer {
    lead(&v, &app, &title_of_address(&page), None, "").await
}

async fn lead(v: &Visit, app: &App, page: &str, seq: Option<i64>, action: &str) -> Answer {
    if page.starts_with("Special:Recent") {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, "/changes"));
    }
    let found = called(v, app, page).await?;
    let (kind, number, slug, record) = found.or_not_found()?;
    let address = SubjectRef::new(&kind, number).address(&slug);
    let next = match (seq, action) {
        (None, "raw") => return raw(app, &record, None).await,
        (Some(seq), _) => format!("{address}/revisions/{seq}"),
        (None, "history") => format!("{address}/history"),
        _ => address,
    };
    Ok(redirect(StatusCode::MOVED_PERMANENTLY, &next))
}

/// A text as it stood in the wiki, in plain letters; whether it may be seen was asked before.
async fn raw(app: &App, record: &str, second: Option<i64>) -> Answer {
    let found = match second {
        Some(second) => store_seen::revision_of(&app.db, record, second).await?,
        None => store_seen::newest_text(&app.db, record).await?,
    };
    let words = found.and_then(|(_, words)| words).or_not_found()?;
    let plain = [("content-type", "text/plain; charset=utf-8")];
    Ok((plain, words).into_response().into())
}

/// The feed of changes.
pub async fn feed() -> Page {
    redirect(StatusCode::MOVED_PERMANENTLY, "/changes.atom")
}

/// `/lib/exe/fetch.php?media=ns:file.png`, with `rev=` for what the file was at that second.
pub async fn file_asked(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    to_file(&v, &app, query.get("media"), second(&query)).await
}

/// `/_media/ns/file.png`, with `rev=` as well.
pub async fn file(
    v: Visit,
    State(app): State<App>,
    Path(file): Path<String>,
    Query(query): Query,
) -> Answer {
    to_file(&v, &app, &file, second(&query)).await
}

/// The second that is asked for, if one is.
fn second(query: &Fields) -> Option<i64> {
    query.number("rev").filter(|second| *second > 0)
}

async fn to_file(v: &Visit, app: &App, file: &str, second: Option<i64>) -> Answer {
    let file = page_of_path(file).or_not_found()?;
    let number = match second {
        Some(second) => store_seen::file_at(&app.db, &file, second).await?,
        None => store_seen::file_called(&app.db, &file).await?,
    };
    let (number,) = number.or_not_found()?;
    let found = attachments::attachment(&app.db, &v.viewer, number).await?;
    let file = found
        .filter(|file| file.removed_at.is_none())
        .filter(|file| second.is_some() || !file.is_older)
        .or_not_found()?;
    let address = match second {
        Some(_) => file.address(),
        None => file.reading_address(),
    };
    // What it is now may become what it was, and go on elsewhere.
    let status = match second {
        Some(_) if !file.is_older => StatusCode::FOUND,
        _ => StatusCode::MOVED_PERMANENTLY,
    };
    Ok(redirect(status, &address))
}

/// What no route answers may be a page's old address: `/ns/page`, `/ns:page`.
pub async fn or_nothing(v: &Visit, app: &App, path: &str) -> Answer {
    if let Some(title) = path.strip_prefix("/index.php/") {
        return lead(v, app, &title_of_address(title), None, "").await;
    }
    let ending = [".html", ".md"].into_iter();
    let mut stems = ending.filter_map(|ending| path.strip_suffix(ending));
    let page = page_of_path(stems.next().unwrap_or(path)).or_not_found()?;
    let found = called(v, app, &page).await?;
    let (kind, number, slug, _) = found.ok_or(Trouble::NotFound)?;
    let address = SubjectRef::new(&kind, number).address(&slug);
    Ok(redirect(StatusCode::MOVED_PERMANENTLY, &address))
}
