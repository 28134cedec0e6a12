//! Pages of changes and tags.

use askama::Template;
use axum::extract::{Path, State};
use web::{OrNotFound, Query};

use super::feeds::{self, Feed};
use super::lines::Line;
use super::trials;
use crate::discussion::watching::is_watched;
use crate::history::kind::Kind;
use crate::history::store::{self, Cursor, Listed, Which};
use crate::layout::{Answer, Visit, shared};
use crate::state::App;
use crate::subjects::{KINDS, kind_called, plural_of};

/// Changes on one page.
const ON_ONE_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "changes/changes.html")]
struct ChangesPage<'v> {
    v: &'v Visit,
    tag: Option<&'v str>,
    kind: Option<&'static str>,
    is_new_only: bool,
    is_without_minor: bool,
    days: Vec<(String, Vec<Line>)>,
    older: Option<String>,
    feed: String,
}

impl ChangesPage<'_> {
    fn kinds(&self) -> Vec<&'static str> {
        let kinds = KINDS.iter().map(|kind| kind.name());
        kinds.chain([trials::NAME]).collect()
    }
}

#[derive(Template)]
#[template(path = "changes/tags.html")]
struct TagsPage<'v> {
    v: &'v Visit,
    tags: Vec<(String, i64)>,
}

#[derive(Template)]
#[template(path = "changes/tag.html")]
struct TagPage<'v> {
    v: &'v Visit,
    tag: &'v str,
    records: Vec<Listed>,
    is_watched: bool,
}

/// A tag as it stands in an address.
pub fn tag_address(tag: &str) -> String {
    let tag: String = url::form_urlencoded::byte_serialize(tag.as_bytes()).collect();
    format!("/tags/{}", tag.replace('+', "%20"))
}

/// Changes of the whole site.
pub async fn site(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    changes(&v, &app, None, &query).await
}

/// Changes of records with this tag.
pub async fn tag_changes(
    v: Visit,
    State(app): State<App>,
    Path(tag): Path<String>,
    Query(query): Query,
) -> Answer {
    known_tag(&v, &app, &tag).await?;
    changes(&v, &app, Some(&tag), &query).await
}

async fn changes(v: &Visit, app: &App, tag: Option<&str>, query: &web::Fields) -> Answer {
    let kind = kind_asked(query.get("kind"));
    let which = Which {
        kind,
        tag,
        is_new_only: query.ticked("new"),
        is_without_minor: query.ticked("major"),
        is_without_start: false,
        before: Cursor::parse(query.get("before")),
    };
    let mut list = lines(v, app, &which, ON_ONE_PAGE + 1).await?;
    let most = usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    let has_older = list.len() > most;
    list.truncate(most);
    let older = list
        .last()
        .filter(|_| has_older)
        .map(|last| older(v, &which, last));
    let feed = tag.map_or("/changes.atom".to_owned(), |tag| {
        tag_address(tag) + "/changes.atom"
    });
    let mut days: Vec<(String, Vec<Line>)> = Vec::new();
    for line in list.into_iter().filter(|line| line.is_shown) {
        let day = line.at.day();
        match days.last_mut() {
            Some((last, list)) if *last == day => list.push(line),
            _ => days.push((day, vec![line])),
        }
    }
    let page = ChangesPage {
        v,
        tag,
        kind,
        is_new_only: which.is_new_only,
        is_without_minor: which.is_without_minor,
        days,
        older,
        feed,
    };
    v.shared_page(&page)
}

/// The kind of record of this name; a trial is none with a text, and changes all the same.
fn kind_asked(name: &str) -> Option<&'static str> {
    let is_trial = [trials::NAME, trials::PLURAL].contains(&name);
    let trial = is_trial.then_some(trials::NAME);
    trial.or_else(|| kind_called(name).map(Kind::name))
}

