//! What a public body is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::naming::sort_key;
use crate::time::Moment;
use crate::viewer::OrganisationId;

/// The day of a body that ended nobody knows when.
pub const UNKNOWN_DAY: &str = "0001-01-01";
/// Words that no body's address may be: pages of ours stand there.
pub const RESERVED: [&str; 4] = ["new", "import", "imports", "previews"];
/// Figures that are kept of a place, as their columns are called.
pub const FIGURES: [&str; 4] = [
    "low-deprivation",
    "medium-deprivation",
    "high-deprivation",
    "density",
];
/// Mail domains where everybody can have an address.
const FOR_EVERYBODY: [&str; 20] = [
    "aol.com",
    "btinternet.com",
    "fastmail.com",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "live.co.uk",
    "live.com",
    "mail.com",
    "me.com",
    "msn.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "yahoo.co.uk",
    "yahoo.com",
];

/// A public body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// Inside the database.
    pub id: String,
    /// Its code, given once, as lists of bodies have it.
    pub code: String,
    /// Its word in addresses, given once.
    pub slug: String,
    /// Its official name.
    pub name: String,
    /// What people call it.
    pub short_name: String,
    /// How it sorts.
    pub sort_key: String,
    /// All that it may be found by.
    pub search_words: String,
    /// Its code in statistics.
    pub gss: String,
    /// Its type's code.
    pub kind: String,
    /// Its type in words.
    pub kind_name: String,
    /// England, Wales, ….
    pub nation: String,
    /// The region in it.
    pub region: String,
    /// The code of the county around it.
    pub county: String,
    /// The code of the combined authority that it belongs to.
    pub combined: String,
    /// People who live there.
    pub population: Option<i64>,
    /// Its first day, if known: `2023-04-01`.
    pub start_on: String,
    /// The day from which it is no more; empty while there is none.
    pub end_on: String,
    /// Its own site.
    pub homepage: String,
    /// What stands after the `@` in its people's addresses.
    pub mail_domain: String,
    /// Whether it belongs to the invented county.
    pub is_demo: bool,
}
db::columns!(Organisation {
    id,
    code,
    slug,
    name,
    short_name,
    sort_key,
    search_words,
    gss,
    kind,
    kind_name,
    nation,
    region,
    county,
    combined,
    population,
    start_on,
    end_on,
    homepage,
    mail_domain,
    is_demo,
});

impl Organisation {
    /// Its id, typed.
    pub fn key(&self) -> OrganisationId {
        OrganisationId(self.id.clone())
    }

    /// Its address.
    pub fn address(&self) -> String {
        address(&self.slug)
    }

    /// Whether it is no more on this day.
    pub fn has_ended(&self, today: &str) -> bool {
        has_ended(&self.end_on, today)
    }

    /// Its first day in words.
    pub fn began(&self) -> Option<String> {
        day_in_words(&self.start_on)
    }

    /// Its last day in words.
    pub fn ended(&self) -> Option<String> {
        day_in_words(&self.end_on)
    }

    /// Works out what lists and searches need from its names and `aliases`.
    pub fn describe(&mut self, aliases: &BTreeSet<Alias>) {
        self.sort_key = format!("{} {}", sort_key(&self.short_name), self.slug);
        let own = [&self.name, &self.short_name, &self.code, &self.gss];
        let all = own.into_iter().chain(aliases.iter().map(|one| &one.alias));
        let mut words: Vec<String> = all.map(|one| sort_key(one)).collect();
        words.sort();
        words.dedup();
        words.join(" ").trim().clone_into(&mut self.search_words);
    }
}

/// The address of the body with this word.
pub fn address(slug: &str) -> String {
    format!("/organisations/{slug}")
}

/// Whether a body is no more on this day that ends on the other; empty where it does not end.
pub fn has_ended(end_on: &str, today: &str) -> bool {
    !end_on.is_empty() && end_on <= today
}

/// Another name of a body, or a code from before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    /// As it is looked up.
    pub words: String,
    /// As it is written.
    pub alias: String,
    /// Whether it is a code.
    pub is_code: bool,
}
db::columns!(Alias {
    words,
    alias,
    is_code
});

impl Alias {
    /// Another name.
    pub fn name(name: &str) -> Self {
        Self {
            words: sort_key(name).trim().to_owned(),
            alias: name.to_owned(),
            is_code: false,
        }
    }

    /// A code from before.
    pub fn code(code: &str) -> Self {
        Self {
            is_code: true,
            ..Self::name(code)
        }
    }
}

/// A body with all that a list says of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The body itself.
    pub organisation: Organisation,
    /// Its other names and former codes.
    pub aliases: BTreeSet<Alias>,
    /// The codes of those that followed it.
    pub successors: BTreeSet<String>,
    /// Its figures, with where each comes from.
    pub figures: BTreeMap<String, (f64, String)>,
}

/// A day as lists write it: `2023-04-01` or `01/04/2023`.
pub fn parse_day(written: &str) -> Option<String> {
    let day = written.get(..10).unwrap_or(written);
    let parsed = Date::strptime("%Y-%m-%d", day).or_else(|_| Date::strptime("%d/%m/%Y", day));
    let rest = written.get(10..).unwrap_or_default();
    let is_day = rest.is_empty() || rest.starts_with(['T', ' ']);
    parsed.ok().filter(|_| is_day).map(|day| day.to_string())
}

/// A day as people write it, `1 April 1974`; nothing where it is none.
pub fn day_in_words(day: &str) -> Option<String> {
    let known = day.parse::<Date>().ok().filter(|_| day != UNKNOWN_DAY);
    known.map(|day| day.strftime("%-d %B %Y").to_string())
}

