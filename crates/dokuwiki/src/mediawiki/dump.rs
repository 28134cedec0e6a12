//! A dump as a whole: which pages it holds and where each begins. Texts are read one at a time.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::revisions::{LONGEST_WORDS, history, text};
use super::stream::{Broken, Bytes, Step, Stream, next};
use super::titles::Titles;
use crate::read::{Change, NoWiki, Page, Revision, Trouble, What, Words};

/// Bytes of a title at the most.
const LONGEST_TITLE: usize = 500;
/// Broken places in a dump that are passed over at the most.
const MOST_BROKEN: usize = 1_000;
/// Namespaces whose pages are of no use elsewhere: people's own, files', messages, templates, code.
const LEFT_OUT: [i64; 7] = [2, 6, 8, 10, 274, 828, 2600];

/// What a wiki says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// What it calls itself.
    pub name: String,
    /// Its first page's title.
    pub first: String,
}

/// A page that does not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its title.
    pub title: String,
    /// The name of its namespace, or of what it is written in.
    pub why: String,
}

/// A dump that is read page by page.
pub struct Dump<'b> {
    bytes: Rc<dyn Bytes + 'b>,
    /// What it says of itself.
    pub site: Site,
    /// Its namespaces.
    pub titles: Titles,
    /// Pages that only lead to another, and where.
    pub redirects: BTreeMap<String, String>,
    /// Pages that do not come.
    pub left_out: Vec<LeftOut>,
    /// What could not be read of the dump as a whole.
    pub troubles: Vec<Trouble>,
    pages: BTreeMap<String, Vec<u64>>,
}

/// What is known of a page while it is passed by.
#[derive(Default)]
struct Passing {
    at: u64,
    title: String,
    namespace: Option<i64>,
    leads_to: Option<String>,
    model: String,
    revisions: usize,
}

impl<'b> Dump<'b> {
    /// Reads through a dump once, and notes where its pages are.
    pub fn open(bytes: impl Bytes + 'b) -> Result<Self, NoWiki> {
        let bytes: Rc<dyn Bytes + 'b> = Rc::new(bytes);
        let mut dump = Self {
            bytes: Rc::clone(&bytes),
            site: Site::default(),
            titles: Titles::default(),
            redirects: BTreeMap::new(),
            left_out: Vec::new(),
            troubles: Vec::new(),
            pages: BTreeMap::new(),
        };
        let (mut from, mut broken) = (0, 0);
        loop {
            let mut stream = Stream::open(&*bytes, from)?;
            let Err(error) = dump.pass(&mut stream) else {
                break;
            };
            broken += 1;
            dump.trouble(What::Damaged(error.why));
            // Past what is broken, on to the next page.
            match next(&*bytes, error.at + 1, b"<page>")? {
                Some(at) if broken < MOST_BROKEN => from = at,
                _ => break,
            }
        }
        if dump.pages.is_empty() && dump.redirects.is_empty() {
            return Err(NoWiki::NoPages);
        }
        dump.titles.site.clone_from(&dump.site.name);
        Ok(dump)
    }

    fn trouble(&mut self, what: What) {
        self.troubles.push(Trouble {
            of: String::new(),
            what,
        });
    }

