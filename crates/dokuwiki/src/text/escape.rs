//! Words that mean nothing to Markdown.

use std::fmt::Write as _;

/// Words as they are read.
pub fn words(words: &str) -> String {
    let letters: Vec<char> = words.chars().collect();
    let mut safe = String::with_capacity(words.len());
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let after = &letters[at + 1..];
        if is_sign(*letter, before, after) {
            safe.push('\\');
        }
        safe.push(*letter);
    }
    safe
}

fn is_sign(letter: char, before: Option<&char>, after: &[char]) -> bool {
    let next = after.first();
    match letter {
        '*' | '`' | '[' | ']' | '~' | '|' => true,
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation() || *next == '\n'),
        '_' => {
            let is_inside =
                |letter: Option<&char>| letter.is_some_and(|letter| letter.is_alphanumeric());
            !(is_inside(before) && is_inside(next))
        }
        '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(*next)),
        '&' => {
            let is_named = next.is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#');
            is_named && after.iter().take(32).any(|letter| *letter == ';')
        }
        _ => false,
    }
}

/// The lines of a paragraph, none of which begins anything else.
pub fn lines(paragraph: &str) -> String {
    let lines = paragraph
        .split('\n')
        .map(str::trim_start)
        .filter(|line| !line.is_empty());
    let mut safe = String::with_capacity(paragraph.len());
    for line in lines {
        if !safe.is_empty() {
            safe.push('\n');
        }
        match sign_at(line) {
            Some(at) => {
                safe.push_str(&line[..at]);
                safe.push('\\');
                safe.push_str(&line[at..]);
            }
            None => safe.push_str(line),
        }
    }
    // A break at the end breaks nothing, and its sign would be seen.
    while safe.ends_with('\\')
        && safe.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
    {
        safe.pop();
    }
    safe.truncate(safe.trim_end().len());
    safe
}

/// Where a line needs a sign so that it begins no list, heading, quotation or rule.
fn sign_at(line: &str) -> Option<usize> {
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    match first {
        '>' => Some(0),
        '-' | '+' if is_end(rest) => Some(0),
        '-' | '=' => line
            .trim_end()
            .chars()
            .all(|letter| letter == first || letter == ' ')
            .then_some(0),
        '#' => is_end(line.trim_start_matches('#')).then_some(0),
        ':' => rest.starts_with('-').then_some(0),
        '0'..='9' => {
            let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
            let is_item = digits.starts_with(['.', ')']) && is_end(&digits[1..]);
            is_item.then_some(line.len() - digits.len())
        }
        _ => None,
    }
}

/// An address that ends where it should.
pub fn address(address: &str) -> String {
    let mut safe = String::with_capacity(address.len());
    for letter in address.chars() {
        match letter {
            ' ' | '<' | '>' | '(' | ')' | '\\' | '"' | '[' | ']' | '|' | '`' | '*' => {
                let _ = write!(safe, "%{:02X}", u32::from(letter));
            }
            other if other.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}
