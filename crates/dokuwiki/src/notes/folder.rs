//! The folder as a whole: which pages and files it has, and which is meant by a name.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::facts::Facts;
use super::page::{self, Book};
use crate::read::{
    Change, Media, NoWiki, Page, Revision, Source, Trouble, What, Words, bounded, outside,
};
use crate::text::{Converted, Places};

/// Bytes of a text at the most.
const LONGEST_TEXT: u64 = 2 << 20;
/// Bytes of a path or of another name at the most.
const LONGEST_NAME: usize = 500;
/// Pages that only show where others are.
const FURNITURE: [&str; 4] = ["_sidebar", "_footer", "_header", "summary"];

/// A folder that is read page by page.
pub struct Notes<'s> {
    source: &'s dyn Source,
    /// The licence that its first page names.
    pub licence: String,
    /// Pages that do not come, by their paths.
    pub left_out: Vec<String>,
    book: Book,
    pages: BTreeMap<String, (String, i64)>,
    order: Vec<String>,
    files: BTreeMap<String, (String, i64)>,
    aliases: BTreeMap<String, String>,
}

/// Whether a file can be of use in a folder of notes.
#[must_use]
pub fn is_of_notes(path: &str) -> bool {
    let is_hidden = |part: &str| part.starts_with('.') && part != "." && part != "..";
    !path
        .split('/')
        .any(|part| is_hidden(part) || part == "node_modules")
        || path.ends_with(".obsidian/app.json")
}

fn stem(path: &str) -> Option<&str> {
    let (stem, ending) = path.rsplit_once('.')?;
    let is_text = ["md", "markdown", "mkd"].contains(&ending.to_ascii_lowercase().as_str());
    let name = stem.rsplit('/').next().unwrap_or(stem);
    (is_text && !name.is_empty()).then_some(stem)
}

impl<'s> Notes<'s> {
    /// Lists what there is.
    pub fn open(source: &'s dyn Source) -> Result<Self, NoWiki> {
        let all = source.files()?;
        let root = root_of(&all);
        let mut notes = Self {
            source,
            licence: String::new(),
            left_out: Vec::new(),
            book: Book::default(),
            pages: BTreeMap::new(),
            order: Vec::new(),
            files: BTreeMap::new(),
            aliases: BTreeMap::new(),
        };
        let mut summary = None;
        for (path, at) in all.iter().filter(|(path, _)| path.starts_with(&root)) {
            let below = &path[root.len()..];
            notes.book.has_tags |= below.starts_with(".obsidian/");
            if !is_of_notes(below) || below.starts_with('.') {
                continue;
            }
            let Some(id) = stem(below) else {
                notes.files.insert(below.to_owned(), (path.clone(), *at));
                continue;
            };
            let name = id.rsplit('/').next().unwrap_or(id).to_lowercase();
            if id.len() > LONGEST_NAME {
                notes.left_out.push(below.to_owned());
                continue;
            }
            if FURNITURE.contains(&name.as_str()) {
                notes.left_out.push(below.to_owned());
                if name == "summary" {
                    summary = Some((below.to_owned(), path.clone()));
                }
                continue;
            }
            notes.pages.insert(id.to_owned(), (path.clone(), *at));
        }
        if notes.pages.is_empty() {
            return Err(NoWiki::NoPages);
        }
        notes.book.pages = notes.pages.keys().cloned().collect();
        notes.book.files = notes.files.keys().cloned().collect();
        notes.book.gather_names();
        notes.read_heads();
        let summary = summary.and_then(|(below, path)| Some((below, notes.read(&path).ok()?.0)));
        notes.order = notes.in_order(summary.as_ref());
        Ok(notes)
    }

    /// What pages say of themselves: other names they have, and the licence.
    fn read_heads(&mut self) {
        let mut others = Vec::new();
        for (id, (path, _)) in &self.pages {
            let Ok((text, _)) = self.read(path) else {
                continue;
            };
            let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
            let (facts, _) = Facts::split(&text);
            for alias in facts.all(&["aliases", "alias", "redirect_from"]) {
                others.push((alias, id.clone()));
            }
            if self.licence.is_empty() {
                facts
                    .one(&["licence", "license"])
                    .clone_into(&mut self.licence);
            }
        }
        for (alias, id) in others {
            if alias.len() > LONGEST_NAME {
                continue;
            }
            self.book
                .names
                .entry(alias.to_lowercase())
                .or_insert_with(|| id.clone());
            self.aliases.entry(alias).or_insert(id);
        }
    }

