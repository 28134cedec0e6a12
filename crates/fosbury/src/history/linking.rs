//! Links between texts: stored by number, shown by today's title.

use std::collections::BTreeMap;

use db::Reads;
use texts::links::{Link, Target, find, rewrite};

use super::kind::{Kind, Shape};
use super::model::{Parts, Record, sort_key};
use super::store;
use crate::subjects::{KINDS, SubjectRef, kind_called};
use crate::viewer::Viewer;

/// What the links of a text point to.
#[derive(Debug, Default)]
pub struct Found {
    /// Records by number.
    pub to: Vec<SubjectRef>,
    /// Titles that nobody has written yet.
    pub wanted: Vec<String>,
}

/// The links in all parts of a text.
pub fn links_in(kind: &dyn Kind, parts: &Parts) -> Found {
    let mut found = Found::default();
    for part in kind.parts() {
        match part.shape {
            Shape::Text => {
                for link in find(parts.get(part.key)) {
                    note(&mut found, &link);
                }
            }
            Shape::Numbers(of) => {
                found.to.extend(
                    parts
                        .numbers(part.key)
                        .into_iter()
                        .map(|n| SubjectRef::new(of, n)),
                );
            }
            _ => {}
        }
    }
    found.to.sort();
    found.to.dedup();
    found.wanted.sort();
    found.wanted.dedup();
    found
}

fn note(found: &mut Found, link: &Link) {
    match &link.target {
        Target::Numbered { kind, number } => {
            let kind = kind_called(kind.as_deref().unwrap_or("hurdle"));
            found
                .to
                .extend(kind.map(|kind| SubjectRef::new(kind.name(), *number)));
        }
        Target::Titled(title) => found.wanted.push(title.clone()),
    }
}

/// Turns links by title into links by number, where a page of that title exists.
pub async fn by_number(db: &impl Reads, kind: &dyn Kind, parts: &mut Parts) -> db::Result<()> {
    let titles = links_in(kind, parts).wanted;
    let mut known = BTreeMap::new();
    for title in titles {
        if let Some((kind, number)) = store::titled(db, &sort_key(&title)).await?.pop() {
            known.insert(title, format!("{kind} {number}"));
        }
    }
    if known.is_empty() {
        return Ok(());
    }
    for part in kind.parts().iter().filter(|part| part.shape == Shape::Text) {
        let words = rewrite(parts.get(part.key), |link| match &link.target {
            Target::Titled(title) => known.get(title).map(|target| match &link.words {
                Some(words) => format!("[[{target}|{words}]]"),
                None => format!("[[{target}]]"),
            }),
            Target::Numbered { .. } => None,
        });
        parts.set(part.key, &words);
    }
    Ok(())
}

/// The records that a text's links point to, as this viewer may see them.
#[derive(Debug, Default)]
pub struct Targets(BTreeMap<SubjectRef, Record>);

impl Targets {
    /// Looks up what these parts link to.
    pub async fn of(
        db: &impl Reads,
        viewer: &Viewer,
        kind: &dyn Kind,
        parts: &Parts,
    ) -> db::Result<Self> {
        Self::among(db, viewer, &links_in(kind, parts).to).await
    }

    /// Looks up what these texts of Markdown link to.
    pub async fn of_texts<'t>(
        db: &impl Reads,
        viewer: &Viewer,
        texts: impl Iterator<Item = &'t str>,
    ) -> db::Result<Self> {
        let mut found = Found::default();
        for link in texts.flat_map(find) {
            note(&mut found, &link);
        }
        found.to.sort();
        found.to.dedup();
        Self::among(db, viewer, &found.to).await
    }

    async fn among(db: &impl Reads, viewer: &Viewer, links: &[SubjectRef]) -> db::Result<Self> {
        let mut targets = BTreeMap::new();
        for kind in KINDS {
            let of_kind = links.iter().filter(|to| to.kind == kind.name());
            let numbers: Vec<i64> = of_kind.map(|to| to.number).collect();
            if numbers.is_empty() {
                continue;
            }
            for record in store::among(db, viewer, kind.name(), &numbers).await? {
                targets.insert(record.subject(), record);
            }
        }
        Ok(Self(targets))
    }

    /// The record, if it exists and may be seen.
    pub fn get(&self, to: &SubjectRef) -> Option<&Record> {
        self.0.get(to)
    }

    /// Markdown to HTML with the links in it; its highest heading becomes level `top`.
    pub fn render(&self, markdown: &str, top: u8) -> web::Rendered {
        let linked = rewrite(markdown, |link| Some(self.as_markdown(link)));
        web::render(&linked, top)
    }

    fn as_markdown(&self, link: &Link) -> String {
        match &link.target {
            Target::Numbered { kind, number } => {
                let name = kind.as_deref().unwrap_or("hurdle");
                let Some(kind) = kind_called(name) else {
                    return escaped(link.words.as_deref().unwrap_or(name));
                };
                let to = SubjectRef::new(kind.name(), *number);
                let record = self.0.get(&to);
                let title = record.map_or_else(|| format!("{name} {number}"), |r| r.title.clone());
                let words = escaped(link.words.as_deref().unwrap_or(&title));
                match record {
                    Some(record) => format!("[{words}]({})", record.address()),
                    None => words,
                }
            }
            Target::Titled(title) => {
                let words = escaped(link.words.as_deref().unwrap_or(title));
                let query: String =
                    url::form_urlencoded::byte_serialize(title.as_bytes()).collect();
                format!("[{words}](/search?q={query})")
            }
        }
    }
}

/// Words that mean nothing to Markdown.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_ascii_punctuation() {
            safe.push('\\');
        }
        safe.push(if c == '\n' { ' ' } else { c });
    }
    safe
}
