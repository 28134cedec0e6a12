//! A wiki as a whole: which pages and files it has, and how each is opened.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use bzip2::read::BzDecoder;
use flate2::read::GzDecoder;

use super::rights::{Closed, Rules, Settings, User, users};
use super::source::Source;
use super::trouble::{Trouble, What};
use crate::id;

/// Bytes of a text at the most.
const LONGEST_TEXT: u64 = 2 << 20;
/// Bytes of a log or of a file of settings at the most.
const LONGEST_LOG: u64 = 8 << 20;

/// Why there is nothing to read.
#[derive(Debug, thiserror::Error)]
pub enum NoWiki {
    /// There are no pages.
    #[error("there are no pages in it")]
    NoPages,
    /// The files cannot be listed.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

/// A wiki that is read page by page.
pub struct Wiki<'s> {
    source: &'s dyn Source,
    /// What it says of itself.
    pub settings: Settings,
    /// Who had a login.
    pub users: BTreeMap<String, User>,
    /// Where links with a short name before `>` lead.
    pub interwiki: Vec<(String, String)>,
    /// What could not be read of the wiki as a whole.
    pub troubles: Vec<Trouble>,
    rules: Rules,
    pub(super) pages: BTreeMap<String, (String, i64)>,
    pub(super) attic: BTreeMap<String, BTreeMap<i64, String>>,
    pub(super) logs: BTreeMap<String, String>,
    pub(super) facts: BTreeMap<String, String>,
    pub(super) media: BTreeMap<String, (String, i64)>,
    pub(super) media_attic: BTreeMap<String, BTreeMap<i64, String>>,
    pub(super) media_logs: BTreeMap<String, String>,
}

impl<'s> Wiki<'s> {
    /// Lists what there is. The folder may be the wiki's, its `data`, or one that holds it.
    pub fn open(source: &'s dyn Source) -> Result<Self, NoWiki> {
        let files = source.files()?;
        let root = root_of(&files).ok_or(NoWiki::NoPages)?;
        let mut wiki = Self {
            source,
            settings: Settings::default(),
            users: BTreeMap::new(),
            interwiki: Vec::new(),
            troubles: Vec::new(),
            rules: Rules::default(),
            pages: BTreeMap::new(),
            attic: BTreeMap::new(),
            logs: BTreeMap::new(),
            facts: BTreeMap::new(),
            media: BTreeMap::new(),
            media_attic: BTreeMap::new(),
            media_logs: BTreeMap::new(),
        };
        for (path, at) in &files {
            if let Some(below) = path.strip_prefix(&root) {
                wiki.note(below, path, *at);
            }
        }
        wiki.read_conf(&files, &root);
        Ok(wiki)
    }

    fn note(&mut self, below: &str, path: &str, at: i64) {
        let Some((folder, rest)) = below.split_once('/') else {
            return;
        };
        let noted = match folder {
            "pages" => rest
                .strip_suffix(".txt")
                .map(|stem| self.note_page(stem, path, at)),
            "attic" => old_text(rest).map(|(stem, at)| self.note_old(stem, path, at)),
            "meta" => match rest.rsplit_once('.') {
                Some((stem, "changes")) if !name_of(stem).starts_with('_') => {
                    Some(self.note_in(stem, path, |wiki| &mut wiki.logs))
                }
                Some((stem, "meta")) => Some(self.note_in(stem, path, |wiki| &mut wiki.facts)),
                _ => None,
            },
            "media" if !name_of(rest).starts_with('_') => Some(self.note_file(rest, path, at)),
            "media_attic" => old_file(rest).map(|(id, at)| self.note_old_file(&id, path, at)),
            "media_meta" => rest
                .strip_suffix(".changes")
                .map(|stem| self.note_in(stem, path, |wiki| &mut wiki.media_logs)),
            _ => None,
        };
        if noted == Some(false) {
            self.troubles.push(Trouble {
                of: path.to_owned(),
                what: What::Name,
            });
        }
    }

    fn note_page(&mut self, stem: &str, path: &str, at: i64) -> bool {
        let id = id::of_path(stem);
        id.map(|id| self.pages.insert(id, (path.to_owned(), at)))
            .is_some()
    }

    fn note_old(&mut self, stem: &str, path: &str, at: i64) -> bool {
        let id = id::of_path(stem);
        id.map(|id| {
            self.attic
                .entry(id)
                .or_default()
                .insert(at, path.to_owned())
        })
        .is_some()
    }

    fn note_file(&mut self, stem: &str, path: &str, at: i64) -> bool {
        let id = id::of_path(stem);
        id.map(|id| self.media.insert(id, (path.to_owned(), at)))
            .is_some()
    }

    fn note_old_file(&mut self, stem: &str, path: &str, at: i64) -> bool {
        let id = id::of_path(stem);
        id.map(|id| {
            self.media_attic
                .entry(id)
                .or_default()
                .insert(at, path.to_owned())
        })
        .is_some()
    }

