//! A dump as a whole: which pages it holds and where each begins. Texts are read one at a time.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::stream::{Broken, Bytes, Step, Stream, next};
use super::titles::Titles;
use crate::read::{Change, NoWiki, Page, Revision, Trouble, What, Words};

/// Bytes of a text at the most.
const LONGEST_TEXT: usize = 2 << 20;
/// Bytes of a title, a name or a summary at the most.
const LONGEST_WORDS: usize = 4_000;
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
        if title.is_empty() || page.revisions == 0 {
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

fn history(stream: &mut Stream<'_>, found: &mut Vec<Revision>) -> Result<(), Broken> {
    loop {
        match stream.step(false)? {
            Step::Open(name, _) if name == "revision" => {
                let at = stream.began;
                found.extend(revision(stream, at)?);
            }
            Step::Close(name) if name == "page" => return Ok(()),
            Step::End => return Ok(()),
            _ => {}
        }
    }
}

/// A revision, but for its text; none where it has no time.
fn revision(stream: &mut Stream<'_>, begins: u64) -> Result<Option<Revision>, Broken> {
    let (mut number, mut at, mut is_hidden, mut has_text) = (0, None, false, false);
    let (mut login, mut summary, mut change) = (String::new(), String::new(), Change::Edited);
    loop {
        match stream.step(false)? {
            Step::Open(name, said) => match name.as_str() {
                "id" if number == 0 => {
                    number = stream.words("id", 40)?.0.trim().parse().unwrap_or(0);
                }
                "timestamp" => at = second(stream.words("timestamp", 40)?.0.trim()),
                "contributor" if !said.is_empty() => change = Change::Outside,
                "contributor" => login = contributor(stream)?,
                "minor" if change == Change::Edited => change = Change::Small,
                "comment" => summary = stream.words("comment", LONGEST_WORDS)?.0,
                "text" => {
                    has_text = true;
                    is_hidden |= !said.is_empty();
                }
                _ => {}
            },
            Step::Close(name) if name == "revision" => break,
            Step::Close(name) if name == "page" => return Ok(None),
            Step::End => {
                return Err(Broken {
                    why: "it ends early".to_owned(),
                    at: stream.began,
                });
            }
            _ => {}
        }
    }
    let words = if is_hidden || !has_text {
        Words::Lost
    } else {
        Words::From(begins)
    };
    Ok(at.map(|at| Revision {
        at,
        change,
        login,
        summary,
        words,
        number,
    }))
}

/// Who it was; nothing for whoever was not signed in, whose network address is not kept.
fn contributor(stream: &mut Stream<'_>) -> Result<String, Broken> {
    let mut login = String::new();
    loop {
        match stream.step(false)? {
            Step::Open(name, _) if name == "username" => {
                login = stream.words("username", LONGEST_WORDS)?.0;
            }
            Step::Close(name) if name == "contributor" => break,
            Step::End => break,
            _ => {}
        }
    }
    // A wiki that was itself brought along says from where before a `>`.
    let name = login.rsplit('>').next().unwrap_or_default().trim();
    let is_address = name.parse::<std::net::IpAddr>().is_ok();
    Ok(if is_address {
        String::new()
    } else {
        name.to_owned()
    })
}

/// The first text of a revision, and whether it is longer than a text may be.
fn text(stream: &mut Stream<'_>) -> Result<(String, bool), Broken> {
    loop {
        match stream.step(false)? {
            Step::Open(name, _) if name == "text" => return stream.words("text", LONGEST_TEXT),
            Step::Close(name) if name == "revision" => return Ok((String::new(), false)),
            Step::End => return Ok((String::new(), false)),
            _ => {}
        }
    }
}

/// Seconds since 1970 of `2009-05-01T12:00:00Z`.
fn second(words: &str) -> Option<i64> {
    let (day, time) = words.trim_end_matches('Z').split_once('T')?;
    let numbers = |words: &str, sign| -> Option<Vec<i64>> {
        words.split(sign).map(|one| one.parse().ok()).collect()
    };
    let (day, time) = (numbers(day, '-')?, numbers(time, ':')?);
    let ([year, month, day], [hour, minute, second]) = (day.as_slice(), time.as_slice()) else {
        return None;
    };
    let is_date = (1970..10_000).contains(year) && (1..13).contains(month) && (1..32).contains(day);
    // Days since March of the year 0, so that a leap day is the last of its year.
    let (years, months) = if *month > 2 {
        (*year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day;
    is_date.then(|| ((days - 719_469) * 24 + hour) * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_those_of_the_calendar() {
        assert_eq!(second("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(second("2000-02-29T12:00:01Z"), Some(951_825_601));
        assert_eq!(second("2009-05-01T00:00:00Z"), Some(1_241_136_000));
        assert_eq!(second("yesterday"), None);
    }
}
