//! Which words templates and Rust ask for.

use proc_macro2::TokenTree;

use crate::sources::{product, templates};
use crate::tokens::{self, Call};

/// How something asks for words.
#[derive(Debug, PartialEq, Eq)]
pub enum Used {
    /// By its key.
    Whole(String),
    /// By a key put together: texts that must stand in this order, anything for the gaps.
    Pieces(Vec<Option<String>>),
    /// A text that may be a key on its way to where it is said.
    Mention(String),
    /// A plan in Rust that may be one of a key: `part-{}-{part}`.
    Plan(Vec<Option<String>>),
}

impl Used {
    pub fn fits(&self, key: &str) -> bool {
        match self {
            Self::Whole(own) | Self::Mention(own) => own == key,
            Self::Pieces(pieces) | Self::Plan(pieces) => fits(pieces, key),
        }
    }
}

fn fits(pieces: &[Option<String>], key: &str) -> bool {
    match pieces {
        [] => key.is_empty(),
        [Some(text), rest @ ..] => key
            .strip_prefix(text.as_str())
            .is_some_and(|key| fits(rest, key)),
        [None, rest @ ..] => {
            (1..=key.len()).any(|at| key.is_char_boundary(at) && fits(rest, &key[at..]))
        }
    }
}

/// Calls that take one key.
const ONE: &[&str] = &["say", "with", "with_two", "count", "fill"];
/// Calls that put a key together from their first arguments, with hyphens between.
const TOGETHER: &[(&str, usize)] = &[("say_of", 2), ("with_of", 2), ("say_in", 3)];
/// Keys that the words' own methods put together.
const BY_METHODS: &[(&str, &str)] = &[("called", "called-")];

/// Every use in the product, with where it stands.
pub fn of_house() -> Vec<(String, Used)> {
    let mut used = Vec::new();
    for file in product() {
        let found = uses(&tokens::of(&file.text));
        used.extend(found.into_iter().map(|one| (file.path.clone(), one)));
    }
    for file in templates() {
        for piece in expressions(&file.text) {
            let found = uses(&tokens::of_piece(piece));
            used.extend(found.into_iter().map(|one| (file.path.clone(), one)));
        }
    }
    used
}

fn uses(run: &[TokenTree]) -> Vec<Used> {
    let mut used = Vec::new();
    for call in tokens::calls(run) {
        let name = call.name.as_str();
        if ONE.contains(&name) {
            used.extend(key(&call));
        } else if let Some((_, pieces)) = TOGETHER.iter().find(|(one, _)| *one == name) {
            used.extend(together(&call, *pieces));
        } else if let Some((_, before)) = BY_METHODS.iter().find(|(one, _)| *one == name) {
            used.push(Used::Pieces(vec![Some((*before).to_owned()), None]));
        }
    }
    let mut mentions = Vec::new();
    tokens::each_run(run, &mut |run| {
        mentions.extend(run.iter().filter_map(tokens::literal));
    });
    used.extend(mentions.into_iter().filter_map(mention));
    used
}

/// `say("key")`; `words.fill(…)` and `count` of an iterator take no key.
fn key(call: &Call) -> Option<Used> {
    let key = call.text(0)?;
    is_key(&key).then_some(Used::Whole(key))
}

/// `say_of("told", name)`: what is not a text is a gap. All gaps say nothing.
fn together(call: &Call, pieces: usize) -> Option<Used> {
    let texts: Vec<Option<String>> = (0..pieces).map(|at| call.text(at)).collect();
    if texts.iter().all(Option::is_none) {
        return None;
    }
    let mut key = Vec::new();
    for text in texts {
        if !key.is_empty() {
            key.push(Some("-".to_owned()));
        }
        key.push(text);
    }
    if key.iter().all(Option::is_some) {
        return Some(Used::Whole(key.into_iter().flatten().collect()));
    }
    Some(Used::Pieces(key))
}

/// A text that looks like a key, or like the plan of one: `part-{}-{part}`.
fn mention(text: String) -> Option<Used> {
    if is_key(&text) {
        return Some(Used::Mention(text));
    }
    let is_plan = text.contains('{')
        && text.contains('-')
        && text.chars().all(|c| is_of_key(c) || "{}_".contains(c));
    if !is_plan {
        return None;
    }
    let mut pieces = Vec::new();
    for piece in text.split_inclusive('}') {
        let (before, gap) = piece
            .split_once('{')
            .map_or((piece, false), |(b, _)| (b, true));
        if !before.is_empty() {
            pieces.push(Some(before.to_owned()));
        }
        if gap {
            pieces.push(None);
        }
    }
    let says = |piece: &Option<String>| {
        let letters = piece.iter().flat_map(|text| text.chars());
        letters.filter(char::is_ascii_lowercase).count() > 0
    };
    pieces.iter().any(says).then_some(Used::Plan(pieces))
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(is_of_key)
}

fn is_of_key(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

/// What stands between `{{ }}` and `{% %}`.
fn expressions(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        for piece in text.split(open).skip(1) {
            found.extend(piece.split_once(close).map(|(inside, _)| inside));
        }
    }
    found
}
