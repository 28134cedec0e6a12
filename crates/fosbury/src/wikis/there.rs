//! A wiki as this room reads it, whatever it was written in.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use dokuwiki::mediawiki::Dump;
use dokuwiki::notes::Notes;
use dokuwiki::read::{Closed, Media, NoWiki, Page, Revision, Trouble};
use dokuwiki::{Converted, Places, Source, Wiki, id, mediawiki, to_markdown};

use super::coming::CannotBring;
use super::model::{Line, licence};

/// What a wiki was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The folder of a `DokuWiki`.
    Dokuwiki,
    /// The dump of a `MediaWiki`.
    Mediawiki,
    /// A folder of notes.
    Markdown,
}

impl Kind {
    /// As the database says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dokuwiki => "dokuwiki",
            Self::Mediawiki => "mediawiki",
            Self::Markdown => "markdown",
        }
    }
}

/// A wiki that can be brought along.
pub trait There {
    /// What it was written in.
    fn kind(&self) -> Kind;
    /// As it calls itself, if it does.
    fn title(&self) -> &str;
    /// The licence of its words as it is called here, if it says so.
    fn licence(&self) -> String;
    /// What could not be read of it as a whole.
    fn lines(&self) -> Vec<Line>;
    /// The ids of all pages there are or were; they are numbered in this order.
    fn page_ids(&self) -> Vec<String>;
    /// Whether the page is there now.
    fn has_page(&self, id: &str) -> bool;
    /// Whether this is the page that people see first.
    fn is_first(&self, id: &str) -> bool;
    /// A page's history, its texts not read yet.
    fn page(&self, id: &str) -> Page;
    /// The text of a revision. What is wrong with it is told.
    fn words(&self, id: &str, of: &Revision, troubles: &mut Vec<Trouble>) -> Option<String>;
    /// A text as Markdown.
    fn converted(&self, words: &str, id: &str, places: &dyn Places) -> Converted;

    /// Whether it knows what pages were before.
    fn has_history(&self) -> bool {
        true
    }
    /// Other names of pages, and whose they are.
    fn aliases(&self) -> Vec<(String, String)> {
        Vec::new()
    }
    /// Whether a page or file was closed to the public, and to whom it was open.
    fn closed(&self, _: &str) -> Option<Closed> {
        None
    }
    /// Its files.
    fn media(&self) -> Vec<Media> {
        Vec::new()
    }
    /// The bytes of a version of a file, up to a length; an error beyond it.
    fn bytes(&self, _: &Revision, _: u64) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
    /// Full names by login, as far as the page or the wiki knows them.
    fn names(&self, _: &str, _: &mut Vec<Trouble>) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
    /// Shortcuts to other places.
    fn interwiki(&self) -> Vec<(String, String)> {
        Vec::new()
    }
    /// Who wrote there, as far as it says so: names and mail addresses.
    fn people(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}

fn lines_of(troubles: &[Trouble]) -> Vec<Line> {
    let lines = troubles.iter();
    lines
        .map(|one| Line::of_trouble(&one.of, &one.what))
        .collect()
}

impl There for Wiki<'_> {
    fn kind(&self) -> Kind {
        Kind::Dokuwiki
    }

    fn title(&self) -> &str {
        &self.settings.title
    }

    fn licence(&self) -> String {
        licence(&self.settings.licence)
    }

    fn lines(&self) -> Vec<Line> {
        lines_of(&self.troubles)
    }

    fn page_ids(&self) -> Vec<String> {
        Wiki::page_ids(self).into_iter().collect()
    }

    fn has_page(&self, id: &str) -> bool {
        Wiki::has_page(self, id)
    }

    fn is_first(&self, id: &str) -> bool {
        id == "start"
    }

    fn page(&self, id: &str) -> Page {
        Wiki::page(self, id)
    }

    fn words(&self, id: &str, of: &Revision, troubles: &mut Vec<Trouble>) -> Option<String> {
        Wiki::words(self, id, of, troubles)
    }

    fn converted(&self, words: &str, id: &str, places: &dyn Places) -> Converted {
        to_markdown(words, id, places)
    }

    fn closed(&self, id: &str) -> Option<Closed> {
        Wiki::closed(self, id)
    }

    fn media(&self) -> Vec<Media> {
        Wiki::media(self)
    }

    fn people(&self) -> Vec<(String, String)> {
        let users = self.users.values();
        users
            .map(|user| (user.name.clone(), user.mail.clone()))
            .collect()
    }

    fn bytes(&self, version: &Revision, longest: u64) -> io::Result<Vec<u8>> {
        Wiki::bytes(self, version, longest)
    }

    fn names(&self, id: &str, troubles: &mut Vec<Trouble>) -> BTreeMap<String, String> {
        let told = Wiki::names(self, id, troubles).into_iter();
        let users = self.users.iter();
        let users = users.map(|(login, user)| (login.clone(), user.name.clone()));
        // What the wiki says of somebody now goes before what a page remembers.
        told.chain(users.filter(|(_, name)| !name.is_empty()))
            .collect()
    }

    fn interwiki(&self) -> Vec<(String, String)> {
        self.interwiki.clone()
    }
}

