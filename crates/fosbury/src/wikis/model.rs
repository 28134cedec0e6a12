//! What of a wiki becomes what here.

use std::collections::BTreeMap;

use dokuwiki::read::{Media, What};
use dokuwiki::text::Note;
use dokuwiki::{Change, MediaTarget, PageTarget, Places, id};

use crate::time::Moment;

/// A wiki that was brought along.
#[derive(Clone, Debug)]
pub struct Wiki {
    /// Inside the database.
    pub id: String,
    /// For ever.
    pub number: i64,
    /// What makes it the same wiki when it comes again.
    pub key: String,
    /// What it was written in: `dokuwiki`, `mediawiki`, `markdown`.
    pub kind: String,
    /// As it called itself.
    pub title: String,
    /// The licence of its words.
    pub licence: String,
    /// `coming`, `here` or `undone`.
    pub state: String,
    /// When its pages began to come, the last time.
    pub begun_at: Moment,
    /// When all of them had come.
    pub ended_at: Option<Moment>,
    /// Files that came.
    pub files: i64,
}

db::columns!(Wiki {
    id,
    number,
    key,
    kind,
    title,
    licence,
    state,
    begun_at,
    ended_at,
    files
});

/// A line of the report: which page or file, what, and a word to go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The id of a page or file there; nothing for the wiki as a whole.
    pub page: String,
    /// The end of the key of the words that say it.
    pub what: String,
    /// What those words name.
    pub value: String,
}

db::columns!(Line { page, what, value });

impl Line {
    /// A line about a page or file.
    pub fn new(page: &str, what: &str, value: &dyn ToString) -> Self {
        Self {
            page: page.to_owned(),
            what: what.to_owned(),
            value: value.to_string(),
        }
    }

    /// What could not be read.
    pub fn of_trouble(page: &str, what: &What) -> Self {
        match what {
            What::Name => Self::new(page, "name", &""),
            What::Lines(count) => Self::new(page, "lines", count),
            What::Lost(at) => Self::new(page, "lost", &Moment(at * 1_000).day_and_time()),
            What::Damaged(why) => Self::new(page, "damaged", why),
            What::TooLong => Self::new(page, "long", &""),
            What::Bytes => Self::new(page, "bytes", &""),
            What::Facts => Self::new(page, "facts", &""),
        }
    }

    /// What could not be kept as it was.
    pub fn of_note(page: &str, note: Note) -> Self {
        let what = match note {
            Note::Spans => "spans",
            Note::Section => "section",
            Note::Query => "query",
            Note::PictureInLink => "picture-in-link",
            Note::Feed => "feed",
            Note::Included => "included",
            Note::Box => "box",
            Note::Fields => "fields",
            Note::Plugin => "plugin",
            Note::Code => "code",
            Note::Shape => "shape",
        };
        Self::new(page, what, &"")
    }
}

/// What came, or would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// As the wiki called itself.
    pub title: String,
    /// Its licence.
    pub licence: String,
    /// Pages that are there.
    pub pages: usize,
    /// Pages that were deleted there.
    pub deleted: usize,
    /// Revisions of them all.
    pub revisions: usize,
    /// Files that are there.
    pub files: usize,
    /// What files were before, as far as there are bytes of it.
    pub older_files: usize,
    /// Pages that are for members only.
    pub closed: usize,
    /// What could not be read, or not kept as it was.
    pub lines: Vec<Line>,
}

/// Letters of a title at the most.
const LONGEST_TITLE: usize = 140;

/// What a page is called: its first heading, or what its id says.
pub fn title(heading: Option<&str>, page: &str) -> String {
    let words = texts::one_line(heading.unwrap_or_default());
    let words = if words.is_empty() {
        spoken(page)
    } else {
        words
    };
    words.chars().take(LONGEST_TITLE).collect()
}

/// The words of an id: `hurdles:no_such_page` is "No such page".
pub fn spoken(page: &str) -> String {
    let last = id::name(page);
    let words = last.rsplit('/').next().unwrap_or(last);
    let words = words.replace('_', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => page.to_owned(),
    }
}

/// What made a revision, as histories here say it, and whether it is small.
pub fn act(change: Change, is_first: bool, was_deleted: bool) -> (&'static str, bool) {
    match change {
        Change::Deleted => ("delete", false),
        _ if is_first => ("create", false),
        _ if was_deleted => ("recover", false),
        Change::Reverted(_) => ("restore", false),
        Change::Small => ("edit", true),
        Change::Created | Change::Edited | Change::Outside => ("edit", false),
    }
}

