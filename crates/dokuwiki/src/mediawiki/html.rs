//! A piece of a web page: first made safe and whole, then its words are taken out and its tags read
//! like those in wiki text.

use super::entities::decoded;
use super::markup;
use super::prepare::{Held, Prepared, attribute};

/// Bytes of a piece of a page at the most.
const LONGEST: usize = 4 << 20;

/// The tags of a page with a mark for each run of words.
pub fn prepared(html: &str) -> Prepared {
    let mut prepared = Prepared::default();
    if html.len() > LONGEST {
        prepared.text = prepared.hold(Held::Words(html.to_owned()));
        return prepared;
    }
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .add_tags(["body", "main"])
        .url_relative(ammonia::UrlRelative::PassThrough);
    let clean = cleaner.clean(html).to_string();
    let mut out = String::with_capacity(clean.len());
    let mut rest = clean.as_str();
    let mut in_pre = false;
    let mut address = None;
    while !rest.is_empty() {
        let Some(tag) = markup::tag(rest) else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(rest.len(), |at| first + at);
            let words = decoded(&rest[..end]);
            rest = &rest[end..];
            let words = if in_pre { words } else { spaced(&words) };
            let one = match (&address, in_pre) {
                (_, true) => Held::Lines(String::new(), words),
                (Some(to), _) => Held::Link(String::clone(to), words),
                _ => Held::Words(words),
            };
            out.push_str(&prepared.hold(one));
            continue;
        };
        match (tag.name.as_str(), tag.closes) {
            ("pre", closes) => {
                in_pre = !closes;
                out.push_str("\n\n");
            }
            ("a", false) => {
                address = Some(decoded(&attribute(tag.whole, "href"))).filter(|to| !to.is_empty());
            }
            ("a", true) => address = None,
            ("img", _) => {
                let (from, alt) = (attribute(tag.whole, "src"), attribute(tag.whole, "alt"));
                let alt = decoded(&alt);
                out.push_str(&prepared.hold(Held::Words(alt)));
                prepared.named.insert(("no-file", decoded(&from)));
            }
            _ if in_pre => {}
            _ => out.push_str(tag.whole),
        }
        rest = &rest[tag.whole.len()..];
    }
    prepared.text = out;
    prepared
}

/// Words with single spaces, also where they begin and end.
fn spaced(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            ' ' | '\n' | '\t' if plain.ends_with(' ') => {}
            '\n' | '\t' => plain.push(' '),
            '\u{E000}'..='\u{E003}' => plain.push('\u{FFFD}'),
            other => plain.push(other),
        }
    }
    plain
}
