//! Cuts a Markdown text at its headings, so that one section can be edited alone.

use std::ops::Range;

use crate::lines::{self, Kind};

/// A heading and all that stands under it, smaller headings included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// How deep the heading is, from 1 to 6.
    pub level: u8,
    /// The words of the heading, as Markdown.
    pub title: String,
    /// The bytes of the text, from the heading to the next of the same or a higher level.
    pub range: Range<usize>,
}

/// The sections of a text in the order of their headings; what stands before the first is in none.
#[must_use]
pub fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for line in lines::of(text) {
        let Some((level, title)) = heading(&text[line.range.clone()]) else {
            continue;
        };
        if line.kind != Kind::Prose || line.nested {
            continue;
        }
        while let Some(section) = open.pop_if(|index| sections[*index].level >= level) {
            sections[section].range.end = line.range.start;
        }
        open.push(sections.len());
        let range = line.range.start..text.len();
        sections.push(Section {
            level,
            title: title.to_owned(),
            range,
        });
    }
    sections
}

/// The text with one section put in place of another; an index without a section changes nothing.
///
/// The blank lines that parted the old section from what follows are kept. An empty section takes
/// them along.
#[must_use]
pub fn replace_section(text: &str, index: usize, new: &str) -> String {
    let Some(section) = sections(text).into_iter().nth(index) else {
        return text.to_owned();
    };
    let (before, old) = (&text[..section.range.start], &text[section.range.clone()]);
    let after = &text[section.range.end..];
    let words = new.trim_end_matches(['\r', '\n']);
    let parting = &old[old.trim_end_matches(['\r', '\n']).len()..];
    if words.is_empty() {
        format!("{before}{after}")
    } else {
        format!("{before}{words}{parting}{after}")
    }
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let words = line.trim_start_matches(' ');
    let title = words.trim_start_matches('#');
    let level = u8::try_from(words.len() - title.len())
        .ok()
        .filter(|level| (1..=6).contains(level))?;
    if line.len() - words.len() > 3 || !(title.is_empty() || title.starts_with([' ', '\t', '\r'])) {
        return None;
    }
    let title = title.trim();
    let unclosed = title.trim_end_matches('#');
    let closed = unclosed.is_empty() || unclosed.ends_with([' ', '\t']);
    Some((level, if closed { unclosed.trim_end() } else { title }))
}

#[cfg(test)]
mod tests;