/// The day of a moment, as bodies' days are written.
pub fn day_of(now: Moment) -> String {
    now.iso().chars().take(10).collect()
}

/// Why a mail domain cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongDomain {
    /// It is none.
    Unreadable,
    /// Everybody can have an address there.
    ForEverybody,
}

/// A mail domain in small letters; nothing where there is none.
pub fn parse_domain(written: &str) -> Result<String, WrongDomain> {
    let domain = written.trim().trim_start_matches('@').to_ascii_lowercase();
    if domain.is_empty() {
        return Ok(domain);
    }
    let is_wrong = mail::Address::parse(&format!("a@{domain}")).is_err();
    if is_wrong || domain == "localhost" {
        return Err(WrongDomain::Unreadable);
    }
    if FOR_EVERYBODY.contains(&domain.as_str()) {
        return Err(WrongDomain::ForEverybody);
    }
    Ok(domain)
}

/// A web address that a link may go to.
pub fn parse_homepage(written: &str) -> Option<String> {
    let parsed = url::Url::parse(written.trim()).ok()?;
    let is_site = matches!(parsed.scheme(), "http" | "https") && parsed.host_str().is_some();
    let is_plain = parsed.username().is_empty() && parsed.password().is_none();
    (is_site && is_plain && written.len() <= 300).then(|| parsed.to_string())
}

/// A body's code: letters, digits, dots and hyphens.
pub fn parse_code(written: &str) -> Option<String> {
    let code = written.trim().to_uppercase();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_code = !code.is_empty() && code.len() <= 40 && code.chars().all(fits);
    is_code.then_some(code)
}

/// The address that a body gets: its own word, or its name; with a year or its code where another
/// has it already.
pub fn free_slug(wanted: &[&str], body: &Organisation, is_taken: impl Fn(&str) -> bool) -> String {
    let slugs: Vec<String> = wanted.iter().map(|one| crate::naming::slug(one)).collect();
    let plain = slugs.iter().filter(|slug| !slug.is_empty());
    let first = plain.clone().next().cloned().unwrap_or_default();
    let year = |day: &str| day.get(..4).map(str::to_owned);
    let since = year(&body.start_on).map(|year| format!("{first}-{year}"));
    let code = crate::naming::slug(&body.code);
    let with_code = format!("{first}-{code}").trim_matches('-').to_owned();
    let tries = plain.cloned().chain(since).chain([with_code.clone()]);
    // A name and a code without a letter that addresses have leave nothing.
    let is_free =
        |slug: &String| !slug.is_empty() && !is_taken(slug) && !RESERVED.contains(&slug.as_str());
    let found = tries.into_iter().find(is_free);
    found.unwrap_or_else(|| {
        let with_id = format!("{with_code}-{}", body.id);
        with_id.trim_start_matches('-').to_owned()
    })
}

/// A part of a body that people know by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it does, in a sentence.
    pub note: String,
}
db::columns!(Service { id, name, note });

/// Whether a letter can be seen, and does not turn others round.
pub fn can_be_seen(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A line of plain words: tidied, within so many letters.
pub fn tidy_line(words: &str, longest: usize) -> Option<String> {
    let tidy = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = tidy.chars().count() <= longest;
    (fits && tidy.chars().all(can_be_seen)).then_some(tidy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_lists_write_them() {
        for (written, day) in [
            ("2023-04-01", Some("2023-04-01")),
            ("01/04/2023", Some("2023-04-01")),
            ("2023-04-01T00:00:00", Some("2023-04-01")),
            ("2023-02-30", None),
            ("2023-04-011", None),
            ("1 April 2023", None),
            ("żółć żółć żółć", None),
            ("", None),
        ] {
            assert_eq!(parse_day(written).as_deref(), day, "{written}");
        }
    }

    #[test]
    fn nobody_joins_by_an_address_that_everybody_can_have() {
        assert_eq!(
            parse_domain(" @Northshire.example "),
            Ok("northshire.example".to_owned())
        );
        assert_eq!(parse_domain(""), Ok(String::new()));
        assert_eq!(parse_domain("GMAIL.com"), Err(WrongDomain::ForEverybody));
        for wrong in [
            "localhost",
            "a b.example",
            "a@b.example",
            "%.example",
            "example",
        ] {
            assert_eq!(parse_domain(wrong), Err(WrongDomain::Unreadable), "{wrong}");
        }
    }

    #[test]
    fn homepages_are_sites() {
        assert!(parse_homepage("http://www.northshire.example/").is_some());
        for wrong in [
            "javascript:alert(1)",
            "ftp://x.example",
            "https://a:b@c.example",
            "x",
            "",
        ] {
            assert_eq!(parse_homepage(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_body_named_in_signs_alone_has_an_address() {
        let body = Organisation {
            id: "abc".to_owned(),
            code: "$$".to_owned(),
            ..Organisation::default()
        };
        assert_eq!(free_slug(&["…", "¿?"], &body, |_| false), "abc");
    }

    #[test]
    fn two_bodies_never_share_an_address() {
        let body = Organisation {
            code: "NYE".to_owned(),
            start_on: "2023-04-01".to_owned(),
            ..Organisation::default()
        };
        let slug = |taken: &[&str]| free_slug(&["", "New Quarren"], &body, |s| taken.contains(&s));
        assert_eq!(slug(&[]), "new-quarren");
        assert_eq!(slug(&["new-quarren"]), "new-quarren-2023");
        assert_eq!(
            slug(&["new-quarren", "new-quarren-2023"]),
            "new-quarren-nye"
        );
        assert_eq!(free_slug(&["Import"], &body, |_| false), "import-2023");
    }
}
