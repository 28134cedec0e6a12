//! One page with its history.

use super::serial::Value;
use super::trouble::{Trouble, What};
use super::wiki::Wiki;
use super::{Change, Row, changes};

/// A page with all that is known of its history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its id: `hurdles:policy:consent`.
    pub id: String,
    /// Oldest first.
    pub revisions: Vec<Revision>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
}

/// One revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Seconds since 1970.
    pub at: i64,
    /// What happened.
    pub change: Change,
    /// The login of whoever it was, or nothing.
    pub login: String,
    /// Why.
    pub summary: String,
    /// Where its text is; of a file, where its bytes are.
    pub words: Words,
    /// Its number in the wiki; 0 where revisions have none.
    pub number: i64,
}

/// Where a revision's text or bytes are: they are read one at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// In this file.
    At(String),
    /// In a dump, from this byte on.
    From(u64),
    /// Nowhere: the page or file was deleted.
    None,
    /// Nowhere, though it should be.
    Lost,
}

impl Page {
    /// Whether the page was there at the end.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.revisions
            .last()
            .is_some_and(|last| last.change != Change::Deleted)
    }
}

impl Wiki<'_> {
    /// A page's history. Texts are not read yet, but for finding changes from outside the wiki.
    #[must_use]
    pub fn page(&self, id: &str) -> Page {
        let mut page = Page {
            id: id.to_owned(),
            ..Page::default()
        };
        let rows = self.rows(id, self.logs.get(id), &mut page.troubles);
        let old = self.attic.get(id);
        let now = self.pages.get(id);
        let at_end = rows.last().map(|row| row.at);
        for row in rows {
            let words = match (row.change, old.and_then(|old| old.get(&row.at)), now) {
                (Change::Deleted, _, _) => Words::None,
                (_, Some(path), _) => Words::At(path.clone()),
                (_, None, Some((path, _))) if at_end == Some(row.at) => Words::At(path.clone()),
                _ => Words::Lost,
            };
            page.revisions.push(row.with(words));
        }
        for (at, path) in old.into_iter().flatten() {
            if page.revisions.iter().all(|known| known.at != *at) {
                page.revisions.push(outside(*at, Words::At(path.clone())));
            }
        }
        page.revisions.sort_by_key(|revision| revision.at);
        self.look_at_the_end(&mut page);
        let lost = page.revisions.iter().filter(|one| one.words == Words::Lost);
        let lost: Vec<_> = lost
            .map(|one| Trouble {
                of: id.to_owned(),
                what: What::Lost(one.at),
            })
            .collect();
        page.troubles.extend(lost);
        page
    }

    /// The text of a revision; none where it was deleted or lost. What is wrong with it is told.
    pub fn words(
        &self,
        page: &str,
        revision: &Revision,
        troubles: &mut Vec<Trouble>,
    ) -> Option<String> {
        let Words::At(path) = &revision.words else {
            return None;
        };
        let (text, trouble) = match self.text(path) {
            Ok((text, trouble)) => (Some(text), trouble),
            Err(what) => (None, Some(what)),
        };
        troubles.extend(trouble.map(|what| Trouble {
            of: page.to_owned(),
            what,
        }));
        text
    }

    /// Full names by login that the facts beside a page tell, for logins that are gone.
    #[must_use]
    pub fn names(&self, id: &str, troubles: &mut Vec<Trouble>) -> Vec<(String, String)> {
        let Some(bytes) = self.facts.get(id).and_then(|path| self.log(path).ok()) else {
            return Vec::new();
        };
        let Some(facts) = Value::read(&bytes) else {
            troubles.push(Trouble {
                of: id.to_owned(),
                what: What::Facts,
            });
            return Vec::new();
        };
        let mut names = Vec::new();
        for part in ["persistent", "current"] {
            let Some(part) = facts.get(part) else {
                continue;
            };
            let known = |key: &str| {
                part.get(key)
                    .and_then(Value::words)
                    .filter(|words| !words.is_empty())
            };
            if let (Some(login), Some(name)) = (known("user"), known("creator")) {
                names.push((login.to_owned(), name.to_owned()));
            }
            if let Some(Value::Entries(people)) = part.get("contributor") {
                let named = people
                    .iter()
                    .filter_map(|(login, name)| Some((login.clone(), name.words()?.to_owned())));
                names.extend(named.filter(|(_, name)| !name.is_empty()));
            }
        }
        names
    }

    /// The lines of a log, where there is one.
    pub(super) fn rows(
        &self,
        id: &str,
        log: Option<&String>,
        troubles: &mut Vec<Trouble>,
    ) -> Vec<Row> {
        let Some(path) = log else {
            return Vec::new();
        };
        let mut told = |what| {
            troubles.push(Trouble {
                of: id.to_owned(),
                what,
            });
        };
        match self.log(path) {
            Ok(log) => {
                let (rows, unread) = changes(&String::from_utf8_lossy(&log));
                if unread > 0 {
                    told(What::Lines(unread));
                }
                rows
            }
            Err(error) => {
                told(What::Damaged(error.to_string()));
                Vec::new()
            }
        }
    }

    /// What the folder says at the end: changed, brought back or deleted outside the wiki.
    fn look_at_the_end(&self, page: &mut Page) {
        let last = page.revisions.last();
        let Some((path, changed)) = self.pages.get(&page.id) else {
            if let Some(last) = last.filter(|last| last.change != Change::Deleted) {
                let gone = Revision {
                    change: Change::Deleted,
                    ..outside(last.at + 1, Words::None)
                };
                page.revisions.push(gone);
            }
            return;
        };
        let is_same = match last.map(|last| &last.words) {
            Some(Words::At(own)) if own == path => true,
            Some(Words::At(own)) => match (self.text(own), self.text(path)) {
                (Ok(old), Ok(now)) => old.0 == now.0,
                (Err(_), _) => false,
                (_, Err(_)) => true,
            },
            _ => false,
        };
        if !is_same {
            let at = last.map_or(*changed, |last| (*changed).max(last.at + 1));
            page.revisions.push(outside(at, Words::At(path.clone())));
        }
    }
}

impl Row {
    pub(super) fn with(self, words: Words) -> Revision {
        let Self {
            at,
            change,
            login,
            summary,
        } = self;
        Revision {
            at,
            change,
            login,
            summary,
            words,
            number: 0,
        }
    }
}

/// A revision that the log does not know.
pub(crate) fn outside(at: i64, words: Words) -> Revision {
    Revision {
        at,
        change: Change::Outside,
        login: String::new(),
        summary: String::new(),
        words,
        number: 0,
    }
}