    /// The order of a book's contents; other pages follow by their names.
    fn in_order(&self, summary: Option<&(String, String)>) -> Vec<String> {
        let mut order = Vec::new();
        if let Some((from, text)) = summary {
            let linked = page::linked(text, from, &self.book);
            order.extend(linked);
        }
        order.extend(self.pages.keys().cloned());
        let mut known = BTreeSet::new();
        order.retain(|id| known.insert(id.clone()));
        order
    }

    /// The pages, in the order of the book.
    #[must_use]
    pub fn page_ids(&self) -> Vec<String> {
        self.order.clone()
    }

    /// Other names of pages.
    #[must_use]
    pub fn aliases(&self) -> Vec<(String, String)> {
        let pairs = self.aliases.iter();
        pairs
            .map(|(alias, id)| (alias.clone(), id.clone()))
            .collect()
    }

    /// Whether there is a page of this id.
    #[must_use]
    pub fn has_page(&self, id: &str) -> bool {
        self.pages.contains_key(id)
    }

    /// A page as it is: a folder knows no history.
    #[must_use]
    pub fn page(&self, id: &str) -> Page {
        let mut page = Page {
            id: id.to_owned(),
            ..Page::default()
        };
        let Some((path, at)) = self.pages.get(id) else {
            return page;
        };
        let login = self.author(path);
        page.revisions.push(Revision {
            at: *at,
            change: if login.is_empty() {
                Change::Outside
            } else {
                Change::Created
            },
            login,
            summary: String::new(),
            words: Words::At(path.clone()),
            number: 0,
        });
        page
    }

    fn author(&self, path: &str) -> String {
        let Ok((text, _)) = self.read(path) else {
            return String::new();
        };
        let (facts, _) = Facts::split(&text);
        facts.one(&["author", "authors"]).to_owned()
    }

    /// The text of a page. What is wrong with it is told.
    pub fn words(
        &self,
        id: &str,
        revision: &Revision,
        troubles: &mut Vec<Trouble>,
    ) -> Option<String> {
        let Words::At(path) = &revision.words else {
            return None;
        };
        let mut told = |what| {
            troubles.push(Trouble {
                of: id.to_owned(),
                what,
            });
        };
        match self.read(path) {
            Ok((text, is_whole)) => {
                if !is_whole {
                    told(What::Bytes);
                }
                Some(text)
            }
            Err(error) => {
                told(What::Damaged(error.to_string()));
                None
            }
        }
    }

    fn read(&self, path: &str) -> io::Result<(String, bool)> {
        let bytes = bounded(self.source, path, LONGEST_TEXT)?;
        let text = String::from_utf8_lossy(&bytes).replace('\0', "\u{FFFD}");
        let is_whole = text.as_bytes() == bytes;
        Ok((text, is_whole))
    }

    /// The files that pages show or link to.
    #[must_use]
    pub fn media(&self) -> Vec<Media> {
        let mut shown = BTreeSet::new();
        for (id, (path, _)) in &self.pages {
            if let Ok((text, _)) = self.read(path) {
                shown.extend(page::to_markdown(&text, id, &self.book, &page::Nowhere).media);
            }
        }
        let known = shown.into_iter().filter_map(|id| {
            let (path, at) = self.files.get(&id)?;
            Some(Media {
                id,
                versions: vec![outside(*at, Words::At(path.clone()))],
                troubles: Vec::new(),
            })
        });
        known.collect()
    }

    /// The bytes of a file, up to a length; an error beyond it.
    pub fn bytes(&self, version: &Revision, longest: u64) -> io::Result<Vec<u8>> {
        match &version.words {
            Words::At(path) => bounded(self.source, path, longest),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// A text of this folder as Markdown with links of ours.
    #[must_use]
    pub fn converted(&self, text: &str, id: &str, places: &dyn Places) -> Converted {
        page::to_markdown(text, id, &self.book, places)
    }
}

/// The one folder that holds all texts, if there is one.
fn root_of(files: &[(String, i64)]) -> String {
    let mut texts = files.iter().map(|(path, _)| path.as_str());
    let mut texts = texts
        .by_ref()
        .filter(|path| stem(path).is_some() && is_of_notes(path));
    let Some(first) = texts.next() else {
        return String::new();
    };
    let mut root = first.rsplit_once('/').map_or("", |(above, _)| above);
    for path in texts {
        while !root.is_empty() && !path.starts_with(&format!("{root}/")) {
            root = root.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    if root.is_empty() {
        String::new()
    } else {
        format!("{root}/")
    }
}
