//! One page: its head is read, its links lead to what came along, all else stays as it was typed.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::scan::Scan;
use crate::text::{Converted, MediaTarget, PageTarget, Places, normal};

/// Facts that are read, or that only say how a page is shown.
const KNOWN: [&str; 24] = [
    "title",
    "tags",
    "tag",
    "keywords",
    "aliases",
    "alias",
    "redirect_from",
    "author",
    "authors",
    "date",
    "created",
    "updated",
    "modified",
    "lastmod",
    "licence",
    "license",
    "layout",
    "weight",
    "permalink",
    "slug",
    "cssclass",
    "cssclasses",
    "publish",
    "draft",
];

/// The pages and files of a folder, and what they are called.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Ids of pages: their paths without the ending.
    pub pages: BTreeSet<String>,
    /// Paths of files.
    pub files: BTreeSet<String>,
    /// Pages by their last names and their other names, in small letters.
    pub names: BTreeMap<String, String>,
    /// Files by their last names.
    pub file_names: BTreeMap<String, String>,
    /// Whether `#word` in a text is a tag.
    pub has_tags: bool,
}

impl Book {
    /// Notes what each page and file is called; the one that lies higher up goes first.
    pub(super) fn gather_names(&mut self) {
        let mut pages: Vec<&String> = self.pages.iter().collect();
        pages.sort_by_key(|id| id.matches('/').count());
        for id in pages {
            let last = id.rsplit('/').next().unwrap_or(id);
            let plain = last.replace('-', " ").to_lowercase();
            for name in [id.to_lowercase(), last.to_lowercase(), plain] {
                self.names.entry(name).or_insert_with(|| id.clone());
            }
        }
        let mut files: Vec<&String> = self.files.iter().collect();
        files.sort_by_key(|path| path.matches('/').count());
        for path in files {
            let last = path.rsplit('/').next().unwrap_or(path).to_lowercase();
            self.file_names.entry(last).or_insert_with(|| path.clone());
        }
    }

    /// The page that a path means from another page.
    pub(super) fn page_at(&self, to: &str, from: &str) -> Option<String> {
        let whole = beside(to, from)?;
        let bare = whole.trim_end_matches('/');
        let ending = [".md", ".markdown", ".mkd", ".html"].iter();
        let mut endings = ending.filter_map(|ending| bare.strip_suffix(ending));
        let stem = endings.next().unwrap_or(bare);
        let inside = ["index", "README", "_index"].iter();
        let mut all = std::iter::once(stem.to_owned())
            .chain(inside.map(|name| format!("{stem}/{name}").trim_start_matches('/').to_owned()));
        all.find(|id| self.pages.contains(id))
    }

    /// The page that a name means, as `[[…]]` names it.
    pub(super) fn page_called(&self, name: &str, from: &str) -> Option<String> {
        let name = name.trim().trim_end_matches(".md").trim_matches('/');
        let small = name.to_lowercase();
        let spaced = small.replace('-', " ");
        let called = || self.names.get(&small).or_else(|| self.names.get(&spaced));
        self.page_at(name, from).or_else(|| called().cloned())
    }

    /// The file that a path or a name means.
    pub(super) fn file_at(&self, to: &str, from: &str) -> Option<String> {
        let beside = beside(to, from).filter(|path| self.files.contains(path));
        let own =
            || Some(to.trim_start_matches('/').to_owned()).filter(|path| self.files.contains(path));
        beside.or_else(own).or_else(|| {
            let last = to.rsplit('/').next().unwrap_or(to).to_lowercase();
            self.file_names.get(&last).cloned()
        })
    }
}

/// A path from the folder of a page; nothing for one that climbs out.
fn beside(to: &str, from: &str) -> Option<String> {
    let mut parts: Vec<&str> = if to.starts_with('/') {
        Vec::new()
    } else {
        from.split('/').collect()
    };
    parts.pop();
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Places of nobody's, with which it is only seen what a page needs.
pub(super) struct Nowhere;

impl Places for Nowhere {
    fn exists(&self, _: &str) -> bool {
        false
    }

    fn page(&self, id: &str, _: &str) -> PageTarget {
        PageTarget::Wiki(id.to_owned())
    }

    fn media(&self, _: &str) -> Option<MediaTarget> {
        None
    }
}

/// A page as Markdown with links of ours.
#[must_use]
pub fn to_markdown(text: &str, id: &str, book: &Book, places: &dyn Places) -> Converted {
    let text = normal(text);
    let (facts, body) = Facts::split(&text);
    let (heading, body) = headed(body);
    let mut scan = Scan::new(id, book, places);
    let markdown = scan.page(body);
    let mut converted = scan.converted;
    let title = facts.one(&["title"]);
    let said = (!title.is_empty()).then(|| title.to_owned());
    // A heading that says something else than the title is the text's own.
    converted.markdown = match (&heading, &said) {
        (Some(heading), Some(title)) if heading != title => {
            let written = Scan::new(id, book, places).page(&format!("# {heading}"));
            format!("{written}\n\n{markdown}")
        }
        _ => markdown,
    };
    converted.title = said.or(heading);
    let tags = facts.all(&["tags", "tag", "keywords"]);
    let more = std::mem::take(&mut converted.tags);
    for tag in tags.into_iter().chain(more) {
        let tag = tag.replace('_', " ");
        if !converted.tags.contains(&tag) {
            converted.tags.push(tag);
        }
    }
    for name in facts
        .0
        .keys()
        .filter(|name| !KNOWN.contains(&name.as_str()))
    {
        converted.named.insert(("left-field", name.clone()));
    }
    converted
}

/// A single page that nothing else came along with.
#[must_use]
pub fn pasted(text: &str, places: &dyn Places) -> Converted {
    to_markdown(text, "", &Book::default(), places)
}

/// The pages that a text links to, in their order.
pub(super) fn linked(text: &str, from: &str, book: &Book) -> Vec<String> {
    let mut scan = Scan::new(from, book, &Nowhere);
    scan.page(text);
    scan.in_order
}

/// The first heading of a text that begins with one, and the text after it.
fn headed(text: &str) -> (Option<String>, &str) {
    let text = text.trim_start_matches('\n');
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let words = line
        .strip_prefix("# ")
        .map(|words| words.trim().trim_end_matches('#').trim());
    match words.filter(|words| !words.is_empty() && !words.contains(['[', '`', '!'])) {
        Some(words) => (
            Some(words.replace(['*', '\\'], "")),
            rest.trim_start_matches('\n'),
        ),
        None => (None, text),
    }
}
