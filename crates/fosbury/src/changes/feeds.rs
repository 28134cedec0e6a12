//! Atom feeds of changes, each item showing the change.

use askama::Template;
use web::{Page, xml_safe};

use crate::history::diff::{self, PartDiff};
use crate::history::model::Parts;
use crate::history::seen::seen;
use crate::history::store::{self, Changed};
use crate::layout::{Answer, Visit};
use crate::subjects::{SubjectRef, kind_called};

/// Items of a feed at the most.
pub const ITEMS: i64 = 30;

/// What a feed is of.
pub struct Feed {
    /// Its title.
    pub title: String,
    /// The address of the page it belongs to.
    pub about: String,
    /// Its own address.
    pub address: String,
}

#[derive(Template)]
#[template(path = "changes/feed.xml", escape = "html")]
struct AtomPage<'v> {
    v: &'v Visit,
    feed: &'v Feed,
    base: &'v str,
    updated: String,
    items: Vec<Entry>,
}

/// An entry of a feed.
pub struct Entry {
    /// What names it for ever.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it can be read.
    pub address: String,
    /// Who wrote it.
    pub author: String,
    /// When, as feeds want it.
    pub at: String,
    /// HTML, sanitised.
    pub content: String,
}

#[derive(Template)]
#[template(path = "changes/feed-item.html")]
struct Content<'v> {
    v: &'v Visit,
    changed: &'v Changed,
    changes: Vec<PartDiff>,
}

/// A feed of these changes, newest first.
pub async fn atom(v: &Visit, feed: &Feed, changed: Vec<Changed>) -> Answer<Page> {
    let mut items = Vec::new();
    for one in &changed {
        items.push(item(v, one).await?);
    }
    let updated = changed.first().map(|one| one.revision.at.iso());
    written(v, feed, updated, items)
}

/// A feed of these entries, newest first.
pub fn written(v: &Visit, feed: &Feed, updated: Option<String>, items: Vec<Entry>) -> Answer<Page> {
    let page = AtomPage {
        v,
        feed,
        base: &v.app.settings.base_url,
        updated: updated.unwrap_or_else(|| v.now().iso()),
        items,
    };
    let xml = page
        .render()
        .map_err(|error| web::Trouble::OurFault(error.to_string()))?;
    Ok(web::feed(xml_safe(&xml)))
}

/// A change of a text as an entry.
pub async fn item(v: &Visit, changed: &Changed) -> Answer<Entry> {
    let revision = &changed.revision;
    let kind = kind_called(&changed.kind);
    let mut changes = Vec::new();
    if let (Some(kind), Some(_)) = (kind, &revision.parts) {
        let before = match revision.seq {
            1 => Parts::default(),
            seq => {
                let before = store::revision(&v.app.db, &changed.id, seq - 1).await?;
                before.map(|before| before.parts()).unwrap_or_default()
            }
        };
        let after = seen(v, kind, revision.parts()).await?;
        changes = diff::short(v, kind, &seen(v, kind, before).await?, &after);
    }
    let content = Content {
        v,
        changed,
        changes,
    };
    let content = content
        .render()
        .map_err(|error| web::Trouble::OurFault(error.to_string()))?;
    let subject = SubjectRef::new(&changed.kind, changed.number);
    let address = format!(
        "{}{}/revisions/{}",
        v.app.settings.base_url,
        changed.address(),
        revision.seq
    );
    Ok(Entry {
        // The id must not change when the title does.
        id: format!(
            "{}{}/revisions/{}",
            v.app.settings.base_url,
            subject.address(""),
            revision.seq
        ),
        title: changed.title.clone(),
        address,
        author: revision.author.clone(),
        at: revision.at.iso(),
        content: xml_safe(&content),
    })
}
