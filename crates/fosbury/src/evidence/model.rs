//! What an item of evidence is: how strong, from when, from whom, and whether it was told before.

use jiff::civil::Date;
use url::Url;

use crate::history::kind::Fault;
use crate::history::model::Parts;
use crate::naming::sort_key;
use crate::subjects::SubjectRef;

/// What evidence can be.
pub const KINDS_OF_EVIDENCE: [&str; 7] = [
    "study",
    "figures",
    "document",
    "story",
    "recording",
    "picture",
    "other",
];
/// How strong it is, the weakest first: each says more than the one before it.
pub const STRENGTHS: [&str; 5] = ["told", "observed", "measured", "compared", "repeated"];
/// Which way it points.
pub const POINTS: [&str; 3] = ["for", "against", "both"];
/// The parts that say what it is about, and the kind that each of them names.
pub const ABOUT: [(&str, &str); 3] = [
    ("hurdles", "hurdle"),
    ("solutions", "solution"),
    ("trials", "trial"),
];
/// Letters of a quoted passage at the most: a passage, not a work.
pub const LONGEST_QUOTE: usize = 3_000;
/// Letters of a transcript at the most: two hours of talk.
pub const LONGEST_TRANSCRIPT: usize = 120_000;
/// Years before this one are a slip of the pen.
const EARLIEST: i16 = 1_500;

/// How much a strength weighs, from 1; 0 for none.
pub fn weight(strength: &str) -> i64 {
    let at = STRENGTHS.iter().position(|one| *one == strength);
    at.and_then(|at| i64::try_from(at + 1).ok())
        .unwrap_or_default()
}

/// What an item is about: kind and number of each.
pub fn ties(parts: &Parts) -> Vec<(&'static str, i64)> {
    let all = ABOUT.iter().flat_map(|(part, kind)| {
        let numbers = parts.numbers(part).into_iter();
        numbers.map(move |number| (*kind, number))
    });
    let mut all: Vec<_> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Brings its date and link into the form in which they are kept; what cannot be read stays.
pub fn tidy(parts: &mut Parts) {
    if let Some(date) = parse_date(parts.get("date")) {
        parts.set("date", &date);
    }
    if let Some(link) = parse_link(parts.get("link")) {
        parts.set("link", &link);
    }
}

/// What is wrong with an item beyond the shapes of its parts.
pub fn faults(parts: &Parts, today: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let (date, link) = (parts.get("date"), parts.get("link"));
    if !date.is_empty() {
        let words = match parse_date(date) {
            None => Some("wrong-evidence-date"),
            Some(date) if is_to_come(&date, today) => Some("wrong-evidence-to-come"),
            Some(_) => None,
        };
        let part = "date";
        faults.extend(words.map(|words| Fault { part, words }));
    }
    if !link.is_empty() && parse_link(link).is_none() {
        let (part, words) = ("link", "wrong-evidence-link");
        faults.push(Fault { part, words });
    }
    faults
}

/// A day, a month or a year as it is kept: `2026-05-03`, `2026-05`, `2026`.
pub fn parse_date(written: &str) -> Option<String> {
    let written = written.trim();
    let known = |date: &Date| date.year() >= EARLIEST;
    for plan in ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"] {
        if let Some(day) = Date::strptime(plan, written).ok().filter(known) {
            return Some(day.to_string());
        }
    }
    let first = format!("1 {written}");
    for plan in ["%d %Y-%m", "%d %m/%Y", "%d %B %Y", "%d %b %Y"] {
        if let Some(day) = Date::strptime(plan, &first).ok().filter(known) {
            return Some(day.strftime("%Y-%m").to_string());
        }
    }
    let is_year = written.len() == 4 && written.bytes().all(|byte| byte.is_ascii_digit());
    let year: i16 = written.parse().ok().filter(|_| is_year)?;
    (year >= EARLIEST).then(|| written.to_owned())
}

fn is_to_come(date: &str, today: &str) -> bool {
    today.get(..date.len()).is_some_and(|today| date > today)
}

/// A date as people write it: `3 May 2026`, `May 2026`, `2026`.
pub fn date_in_words(date: &str) -> String {
    let day = |written: &str| written.parse::<Date>().ok();
    if let Some(day) = day(date) {
        return day.strftime("%-d %B %Y").to_string();
    }
    let month = day(&format!("{date}-01"));
    month.map_or_else(|| date.to_owned(), |day| day.strftime("%B %Y").to_string())
}

/// An address on the web, `https://` put before one that says nothing of it.
pub fn parse_link(written: &str) -> Option<String> {
    let written = written.trim();
    if written.is_empty() || written.contains(char::is_whitespace) {
        return None;
    }
    let whole = if written.contains("://") {
        written.to_owned()
    } else {
        format!("https://{written}")
    };
    let url = Url::parse(&whole).ok()?;
    let is_web = ["http", "https"].contains(&url.scheme());
    let host = url.host_str().unwrap_or_default();
    let is_plain = url.username().is_empty() && url.password().is_none();
    // A host without a dot is a word that somebody wrote, or a machine that nobody else reaches.
    (is_web && is_plain && host.contains('.')).then(|| url.to_string())
}

