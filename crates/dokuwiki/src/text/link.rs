//! Where links lead.

use std::fmt::Write as _;

use crate::id;

/// A link's target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To a page: its id, and whether a section or a question was named.
    Page {
        id: String,
        has_section: bool,
        has_query: bool,
    },
    /// Into the page itself.
    Section,
    /// To an address.
    Address(String),
    /// By a short name that nobody knows, or to a computer's folder: words only.
    Nowhere,
}

/// Shortcuts that every DokuWiki comes with.
pub fn usual(name: &str) -> Option<&'static str> {
    Some(match name {
        "wp" => "https://en.wikipedia.org/wiki/{NAME}",
        "wpde" => "https://de.wikipedia.org/wiki/{NAME}",
        "wpfr" => "https://fr.wikipedia.org/wiki/{NAME}",
        "wpes" => "https://es.wikipedia.org/wiki/{NAME}",
        "wpmeta" => "https://meta.wikipedia.org/wiki/{NAME}",
        "doku" => "https://www.dokuwiki.org/{NAME}",
        "dokubug" => "https://github.com/dokuwiki/dokuwiki/issues/{URL}",
        "rfc" => "https://tools.ietf.org/html/rfc{NAME}",
        "man" => "http://man.cx/{NAME}",
        "phpfn" => "https://secure.php.net/{NAME}",
        "google" => "https://www.google.com/search?q={URL}",
        _ => return None,
    })
}

/// Where a link on a page leads.
pub fn leads(
    to: &str,
    from: &str,
    exists: &dyn Fn(&str) -> bool,
    interwiki: &dyn Fn(&str) -> Option<String>,
) -> Leads {
    if to.starts_with("\\\\") {
        return Leads::Nowhere;
    }
    if let Some((name, rest)) = to.split_once('>')
        && !name.is_empty()
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '.')
    {
        let known = interwiki(&name.to_lowercase());
        return known.map_or(Leads::Nowhere, |pattern| {
            Leads::Address(filled(&pattern, rest))
        });
    }
    if let Some((scheme, _)) = to.split_once("://") {
        let is_safe = ["http", "https"].contains(&scheme.to_lowercase().as_str());
        return if is_safe {
            Leads::Address(to.to_owned())
        } else {
            Leads::Nowhere
        };
    }
    if to.starts_with("www.") {
        return Leads::Address(format!("http://{to}"));
    }
    let mail = to.strip_prefix("mailto:").unwrap_or(to);
    if mail.contains('@') && !mail.contains([' ', ':', '/']) {
        return Leads::Address(format!("mailto:{mail}"));
    }
    let (page, section) = to
        .split_once('#')
        .map_or((to, ""), |(page, section)| (page, section));
    let (page, query) = page
        .split_once('?')
        .map_or((page, ""), |(page, query)| (page, query));
    if page.trim().is_empty() {
        return Leads::Section;
    }
    let id = id::resolve(page, from, exists);
    if id.is_empty() {
        return Leads::Nowhere;
    }
    Leads::Page {
        id,
        has_section: !section.is_empty(),
        has_query: !query.is_empty(),
    }
}

/// What stands for a page in a link without words: its name, or its namespace's where it is the
/// first page of one.
pub fn shown(to: &str) -> String {
    let page = to.split(['#', '?']).next().unwrap_or_default();
    let mut parts = page.trim_end_matches(':').rsplit(':').map(str::trim);
    let last = parts.next().unwrap_or_default();
    let above = parts.next().unwrap_or_default().trim_matches('.');
    let shown = if last == "start" && !above.is_empty() {
        above
    } else {
        last
    };
    if shown.is_empty() { to } else { shown }.to_owned()
}

/// What stands for another place in a link without words.
pub fn shown_elsewhere(to: &str) -> &str {
    to.split_once('>')
        .filter(|_| !to.contains("://"))
        .map_or(to, |(_, rest)| rest)
}

fn filled(pattern: &str, rest: &str) -> String {
    let encoded: String = rest.bytes().fold(String::new(), |mut all, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                all.push(char::from(byte));
            }
            _ => {
                let _ = write!(all, "%{byte:02X}");
            }
        }
        all
    });
    let named = rest.replace(' ', "_");
    if ["{NAME}", "{URL}", "{QUERY}"]
        .iter()
        .any(|place| pattern.contains(place))
    {
        return pattern
            .replace("{NAME}", &named)
            .replace("{URL}", &encoded)
            .replace("{QUERY}", &encoded);
    }
    format!("{pattern}{encoded}")
}