impl There for Dump<'_> {
    fn kind(&self) -> Kind {
        Kind::Mediawiki
    }

    fn title(&self) -> &str {
        &self.site.name
    }

    fn licence(&self) -> String {
        String::new()
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = lines_of(&self.troubles);
        let left_out = self.left_out.iter();
        lines.extend(left_out.map(|page| Line::new(&page.title, "left-out", &page.why)));
        lines
    }

    fn page_ids(&self) -> Vec<String> {
        self.page_titles()
    }

    fn has_page(&self, id: &str) -> bool {
        Dump::has_page(self, id)
    }

    fn is_first(&self, id: &str) -> bool {
        id == self.site.first
    }

    fn page(&self, id: &str) -> Page {
        Dump::page(self, id)
    }

    fn words(&self, id: &str, of: &Revision, troubles: &mut Vec<Trouble>) -> Option<String> {
        Dump::words(self, id, of, troubles)
    }

    fn converted(&self, words: &str, id: &str, places: &dyn Places) -> Converted {
        mediawiki::to_markdown(words, id, &self.titles, places)
    }

    /// A redirect that leads to another leads where that one leads.
    fn aliases(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for (alias, to) in &self.redirects {
            let (mut to, mut seen) = (to, BTreeSet::new());
            while let Some(next) = self.redirects.get(to).filter(|_| seen.insert(to)) {
                to = next;
            }
            if Dump::has_page(self, to) {
                all.push((alias.clone(), to.clone()));
            }
        }
        all
    }
}

impl There for Notes<'_> {
    fn kind(&self) -> Kind {
        Kind::Markdown
    }

    fn title(&self) -> &'static str {
        ""
    }

    fn licence(&self) -> String {
        self.licence.clone()
    }

    fn lines(&self) -> Vec<Line> {
        let left_out = self.left_out.iter();
        left_out
            .map(|path| Line::new(path, "only-leads", &""))
            .collect()
    }

    fn page_ids(&self) -> Vec<String> {
        Notes::page_ids(self)
    }

    fn has_page(&self, id: &str) -> bool {
        Notes::has_page(self, id)
    }

    fn is_first(&self, id: &str) -> bool {
        ["index", "README", "Home", "home"].contains(&id)
    }

    fn page(&self, id: &str) -> Page {
        Notes::page(self, id)
    }

    fn words(&self, id: &str, of: &Revision, troubles: &mut Vec<Trouble>) -> Option<String> {
        Notes::words(self, id, of, troubles)
    }

    fn converted(&self, words: &str, id: &str, places: &dyn Places) -> Converted {
        Notes::converted(self, words, id, places)
    }

    fn has_history(&self) -> bool {
        false
    }

    /// Paths as addresses name them lead here as well.
    fn aliases(&self) -> Vec<(String, String)> {
        let pages = Notes::page_ids(self);
        let paths = pages.iter().flat_map(|page| {
            let inside = page.strip_prefix("src/").unwrap_or(page);
            [page, inside].map(|path| (id::clean(path), page.clone()))
        });
        let mut all: BTreeMap<String, String> = Notes::aliases(self).into_iter().collect();
        for (alias, page) in paths.filter(|(alias, page)| !alias.is_empty() && alias != page) {
            all.entry(alias).or_insert(page);
        }
        all.into_iter().collect()
    }

    fn media(&self) -> Vec<Media> {
        Notes::media(self)
    }

    fn bytes(&self, version: &Revision, longest: u64) -> io::Result<Vec<u8>> {
        Notes::bytes(self, version, longest)
    }
}

/// Opens a wiki: one of this kind, or of whichever kind it is.
pub fn opened(source: &dyn Source, kind: Option<Kind>) -> Result<Box<dyn There + '_>, CannotBring> {
    let kind = match kind {
        Some(kind) => kind,
        None => kind_of(source)?,
    };
    Ok(match kind {
        Kind::Dokuwiki => {
            let there = Wiki::open(source)?;
            let syntax = &there.settings.syntax;
            if !syntax.starts_with("dw") {
                return Err(CannotBring::Syntax(syntax.clone()));
            }
            Box::new(there)
        }
        Kind::Mediawiki => {
            let files = source.files().map_err(NoWiki::Unreadable)?;
            let dump = files.iter().find(|(path, _)| is_dump(path));
            let on_disk = dump.and_then(|(path, _)| source.on_disk(path));
            Box::new(Dump::open(on_disk.ok_or(NoWiki::NoPages)?)?)
        }
        Kind::Markdown => Box::new(Notes::open(source)?),
    })
}

fn is_dump(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    ending.eq_ignore_ascii_case("xml")
}

/// What a wiki was written in, by its files.
fn kind_of(source: &dyn Source) -> Result<Kind, CannotBring> {
    let files = source.files().map_err(NoWiki::Unreadable)?;
    let has = |is: &dyn Fn(&str) -> bool| files.iter().any(|(path, _)| is(path));
    let is_page = |path: &str| {
        let below = path.starts_with("pages/") || path.contains("/pages/");
        below && path.rsplit('.').next() == Some("txt")
    };
    Ok(if has(&is_page) {
        Kind::Dokuwiki
    } else if has(&|path| path.rsplit('.').next() == Some("md")) || !has(&is_dump) {
        Kind::Markdown
    } else {
        Kind::Mediawiki
    })
}