/// An item as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// For ever.
    pub number: i64,
    /// Today's title.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// What it shows, in short.
    pub summary: String,
    /// Whether its author says that it is not finished.
    pub is_unfinished: bool,
    /// Who may read it.
    pub visibility: String,
    /// `study`, `figures`, ….
    pub kind: String,
    /// `told` to `repeated`.
    pub strength: String,
    /// `for`, `against` or `both`.
    pub points: String,
    /// Who says it.
    pub source: String,
    /// Where it stands, or nothing.
    pub link: String,
    /// From when: a day, a month or a year.
    pub told_on: String,
    /// The quoted passage, or nothing.
    pub quote: String,
}
db::columns!(Item {
    number,
    title,
    slug,
    summary,
    is_unfinished,
    visibility,
    kind,
    strength,
    points,
    source,
    link,
    told_on,
    quote,
});

impl Item {
    /// Its address.
    pub fn address(&self) -> String {
        SubjectRef::new("evidence", self.number).address(&self.slug)
    }

    /// From when, in words.
    pub fn date(&self) -> String {
        date_in_words(&self.told_on)
    }

    /// Whether these parts tell the same thing of the same source: the same passage at the same
    /// address, or else the same title, source and date. Two passages are two things.
    pub fn is_told_by(&self, parts: &Parts) -> bool {
        let (quote, link) = (sort_key(parts.get("quote")), parts.get("link"));
        let own = sort_key(&self.quote);
        let other_passage = !quote.is_empty() && !own.is_empty() && quote != own;
        if other_passage {
            return false;
        }
        if !link.is_empty() && !self.link.is_empty() {
            return self.link == link;
        }
        let same = |own: &str, part: &str| sort_key(own) == sort_key(parts.get(part));
        same(&self.source, "source")
            && same(&self.title, "title")
            && self.told_on == parts.get("date")
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, date_in_words, faults, is_to_come, parse_date, parse_link, ties, weight};
    use crate::history::model::Parts;

    fn parts(pairs: &[(&str, &str)]) -> Parts {
        let mut parts = Parts::default();
        for (key, words) in pairs {
            parts.set(key, words);
        }
        parts
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (written, kept, said) in [
            ("2026-05-03", "2026-05-03", "3 May 2026"),
            ("3/5/2026", "2026-05-03", "3 May 2026"),
            ("3 May 2026", "2026-05-03", "3 May 2026"),
            (" 3 Sep 2025", "2025-09-03", "3 September 2025"),
            ("2026-05", "2026-05", "May 2026"),
            ("05/2026", "2026-05", "May 2026"),
            ("May 2026", "2026-05", "May 2026"),
            ("2026", "2026", "2026"),
        ] {
            assert_eq!(parse_date(written).as_deref(), Some(kept), "{written}");
            assert_eq!(date_in_words(kept), said);
        }
        for wrong in ["", "soon", "31/2/2026", "26", "0026", "2026-13", "99999"] {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_still_to_come_is_known_by_day_month_and_year() {
        let today = "2026-05-03";
        for past in ["2026-05-03", "2026-05", "2026", "1968"] {
            assert!(!is_to_come(past, today), "{past}");
        }
        for future in ["2026-05-04", "2026-06", "2027"] {
            assert!(is_to_come(future, today), "{future}");
        }
    }

    #[test]
    fn a_link_leads_to_the_web_and_nowhere_else() {
        let known = Some("https://example.org/a".to_owned());
        assert_eq!(parse_link("example.org/a"), known);
        assert_eq!(parse_link(" https://example.org/a "), known);
        for wrong in [
            "javascript:alert(1)",
            "ftp://example.org/",
            "data:text/html,x",
            "mailto:a@example.org",
            "https://me:secret@example.org/",
            "our intranet",
            "intranet",
            "http://",
        ] {
            assert_eq!(parse_link(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn mistakes_are_told_by_part() {
        let wrong = parts(&[("date", "2027"), ("link", "intranet")]);
        let found = faults(&wrong, "2026-05-03");
        let found: Vec<_> = found.iter().map(|one| one.part).collect();
        assert_eq!(found, ["date", "link"]);
        let right = parts(&[("date", "2026"), ("trials", "4\n4"), ("hurdles", "7")]);
        assert!(faults(&right, "2026-05-03").is_empty());
        assert_eq!(ties(&right), [("hurdle", 7), ("trial", 4)]);
        assert_eq!(["told", "repeated", "x"].map(weight), [1, 5, 0]);
    }

    #[test]
    fn one_source_is_told_once_for_each_passage() {
        let item = Item {
            number: 1,
            title: "Half a day".to_owned(),
            slug: String::new(),
            summary: String::new(),
            is_unfinished: false,
            visibility: "public".to_owned(),
            kind: "study".to_owned(),
            strength: "told".to_owned(),
            points: "for".to_owned(),
            source: "Audit Office".to_owned(),
            link: "https://example.org/a".to_owned(),
            told_on: "2026".to_owned(),
            quote: "Half a day, each week.".to_owned(),
        };
        let same = [("link", "https://example.org/a"), ("title", "Other words")];
        assert!(item.is_told_by(&parts(&same)));
        let other_passage = [
            ("link", "https://example.org/a"),
            ("quote", "Nobody minds."),
        ];
        assert!(!item.is_told_by(&parts(&other_passage)));
        let elsewhere = [("link", "https://example.org/b"), ("title", "Half a day")];
        assert!(!item.is_told_by(&parts(&elsewhere)));
        let without_link = [
            ("title", "half a day"),
            ("source", "The Audit Office"),
            ("date", "2026"),
        ];
        assert!(!item.is_told_by(&parts(&without_link)));
        let without_link = [
            ("title", "half a day"),
            ("source", "audit office"),
            ("date", "2026"),
        ];
        assert!(item.is_told_by(&parts(&without_link)));
    }
}