/// Changes of texts and trials, newest first.
async fn lines(v: &Visit, app: &App, which: &Which<'_>, at_most: i64) -> Answer<Vec<Line>> {
    let mut lines = Vec::new();
    if which.kind != Some(trials::NAME) {
        let changed = store::changes(&app.db, &v.viewer, which, at_most).await?;
        lines.extend(changed.iter().map(|one| Line::of_text(v, one)));
    }
    lines.extend(trials::lines(v, app, which, at_most).await?);
    lines.sort_by(|one, other| other.place().cmp(&one.place()));
    lines.truncate(usize::try_from(at_most).unwrap_or_default());
    Ok(lines)
}

fn older(v: &Visit, which: &Which<'_>, last: &Line) -> String {
    let path = v.address.split('?').next().unwrap_or("/changes");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(which.kind.map(|kind| ("kind", kind)));
    query.extend_pairs(which.is_new_only.then_some(("new", "1")));
    query.extend_pairs(which.is_without_minor.then_some(("major", "1")));
    query.append_pair("before", &Cursor::written(last.place()));
    format!("{path}?{}", query.finish())
}

/// Changes of the whole site, or of one kind of page, as a feed.
pub async fn site_feed(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let kind = kind_asked(query.get("kind"));
    let site = &v.site().name;
    let feed = match kind {
        None => Feed {
            title: v.with("feed-of-site", "site", site),
            about: "/changes".to_owned(),
            address: "/changes.atom".to_owned(),
        },
        Some(kind) => Feed {
            title: v.with_two(
                "feed-of-kind",
                ("site", site),
                ("kind", &v.say_of("many", kind)),
            ),
            about: match kind {
                trials::NAME => format!("/changes?kind={kind}"),
                _ => format!("/{}", plural_of(kind)),
            },
            address: format!("/changes.atom?kind={kind}"),
        },
    };
    let which = Which {
        kind,
        is_new_only: query.ticked("new"),
        ..Which::default()
    };
    feed_of(&v, &app, feed, &which).await
}

/// Changes of records with this tag as a feed.
pub async fn tag_feed(v: Visit, State(app): State<App>, Path(tag): Path<String>) -> Answer {
    known_tag(&v, &app, &tag).await?;
    let about = tag_address(&tag);
    let feed = Feed {
        title: v.with("feed-of-tag", "tag", &tag),
        address: format!("{about}/changes.atom"),
        about,
    };
    let which = Which {
        tag: Some(&tag),
        ..Which::default()
    };
    feed_of(&v, &app, feed, &which).await
}

async fn feed_of(v: &Visit, app: &App, feed: Feed, which: &Which<'_>) -> Answer {
    let mut entries = Vec::new();
    if which.kind != Some(trials::NAME) {
        let changed = store::changes(&app.db, &v.viewer, which, feeds::ITEMS).await?;
        for one in &changed {
            entries.push((one.revision.at, feeds::item(v, one).await?));
        }
    }
    entries.extend(trials::entries(v, app, which, feeds::ITEMS).await?);
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    entries.truncate(usize::try_from(feeds::ITEMS).unwrap_or_default());
    let updated = entries.first().map(|(at, _)| at.iso());
    let items = entries.into_iter().map(|(_, entry)| entry).collect();
    let page = feeds::written(v, &feed, updated, items)?;
    Ok(if v.is_shared { shared(page) } else { page })
}

async fn known_tag(v: &Visit, app: &App, tag: &str) -> Answer<Vec<Listed>> {
    let records = store::tagged(&app.db, &v.viewer, tag).await?;
    Ok((!records.is_empty()).then_some(records).or_not_found()?)
}

/// All tags.
pub async fn tags(v: Visit, State(app): State<App>) -> Answer {
    let tags = store::tags(&app.db, &v.viewer).await?;
    v.shared_page(&TagsPage { v: &v, tags })
}

/// The records with a tag.
pub async fn tag(v: Visit, State(app): State<App>, Path(tag): Path<String>) -> Answer {
    let records = known_tag(&v, &app, &tag).await?;
    let is_watched = is_watched(&v, &app, "tag", &tag).await?;
    v.shared_page(&TagPage {
        v: &v,
        is_watched,
        tag: &tag,
        records,
    })
}