/// Licences as a wiki's settings name them, and as they are called here.
const LICENCES: [(&str, &str); 7] = [
    ("cc-zero", "CC0 1.0"),
    ("publicdomain", "Public domain"),
    ("cc-by", "CC BY 4.0"),
    ("cc-by-sa", "CC BY-SA 4.0"),
    ("cc-by-nc", "CC BY-NC 4.0"),
    ("cc-by-nc-sa", "CC BY-NC-SA 4.0"),
    ("gnufdl", "GFDL 1.3"),
];

/// The licence that a wiki's settings name, as it is called here; nothing for one we do not know.
pub fn licence(short: &str) -> String {
    let known = LICENCES.iter().find(|(there, _)| *there == short);
    known.map_or("", |(_, here)| here).to_owned()
}

/// The same the other way.
pub fn licence_there(licence: &str) -> &'static str {
    let known = LICENCES.iter().find(|(_, here)| *here == licence);
    known.map_or("", |(there, _)| there)
}

/// The id that an old address names: `/ns/page` and `/ns:page` are `ns:page`.
pub fn page_of_path(path: &str) -> Option<String> {
    let path = path.trim_matches('/');
    let page = id::of_path(path);
    // In an address colons may stand as they are.
    let page = page.or_else(|| id::of_path(&path.replace([':', ';'], "/")))?;
    let clean = id::clean(&page);
    (!clean.is_empty() && clean.len() < 500).then_some(clean)
}

/// Where the pages and files of a wiki are here.
#[derive(Debug, Default)]
pub struct Known {
    /// Numbers of guides by the ids of pages.
    pub pages: BTreeMap<String, i64>,
    /// Files by their ids.
    pub files: BTreeMap<String, MediaTarget>,
    /// Shortcuts.
    pub interwiki: Vec<(String, String)>,
    /// Other names of pages.
    pub aliases: BTreeMap<String, String>,
}

impl Known {
    /// What is known before anything came: pages by their order, files by their names.
    pub fn of_look(pages: impl Iterator<Item = String>, files: &[Media]) -> Self {
        let files = files.iter().filter(|media| media.now().is_some());
        let target = |media: &Media| MediaTarget {
            address: "/attachments/1".to_owned(),
            is_picture: is_picture(&media.id),
        };
        Self {
            pages: pages.zip(1..).collect(),
            files: files
                .map(|media| (media.id.clone(), target(media)))
                .collect(),
            ..Self::default()
        }
    }
}

impl Known {
    /// The number of the page that has this id, or this other name.
    fn numbered(&self, id: &str) -> Option<&i64> {
        let own = self.pages.get(id);
        own.or_else(|| self.pages.get(self.aliases.get(id)?))
    }
}

/// Whether a file's name is a picture's.
fn is_picture(file: &str) -> bool {
    let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
    ["png", "jpg", "jpeg", "gif", "webp"].contains(&ending.as_str())
}

impl Places for Known {
    fn exists(&self, id: &str) -> bool {
        self.numbered(id).is_some()
    }

    fn page(&self, id: &str, _: &str) -> PageTarget {
        PageTarget::Wiki(match self.numbered(id) {
            Some(number) => format!("guide {number}"),
            None => spoken(id),
        })
    }

    fn media(&self, id: &str) -> Option<MediaTarget> {
        self.files.get(id).cloned()
    }

    fn interwiki(&self, name: &str) -> Option<String> {
        let own = self.interwiki.iter().find(|(own, _)| own == name);
        own.map(|(_, to)| to.clone())
            .or_else(|| dokuwiki::text::usual_shortcut(name).map(str::to_owned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_name_pages_in_every_form() {
        for path in ["/ns/page", "/ns:page", "ns/page/", "/NS/Page"] {
            assert_eq!(page_of_path(path).as_deref(), Some("ns:page"), "{path}");
        }
        assert_eq!(page_of_path("/%E9%9A%9C").as_deref(), Some("障"));
        for path in ["/", "/../x", "/%00"] {
            assert_eq!(page_of_path(path), None, "{path}");
        }
    }

    #[test]
    fn a_page_without_a_heading_is_called_as_its_address_says() {
        assert_eq!(title(None, "hurdles:no_such_page"), "No such page");
        assert_eq!(title(Some(" A\u{a0}b "), "x"), "A b");
        assert_eq!(title(Some(&"é".repeat(200)), "x").chars().count(), 140);
    }
}
