//! Links between brackets.

use super::inline::{Piece, Reader};
use super::titles::{CATEGORY, FILE};
use crate::text::{Inline, Note, plain};

/// Bytes of a link at the most.
const LONGEST: usize = 4_000;
/// Links one in the other at the most: words of a picture hold others.
const DEEPEST: usize = 4;
/// What stands between the name of a picture and its words.
const OPTIONS: [&str; 15] = [
    "thumb",
    "thumbnail",
    "frame",
    "framed",
    "frameless",
    "border",
    "left",
    "right",
    "center",
    "centre",
    "none",
    "baseline",
    "middle",
    "top",
    "bottom",
];
const OPTION_BEGINS: [&str; 7] = [
    "upright", "link=", "alt=", "class=", "lang=", "page=", "start=",
];
/// Languages in which the same page stands elsewhere.
const LANGUAGES: [&str; 30] = [
    "ar", "bg", "ca", "cs", "cy", "da", "de", "el", "en", "es", "fa", "fi", "fr", "ga", "gd", "he",
    "hu", "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "zh",
];

impl Reader<'_> {
    /// A link that begins here.
    pub(super) fn link(&mut self, rest: &str, pieces: &mut Vec<Piece>) -> Option<usize> {
        if !rest.starts_with("[[") {
            return outside(rest, pieces);
        }
        let end = closing(rest)?;
        let inside = &rest[2..end - 2];
        let after = &rest[end..];
        // Letters right after a link belong to its words.
        let trail = after
            .find(|letter: char| !letter.is_alphabetic())
            .unwrap_or(after.len().min(LONGEST));
        let trail = after.get(..trail.min(60)).unwrap_or_default();
        let (found, takes_trail) = self.leads(inside, trail)?;
        pieces.extend(found.into_iter().map(Piece::One));
        Some(end + if takes_trail { trail.len() } else { 0 })
    }

    /// What a link becomes, and whether the letters after it are in it.
    fn leads(&mut self, inside: &str, trail: &str) -> Option<(Vec<Inline>, bool)> {
        let (to, words) = match inside.split_once('|') {
            Some((to, words)) => (to, Some(words.trim())),
            None => (inside, None),
        };
        let words = words.filter(|words| !words.is_empty());
        let to = to.trim();
        let is_forced = to.starts_with(':');
        let to = to.trim_start_matches(':').trim();
        if to.is_empty() || to.contains(['[', ']', '\n', '\u{E000}', '<', '{']) {
            return None;
        }
        let (namespace, rest) = self.titles.split(to);
        if !is_forced && namespace == CATEGORY {
            self.tags.push(rest.replace('_', " "));
            return Some((Vec::new(), false));
        }
        if !is_forced && (namespace == FILE || namespace == -2) {
            let name = rest.replace('_', " ");
            self.prepared.named.insert(("no-file", name.clone()));
            return Some((self.caption(words, &name), false));
        }
        let said = match words {
            Some(words) => plain::flat(&self.inlines(words)),
            None => to.replace('_', " "),
        };
        let said = format!("{said}{trail}");
        if namespace < 0 {
            return Some((vec![Inline::Words(said)], true));
        }
        if let Some((prefix, page)) = to.split_once(':').filter(|_| namespace == 0) {
            let prefix = prefix.trim().to_lowercase();
            let own = ["w", "wikipedia"].contains(&prefix.as_str());
            let known = own.then_some("https://en.wikipedia.org/wiki/");
            if let Some(base) = known {
                let page = page.trim().trim_start_matches(':').replace(' ', "_");
                return Some((vec![Inline::Address(format!("{base}{page}"), said)], true));
            }
            if LANGUAGES.contains(&prefix.as_str()) {
                return Some((vec![Inline::Words(said)], true));
            }
        }
        let (page, section) = to.split_once('#').unwrap_or((to, ""));
        if page.trim().is_empty() {
            self.notes.insert(Note::Section);
            return Some((
                vec![Inline::Words(said.trim_start_matches('#').to_owned())],
                true,
            ));
        }
        let id = if page.starts_with('/') {
            let page = page.trim_matches('/');
            self.titles.normal(&format!("{}/{page}", self.title))
        } else if let Some(page) = page.strip_prefix("../") {
            let above = self.title.rsplit_once('/').map_or("", |(above, _)| above);
            self.titles
                .normal(format!("{above}/{page}").trim_matches('/'))
        } else {
            self.titles.normal(page)
        };
        let one = Inline::Page {
            id,
            words: said,
            has_section: !section.is_empty(),
        };
        Some((vec![one], true))
    }

    /// The words of a picture; its name where it has none.
    fn caption(&mut self, said: Option<&str>, name: &str) -> Vec<Inline> {
        let mut last = None;
        let (mut depth, mut from) = (0_usize, 0);
        let said = said.unwrap_or_default();
        let mut parts = Vec::new();
        for (at, letter) in said.char_indices() {
            match letter {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                '|' if depth == 0 => {
                    parts.push(&said[from..at]);
                    from = at + 1;
                }
                _ => {}
            }
        }
        parts.push(&said[from..]);
        for part in parts {
            let part = part.trim();
            let small = part.to_lowercase();
            let is_size = small.ends_with("px")
                && small
                    .bytes()
                    .take(small.len() - 2)
                    .all(|byte| byte.is_ascii_digit() || byte == b'x');
            let is_option = OPTIONS.contains(&small.as_str())
                || OPTION_BEGINS.iter().any(|begins| small.starts_with(begins));
            if !part.is_empty() && !is_size && !is_option {
                last = Some(part);
            }
        }
        match last {
            Some(words) => self.inlines(words),
            None => vec![Inline::Words(name.to_owned())],
        }
    }
}

/// Where the link ends that begins here.
fn closing(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while at + 1 < bytes.len() && at < LONGEST {
        match &bytes[at..at + 2] {
            b"[[" if depth == DEEPEST => return None,
            b"[[" => depth += 1,
            b"]]" => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 2);
                }
            }
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
    }
    None
}

/// `[http://… words]`.
fn outside(rest: &str, pieces: &mut Vec<Piece>) -> Option<usize> {
    let inside = &rest[1..];
    let begins = ["http://", "https://", "//", "mailto:", "ftp://"];
    if !begins.iter().any(|scheme| inside.starts_with(scheme)) {
        return None;
    }
    let mut letters = inside.char_indices().take(LONGEST);
    let end = letters.find(|(_, letter)| ['\n', ']', '['].contains(letter));
    let (end, _) = end.filter(|(_, letter)| *letter == ']')?;
    let inside = &inside[..end];
    let (to, words) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside, ""));
    if to.contains(['\u{E000}', '<']) {
        return None;
    }
    let to = if to.starts_with("//") {
        format!("https:{to}")
    } else {
        to.to_owned()
    };
    let words = words.replace("'''", "").replace("''", "");
    let words = words.trim();
    let shown = if words.is_empty() { to.as_str() } else { words };
    // Words with a mark in them are not plain: the address stands alone, and they follow it.
    if shown.contains('\u{E000}') {
        let typed = inside.split_whitespace().next().map_or(0, str::len);
        pieces.push(Piece::One(Inline::Address(to.clone(), to)));
        return Some(1 + typed);
    }
    pieces.push(Piece::One(Inline::Address(to.clone(), shown.to_owned())));
    Some(end + 2)
}