    fn note_in(
        &mut self,
        stem: &str,
        path: &str,
        list: fn(&mut Self) -> &mut BTreeMap<String, String>,
    ) -> bool {
        let id = id::of_path(stem);
        id.map(|id| list(self).insert(id, path.to_owned()))
            .is_some()
    }

    fn read_conf(&mut self, files: &[(String, i64)], root: &str) {
        let above = root
            .trim_end_matches('/')
            .rsplit_once('/')
            .map_or(String::new(), |(above, _)| format!("{above}/"));
        let is_there = |path: &String| files.binary_search_by(|(own, _)| own.cmp(path)).is_ok();
        let conf = |name: &str| {
            let paths = [format!("{above}conf/{name}"), format!("{root}conf/{name}")];
            let path = paths.into_iter().find(is_there)?;
            self.bounded(&path, LONGEST_LOG)
                .ok()
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        };
        let local = conf("local.php").unwrap_or_default();
        let settings = Settings::read(&local);
        let people = conf("users.auth.php")
            .map(|file| users(&file))
            .unwrap_or_default();
        let rules = conf("acl.auth.php").filter(|_| settings.has_rights);
        let shortcuts = ["interwiki.local.conf", "interwiki.conf"]
            .into_iter()
            .filter_map(conf);
        let interwiki = shortcuts.collect::<Vec<_>>().join("\n");
        (self.settings, self.users) = (settings, people);
        self.rules = rules.map(|file| Rules::read(&file)).unwrap_or_default();
        let named = interwiki.lines().filter(|line| !line.starts_with('#'));
        let named = named.filter_map(|line| line.split_once(char::is_whitespace));
        self.interwiki = named
            .map(|(name, to)| (name.to_lowercase(), to.trim().to_owned()))
            .collect();
    }

    /// The ids of all pages there are or were.
    #[must_use]
    pub fn page_ids(&self) -> BTreeSet<String> {
        let ids = self
            .pages
            .keys()
            .chain(self.attic.keys())
            .chain(self.logs.keys());
        ids.cloned().collect()
    }

    /// Whether the page is there now.
    #[must_use]
    pub fn has_page(&self, id: &str) -> bool {
        self.pages.contains_key(id)
    }

    /// Whether a page was closed to the public, and to whom it was open.
    #[must_use]
    pub fn closed(&self, id: &str) -> Option<Closed> {
        self.rules.closed(id)
    }

    pub(super) fn log(&self, path: &str) -> io::Result<Vec<u8>> {
        self.bounded(path, LONGEST_LOG)
    }

    /// A text, unpacked where it was packed.
    pub(super) fn text(&self, path: &str) -> Result<(String, Option<What>), What> {
        let file = self
            .source
            .open(path)
            .map_err(|error| What::Damaged(error.to_string()))?;
        let unpacked: Box<dyn Read + '_> = match path.rsplit('.').next() {
            Some("gz") => Box::new(GzDecoder::new(file)),
            Some("bz2") => Box::new(BzDecoder::new(file)),
            _ => file,
        };
        let mut bytes = Vec::new();
        let read = unpacked.take(LONGEST_TEXT + 1).read_to_end(&mut bytes);
        read.map_err(|error| What::Damaged(error.to_string()))?;
        if bytes.len() as u64 > LONGEST_TEXT {
            return Err(What::TooLong);
        }
        Ok(match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => (
                String::from_utf8_lossy(error.as_bytes()).into_owned(),
                Some(What::Bytes),
            ),
        })
    }

    pub(super) fn bounded(&self, path: &str, longest: u64) -> io::Result<Vec<u8>> {
        bounded(self.source, path, longest)
    }
}

/// A file's bytes, up to a length; an error beyond it.
pub(crate) fn bounded(source: &dyn Source, path: &str, longest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source
        .open(path)?
        .take(longest + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > longest {
        return Err(io::Error::other("it is too large"));
    }
    Ok(bytes)
}

/// The shortest path below which `pages/` lies.
fn root_of(files: &[(String, i64)]) -> Option<String> {
    let roots = files.iter().filter_map(|(path, _)| {
        let is_page = path.rsplit('.').next() == Some("txt");
        let at = if path.starts_with("pages/") {
            Some(0)
        } else {
            path.find("/pages/").map(|at| at + 1)
        };
        at.filter(|_| is_page).map(|at| path[..at].to_owned())
    });
    roots.min_by_key(String::len)
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `ns/name.1795320760.txt.gz`: the page and the second.
fn old_text(path: &str) -> Option<(&str, i64)> {
    let plain = path
        .strip_suffix(".gz")
        .or_else(|| path.strip_suffix(".bz2"))
        .unwrap_or(path);
    let (stem, at) = plain.strip_suffix(".txt")?.rsplit_once('.')?;
    Some((stem, at.parse().ok()?))
}

/// `ns/logo.1795320777.png`: the file and the second.
fn old_file(path: &str) -> Option<(String, i64)> {
    let (rest, ending) = path.rsplit_once('.')?;
    let (stem, at) = rest.rsplit_once('.')?;
    Some((format!("{stem}.{ending}"), at.parse().ok()?))
}