    fn pass(&mut self, stream: &mut Stream<'_>) -> Result<(), Broken> {
        let mut page: Option<Passing> = None;
        loop {
            match stream.step(false)? {
                Step::Open(name, said) => match (name.as_str(), &mut page) {
                    ("page", _) => {
                        // A page that never closed is kept as far as it goes.
                        let new = Passing {
                            at: stream.began,
                            ..Passing::default()
                        };
                        if let Some(cut) = page.replace(new) {
                            self.note(cut);
                        }
                    }
                    ("title", Some(page)) => page.title = stream.words("title", LONGEST_WORDS)?.0,
                    ("ns", Some(page)) => {
                        page.namespace = stream.words("ns", 40)?.0.trim().parse().ok();
                    }
                    ("redirect", Some(page)) => page.leads_to = Some(said),
                    ("model", Some(page)) => page.model = stream.words("model", 100)?.0,
                    ("revision", Some(page)) => page.revisions += 1,
                    ("sitename", None) => {
                        self.site.name = stream.words("sitename", LONGEST_WORDS)?.0;
                    }
                    ("base", None) => {
                        let base = stream.words("base", LONGEST_WORDS)?.0;
                        let last = base.rsplit(['/', '=']).next().unwrap_or_default();
                        self.site.first = super::titles::named(last);
                    }
                    ("namespace", None) => {
                        let name = stream.words("namespace", LONGEST_WORDS)?.0;
                        if let Ok(number) = said.parse() {
                            self.titles.note(number, name.trim());
                        }
                    }
                    _ => {}
                },
                Step::Close(name) if name == "page" => {
                    if let Some(page) = page.take() {
                        self.note(page);
                    }
                }
                Step::End => {
                    if let Some(cut) = page.take() {
                        self.note(cut);
                        self.trouble(What::Damaged("it ends early".to_owned()));
                    }
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    fn note(&mut self, page: Passing) {
        let title = self.titles.normal(&page.title);
        if title.is_empty() || title.len() > LONGEST_TITLE || page.revisions == 0 {
            return self.trouble(What::Name);
        }
        let namespace = page
            .namespace
            .unwrap_or_else(|| self.titles.split(&title).0);
        let is_text = ["", "wikitext"].contains(&page.model.trim());
        let why = if namespace < 0 || namespace % 2 == 1 || LEFT_OUT.contains(&namespace) {
            Some(self.titles.name(namespace).to_owned())
        } else if is_text {
            None
        } else {
            Some(page.model.trim().to_owned())
        };
        if let Some(why) = why {
            self.left_out.push(LeftOut { title, why });
        } else if let Some(to) = page.leads_to {
            let to = to.split('#').next().unwrap_or_default();
            self.redirects.insert(title, self.titles.normal(to));
        } else {
            self.pages.entry(title).or_default().push(page.at);
        }
    }

    /// The titles of all pages.
    #[must_use]
    pub fn page_titles(&self) -> Vec<String> {
        self.pages.keys().cloned().collect()
    }

    /// Whether there is a page of this title.
    #[must_use]
    pub fn has_page(&self, title: &str) -> bool {
        self.pages.contains_key(title)
    }

    /// A page's history, its texts not read yet.
    #[must_use]
    pub fn page(&self, title: &str) -> Page {
        let mut page = Page {
            id: title.to_owned(),
            ..Page::default()
        };
        for at in self.pages.get(title).into_iter().flatten() {
            let read = Stream::open(&*self.bytes, *at)
                .map_err(|error| error.to_string())
                .and_then(|mut stream| {
                    history(&mut stream, &mut page.revisions).map_err(|broken| broken.why)
                });
            if let Err(why) = read {
                page.troubles.push(Trouble {
                    of: title.to_owned(),
                    what: What::Damaged(why),
                });
            }
        }
        page.revisions.sort_by_key(|one| (one.at, one.number));
        page.revisions
            .dedup_by(|one, before| one.number != 0 && one.number == before.number);
        // Each has a second of its own, so that a dump that comes again is told from what came.
        let mut last = i64::MIN;
        for (at, revision) in page.revisions.iter_mut().enumerate() {
            revision.at = revision.at.max(last.saturating_add(1));
            last = revision.at;
            if at == 0 && revision.change != Change::Outside {
                revision.change = Change::Created;
            }
        }
        page
    }

    /// The text of a revision; none where it was hidden. What is wrong with it is told.
    pub fn words(
        &self,
        title: &str,
        revision: &Revision,
        troubles: &mut Vec<Trouble>,
    ) -> Option<String> {
        let mut told = |what| {
            troubles.push(Trouble {
                of: title.to_owned(),
                what,
            });
        };
        let Words::From(at) = &revision.words else {
            told(What::Lost(revision.at));
            return None;
        };
        let read = Stream::open(&*self.bytes, *at)
            .map_err(|error| error.to_string())
            .and_then(|mut stream| text(&mut stream).map_err(|broken| broken.why));
        match read {
            Ok((words, false)) => {
                if words.contains('\u{FFFD}') {
                    told(What::Bytes);
                }
                Some(words)
            }
            Ok((_, true)) => {
                told(What::TooLong);
                None
            }
            Err(why) => {
                told(What::Damaged(why));
                None
            }
        }
    }
}
