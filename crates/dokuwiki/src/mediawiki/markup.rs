//! Tags that stand for blocks become the signs that wiki text has for them.

use super::prepare::{QUOTE, attribute};

/// Bytes of a tag at the most.
const LONGEST_TAG: usize = 1_000;
/// Lists one in the other at the most.
const DEEPEST: usize = 12;

/// A tag: its name in small letters, whether it closes, and its length.
pub struct Tag<'t> {
    pub name: String,
    pub closes: bool,
    pub whole: &'t str,
}

/// The tag that begins here.
pub fn tag(rest: &str) -> Option<Tag<'_>> {
    let inside = rest.strip_prefix('<')?;
    let closes = inside.starts_with('/');
    let name_at = usize::from(closes);
    let name = &inside[name_at..];
    let length = name
        .bytes()
        .take(12)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let is_name = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let after = &name[length..];
    if !is_name || !after.starts_with(['>', '/', ' ', '\n', '\t']) {
        return None;
    }
    let end = rest
        .bytes()
        .take(LONGEST_TAG)
        .position(|byte| byte == b'>')?;
    let whole = &rest[..=end];
    (!whole[1..].contains('<')).then(|| Tag {
        name: name[..length].to_ascii_lowercase(),
        closes,
        whole,
    })
}

/// The same text with wiki signs for tags that stand for blocks.
pub fn translated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lists: Vec<char> = Vec::new();
    let mut rest = text;
    while let Some(found) = rest.find('<') {
        out.push_str(&rest[..found]);
        rest = &rest[found..];
        let Some(tag) = tag(rest) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        match signs(&tag, &mut lists) {
            Some(signs) => out.push_str(&signs),
            None => out.push_str(tag.whole),
        }
        rest = &rest[tag.whole.len()..];
    }
    out.push_str(rest);
    out
}

fn signs(tag: &Tag<'_>, lists: &mut Vec<char>) -> Option<String> {
    let spans = || {
        let said = |name| {
            let value = attribute(tag.whole, name);
            let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| format!("{name}={value} "))
        };
        let all: String = ["colspan", "rowspan"]
            .into_iter()
            .filter_map(said)
            .collect();
        if all.is_empty() {
            all
        } else {
            format!(" {all}|")
        }
    };
    Some(match (tag.name.as_str(), tag.closes) {
        (
            "p" | "div" | "center" | "section" | "article" | "figure" | "figcaption" | "header"
            | "footer" | "main" | "aside" | "details" | "summary" | "address",
            _,
        ) => "\n\n".to_owned(),
        ("blockquote", false) => format!("\n{}\n", QUOTE.0),
        ("blockquote", true) => format!("\n{}\n", QUOTE.1),
        ("ul" | "ol" | "dl", false) => {
            if lists.len() < DEEPEST {
                lists.push(match tag.name.as_str() {
                    "ol" => '#',
                    "dl" => ';',
                    _ => '*',
                });
            }
            "\n".to_owned()
        }
        ("ul" | "ol" | "dl", true) => {
            lists.pop();
            if lists.is_empty() { "\n\n" } else { "\n" }.to_owned()
        }
        ("li", false) => {
            let signs: String = lists.iter().collect();
            format!("\n{} ", if signs.is_empty() { "*" } else { &signs })
        }
        ("dt", false) => "\n; ".to_owned(),
        ("dd", false) => "\n: ".to_owned(),
        (
            "li" | "dt" | "dd" | "tr" | "td" | "th" | "caption" | "thead" | "tbody" | "tfoot",
            true,
        )
        | ("thead" | "tbody" | "tfoot" | "noinclude" | "includeonly" | "onlyinclude", _) => {
            String::new()
        }
        ("table", false) => "\n{|\n".to_owned(),
        ("table", true) => "\n|}\n".to_owned(),
        ("caption", false) => "\n|+ ".to_owned(),
        ("tr", false) => "\n|-\n".to_owned(),
        ("td", false) => format!("\n|{} ", spans()),
        ("th", false) => format!("\n!{} ", spans()),
        ("hr", _) => "\n----\n".to_owned(),
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", closes) => {
            let level = tag.name[1..].parse().unwrap_or(2);
            let signs = "=".repeat(level);
            if closes {
                format!(" {signs}\n")
            } else {
                format!("\n{signs} ")
            }
        }
        _ => return None,
    })
}
